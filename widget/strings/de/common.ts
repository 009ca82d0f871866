import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'de';
export const direction = '';

export const panelTitle = 'Eignungstests';
export const loading = 'Wird geladen…';
export const retry = 'Erneut versuchen';
export const reconnecting = 'Verbindung wird wiederhergestellt…';
export const offline = 'Sie sind offline.';
export const noAssessments = 'Es sind keine Eignungstests eingerichtet. Wenden Sie sich an die IT.';
export const noInvitePermission = 'Sie haben keine Berechtigung, Kandidat:innen einzuladen. Wenden Sie sich an die IT.';
export const noViewPermission =
  'Sie haben keine Berechtigung, die Daten dieser Person zu sehen. Wenden Sie sich an die IT.';
export const notInvited = 'Nicht eingeladen';
export const checkingResult = 'Ergebnis wird geprüft…';
export const resultUnavailable = 'Ergebnis nicht verfügbar';
export const waitingForEvalon = 'Warten auf Evalon';
export const resultPending = 'Das Ergebnis erscheint hier.';
export const unknownAssessment = 'Eignungstest';
export const assessmentErased = 'Dieser Eignungstest wurde gelöscht.';
export const copied = 'Kopiert';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'Diese Anfrage ist ungültig. Prüfen Sie die Angaben oder wenden Sie sich an die IT.',
  unauthenticated: 'Sie sind nicht mehr angemeldet. Laden Sie die Seite neu.',
  forbidden: 'Dafür fehlt Ihnen die Berechtigung. Wenden Sie sich an die IT.',
  not_found: 'Nicht gefunden. Möglicherweise wurde der Eintrag gelöscht oder Sie haben keinen Zugriff.',
  not_ready: 'Evalon hat für diesen Eignungstest noch kein Ergebnis.',
  type_conflict: 'Nur ein Eignungstest pro Projekt. Die Person hat bereits einen anderen.',
  conflict: 'Eine andere Änderung kam dazwischen. Laden Sie die Seite neu und versuchen Sie es erneut.',
  too_large: 'Diese Anfrage ist zu groß. Teilen Sie sie auf.',
  rate_limited: 'Zurzeit gibt es zu viele Anfragen. Versuchen Sie es gleich noch einmal.',
  upstream_rejected:
    'Evalon hat die Anfrage abgelehnt. Prüfen Sie Name und E-Mail-Adresse der Person oder wenden Sie sich an die IT.',
  upstream_unavailable: 'Evalon ist gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  unavailable: 'Der Dienst ist gerade nicht verfügbar. Versuchen Sie es gleich noch einmal.',
  internal: 'Etwas ist schiefgegangen. Versuchen Sie es erneut. Bleibt der Fehler bestehen, wenden Sie sich an die IT.',
  unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung.',
  timeout: 'Der Server hat nicht rechtzeitig geantwortet. Versuchen Sie es erneut.',
  no_token: 'Sie sind nicht angemeldet. Laden Sie die Seite neu oder versuchen Sie es erneut.',
  bad_answer: 'Die Antwort des Servers ist unverständlich. Versuchen Sie es erneut.',
  missing_attribute: 'Diese Seite ist nicht richtig eingerichtet. Wenden Sie sich an die IT.',
  page_conflict: 'Ein anderes Skript auf dieser Seite blockiert dieses Widget. Wenden Sie sich an die IT.',
  unknown: 'Etwas ist schiefgegangen. Versuchen Sie es erneut.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `Referenz: ${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · Testdaten`;

export const invite = { idle: 'Einladen', sending: 'Wird eingeladen…', failed: 'Einladung wiederholen' };
export const inviteAgain = {
  idle: 'Erneut einladen',
  sending: 'Wird erneut eingeladen…',
  failed: 'Einladung wiederholen',
};
export const inviteTo = (assessment: string) => ({
  idle: `Zu ${assessment} einladen`,
  sending: `Wird zu ${assessment} eingeladen…`,
  failed: `Einladung zu ${assessment} wiederholen`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}: ${name}` : `${text}: ${name}, ${assessment}`;
export const panelLabel = (name: string) => `Eignungstests: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'Eingeladen',
  opened: 'Geöffnet',
  started: 'Begonnen',
  submitted: 'Antworten eingereicht',
  scoring: 'In Auswertung',
  expired: 'Abgelaufen',
  cancelled: 'Storniert',
  declined: 'Von der Person abgelehnt',
  failed: 'Ohne Ergebnis beendet',
  completed: 'Abgeschlossen',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'Unbekannter Status';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Zuletzt aktualisiert vor weniger als einer Minute.';
  return formats.plural(minutes, {
    one: 'Zuletzt aktualisiert vor # Minute.',
    other: 'Zuletzt aktualisiert vor # Minuten.',
  });
}

export const inviteDate = ({ invited_at }: Session) => `Eingeladen am ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `Abgeschlossen am ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, Gesamtergebnis ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `Diese Seite ist nicht richtig eingerichtet. Wenden Sie sich an die IT: <${tag}> benötigt ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'ein gültiges proxy-url');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `bekannte Typen statt ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `eine project-id für ${formats.formatList(types)}`);
