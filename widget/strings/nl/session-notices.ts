import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Maar één assessment per project. <bdi>${name}</bdi> heeft al <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'Evalon heeft geen bruikbare link teruggegeven. Neem contact op met IT.';
export const linkProblemInviteAgain =
  'Evalon heeft geen bruikbare link teruggegeven. Nodig opnieuw uit. Mislukt dat ook, neem dan contact op met IT.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Status opgeslagen in ${ats}, ${time}`,
  saving: (ats) => html`Status wordt opgeslagen in ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} is bezet. Het opslaan van de status wordt automatisch opnieuw geprobeerd.`,
    credentials: (ats) => html`${ats} weigert de toegang. Neem contact op met IT.`,
    other: (ats) => html`${ats} reageert niet. Het opslaan van de status wordt automatisch opnieuw geprobeerd.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Status niet opgeslagen: ${ats} heeft een ander e-mailadres voor ${name}. Controleer of het dezelfde persoon is en neem dan contact op met IT.`,
    application_missing: (ats) =>
      html`Status niet opgeslagen in ${ats}: de sollicitatie bestaat daar niet meer. Neem contact op met IT als dit niet klopt.`,
    credentials: (ats) => html`Status niet opgeslagen: ${ats} weigert de toegang. Neem contact op met IT.`,
    refused: (ats) => html`${ats} heeft de status geweigerd. Neem contact op met IT.`,
    unavailable: (ats) => html`Status niet opgeslagen: ${ats} heeft urenlang niet gereageerd. Neem contact op met IT.`,
    rate_limited: (ats) => html`Status niet opgeslagen: ${ats} is al dagen bezet. Neem contact op met IT.`,
    not_configured: (ats) => html`Status niet opgeslagen in ${ats}: IT heeft dit uitgezet.`,
    other: (ats) => html`Status niet opgeslagen in ${ats}. Neem contact op met IT.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Link opgeslagen in ${ats}, ${time}. ${ats} stuurt de link per e-mail naar de kandidaat.`,
  saving: (ats) => html`Link wordt opgeslagen in ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} is bezet en heeft de link nog niet. Dit wordt automatisch opnieuw geprobeerd.`,
    credentials: (ats) => html`${ats} weigert de toegang en heeft de link dus nog niet. Neem contact op met IT.`,
    other: (ats) => html`${ats} reageert niet en heeft de link nog niet. Dit wordt automatisch opnieuw geprobeerd.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} heeft de link niet gekregen: voor ${name} staat daar een ander e-mailadres. Controleer of het dezelfde persoon is.`,
    application_missing: (ats) =>
      html`${ats} heeft de link niet gekregen: de sollicitatie bestaat daar niet meer. Neem contact op met IT als dit niet klopt.`,
    credentials: (ats) => html`${ats} heeft de link niet gekregen: de toegang is geweigerd. Neem contact op met IT.`,
    refused: (ats) => html`${ats} heeft de link geweigerd. Neem contact op met IT.`,
    unavailable: (ats) =>
      html`${ats} heeft de link niet gekregen: er kwam urenlang geen reactie. Neem contact op met IT.`,
    rate_limited: (ats) => html`${ats} heeft de link niet gekregen: het is al dagen bezet. Neem contact op met IT.`,
    not_configured: (ats) => html`${ats} heeft de link niet gekregen: IT heeft dit uitgezet.`,
    other: (ats) => html`${ats} heeft de link niet gekregen. Neem contact op met IT.`,
  },
};
