import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'Copier le message';
export const copyLink = 'Copier le lien';
export const openInMail = 'Ouvrir dans la messagerie';
export const copyReminder = 'Copier la relance';
export const handoverNotSaved = 'Impossible d’enregistrer cette action pour vos collègues. Copiez à nouveau le lien.';

export const hiringTeam = 'L’équipe de recrutement';
export const hiringTeamInSentence = 'l’équipe de recrutement';
export const ourCompany = 'Notre entreprise';
export const ourCompanyInSentence = 'notre entreprise';

export const readNotice = (url: string) => `Veuillez lire cette information : ${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon a envoyé le lien à <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} n’a pas reçu d’e-mail. Envoyez le lien vous-même :`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  const inactivity = formats.plural(days, {
    one: 'Aucune activité depuis # jour',
    other: 'Aucune activité depuis # jours',
  });
  return html`${inactivity}. Envoyez une relance à ${name} :`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`Invitation créée il y a ${days} jours, mais le lien n’a pas été copié. Envoyez-le à ${name} :`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Lien copié par ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Brouillon d’e-mail ouvert par ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`Relance copiée par ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Brouillon de relance ouvert par ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Lien copié le ${date}`,
  reminder: (date: TemplateResult) => html`Relance copiée le ${date}`,
};

export const copyMessageLabel = (name: string) => `Copier le message : ${name}`;
export const copyLinkLabel = (name: string) => `Copier le lien : ${name}`;
export const openInMailLabel = (name: string) => `Ouvrir dans la messagerie : ${name}`;
export const copyReminderLabel = (name: string) => `Copier la relance : ${name}`;
export const openReminderInMailLabel = (name: string) => `Ouvrir dans la messagerie : relance pour ${name}`;
