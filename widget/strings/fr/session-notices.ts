import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Une seule évaluation par projet. <bdi>${name}</bdi> a déjà <bdi class="end">${held}</bdi>.`;
}

export const linkProblem = 'Evalon n’a pas renvoyé de lien utilisable. Contactez le service informatique.';
export const linkProblemInviteAgain =
  'Evalon n’a pas renvoyé de lien utilisable. Invitez à nouveau. En cas de nouvel échec, contactez le service informatique.';

export const newsWrite: AtsWriteTexts = {
  saved: (ats, time) => html`Enregistré dans ${ats}, ${time}`,
  saving: (ats) => html`Enregistrement dans ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} est occupé. L’enregistrement sera réessayé automatiquement.`,
    credentials: (ats) => html`${ats} refuse l’accès. Contactez le service informatique.`,
    other: (ats) => html`${ats} ne répond pas. L’enregistrement sera réessayé automatiquement.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Non enregistré dans ${ats} : ${name} y a une autre adresse e-mail. Vérifiez qu’il s’agit de la même personne, puis contactez le service informatique.`,
    application_missing: (ats) =>
      html`Non enregistré dans ${ats} : la candidature n’y existe plus. Si c’est une erreur, contactez le service informatique.`,
    credentials: (ats) => html`Non enregistré dans ${ats} : l’accès est refusé. Contactez le service informatique.`,
    refused: (ats) => html`Non enregistré dans ${ats} : l’entrée a été refusée. Contactez le service informatique.`,
    unavailable: (ats) =>
      html`Non enregistré dans ${ats} : aucune réponse pendant plusieurs heures. Contactez le service informatique.`,
    rate_limited: (ats) =>
      html`Non enregistré dans ${ats} : le système est occupé depuis plusieurs jours. Contactez le service informatique.`,
    not_configured: (ats) => html`Non enregistré dans ${ats} : le service informatique a désactivé cette fonction.`,
    other: (ats) => html`Non enregistré dans ${ats}. Contactez le service informatique.`,
  },
};

export const linkWrite: AtsWriteTexts = {
  saved: (ats, time) => html`Lien enregistré dans ${ats}, ${time}`,
  saving: (ats) => html`Enregistrement du lien dans ${ats}…`,
  delayed: {
    rate_limited: (ats) =>
      html`${ats} est occupé et n’a pas encore le lien. Un nouvel essai aura lieu automatiquement.`,
    credentials: (ats) =>
      html`${ats} refuse l’accès et n’a donc pas encore le lien. Contactez le service informatique.`,
    other: (ats) => html`${ats} ne répond pas et n’a pas encore le lien. Un nouvel essai aura lieu automatiquement.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} n’a pas reçu le lien : ${name} y a une autre adresse e-mail. Vérifiez qu’il s’agit de la même personne.`,
    application_missing: (ats) =>
      html`${ats} n’a pas reçu le lien : la candidature n’y existe plus. Si c’est une erreur, contactez le service informatique.`,
    credentials: (ats) => html`${ats} n’a pas reçu le lien : l’accès est refusé. Contactez le service informatique.`,
    refused: (ats) => html`${ats} n’a pas reçu le lien : l’entrée a été refusée. Contactez le service informatique.`,
    unavailable: (ats) =>
      html`${ats} n’a pas reçu le lien : aucune réponse pendant plusieurs heures. Contactez le service informatique.`,
    rate_limited: (ats) =>
      html`${ats} n’a pas reçu le lien : le système est occupé depuis plusieurs jours. Contactez le service informatique.`,
    not_configured: (ats) => html`${ats} n’a pas reçu le lien : le service informatique a désactivé cette fonction.`,
    other: (ats) => html`${ats} n’a pas reçu le lien. Contactez le service informatique.`,
  },
};
