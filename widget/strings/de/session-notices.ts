import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Nur ein Eignungstest pro Projekt. <bdi>${name}</bdi> hat bereits <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'Evalon hat keinen nutzbaren Link zurückgegeben. Wenden Sie sich an die IT.';
export const linkProblemInviteAgain =
  'Evalon hat keinen nutzbaren Link zurückgegeben. Laden Sie erneut ein. Schlägt auch das fehl, wenden Sie sich an die IT.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Status in ${ats} gespeichert, ${time}`,
  saving: (ats) => html`Status wird in ${ats} gespeichert…`,
  delayed: {
    rate_limited: (ats) => html`${ats} ist ausgelastet. Das Speichern des Status wird automatisch wiederholt.`,
    credentials: (ats) => html`${ats} verweigert den Zugriff. Wenden Sie sich an die IT.`,
    other: (ats) => html`${ats} antwortet nicht. Das Speichern des Status wird automatisch wiederholt.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Status nicht gespeichert: ${ats} hat für ${name} eine andere E-Mail-Adresse. Prüfen Sie, ob es dieselbe Person ist, und wenden Sie sich dann an die IT.`,
    application_missing: (ats) =>
      html`Status nicht in ${ats} gespeichert: Die Bewerbung existiert dort nicht mehr. Wenn das nicht stimmt, wenden Sie sich an die IT.`,
    credentials: (ats) => html`Status nicht gespeichert: ${ats} verweigert den Zugriff. Wenden Sie sich an die IT.`,
    refused: (ats) => html`Status nicht gespeichert: ${ats} hat ihn abgelehnt. Wenden Sie sich an die IT.`,
    unavailable: (ats) =>
      html`Status nicht gespeichert: ${ats} hat mehrere Stunden nicht geantwortet. Wenden Sie sich an die IT.`,
    rate_limited: (ats) =>
      html`Status nicht gespeichert: ${ats} ist seit Tagen ausgelastet. Wenden Sie sich an die IT.`,
    not_configured: (ats) => html`Status nicht in ${ats} gespeichert: Die IT hat dies ausgeschaltet.`,
    other: (ats) => html`Status nicht in ${ats} gespeichert. Wenden Sie sich an die IT.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Link in ${ats} gespeichert, ${time}. ${ats} sendet ihn der Person per E-Mail.`,
  saving: (ats) => html`Link wird in ${ats} gespeichert…`,
  delayed: {
    rate_limited: (ats) =>
      html`${ats} ist ausgelastet und hat den Link noch nicht. Ein neuer Versuch folgt automatisch.`,
    credentials: (ats) =>
      html`${ats} verweigert den Zugriff und hat den Link daher noch nicht. Wenden Sie sich an die IT.`,
    other: (ats) => html`${ats} antwortet nicht und hat den Link noch nicht. Ein neuer Versuch folgt automatisch.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} hat den Link nicht erhalten: Für ${name} ist dort eine andere E-Mail-Adresse hinterlegt. Prüfen Sie, ob es dieselbe Person ist.`,
    application_missing: (ats) =>
      html`${ats} hat den Link nicht erhalten: Die Bewerbung existiert dort nicht mehr. Wenn das nicht stimmt, wenden Sie sich an die IT.`,
    credentials: (ats) =>
      html`${ats} hat den Link nicht erhalten: Der Zugriff wurde verweigert. Wenden Sie sich an die IT.`,
    refused: (ats) => html`${ats} hat den Link abgelehnt. Wenden Sie sich an die IT.`,
    unavailable: (ats) =>
      html`${ats} hat den Link nicht erhalten: Das System hat mehrere Stunden nicht geantwortet. Wenden Sie sich an die IT.`,
    rate_limited: (ats) =>
      html`${ats} hat den Link nicht erhalten: Das System ist seit Tagen ausgelastet. Wenden Sie sich an die IT.`,
    not_configured: (ats) => html`${ats} hat den Link nicht erhalten: Die IT hat dies ausgeschaltet.`,
    other: (ats) => html`${ats} hat den Link nicht erhalten. Wenden Sie sich an die IT.`,
  },
};
