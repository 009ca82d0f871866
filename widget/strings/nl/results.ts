import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'Resultaten';
export const searchLabel = 'Zoeken op naam of e-mail';
export const statusFilter = 'Status';
export const allStatuses = 'Alle statussen';
export const assessmentFilter = 'Assessment';
export const allAssessments = 'Alle assessments';
export const sortLabel = 'Sorteren op';
export const sortNames = {
  '-updated_at': 'Laatste wijziging, nieuwste eerst',
  updated_at: 'Laatste wijziging, oudste eerst',
  '-completed_at': 'Afronding, nieuwste eerst',
  '-overall': 'Totaalscore',
};
export const columns = {
  compare: 'Vergelijken',
  candidate: 'Kandidaat',
  email: 'E-mail',
  assessment: 'Assessment',
  status: 'Status',
  overall: 'Totaal',
  overallMax: 'Maximale totaalscore',
  sections: 'Onderdelen',
  invitedBy: 'Uitgenodigd door',
  invited: 'Uitgenodigd',
  completed: 'Afgerond',
  changed: 'Laatste wijziging',
};
export const noSessions = 'Kandidaten die u voor dit project uitnodigt, verschijnen hier.';
export const noMatches = 'Geen overeenkomende resultaten. Wijzig de zoekopdracht of de filters.';
export const showMore = 'Meer weergeven';
export const exportCsv = 'Alles als CSV downloaden';
export const printList = 'Lijst afdrukken';
export const cancelExport = 'Export annuleren';
export const csvFileName = 'resultaten.csv';
export const exportCancelled = 'Export geannuleerd.';
export const compare = 'Vergelijken';
export const compareTitle = 'Naast elkaar';
export const closeCompare = 'Vergelijking sluiten';
export const compareHint = (max: number) => `Selecteer 2 tot ${formatNumber(max)} resultaten om te vergelijken.`;
export const compareLabel = (name: string) => `Vergelijken: ${name}`;
export const showChanges = (count: number) =>
  plural(count, { one: '# wijziging weergeven', other: '# wijzigingen weergeven' });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore ? `Eerste ${formatNumber(count)} weergegeven` : plural(count, { one: '# kandidaat', other: '# kandidaten' });
export const exportProgress = (count: number) =>
  plural(count, { one: 'Exporteren… # rij', other: 'Exporteren… # rijen' });
export const exportDone = (count: number) =>
  plural(count, { one: '# rij geëxporteerd.', other: '# rijen geëxporteerd.' });
