import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'Resultados';
export const searchLabel = 'Buscar por nombre o correo';
export const statusFilter = 'Estado';
export const allStatuses = 'Todos los estados';
export const assessmentFilter = 'Evaluación';
export const allAssessments = 'Todas las evaluaciones';
export const sortLabel = 'Ordenar por';
export const sortNames = {
  '-updated_at': 'Último cambio, más recientes primero',
  updated_at: 'Último cambio, más antiguos primero',
  '-completed_at': 'Finalización, más recientes primero',
  '-overall': 'Puntuación global',
};
export const columns = {
  compare: 'Comparar',
  candidate: 'Candidato/a',
  email: 'Correo electrónico',
  assessment: 'Evaluación',
  status: 'Estado',
  overall: 'Puntuación',
  overallMax: 'Puntuación global máxima',
  sections: 'Secciones',
  invitedBy: 'Invitación de',
  invited: 'Invitación',
  completed: 'Completada',
  changed: 'Último cambio',
};
export const noSessions = 'Los candidatos que invite a este proyecto aparecerán aquí.';
export const noMatches = 'Ningún resultado coincide. Cambie la búsqueda o los filtros.';
export const showMore = 'Mostrar más';
export const exportCsv = 'Descargar todo en CSV';
export const printList = 'Imprimir lista';
export const cancelExport = 'Cancelar exportación';
export const csvFileName = 'resultados.csv';
export const exportCancelled = 'Exportación cancelada.';
export const compare = 'Comparar';
export const compareTitle = 'Comparación';
export const closeCompare = 'Cerrar comparación';
export const compareHint = (max: number) => `Seleccione de 2 a ${formatNumber(max)} resultados para comparar.`;
export const compareLabel = (name: string) => `Comparar a ${name}`;
export const showChanges = (count: number) =>
  plural(count, { one: 'Mostrar # actualización', other: 'Mostrar # actualizaciones' });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore
    ? `Se muestran los primeros ${formatNumber(count)}`
    : plural(count, { one: '# persona', other: '# personas' });
export const exportProgress = (count: number) =>
  plural(count, { one: 'Exportando… # fila', other: 'Exportando… # filas' });
export const exportDone = (count: number) => plural(count, { one: '# fila exportada.', other: '# filas exportadas.' });
