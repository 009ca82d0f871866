import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'Resultados';
export const searchLabel = 'Buscar por nome ou e-mail';
export const statusFilter = 'Status';
export const allStatuses = 'Todos os status';
export const assessmentFilter = 'Avaliação';
export const allAssessments = 'Todas as avaliações';
export const sortLabel = 'Ordenar por';
export const sortNames = {
  '-updated_at': 'Última alteração, mais recentes primeiro',
  updated_at: 'Última alteração, mais antigas primeiro',
  '-completed_at': 'Conclusão, mais recentes primeiro',
  '-overall': 'Pontuação geral',
};
export const columns = {
  compare: 'Comparar',
  candidate: 'Candidato(a)',
  email: 'E-mail',
  assessment: 'Avaliação',
  status: 'Status',
  overall: 'Pontuação',
  overallMax: 'Pontuação geral máxima',
  sections: 'Seções',
  invitedBy: 'Convite de',
  invited: 'Convite',
  completed: 'Concluída',
  changed: 'Última alteração',
};
export const noSessions = 'Os candidatos que você convidar para este projeto aparecerão aqui.';
export const noMatches = 'Nenhum resultado corresponde. Altere a busca ou os filtros.';
export const showMore = 'Mostrar mais';
export const exportCsv = 'Baixar tudo em CSV';
export const printList = 'Imprimir lista';
export const cancelExport = 'Cancelar exportação';
export const csvFileName = 'resultados.csv';
export const exportCancelled = 'Exportação cancelada.';
export const compare = 'Comparar';
export const compareTitle = 'Lado a lado';
export const closeCompare = 'Fechar comparação';
export const compareHint = (max: number) => `Selecione de 2 a ${formatNumber(max)} resultados para comparar.`;
export const compareLabel = (name: string) => `Comparar ${name}`;
export const showChanges = (count: number) =>
  plural(count, { one: 'Mostrar # atualização', other: 'Mostrar # atualizações' });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore ? `Primeiros ${formatNumber(count)} exibidos` : plural(count, { one: '# pessoa', other: '# pessoas' });
export const exportProgress = (count: number) =>
  plural(count, { one: 'Exportando… # linha', other: 'Exportando… # linhas' });
export const exportDone = (count: number) =>
  plural(count, { one: '# linha exportada.', other: '# linhas exportadas.' });
