import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'Bericht kopiëren';
export const copyLink = 'Link kopiëren';
export const openInMail = 'Openen in e-mail';
export const copyReminder = 'Herinnering kopiëren';
export const handoverNotSaved = "Dit kon niet voor uw collega's worden opgeslagen. Kopieer de link opnieuw.";

export const hiringTeam = 'Het wervingsteam';
export const hiringTeamInSentence = 'het wervingsteam';
export const ourCompany = 'Ons bedrijf';
export const ourCompanyInSentence = 'ons bedrijf';

export const readNotice = (url: string) => `Lees deze informatie: ${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon heeft de link naar <bdi class="inline">${email}</bdi> gestuurd.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} heeft geen e-mail gekregen. Stuur de link zelf:`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  const inactivity = formats.plural(days, { one: 'Al # dag geen activiteit', other: 'Al # dagen geen activiteit' });
  return html`${inactivity}. Stuur ${name} een herinnering:`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`${days} dagen geleden uitgenodigd, maar de link is niet gekopieerd. Stuur de link naar ${name}:`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Link gekopieerd door ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Conceptmail geopend door ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) =>
    html`Herinnering gekopieerd door ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Concept van herinnering geopend door ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Link gekopieerd op ${date}`,
  reminder: (date: TemplateResult) => html`Herinnering gekopieerd op ${date}`,
};

export const copyMessageLabel = (name: string) => `Bericht kopiëren: ${name}`;
export const copyLinkLabel = (name: string) => `Link kopiëren: ${name}`;
export const openInMailLabel = (name: string) => `Openen in e-mail: ${name}`;
export const copyReminderLabel = (name: string) => `Herinnering kopiëren: ${name}`;
export const openReminderInMailLabel = (name: string) => `Openen in e-mail: herinnering voor ${name}`;
