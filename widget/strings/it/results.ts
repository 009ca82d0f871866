import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'Risultati';
export const searchLabel = 'Cerca per nome o e-mail';
export const statusFilter = 'Stato';
export const allStatuses = 'Tutti gli stati';
export const assessmentFilter = 'Valutazione';
export const allAssessments = 'Tutte le valutazioni';
export const sortLabel = 'Ordina per';
export const sortNames = {
  '-updated_at': 'Ultima modifica, prima le più recenti',
  updated_at: 'Ultima modifica, prima le meno recenti',
  '-completed_at': 'Completamento, prima le più recenti',
  '-overall': 'Punteggio complessivo',
};
export const columns = {
  compare: 'Confronta',
  candidate: 'Candidato/a',
  email: 'E-mail',
  assessment: 'Valutazione',
  status: 'Stato',
  overall: 'Punteggio',
  overallMax: 'Punteggio complessivo massimo',
  sections: 'Sezioni',
  invitedBy: 'Invito di',
  invited: 'Invito',
  completed: 'Completata',
  changed: 'Ultima modifica',
};
export const noSessions = 'I candidati che inviti a questo progetto appariranno qui.';
export const noMatches = 'Nessun risultato corrisponde. Modifica la ricerca o i filtri.';
export const showMore = 'Mostra altro';
export const exportCsv = 'Scarica tutto in CSV';
export const printList = 'Stampa elenco';
export const cancelExport = 'Annulla esportazione';
export const csvFileName = 'risultati.csv';
export const exportCancelled = 'Esportazione annullata.';
export const compare = 'Confronta';
export const compareTitle = 'Fianco a fianco';
export const closeCompare = 'Chiudi confronto';
export const compareHint = (max: number) => `Seleziona da 2 a ${formatNumber(max)} risultati da confrontare.`;
export const compareLabel = (name: string) => `Confronta ${name}`;
export const showChanges = (count: number) =>
  plural(count, { one: 'Mostra # aggiornamento', other: 'Mostra # aggiornamenti' });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore ? `Mostrati i primi ${formatNumber(count)}` : plural(count, { one: '# persona', other: '# persone' });
export const exportProgress = (count: number) =>
  plural(count, { one: 'Esportazione… # riga', other: 'Esportazione… # righe' });
export const exportDone = (count: number) => plural(count, { one: '# riga esportata.', other: '# righe esportate.' });
