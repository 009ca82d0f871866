import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'pt-BR';
export const direction = '';

export const panelTitle = 'Avaliações';
export const loading = 'Carregando…';
export const retry = 'Tentar novamente';
export const reconnecting = 'Reconectando…';
export const offline = 'Você está off-line.';
export const noAssessments = 'Nenhuma avaliação está configurada. Fale com a TI.';
export const noInvitePermission = 'Você não tem permissão para convidar candidatos. Fale com a TI.';
export const noViewPermission = 'Você não tem permissão para ver esta pessoa. Fale com a TI.';
export const notInvited = 'Sem convite';
export const checkingResult = 'Verificando resultado…';
export const resultUnavailable = 'Resultado indisponível';
export const waitingForEvalon = 'Aguardando a Evalon';
export const resultPending = 'O resultado aparecerá aqui.';
export const unknownAssessment = 'Avaliação';
export const assessmentErased = 'Esta avaliação foi apagada.';
export const copied = 'Copiado';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'Esta solicitação não é válida. Verifique os dados ou fale com a TI.',
  unauthenticated: 'Sua sessão expirou. Recarregue a página.',
  forbidden: 'Você não tem a permissão necessária. Fale com a TI.',
  not_found: 'Não encontrado. Pode ter sido apagado ou você não tem acesso.',
  not_ready: 'A Evalon ainda não tem um resultado desta avaliação.',
  type_conflict: 'Apenas uma avaliação por projeto. Esta pessoa já tem outra.',
  conflict: 'Houve outra alteração. Recarregue a página e tente novamente.',
  too_large: 'Esta solicitação é grande demais. Divida-a.',
  rate_limited: 'Há solicitações demais no momento. Tente novamente em instantes.',
  upstream_rejected: 'A Evalon recusou a solicitação. Verifique o nome e o e-mail da pessoa ou fale com a TI.',
  upstream_unavailable: 'A Evalon está indisponível no momento. Tente novamente em instantes.',
  unavailable: 'O serviço está indisponível no momento. Tente novamente em instantes.',
  internal: 'Algo deu errado. Tente novamente. Se o problema continuar, fale com a TI.',
  unreachable: 'Não foi possível acessar o servidor. Verifique sua conexão.',
  timeout: 'O servidor não respondeu a tempo. Tente novamente.',
  no_token: 'Você não entrou na sua conta. Recarregue a página ou tente novamente.',
  bad_answer: 'Não foi possível entender a resposta do servidor. Tente novamente.',
  missing_attribute: 'Esta página não está configurada corretamente. Fale com a TI.',
  page_conflict: 'Outro script desta página está bloqueando a exibição. Fale com a TI.',
  unknown: 'Algo deu errado. Tente novamente.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `Referência: ${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · dados de teste`;

export const invite = { idle: 'Convidar', sending: 'Convidando…', failed: 'Repetir convite' };
export const inviteAgain = { idle: 'Convidar novamente', sending: 'Convidando novamente…', failed: 'Repetir convite' };
export const inviteTo = (assessment: string) => ({
  idle: `Convidar para ${assessment}`,
  sending: `Convidando para ${assessment}…`,
  failed: `Repetir convite para ${assessment}`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}: ${name}` : `${text}: ${name}, ${assessment}`;
export const panelLabel = (name: string) => `Avaliações: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'Convite criado',
  opened: 'Link aberto',
  started: 'Iniciada',
  submitted: 'Respostas enviadas',
  scoring: 'Em correção',
  expired: 'Expirada',
  cancelled: 'Cancelada',
  declined: 'Recusada pela pessoa',
  failed: 'Encerrada sem resultado',
  completed: 'Concluída',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'Status desconhecido';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Última atualização há menos de um minuto.';
  return formats.plural(minutes, { one: 'Última atualização há # minuto.', other: 'Última atualização há # minutos.' });
}

export const inviteDate = ({ invited_at }: Session) => `Convite em ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `Concluída em ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, pontuação geral ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `Esta página não está configurada corretamente. Fale com a TI: <${tag}> precisa de ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'um proxy-url válido');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `tipos conhecidos, não ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `um project-id para ${formats.formatList(types)}`);
