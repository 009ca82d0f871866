import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'fr';
export const direction = '';

export const panelTitle = 'Évaluations';
export const loading = 'Chargement…';
export const retry = 'Réessayer';
export const reconnecting = 'Reconnexion…';
export const offline = 'Vous êtes hors ligne.';
export const noAssessments = 'Aucune évaluation n’est configurée. Contactez le service informatique.';
export const noInvitePermission =
  'Vous n’avez pas l’autorisation d’inviter des candidats. Contactez le service informatique.';
export const noViewPermission =
  'Vous n’avez pas l’autorisation de voir cette personne. Contactez le service informatique.';
export const notInvited = 'Sans invitation';
export const checkingResult = 'Vérification du résultat…';
export const resultUnavailable = 'Résultat indisponible';
export const waitingForEvalon = 'En attente d’Evalon';
export const resultPending = 'Le résultat s’affichera ici.';
export const unknownAssessment = 'Évaluation';
export const assessmentErased = 'Cette évaluation a été effacée.';
export const copied = 'Copié';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'Cette demande n’est pas valide. Vérifiez les données ou contactez le service informatique.',
  unauthenticated: 'Vous n’êtes plus connecté. Rechargez la page.',
  forbidden: 'Vous n’avez pas l’autorisation nécessaire. Contactez le service informatique.',
  not_found: 'Introuvable. L’élément a peut-être été effacé, ou vous n’y avez pas accès.',
  not_ready: 'Evalon n’a pas encore de résultat pour cette évaluation.',
  type_conflict: 'Une seule évaluation par projet. Cette personne en a déjà une autre.',
  conflict: 'Une autre modification est intervenue. Rechargez la page et réessayez.',
  too_large: 'Cette demande est trop volumineuse. Divisez-la.',
  rate_limited: 'Trop de demandes en ce moment. Réessayez dans un instant.',
  upstream_rejected:
    'Evalon a refusé la demande. Vérifiez le nom et l’adresse e-mail du candidat ou contactez le service informatique.',
  upstream_unavailable: 'Evalon est injoignable en ce moment. Réessayez dans un instant.',
  unavailable: 'Le service est indisponible en ce moment. Réessayez dans un instant.',
  internal: 'Une erreur s’est produite. Réessayez. Si elle persiste, contactez le service informatique.',
  unreachable: 'Le serveur est injoignable. Vérifiez votre connexion.',
  timeout: 'Le serveur n’a pas répondu à temps. Réessayez.',
  no_token: 'Vous n’êtes pas connecté. Rechargez la page ou réessayez.',
  bad_answer: 'La réponse du serveur est incompréhensible. Réessayez.',
  missing_attribute: 'Cette page n’est pas bien configurée. Contactez le service informatique.',
  page_conflict: 'Un autre script de cette page bloque l’affichage. Contactez le service informatique.',
  unknown: 'Une erreur s’est produite. Réessayez.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `Référence : ${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · données de test`;

export const invite = { idle: 'Inviter', sending: 'Invitation…', failed: 'Réessayer l’invitation' };
export const inviteAgain = {
  idle: 'Inviter à nouveau',
  sending: 'Nouvelle invitation…',
  failed: 'Réessayer l’invitation',
};
export const inviteTo = (assessment: string) => ({
  idle: `Inviter à ${assessment}`,
  sending: `Invitation à ${assessment}…`,
  failed: `Réessayer l’invitation à ${assessment}`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text} : ${name}` : `${text} : ${name}, ${assessment}`;
export const panelLabel = (name: string) => `Évaluations : ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'Invitation créée',
  opened: 'Lien ouvert',
  started: 'Commencée',
  submitted: 'Réponses envoyées',
  scoring: 'Correction en cours',
  expired: 'Expirée',
  cancelled: 'Annulée',
  declined: 'Refusée par la personne',
  failed: 'Clôturée sans résultat',
  completed: 'Terminée',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'Statut inconnu';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Dernière mise à jour il y a moins d’une minute.';
  return formats.plural(minutes, {
    one: 'Dernière mise à jour il y a # minute.',
    other: 'Dernière mise à jour il y a # minutes.',
  });
}

export const inviteDate = ({ invited_at }: Session) => `Invitation du ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `Terminée le ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment} : ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, score global ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `Cette page n’est pas bien configurée. Contactez le service informatique : <${tag}> nécessite ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'un proxy-url valide');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `des types connus, et non ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `un project-id pour ${formats.formatList(types)}`);
