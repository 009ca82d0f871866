import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'Kopiuj wiadomość';
export const copyLink = 'Kopiuj link';
export const openInMail = 'Otwórz w poczcie';
export const copyReminder = 'Kopiuj przypomnienie';
export const handoverNotSaved = 'Nie udało się zapisać tego dla zespołu. Skopiuj link jeszcze raz.';

export const hiringTeam = 'Zespół rekrutacji';
export const hiringTeamInSentence = 'zespół rekrutacji';
export const ourCompany = 'Nasza firma';
export const ourCompanyInSentence = 'nasza firma';

export const readNotice = (url: string) => `Prosimy o zapoznanie się z tą informacją: ${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon wysłał link na adres <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`Nie wysłano e-maila do: ${name}. Wyślij link samodzielnie:`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  const inactivity = formats.plural(days, {
    one: 'Brak aktywności od # dnia',
    few: 'Brak aktywności od # dni',
    many: 'Brak aktywności od # dni',
    other: 'Brak aktywności od # dnia',
  });
  return html`${inactivity}. Wyślij przypomnienie (${name}):`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`Zaproszono ${days} dni temu, ale link nie został skopiowany. Wyślij go (${name}):`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Link skopiowany przez: ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Szkic e-maila otwarty przez: ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) =>
    html`Przypomnienie skopiowane przez: ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Szkic przypomnienia otwarty przez: ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Skopiowano link ${date}`,
  reminder: (date: TemplateResult) => html`Skopiowano przypomnienie ${date}`,
};

export const copyMessageLabel = (name: string) => `Kopiuj wiadomość: ${name}`;
export const copyLinkLabel = (name: string) => `Kopiuj link: ${name}`;
export const openInMailLabel = (name: string) => `Otwórz w poczcie: ${name}`;
export const copyReminderLabel = (name: string) => `Kopiuj przypomnienie: ${name}`;
export const openReminderInMailLabel = (name: string) => `Otwórz w poczcie: przypomnienie, ${name}`;
