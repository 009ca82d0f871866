import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Nur ein Eignungstest pro Projekt. <bdi>${name}</bdi> hat bereits <bdi class="end">${held}</bdi>.`;
}

export const linkProblem = 'Evalon hat keinen nutzbaren Link zurückgegeben. Wenden Sie sich an die IT.';
export const linkProblemInviteAgain =
  'Evalon hat keinen nutzbaren Link zurückgegeben. Laden Sie erneut ein. Schlägt auch das fehl, wenden Sie sich an die IT.';

export const newsWrite: AtsWriteTexts = {
  saved: (ats, time) => html`In ${ats} gespeichert, ${time}`,
  saving: (ats) => html`Wird in ${ats} gespeichert…`,
  delayed: {
    rate_limited: (ats) => html`${ats} ist ausgelastet. Das Speichern wird automatisch wiederholt.`,
    credentials: (ats) => html`${ats} verweigert den Zugriff. Wenden Sie sich an die IT.`,
    other: (ats) => html`${ats} antwortet nicht. Das Speichern wird automatisch wiederholt.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Nicht in ${ats} gespeichert: ${name} hat dort eine andere E-Mail-Adresse. Prüfen Sie, ob es dieselbe Person ist, und wenden Sie sich dann an die IT.`,
    application_missing: (ats) =>
      html`Nicht in ${ats} gespeichert: Die Bewerbung existiert dort nicht mehr. Wenn das nicht stimmt, wenden Sie sich an die IT.`,
    credentials: (ats) => html`Nicht in ${ats} gespeichert: Der Zugriff wurde verweigert. Wenden Sie sich an die IT.`,
    refused: (ats) => html`Nicht in ${ats} gespeichert: Der Eintrag wurde abgelehnt. Wenden Sie sich an die IT.`,
    unavailable: (ats) =>
      html`Nicht in ${ats} gespeichert: Das System hat mehrere Stunden nicht geantwortet. Wenden Sie sich an die IT.`,
    rate_limited: (ats) =>
      html`Nicht in ${ats} gespeichert: Das System ist seit Tagen ausgelastet. Wenden Sie sich an die IT.`,
    not_configured: (ats) => html`Nicht in ${ats} gespeichert: Die IT hat dies ausgeschaltet.`,
    other: (ats) => html`Nicht in ${ats} gespeichert. Wenden Sie sich an die IT.`,
  },
};

export const linkWrite: AtsWriteTexts = {
  saved: (ats, time) => html`Link in ${ats} gespeichert, ${time}`,
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
      html`${ats} hat den Link nicht erhalten: ${name} hat dort eine andere E-Mail-Adresse. Prüfen Sie, ob es dieselbe Person ist.`,
    application_missing: (ats) =>
      html`${ats} hat den Link nicht erhalten: Die Bewerbung existiert dort nicht mehr. Wenn das nicht stimmt, wenden Sie sich an die IT.`,
    credentials: (ats) =>
      html`${ats} hat den Link nicht erhalten: Der Zugriff wurde verweigert. Wenden Sie sich an die IT.`,
    refused: (ats) => html`${ats} hat den Link nicht erhalten: Der Eintrag wurde abgelehnt. Wenden Sie sich an die IT.`,
    unavailable: (ats) =>
      html`${ats} hat den Link nicht erhalten: Das System hat mehrere Stunden nicht geantwortet. Wenden Sie sich an die IT.`,
    rate_limited: (ats) =>
      html`${ats} hat den Link nicht erhalten: Das System ist seit Tagen ausgelastet. Wenden Sie sich an die IT.`,
    not_configured: (ats) => html`${ats} hat den Link nicht erhalten: Die IT hat dies ausgeschaltet.`,
    other: (ats) => html`${ats} hat den Link nicht erhalten. Wenden Sie sich an die IT.`,
  },
};
