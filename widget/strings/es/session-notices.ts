import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Solo una evaluación por proyecto. <bdi>${name}</bdi> ya tiene <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'Evalon no ha devuelto un enlace utilizable. Contacte con TI.';
export const linkProblemInviteAgain =
  'Evalon no ha devuelto un enlace utilizable. Invite de nuevo. Si vuelve a fallar, contacte con TI.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Estado guardado en ${ats}, ${time}`,
  saving: (ats) => html`Guardando el estado en ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} está ocupado. Se volverá a intentar guardar el estado automáticamente.`,
    credentials: (ats) => html`${ats} deniega el acceso. Contacte con TI.`,
    other: (ats) => html`${ats} no responde. Se volverá a intentar guardar el estado automáticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Estado no guardado: ${ats} tiene otro correo electrónico para ${name}. Compruebe que sea la misma persona y contacte con TI.`,
    application_missing: (ats) =>
      html`Estado no guardado en ${ats}: la candidatura ya no existe allí. Si es un error, contacte con TI.`,
    credentials: (ats) => html`Estado no guardado: ${ats} deniega el acceso. Contacte con TI.`,
    refused: (ats) => html`Estado no guardado: ${ats} lo rechazó. Contacte con TI.`,
    unavailable: (ats) => html`Estado no guardado: ${ats} no respondió durante varias horas. Contacte con TI.`,
    rate_limited: (ats) => html`Estado no guardado: ${ats} lleva días ocupado. Contacte con TI.`,
    not_configured: (ats) => html`Estado no guardado en ${ats}: TI lo ha desactivado.`,
    other: (ats) => html`Estado no guardado en ${ats}. Contacte con TI.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Enlace guardado en ${ats}, ${time}. ${ats} lo envía a la persona por correo electrónico.`,
  saving: (ats) => html`Guardando el enlace en ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} está ocupado y aún no tiene el enlace. Se volverá a intentar automáticamente.`,
    credentials: (ats) => html`${ats} deniega el acceso, por lo que aún no tiene el enlace. Contacte con TI.`,
    other: (ats) => html`${ats} no responde y aún no tiene el enlace. Se volverá a intentar automáticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} no recibió el enlace: tiene otro correo electrónico para ${name}. Compruebe que sea la misma persona.`,
    application_missing: (ats) =>
      html`${ats} no recibió el enlace: la candidatura ya no existe allí. Si es un error, contacte con TI.`,
    credentials: (ats) => html`${ats} no recibió el enlace: deniega el acceso. Contacte con TI.`,
    refused: (ats) => html`${ats} rechazó el enlace. Contacte con TI.`,
    unavailable: (ats) => html`${ats} no recibió el enlace: no respondió durante varias horas. Contacte con TI.`,
    rate_limited: (ats) => html`${ats} no recibió el enlace: lleva días ocupado. Contacte con TI.`,
    not_configured: (ats) => html`${ats} no recibió el enlace: TI lo ha desactivado.`,
    other: (ats) => html`${ats} no recibió el enlace. Contacte con TI.`,
  },
};
