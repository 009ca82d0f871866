import { html, type TemplateResult } from 'lit';

export const noHistory = 'Aún no se ha registrado nada.';
export const historyFailed = 'No se ha podido cargar el historial.';
export const resultUpdated = 'Resultado actualizado';
export const completedWithScore = (score: string) => `Completada, puntuación global ${score}`;
export const updatedWithScore = (score: string) => `Resultado actualizado, puntuación global ${score}`;

export const events = {
  invited: 'Invitación creada',
  opened: 'Enlace abierto',
  started: 'Iniciada',
  submitted: 'Respuestas enviadas',
  'handover message': 'Mensaje copiado',
  'handover link': 'Enlace copiado',
  'handover mail': 'Borrador de correo abierto',
  'reminder message': 'Recordatorio copiado',
  'reminder link': 'Enlace copiado para un recordatorio',
  'reminder mail': 'Borrador de recordatorio abierto',
  result_read: 'Resultado consultado',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Invitación de ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Mensaje copiado por ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Enlace copiado por ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Borrador de correo abierto por ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Recordatorio copiado por ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Enlace copiado para un recordatorio por ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Borrador de recordatorio abierto por ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Resultado consultado por ${recruiter}`,
};
