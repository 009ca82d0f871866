import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'pl';
export const direction = '';

export const panelTitle = 'Testy';
export const loading = 'Ładowanie…';
export const retry = 'Spróbuj ponownie';
export const reconnecting = 'Ponowne łączenie…';
export const offline = 'Brak połączenia z internetem.';
export const noAssessments = 'Nie skonfigurowano żadnych testów. Skontaktuj się z działem IT.';
export const noInvitePermission = 'Nie masz uprawnień do zapraszania kandydatów. Skontaktuj się z działem IT.';
export const noViewPermission = 'Nie masz uprawnień do wyświetlania danych tej osoby. Skontaktuj się z działem IT.';
export const notInvited = 'Bez zaproszenia';
export const checkingResult = 'Sprawdzanie wyniku…';
export const resultUnavailable = 'Wynik niedostępny';
export const waitingForEvalon = 'Oczekiwanie na Evalon';
export const resultPending = 'Wynik pojawi się tutaj.';
export const unknownAssessment = 'Test';
export const assessmentErased = 'Ten test został usunięty.';
export const copied = 'Skopiowano';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'To żądanie jest nieprawidłowe. Sprawdź dane lub skontaktuj się z działem IT.',
  unauthenticated: 'Sesja wygasła. Odśwież stronę.',
  forbidden: 'Nie masz wymaganych uprawnień. Skontaktuj się z działem IT.',
  not_found: 'Nie znaleziono. Być może dane usunięto lub nie masz do nich dostępu.',
  not_ready: 'Evalon nie ma jeszcze wyniku tego testu.',
  type_conflict: 'Tylko jeden test na projekt. Ta osoba ma już inny.',
  conflict: 'W międzyczasie nastąpiła inna zmiana. Odśwież stronę i spróbuj ponownie.',
  too_large: 'To żądanie jest za duże. Podziel je.',
  rate_limited: 'Jest teraz zbyt wiele żądań. Spróbuj ponownie za chwilę.',
  upstream_rejected:
    'Evalon odrzucił żądanie. Sprawdź imię, nazwisko i adres e-mail kandydata lub skontaktuj się z działem IT.',
  upstream_unavailable: 'Evalon jest teraz niedostępny. Spróbuj ponownie za chwilę.',
  unavailable: 'Usługa jest teraz niedostępna. Spróbuj ponownie za chwilę.',
  internal: 'Coś poszło nie tak. Spróbuj ponownie. Jeśli problem się powtarza, skontaktuj się z działem IT.',
  unreachable: 'Nie można połączyć się z serwerem. Sprawdź połączenie.',
  timeout: 'Serwer nie odpowiedział na czas. Spróbuj ponownie.',
  no_token: 'Nie zalogowano. Odśwież stronę lub spróbuj ponownie.',
  bad_answer: 'Odpowiedź serwera jest niezrozumiała. Spróbuj ponownie.',
  missing_attribute: 'Ta strona nie jest prawidłowo skonfigurowana. Skontaktuj się z działem IT.',
  page_conflict: 'Inny skrypt na tej stronie blokuje ten widżet. Skontaktuj się z działem IT.',
  unknown: 'Coś poszło nie tak. Spróbuj ponownie.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `Numer referencyjny: ${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · dane testowe`;

export const invite = { idle: 'Zaproś', sending: 'Zapraszanie…', failed: 'Ponów zaproszenie' };
export const inviteAgain = { idle: 'Zaproś ponownie', sending: 'Ponowne zapraszanie…', failed: 'Ponów zaproszenie' };
export const inviteTo = (assessment: string) => ({
  idle: `Zaproś: ${assessment}`,
  sending: `Zapraszanie: ${assessment}…`,
  failed: `Ponów zaproszenie: ${assessment}`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}, ${name}` : `${text}: ${name}, ${assessment}`;
export const panelLabel = (name: string) => `Testy: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'Zaproszono',
  opened: 'Otwarto link',
  started: 'Rozpoczęto',
  submitted: 'Przesłano odpowiedzi',
  scoring: 'W trakcie oceniania',
  expired: 'Link wygasł',
  cancelled: 'Anulowano',
  declined: 'Odmowa kandydata',
  failed: 'Zakończono bez wyniku',
  completed: 'Ukończono',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'Nieznany status';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Ostatnia aktualizacja mniej niż minutę temu.';
  return formats.plural(minutes, {
    one: 'Ostatnia aktualizacja # minutę temu.',
    few: 'Ostatnia aktualizacja # minuty temu.',
    many: 'Ostatnia aktualizacja # minut temu.',
    other: 'Ostatnia aktualizacja # minuty temu.',
  });
}

export const inviteDate = ({ invited_at }: Session) => `Zaproszono ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `Ukończono ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, wynik ogólny ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `Ta strona nie jest prawidłowo skonfigurowana. Skontaktuj się z działem IT: <${tag}> wymaga ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'prawidłowego proxy-url');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `znanych typów testów zamiast ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `project-id dla ${formats.formatList(types)}`);
