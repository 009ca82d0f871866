import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'es';
export const direction = '';

export const panelTitle = 'Evaluaciones';
export const loading = 'Cargando…';
export const retry = 'Reintentar';
export const reconnecting = 'Reconectando…';
export const offline = 'No tiene conexión.';
export const noAssessments = 'No hay evaluaciones configuradas. Contacte con TI.';
export const noInvitePermission = 'No tiene permiso para invitar a candidatos. Contacte con TI.';
export const noViewPermission = 'No tiene permiso para ver a esta persona. Contacte con TI.';
export const notInvited = 'Sin invitación';
export const checkingResult = 'Comprobando resultado…';
export const resultUnavailable = 'Resultado no disponible';
export const waitingForEvalon = 'Esperando a Evalon';
export const resultPending = 'El resultado aparecerá aquí.';
export const unknownAssessment = 'Evaluación';
export const assessmentErased = 'Esta evaluación se ha borrado.';
export const copied = 'Copiado';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'Esta solicitud no es válida. Revise los datos o contacte con TI.',
  unauthenticated: 'Su sesión ha caducado. Recargue la página.',
  forbidden: 'No tiene el permiso necesario. Contacte con TI.',
  not_found: 'No encontrado. Puede que se haya borrado o que no tenga acceso.',
  not_ready: 'Evalon aún no tiene un resultado de esta evaluación.',
  type_conflict: 'Solo una evaluación por proyecto. Esta persona ya tiene otra.',
  conflict: 'Se ha producido otro cambio. Recargue la página e inténtelo de nuevo.',
  too_large: 'Esta solicitud es demasiado grande. Divídala.',
  rate_limited: 'Hay demasiadas solicitudes en este momento. Inténtelo de nuevo en un momento.',
  upstream_rejected:
    'Evalon ha rechazado la solicitud. Revise el nombre y el correo electrónico de la persona o contacte con TI.',
  upstream_unavailable: 'Evalon no está disponible en este momento. Inténtelo de nuevo en un momento.',
  unavailable: 'El servicio no está disponible en este momento. Inténtelo de nuevo en un momento.',
  internal: 'Algo ha salido mal. Inténtelo de nuevo. Si el problema continúa, contacte con TI.',
  unreachable: 'No se puede contactar con el servidor. Compruebe su conexión.',
  timeout: 'El servidor no ha respondido a tiempo. Inténtelo de nuevo.',
  no_token: 'No ha iniciado sesión. Recargue la página o inténtelo de nuevo.',
  bad_answer: 'No se entiende la respuesta del servidor. Inténtelo de nuevo.',
  missing_attribute: 'Esta página no está bien configurada. Contacte con TI.',
  page_conflict: 'Otro script de esta página bloquea la visualización. Contacte con TI.',
  unknown: 'Algo ha salido mal. Inténtelo de nuevo.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `Referencia: ${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · datos de prueba`;

export const invite = { idle: 'Invitar', sending: 'Invitando…', failed: 'Reintentar invitación' };
export const inviteAgain = {
  idle: 'Invitar de nuevo',
  sending: 'Invitando de nuevo…',
  failed: 'Reintentar invitación',
};
export const inviteTo = (assessment: string) => ({
  idle: `Invitar a ${assessment}`,
  sending: `Invitando a ${assessment}…`,
  failed: `Reintentar invitación a ${assessment}`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}: ${name}` : `${text}: ${name}, ${assessment}`;
export const panelLabel = (name: string) => `Evaluaciones: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'Invitación creada',
  opened: 'Enlace abierto',
  started: 'Iniciada',
  submitted: 'Respuestas enviadas',
  scoring: 'En corrección',
  expired: 'Caducada',
  cancelled: 'Cancelada',
  declined: 'Rechazada por la persona',
  failed: 'Finalizada sin resultado',
  completed: 'Completada',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'Estado desconocido';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Última actualización hace menos de un minuto.';
  return formats.plural(minutes, {
    one: 'Última actualización hace # minuto.',
    other: 'Última actualización hace # minutos.',
  });
}

export const inviteDate = ({ invited_at }: Session) => `Invitación del ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `Completada el ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, puntuación global ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `Esta página no está bien configurada. Contacte con TI: <${tag}> necesita ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'un proxy-url válido');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `tipos conocidos, no ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `un project-id para ${formats.formatList(types)}`);
