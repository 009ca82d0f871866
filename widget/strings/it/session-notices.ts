import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Una sola valutazione per progetto. <bdi>${name}</bdi> ha già <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'Evalon non ha restituito un link utilizzabile. Contatta il reparto IT.';
export const linkProblemInviteAgain =
  'Evalon non ha restituito un link utilizzabile. Invita di nuovo. Se anche questo non riesce, contatta il reparto IT.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Stato salvato in ${ats}, ${time}`,
  saving: (ats) => html`Salvataggio dello stato in ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} è occupato. Il salvataggio dello stato sarà ripetuto automaticamente.`,
    credentials: (ats) => html`${ats} nega l’accesso. Contatta il reparto IT.`,
    other: (ats) => html`${ats} non risponde. Il salvataggio dello stato sarà ripetuto automaticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Stato non salvato: ${ats} ha un altro indirizzo e-mail per ${name}. Verifica che sia la stessa persona, poi contatta il reparto IT.`,
    application_missing: (ats) =>
      html`Stato non salvato in ${ats}: la candidatura non esiste più lì. Se è un errore, contatta il reparto IT.`,
    credentials: (ats) => html`Stato non salvato: ${ats} nega l’accesso. Contatta il reparto IT.`,
    refused: (ats) => html`Stato non salvato: ${ats} lo ha rifiutato. Contatta il reparto IT.`,
    unavailable: (ats) => html`Stato non salvato: ${ats} non ha risposto per diverse ore. Contatta il reparto IT.`,
    rate_limited: (ats) => html`Stato non salvato: ${ats} è occupato da giorni. Contatta il reparto IT.`,
    not_configured: (ats) => html`Stato non salvato in ${ats}: il reparto IT ha disattivato la funzione.`,
    other: (ats) => html`Stato non salvato in ${ats}. Contatta il reparto IT.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Link salvato in ${ats}, ${time}. ${ats} lo invia alla persona per e-mail.`,
  saving: (ats) => html`Salvataggio del link in ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} è occupato e non ha ancora il link. Il tentativo sarà ripetuto automaticamente.`,
    credentials: (ats) => html`${ats} nega l’accesso, quindi non ha ancora il link. Contatta il reparto IT.`,
    other: (ats) => html`${ats} non risponde e non ha ancora il link. Il tentativo sarà ripetuto automaticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} non ha ricevuto il link: ha un altro indirizzo e-mail per ${name}. Verifica che sia la stessa persona.`,
    application_missing: (ats) =>
      html`${ats} non ha ricevuto il link: la candidatura non esiste più lì. Se è un errore, contatta il reparto IT.`,
    credentials: (ats) => html`${ats} non ha ricevuto il link: l’accesso è negato. Contatta il reparto IT.`,
    refused: (ats) => html`${ats} ha rifiutato il link. Contatta il reparto IT.`,
    unavailable: (ats) =>
      html`${ats} non ha ricevuto il link: nessuna risposta per diverse ore. Contatta il reparto IT.`,
    rate_limited: (ats) => html`${ats} non ha ricevuto il link: è occupato da giorni. Contatta il reparto IT.`,
    not_configured: (ats) => html`${ats} non ha ricevuto il link: il reparto IT ha disattivato la funzione.`,
    other: (ats) => html`${ats} non ha ricevuto il link. Contatta il reparto IT.`,
  },
};
