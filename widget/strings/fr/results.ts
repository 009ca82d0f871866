import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'Résultats';
export const searchLabel = 'Rechercher par nom ou e-mail';
export const statusFilter = 'Statut';
export const allStatuses = 'Tous les statuts';
export const assessmentFilter = 'Évaluation';
export const allAssessments = 'Toutes les évaluations';
export const sortLabel = 'Trier par';
export const sortNames = {
  '-updated_at': 'Dernière modification, récentes d’abord',
  updated_at: 'Dernière modification, anciennes d’abord',
  '-completed_at': 'Date de fin, récentes d’abord',
  '-overall': 'Score global',
};
export const columns = {
  compare: 'Comparer',
  candidate: 'Candidat',
  email: 'E-mail',
  assessment: 'Évaluation',
  status: 'Statut',
  overall: 'Score',
  overallMax: 'Score global maximal',
  sections: 'Sections',
  invitedBy: 'Invitation par',
  invited: 'Invitation',
  completed: 'Terminée',
  changed: 'Dernière modification',
};
export const noSessions = 'Les candidats que vous invitez à ce projet s’afficheront ici.';
export const noMatches = 'Aucun résultat ne correspond. Modifiez la recherche ou les filtres.';
export const showMore = 'Afficher plus';
export const exportCsv = 'Tout télécharger en CSV';
export const printList = 'Imprimer la liste';
export const cancelExport = 'Annuler l’export';
export const csvFileName = 'resultats.csv';
export const exportCancelled = 'Export annulé.';
export const compare = 'Comparer';
export const compareTitle = 'Comparaison';
export const closeCompare = 'Fermer la comparaison';
export const compareHint = (max: number) => `Sélectionnez 2 à ${formatNumber(max)} résultats à comparer.`;
export const compareLabel = (name: string) => `Comparer ${name}`;
export const showChanges = (count: number) =>
  plural(count, { one: 'Afficher # mise à jour', other: 'Afficher # mises à jour' });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore ? `${formatNumber(count)} premiers affichés` : plural(count, { one: '# personne', other: '# personnes' });
export const exportProgress = (count: number) => plural(count, { one: 'Export… # ligne', other: 'Export… # lignes' });
export const exportDone = (count: number) => plural(count, { one: '# ligne exportée.', other: '# lignes exportées.' });
