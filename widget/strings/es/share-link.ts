import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'Copiar mensaje';
export const copyLink = 'Copiar enlace';
export const openInMail = 'Abrir en el correo';
export const copyReminder = 'Copiar recordatorio';
export const handoverNotSaved = 'No se pudo guardar esta acción para su equipo. Copie el enlace de nuevo.';

export const hiringTeam = 'El equipo de selección';
export const hiringTeamInSentence = 'el equipo de selección';
export const ourCompany = 'Nuestra empresa';
export const ourCompanyInSentence = 'nuestra empresa';

export const readNotice = (url: string) => `Lea este aviso: ${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon ha enviado el enlace a <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} no ha recibido ningún correo. Envíe usted el enlace:`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  const inactivity = formats.plural(days, {
    one: 'Sin actividad desde hace # día',
    other: 'Sin actividad desde hace # días',
  });
  return html`${inactivity}. Envíe un recordatorio a ${name}:`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`Invitación creada hace ${days} días, pero no se ha copiado el enlace. Envíelo a ${name}:`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Enlace copiado por ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Borrador de correo abierto por ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`Recordatorio copiado por ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Borrador de recordatorio abierto por ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Enlace copiado el ${date}`,
  reminder: (date: TemplateResult) => html`Recordatorio copiado el ${date}`,
};

export const copyMessageLabel = (name: string) => `Copiar mensaje: ${name}`;
export const copyLinkLabel = (name: string) => `Copiar enlace: ${name}`;
export const openInMailLabel = (name: string) => `Abrir en el correo: ${name}`;
export const copyReminderLabel = (name: string) => `Copiar recordatorio: ${name}`;
export const openReminderInMailLabel = (name: string) => `Abrir en el correo: recordatorio para ${name}`;
