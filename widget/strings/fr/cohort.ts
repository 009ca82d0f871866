import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'Inviter des candidats';
export const noInvitePermission =
  'Vous n’avez pas l’autorisation d’inviter des candidats. Contactez le service informatique.';
export const pasteLabel = 'Coller des candidats depuis un tableur ou un e-mail';
export const pastePlaceholder = 'Camille Exemple <camille@example.com>\nAlix Modèle, alix@example.com';
export const checkCandidates = 'Vérifier la liste';
export const chooseFile = 'Choisir un fichier CSV';
export const sourceHint = 'Vous pourrez vérifier la liste avant toute invitation.';
export const readingCandidates = 'Lecture des candidats…';
export const noCandidatesFound =
  'Aucun candidat trouvé. Collez une personne par ligne, avec son nom et son adresse e-mail.';
export const tooManyCandidates = 'Cette liste compte plus de 10 000 candidats. Divisez-la en listes plus petites.';
export const listTooLong = 'Ce fichier est trop volumineux. Divisez-le en fichiers plus petits.';
export const unreadableFile = 'Ce fichier est illisible. Enregistrez-le au format CSV et réessayez.';
export const previewHeading = 'Vérifier la liste';
export const checking = 'Vérification des candidats…';
export const discardList = 'Abandonner la liste';
export const edit = 'Modifier';
export const remove = 'Retirer';
export const save = 'Enregistrer';
export const cancelEdit = 'Annuler';
export const nameColumn = 'Candidat';
export const emailColumn = 'E-mail';
export const statusColumn = 'Statut';
export const actionsColumn = 'Actions';
export const nameLabel = 'Nom';
export const filterLabel = 'Afficher';
export const previousPage = 'Précédent';
export const nextPage = 'Suivant';
export const noRows = 'Aucun candidat dans ce groupe.';
export const nothingToInvite = 'Aucun nouveau candidat à inviter.';
export const retryFailed = 'Réessayer les invitations échouées';
export const cancelQueued = 'Annuler les invitations en attente';
export const keepInviting = 'Continuer les invitations';
export const copyLinks = 'Copier les liens';
export const copyLinksLabel = 'Copier les liens de tous les candidats invités';
export const downloadCsv = 'Télécharger le CSV';
export const inviteMore = 'Inviter d’autres candidats';
export const pastBatches = 'Invitations précédentes';
export const openBatch = 'Ouvrir';
export const showMore = 'Afficher plus';
export const copyLink = 'Copier le lien';
export const linksAfterInvite = 'Les candidats ne reçoivent pas d’e-mail. Copiez leurs liens après l’invitation.';
export const linksNotSent = 'Les candidats n’ont pas reçu d’e-mail. Copiez leurs liens et envoyez-les vous-même.';
export const estimating = 'Estimation du temps restant…';
export const csvHeader = ['Nom', 'E-mail', 'Statut', 'Motif', 'Lien'];

export const previewKinds = {
  unchecked: 'Vérification…',
  new: 'À inviter',
  existing: 'Invitation existante',
  conflict: 'A une autre évaluation',
  ended: 'Clôturée sans résultat',
  invalid: 'À corriger',
};

export const outcomes = {
  queued: 'En attente',
  invited: 'Invitation créée',
  existing: 'Invitation existante',
  failed: 'Sans invitation',
  cancelled: 'Invitation annulée',
};

export const reasons = {
  invalid_email: 'Cette adresse e-mail n’est pas valide.',
  name_missing: 'Le nom manque.',
  name_too_long: 'Le nom est trop long.',
  duplicate: 'Cette adresse e-mail figure deux fois dans la liste. Retirez-en une.',
  type_conflict: 'Une seule évaluation par projet. Cette personne en a déjà une autre.',
  link_missing: 'Evalon n’a pas renvoyé de lien utilisable. Contactez le service informatique.',
  upstream_rejected:
    'Evalon a refusé l’invitation. Corrigez le nom ou l’adresse e-mail et ajoutez la personne à une nouvelle liste, ou contactez le service informatique.',
  upstream_unavailable: 'Evalon était injoignable. Réessayez plus tard.',
  erased: 'Les données de cette personne ont été effacées.',
};

export const unknownReason = 'Cette personne n’a pas pu être invitée. Contactez le service informatique.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) =>
  plural(count, { one: 'Inviter # personne', other: 'Inviter # personnes' });
export const invitingCount = (count: number) =>
  plural(count, { one: 'Invitation de # personne…', other: 'Invitation de # personnes…' });
export const skippedCount = (count: number) =>
  plural(count, { one: '# personne ne sera pas invitée.', other: '# personnes ne seront pas invitées.' });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: 'Annuler # invitation en attente ? Cette personne ne sera pas invitée.',
    other: 'Annuler # invitations en attente ? Ces personnes ne seront pas invitées.',
  });
export const cancelCount = (count: number) =>
  plural(count, { one: 'Annuler # invitation en attente', other: 'Annuler # invitations en attente' });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'Tous';
export const editLabel = (candidate: string) => `Modifier : ${candidate}`;
export const removeLabel = (candidate: string) => `Retirer : ${candidate}`;
export const copyLinkLabel = (candidate: string) => `Copier le lien : ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)} à ${formatNumber(last)} sur ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `${formatNumber(doneCount)} sur ${formatNumber(total)} traités.`;
export const lessThanMinuteLeft = 'Moins d’une minute restante.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, { one: 'Environ # minute restante.', other: 'Environ # minutes restantes.' });
export const hoursLeft = (hours: number) =>
  plural(hours, { one: 'Environ # heure restante.', other: 'Environ # heures restantes.' });

export const finishedSentences = {
  invited: (count: number) => plural(count, { one: '# personne invitée.', other: '# personnes invitées.' }),
  existing: (count: number) => plural(count, { one: '# déjà invitée.', other: '# déjà invitées.' }),
  failed: (count: number) => plural(count, { one: '# non invitée.', other: '# non invitées.' }),
  cancelled: (count: number) => plural(count, { one: '# annulée.', other: '# annulées.' }),
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `${formatNumber(count)} en attente`,
  invited: (count: number) => plural(count, { one: '# invitée', other: '# invitées' }),
  existing: (count: number) => plural(count, { one: '# déjà invitée', other: '# déjà invitées' }),
  failed: (count: number) => plural(count, { one: '# non invitée', other: '# non invitées' }),
  cancelled: (count: number) => plural(count, { one: '# annulée', other: '# annulées' }),
};

export const openBatchLabel = (time: string) => `Ouvrir : invitations du ${time}`;
export const csvFileName = (date: string) => `invitations-${date}.csv`;
