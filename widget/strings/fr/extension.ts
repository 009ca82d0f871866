import { formats } from './formats.ts';

export const signInNeeded = 'Connectez-vous pour voir les évaluations.';
export const signIn = 'Se connecter';
export const signOut = 'Se déconnecter';
export const continueInWindow = 'Continuez dans la fenêtre de connexion.';
export const signInWindowClosed = 'La fenêtre de connexion a été fermée. Reconnectez-vous.';
export const candidateTab = 'Candidat';
export const inboxTab = 'Boîte de réception';
export const noCandidate = 'Ouvrez un candidat dans votre ATS pour voir ses évaluations ici.';
export const pageChanging = 'En attente de l’affichage d’un candidat…';
export const lookingUpCandidate = 'Recherche du candidat…';
export const retry = 'Réessayer';
export const noProxy = 'Cette extension n’a pas l’adresse du proxy de votre entreprise. Saisissez-la dans les options.';
export const openOptions = 'Ouvrir les options';
export const candidateUnknown = 'Impossible d’identifier cette personne';
export const enterManually =
  'Saisissez l’adresse e-mail et le nom de la personne. Vérifiez ce qui est déjà rempli : cela provient de la page.';
export const candidateNotFound = 'L’ATS ne connaît pas cette personne, ou vous n’avez pas l’autorisation de la voir.';
export const noEmail = 'L’ATS n’a pas d’adresse e-mail pour cette personne.';
export const noAssessments =
  'Aucune évaluation n’est disponible pour cette personne. Contactez le service informatique.';
export const email = 'E-mail';
export const name = 'Nom';
export const useCandidate = 'C’est cette personne';
export const candidateChanged = 'La page affiche une autre personne : aucune invitation n’a été envoyée.';
export const pageNotResponding =
  'La page ne répond pas : aucune invitation n’a été envoyée. Rechargez la page et réessayez.';
export const confirmCandidate =
  'L’adresse de la page n’identifie pas la personne. Est-ce la personne affichée sur la page ?';
export const confirmYes = 'Oui, afficher les évaluations';
export const confirmNo = 'Non, c’est une autre personne';
export const chipLabel = 'Ouvrir les évaluations';
export const chipHint = 'Evalon : cliquez sur l’icône ou appuyez sur Alt+Maj+E';
export const chipHintLabel = 'Évaluations Evalon';
export const storeDescription = 'Les évaluations Evalon à côté du candidat dans Greenhouse, Lever, Ashby et Workday.';
export const proxyAddress = 'Adresse du proxy Evalon de votre entreprise';
export const save = 'Enregistrer';
export const saved = 'Enregistré.';
export const invalidAddress = 'Ce n’est pas l’adresse d’un proxy. Saisissez une adresse commençant par https://';
export const hostNotAllowed =
  'Votre navigateur ne peut pas accéder à cette adresse sans votre autorisation. Réessayez ou contactez le service informatique.';
export const setByPolicy = 'Défini par votre service informatique.';
export const blockedHostsTitle = 'Adresses bloquées';
export const blockedHostsHint =
  'Votre navigateur bloque ces adresses pour l’extension. Autorisez-les pour voir les évaluations.';
export const proxyHostBlocked =
  'Votre navigateur bloque l’accès au proxy de votre entreprise. Autorisez-le dans les options.';
export const optionalHostsTitle = 'Autres pages';
export const optionalHostsHint =
  'Ces pages figurent dans les paramètres de votre entreprise. Autorisez-les pour y voir les évaluations.';
export const optionalHostsPending =
  'Certaines pages ont besoin de votre autorisation pour afficher les évaluations. Autorisez-les dans les options.';
export const allowButton = 'Autoriser';
export const allowedSuffix = '(autorisé)';
export const allowHost = (host: string) => `Autoriser ${host}`;
export const resultCountTitle = (count: number) =>
  count ? formats.plural(count, { one: '# nouveau résultat', other: '# nouveaux résultats' }) : chipHintLabel;
export const candidateBadgeTitle = (status: string) => `Évaluations Evalon. Cette personne : ${status}`;
