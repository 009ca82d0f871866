import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'nl';
export const direction = '';

export const panelTitle = 'Assessments';
export const loading = 'Laden…';
export const retry = 'Opnieuw proberen';
export const reconnecting = 'Verbinding wordt hersteld…';
export const offline = 'U bent offline.';
export const noAssessments = 'Er zijn geen assessments ingesteld. Neem contact op met IT.';
export const noInvitePermission = 'U mag geen kandidaten uitnodigen. Neem contact op met IT.';
export const noViewPermission = 'U mag deze persoon niet bekijken. Neem contact op met IT.';
export const notInvited = 'Niet uitgenodigd';
export const checkingResult = 'Resultaat wordt gecontroleerd…';
export const resultUnavailable = 'Resultaat niet beschikbaar';
export const waitingForEvalon = 'Wachten op Evalon';
export const resultPending = 'Het resultaat verschijnt hier.';
export const unknownAssessment = 'Assessment';
export const assessmentErased = 'Dit assessment is gewist.';
export const copied = 'Gekopieerd';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'Dit verzoek is ongeldig. Controleer de gegevens of neem contact op met IT.',
  unauthenticated: 'U bent niet meer aangemeld. Laad de pagina opnieuw.',
  forbidden: 'U hebt hiervoor geen toestemming. Neem contact op met IT.',
  not_found: 'Niet gevonden. Mogelijk is het gewist of hebt u geen toegang.',
  not_ready: 'Evalon heeft nog geen resultaat van dit assessment.',
  type_conflict: 'Maar één assessment per project. Deze persoon heeft al een ander assessment.',
  conflict: 'Er was een andere wijziging. Laad de pagina opnieuw en probeer het nog eens.',
  too_large: 'Dit verzoek is te groot. Splits het.',
  rate_limited: 'Er zijn op dit moment te veel verzoeken. Probeer het zo nog eens.',
  upstream_rejected:
    'Evalon heeft het verzoek geweigerd. Controleer naam en e-mailadres van de kandidaat of neem contact op met IT.',
  upstream_unavailable: 'Evalon is nu niet bereikbaar. Probeer het zo nog eens.',
  unavailable: 'De dienst is nu niet beschikbaar. Probeer het zo nog eens.',
  internal: 'Er is iets misgegaan. Probeer het opnieuw. Neem contact op met IT als het blijft gebeuren.',
  unreachable: 'De server is niet bereikbaar. Controleer uw verbinding.',
  timeout: 'De server heeft niet op tijd gereageerd. Probeer het opnieuw.',
  no_token: 'U bent niet aangemeld. Laad de pagina opnieuw of probeer het nog eens.',
  bad_answer: 'Het antwoord van de server is onbegrijpelijk. Probeer het opnieuw.',
  missing_attribute: 'Deze pagina is niet goed ingesteld. Neem contact op met IT.',
  page_conflict: 'Een ander programma op deze pagina blokkeert de weergave. Neem contact op met IT.',
  unknown: 'Er is iets misgegaan. Probeer het opnieuw.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `Referentie: ${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · testgegevens`;

export const invite = { idle: 'Uitnodigen', sending: 'Wordt uitgenodigd…', failed: 'Uitnodiging opnieuw proberen' };
export const inviteAgain = {
  idle: 'Opnieuw uitnodigen',
  sending: 'Wordt opnieuw uitgenodigd…',
  failed: 'Uitnodiging opnieuw proberen',
};
export const inviteTo = (assessment: string) => ({
  idle: `Uitnodigen voor ${assessment}`,
  sending: `Wordt uitgenodigd voor ${assessment}…`,
  failed: `Uitnodiging voor ${assessment} opnieuw proberen`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}: ${name}` : `${text}: ${name}, ${assessment}`;
export const panelLabel = (name: string) => `Assessments: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'Uitgenodigd',
  opened: 'Geopend',
  started: 'Begonnen',
  submitted: 'Antwoorden ingediend',
  scoring: 'Wordt beoordeeld',
  expired: 'Verlopen',
  cancelled: 'Geannuleerd',
  declined: 'Door kandidaat geweigerd',
  failed: 'Zonder resultaat geëindigd',
  completed: 'Afgerond',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'Onbekende status';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Minder dan een minuut geleden bijgewerkt.';
  return formats.plural(minutes, { one: '# minuut geleden bijgewerkt.', other: '# minuten geleden bijgewerkt.' });
}

export const inviteDate = ({ invited_at }: Session) => `Uitgenodigd op ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `Afgerond op ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, totaalscore ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `Deze pagina is niet goed ingesteld. Neem contact op met IT: <${tag}> heeft ${need} nodig.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'een geldige proxy-url');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `bekende typen in plaats van ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `een project-id voor ${formats.formatList(types)}`);
