import { html, type TemplateResult } from 'lit';

export const noHistory = 'Rien n’a encore été enregistré.';
export const historyFailed = 'Impossible de charger l’historique.';
export const resultUpdated = 'Résultat mis à jour';
export const completedWithScore = (score: string) => `Terminée, score global ${score}`;
export const updatedWithScore = (score: string) => `Résultat mis à jour, score global ${score}`;

export const events = {
  invited: 'Invitation créée',
  opened: 'Lien ouvert',
  started: 'Commencée',
  submitted: 'Réponses envoyées',
  'handover message': 'Message copié',
  'handover link': 'Lien copié',
  'handover mail': 'Brouillon d’e-mail ouvert',
  'reminder message': 'Relance copiée',
  'reminder link': 'Lien copié pour une relance',
  'reminder mail': 'Brouillon de relance ouvert',
  result_read: 'Résultat consulté',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Invitation par ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Message copié par ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Lien copié par ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Brouillon d’e-mail ouvert par ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Relance copiée par ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Lien copié pour une relance par ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Brouillon de relance ouvert par ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Résultat consulté par ${recruiter}`,
};
