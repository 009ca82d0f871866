import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Une seule évaluation par projet. <bdi>${name}</bdi> a déjà <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'Evalon n’a pas renvoyé de lien utilisable. Contactez le service informatique.';
export const linkProblemInviteAgain =
  'Evalon n’a pas renvoyé de lien utilisable. Invitez à nouveau. En cas de nouvel échec, contactez le service informatique.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Statut enregistré dans ${ats}, ${time}`,
  saving: (ats) => html`Enregistrement du statut dans ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} est occupé. L’enregistrement du statut sera réessayé automatiquement.`,
    credentials: (ats) => html`${ats} refuse l’accès. Contactez le service informatique.`,
    other: (ats) => html`${ats} ne répond pas. L’enregistrement du statut sera réessayé automatiquement.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Statut non enregistré : ${ats} a une autre adresse e-mail pour ${name}. Vérifiez qu’il s’agit de la même personne, puis contactez le service informatique.`,
    application_missing: (ats) =>
      html`Statut non enregistré dans ${ats} : la candidature n’y existe plus. Si c’est une erreur, contactez le service informatique.`,
    credentials: (ats) => html`Statut non enregistré : ${ats} refuse l’accès. Contactez le service informatique.`,
    refused: (ats) => html`Statut non enregistré : ${ats} l’a refusé. Contactez le service informatique.`,
    unavailable: (ats) =>
      html`Statut non enregistré : ${ats} n’a pas répondu pendant plusieurs heures. Contactez le service informatique.`,
    rate_limited: (ats) =>
      html`Statut non enregistré : ${ats} est occupé depuis plusieurs jours. Contactez le service informatique.`,
    not_configured: (ats) =>
      html`Statut non enregistré dans ${ats} : le service informatique a désactivé cette fonction.`,
    other: (ats) => html`Statut non enregistré dans ${ats}. Contactez le service informatique.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Lien enregistré dans ${ats}, ${time}. ${ats} l’envoie à la personne par e-mail.`,
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
      html`${ats} n’a pas reçu le lien : une autre adresse e-mail y est enregistrée pour ${name}. Vérifiez qu’il s’agit de la même personne.`,
    application_missing: (ats) =>
      html`${ats} n’a pas reçu le lien : la candidature n’y existe plus. Si c’est une erreur, contactez le service informatique.`,
    credentials: (ats) => html`${ats} n’a pas reçu le lien : l’accès est refusé. Contactez le service informatique.`,
    refused: (ats) => html`${ats} a refusé le lien. Contactez le service informatique.`,
    unavailable: (ats) =>
      html`${ats} n’a pas reçu le lien : aucune réponse pendant plusieurs heures. Contactez le service informatique.`,
    rate_limited: (ats) =>
      html`${ats} n’a pas reçu le lien : le système est occupé depuis plusieurs jours. Contactez le service informatique.`,
    not_configured: (ats) => html`${ats} n’a pas reçu le lien : le service informatique a désactivé cette fonction.`,
    other: (ats) => html`${ats} n’a pas reçu le lien. Contactez le service informatique.`,
  },
};
