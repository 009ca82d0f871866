import { html, type TemplateResult } from 'lit';

export const copyMessage = 'Nachricht kopieren';
export const copyLink = 'Link kopieren';
export const openInMail = 'Als E-Mail öffnen';
export const copyReminder = 'Erinnerung kopieren';
export const handoverNotSaved = 'Dies konnte nicht für Ihr Team gespeichert werden. Kopieren Sie den Link noch einmal.';

export const hiringTeam = 'Ihr Recruiting-Team';
export const hiringTeamInSentence = 'unser Recruiting-Team';
export const ourCompany = 'Unser Unternehmen';
export const ourCompanyInSentence = 'unser Unternehmen';

export const readNotice = (url: string) => `Bitte lesen Sie diesen Hinweis: ${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon hat den Link an <bdi class="inline">${email}</bdi> gesendet.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} hat keine E-Mail erhalten. Senden Sie den Link selbst:`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  return html`Seit ${days} Tagen keine Aktivität. Senden Sie ${name} eine Erinnerung:`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`Vor ${days} Tagen eingeladen, aber der Link wurde nicht kopiert. Senden Sie ihn an ${name}:`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Link kopiert von ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`E-Mail-Entwurf geöffnet von ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`Erinnerung kopiert von ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Entwurf einer Erinnerung geöffnet von ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Link kopiert am ${date}`,
  reminder: (date: TemplateResult) => html`Erinnerung kopiert am ${date}`,
};

export const copyMessageLabel = (name: string) => `Nachricht kopieren: ${name}`;
export const copyLinkLabel = (name: string) => `Link kopieren: ${name}`;
export const openInMailLabel = (name: string) => `Als E-Mail öffnen: ${name}`;
export const copyReminderLabel = (name: string) => `Erinnerung kopieren: ${name}`;
export const openReminderInMailLabel = (name: string) => `Als E-Mail öffnen: Erinnerung für ${name}`;
