import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'Ergebnisse';
export const searchLabel = 'Nach Name oder E-Mail suchen';
export const statusFilter = 'Status';
export const allStatuses = 'Alle Status';
export const assessmentFilter = 'Eignungstest';
export const allAssessments = 'Alle Eignungstests';
export const sortLabel = 'Sortieren nach';
export const sortNames = {
  '-updated_at': 'Letzte Änderung, neueste zuerst',
  updated_at: 'Letzte Änderung, älteste zuerst',
  '-completed_at': 'Abschluss, neueste zuerst',
  '-overall': 'Gesamtergebnis',
};
export const columns = {
  compare: 'Vergleichen',
  candidate: 'Kandidat:in',
  email: 'E-Mail',
  assessment: 'Eignungstest',
  status: 'Status',
  overall: 'Gesamt',
  overallMax: 'Höchstpunktzahl',
  sections: 'Abschnitte',
  invitedBy: 'Eingeladen von',
  invited: 'Eingeladen',
  completed: 'Abgeschlossen',
  changed: 'Letzte Änderung',
};
export const noSessions = 'Zu diesem Projekt eingeladene Kandidat:innen erscheinen hier.';
export const noMatches = 'Keine passenden Ergebnisse. Ändern Sie die Suche oder die Filter.';
export const showMore = 'Mehr anzeigen';
export const exportCsv = 'Alle als CSV herunterladen';
export const printList = 'Liste drucken';
export const cancelExport = 'Export abbrechen';
export const csvFileName = 'ergebnisse.csv';
export const exportCancelled = 'Export abgebrochen.';
export const compare = 'Vergleichen';
export const compareTitle = 'Gegenüberstellung';
export const closeCompare = 'Vergleich schließen';
export const compareHint = (max: number) => `Wählen Sie 2 bis ${formatNumber(max)} Ergebnisse zum Vergleichen aus.`;
export const compareLabel = (name: string) => `Vergleichen: ${name}`;
export const showChanges = (count: number) =>
  plural(count, { one: '# Aktualisierung anzeigen', other: '# Aktualisierungen anzeigen' });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore
    ? `Die ersten ${formatNumber(count)} werden angezeigt`
    : plural(count, { one: '# Person', other: '# Personen' });
export const exportProgress = (count: number) =>
  plural(count, { one: 'Export läuft… # Zeile', other: 'Export läuft… # Zeilen' });
export const exportDone = (count: number) =>
  plural(count, { one: '# Zeile exportiert.', other: '# Zeilen exportiert.' });
