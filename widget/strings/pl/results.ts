import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'Wyniki';
export const searchLabel = 'Szukaj po nazwisku lub e-mailu';
export const statusFilter = 'Status';
export const allStatuses = 'Wszystkie statusy';
export const assessmentFilter = 'Test';
export const allAssessments = 'Wszystkie testy';
export const sortLabel = 'Sortuj według';
export const sortNames = {
  '-updated_at': 'Ostatnia zmiana, od najnowszych',
  updated_at: 'Ostatnia zmiana, od najstarszych',
  '-completed_at': 'Ukończenie, od najnowszych',
  '-overall': 'Wynik ogólny',
};
export const columns = {
  compare: 'Porównaj',
  candidate: 'Kandydat',
  email: 'E-mail',
  assessment: 'Test',
  status: 'Status',
  overall: 'Wynik',
  overallMax: 'Maksymalny wynik',
  sections: 'Sekcje',
  invitedBy: 'Zaproszenie od',
  invited: 'Zaproszono',
  completed: 'Ukończono',
  changed: 'Ostatnia zmiana',
};
export const noSessions = 'Tutaj pojawią się kandydaci zaproszeni do tego projektu.';
export const noMatches = 'Brak pasujących wyników. Zmień wyszukiwanie lub filtry.';
export const showMore = 'Pokaż więcej';
export const exportCsv = 'Pobierz wszystko jako CSV';
export const printList = 'Drukuj listę';
export const cancelExport = 'Anuluj eksport';
export const csvFileName = 'wyniki.csv';
export const exportCancelled = 'Anulowano eksport.';
export const compare = 'Porównaj';
export const compareTitle = 'Porównanie';
export const closeCompare = 'Zamknij porównanie';
export const compareHint = (max: number) => `Wybierz od 2 do ${formatNumber(max)} wyników do porównania.`;
export const compareLabel = (name: string) => `Porównaj: ${name}`;
export const showChanges = (count: number) =>
  plural(count, {
    one: 'Pokaż # aktualizację',
    few: 'Pokaż # aktualizacje',
    many: 'Pokaż # aktualizacji',
    other: 'Pokaż # aktualizacji',
  });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore
    ? `Pokazano pierwsze ${formatNumber(count)}`
    : plural(count, { one: '# osoba', few: '# osoby', many: '# osób', other: '# osoby' });
export const exportProgress = (count: number) =>
  plural(count, {
    one: 'Eksportowanie… # wiersz',
    few: 'Eksportowanie… # wiersze',
    many: 'Eksportowanie… # wierszy',
    other: 'Eksportowanie… # wiersza',
  });
export const exportDone = (count: number) =>
  plural(count, {
    one: 'Wyeksportowano # wiersz.',
    few: 'Wyeksportowano # wiersze.',
    many: 'Wyeksportowano # wierszy.',
    other: 'Wyeksportowano # wiersza.',
  });
