import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'it';
export const direction = '';

export const panelTitle = 'Valutazioni';
export const loading = 'Caricamento…';
export const retry = 'Riprova';
export const reconnecting = 'Riconnessione…';
export const offline = 'Sei offline.';
export const noAssessments = 'Nessuna valutazione configurata. Contatta il reparto IT.';
export const noInvitePermission = 'Non hai l’autorizzazione per invitare candidati. Contatta il reparto IT.';
export const noViewPermission = 'Non hai l’autorizzazione per vedere questa persona. Contatta il reparto IT.';
export const notInvited = 'Senza invito';
export const checkingResult = 'Verifica del risultato…';
export const resultUnavailable = 'Risultato non disponibile';
export const waitingForEvalon = 'In attesa di Evalon';
export const resultPending = 'Il risultato apparirà qui.';
export const unknownAssessment = 'Valutazione';
export const assessmentErased = 'Questa valutazione è stata cancellata.';
export const copied = 'Copiato';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'Questa richiesta non è valida. Controlla i dati o contatta il reparto IT.',
  unauthenticated: 'La tua sessione è scaduta. Ricarica la pagina.',
  forbidden: 'Non hai l’autorizzazione necessaria. Contatta il reparto IT.',
  not_found: 'Non trovato. Forse è stato cancellato o non hai accesso.',
  not_ready: 'Evalon non ha ancora un risultato per questa valutazione.',
  type_conflict: 'Una sola valutazione per progetto. Questa persona ne ha già un’altra.',
  conflict: 'C’è stata un’altra modifica. Ricarica la pagina e riprova.',
  too_large: 'Questa richiesta è troppo grande. Dividila.',
  rate_limited: 'Ci sono troppe richieste al momento. Riprova tra poco.',
  upstream_rejected:
    'Evalon ha rifiutato la richiesta. Controlla il nome e l’e-mail della persona o contatta il reparto IT.',
  upstream_unavailable: 'Evalon non è raggiungibile al momento. Riprova tra poco.',
  unavailable: 'Il servizio non è disponibile al momento. Riprova tra poco.',
  internal: 'Qualcosa è andato storto. Riprova. Se il problema persiste, contatta il reparto IT.',
  unreachable: 'Impossibile raggiungere il server. Controlla la connessione.',
  timeout: 'Il server non ha risposto in tempo. Riprova.',
  no_token: 'Non hai effettuato l’accesso. Ricarica la pagina o riprova.',
  bad_answer: 'La risposta del server non è comprensibile. Riprova.',
  missing_attribute: 'Questa pagina non è configurata correttamente. Contatta il reparto IT.',
  page_conflict: 'Un altro script di questa pagina blocca la visualizzazione. Contatta il reparto IT.',
  unknown: 'Qualcosa è andato storto. Riprova.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `Riferimento: ${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · dati di prova`;

export const invite = { idle: 'Invita', sending: 'Invito in corso…', failed: 'Riprova l’invito' };
export const inviteAgain = { idle: 'Invita di nuovo', sending: 'Nuovo invito in corso…', failed: 'Riprova l’invito' };
export const inviteTo = (assessment: string) => ({
  idle: `Invita a ${assessment}`,
  sending: `Invito a ${assessment} in corso…`,
  failed: `Riprova l’invito a ${assessment}`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}: ${name}` : `${text}: ${name}, ${assessment}`;
export const panelLabel = (name: string) => `Valutazioni: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'Invito creato',
  opened: 'Link aperto',
  started: 'Iniziata',
  submitted: 'Risposte inviate',
  scoring: 'In correzione',
  expired: 'Scaduta',
  cancelled: 'Annullata',
  declined: 'Rifiutata dalla persona',
  failed: 'Terminata senza risultato',
  completed: 'Completata',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'Stato sconosciuto';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Ultimo aggiornamento meno di un minuto fa.';
  return formats.plural(minutes, {
    one: 'Ultimo aggiornamento # minuto fa.',
    other: 'Ultimo aggiornamento # minuti fa.',
  });
}

export const inviteDate = ({ invited_at }: Session) => `Invito del ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `Completata il ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, punteggio complessivo ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `Questa pagina non è configurata correttamente. Contatta il reparto IT: <${tag}> richiede ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'un proxy-url valido');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `tipi noti, non ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `un project-id per ${formats.formatList(types)}`);
