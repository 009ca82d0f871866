import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'Copia messaggio';
export const copyLink = 'Copia link';
export const openInMail = 'Apri nell’e-mail';
export const copyReminder = 'Copia promemoria';
export const handoverNotSaved = 'Impossibile salvare questa azione per i colleghi. Copia di nuovo il link.';

export const hiringTeam = 'Il team di selezione';
export const hiringTeamInSentence = 'il team di selezione';
export const ourCompany = 'La nostra azienda';
export const ourCompanyInSentence = 'la nostra azienda';

export const readNotice = (url: string) => `Leggi questa informativa: ${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon ha inviato il link a <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} non ha ricevuto e-mail. Invia tu il link:`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  const inactivity = formats.plural(days, {
    one: 'Nessuna attività da # giorno',
    other: 'Nessuna attività da # giorni',
  });
  return html`${inactivity}. Invia un promemoria a ${name}:`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`Invito creato ${days} giorni fa, ma il link non è stato copiato. Invialo a ${name}:`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Link copiato da ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Bozza di e-mail aperta da ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`Promemoria copiato da ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Bozza di promemoria aperta da ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Link copiato il ${date}`,
  reminder: (date: TemplateResult) => html`Promemoria copiato il ${date}`,
};

export const copyMessageLabel = (name: string) => `Copia messaggio: ${name}`;
export const copyLinkLabel = (name: string) => `Copia link: ${name}`;
export const openInMailLabel = (name: string) => `Apri nell’e-mail: ${name}`;
export const copyReminderLabel = (name: string) => `Copia promemoria: ${name}`;
export const openReminderInMailLabel = (name: string) => `Apri nell’e-mail: promemoria per ${name}`;
