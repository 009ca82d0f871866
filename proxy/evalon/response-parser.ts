/** Parses Evalon's responses, and reports what is not understood. */
import type { Scorecard } from '../contract/scorecard.ts';
import { type ProxyError, ScorecardNotReady } from '../util/errors.ts';
import { parseJson } from '../util/json.ts';
import { invalidResponse } from './errors.ts';
import type { EvalonMessage } from './field-map.ts';
import type { ParseReport } from './parse-report.ts';
import type { ScorecardResponse } from './parse-scorecard.ts';
import type { BatchResult, SessionResponse } from './parse-session.ts';
import type { ParseContext, Parsed } from './parsed.ts';
import type { ReportMessage } from './report-message.ts';

export interface ResponseParserContext {
  parseContext: () => ParseContext;
  reportMessage: ReportMessage;
}

interface ResponseParserOptions<T> {
  message: EvalonMessage;
  path: string;
  parse: (body: unknown, context: ParseContext) => Parsed<T>;
  check: (value: T, report: ParseReport) => MessageCheck;
  /** Called with the text of each JSON body, even if the proxy does not understand the body. */
  onJson?: (text: string) => void;
}

/** Whether a parsed message has an effect, and which fields the message lacks. */
interface MessageCheck {
  isUnderstood: boolean;
  missing?: readonly string[];
}

/** Returns a parser that reports what the proxy does not understand. The parser throws UpstreamUnavailable. */
export function createResponseParser<T>(
  { parseContext, reportMessage }: ResponseParserContext,
  { message, path, parse, check, onJson }: ResponseParserOptions<T>,
) {
  return (text: string, status: number): T => {
    const facts = { path: hideSession(path), status };
    let body: unknown;
    try {
      body = parseJson(text);
    } catch {
      reportMessage(message, { problems: [], leftover: ['(not JSON)'] }, { ...facts, isUnderstood: false });
      throw invalidResponse('Evalon did not respond with JSON');
    }
    onJson?.(text);
    const { value, report } = parse(body, parseContext());
    const checked = value === undefined ? { isUnderstood: false } : check(value, report);
    if (!checked.isUnderstood || report.problems.length || checked.missing?.length) {
      reportMessage(message, report, { ...facts, ...checked });
    }
    if (value === undefined) throw notUnderstood(report);
    return value;
  };
}

export function checkSession({ link_problem }: SessionResponse): MessageCheck {
  return { isUnderstood: true, missing: link_problem === 'missing' ? ['candidate_url'] : [] };
}

export function checkBatch(results: readonly BatchResult[]): MessageCheck {
  return { isUnderstood: results.every(({ session, errorStatus }) => session || errorStatus !== undefined) };
}

/**
 * A scorecard without scores may be unfinished, or it may have its scores at keys that no field uses. So it counts as
 * not understood if it has such keys, unless its status is an unfinished one.
 */
export function checkScorecard(
  { isComplete, status, scorecard }: ScorecardResponse,
  { leftover }: ParseReport,
): MessageCheck {
  const isUnfinished = status !== undefined && status !== 'completed';
  const missing = isUnfinished || !leftover.length ? [] : (scorecard.incomplete ?? []);
  return { isUnderstood: isComplete || isUnfinished || !leftover.length, missing };
}

/** @throws ScorecardNotReady */
export function assertComplete({ isComplete, scorecard }: ScorecardResponse): Scorecard {
  if (!isComplete) {
    throw new ScorecardNotReady('Evalon has no result for this assessment yet.', { cause: 'no score or not finished' });
  }
  return scorecard;
}

/** Returns an error whose cause names the keys of the response. */
function notUnderstood({ problems, leftover }: ParseReport): ProxyError {
  const named = problems.map(({ field, problem }) => `${field} ${problem}`);
  return invalidResponse(
    `Evalon's response is not understood. Problems: ${named.join(', ') || 'none'}. Unknown keys: ${leftover.join(' ') || 'none'}`,
  );
}

export function hideSession(path: string): string {
  return path.replace(/sessions\/[^/]+/, 'sessions/…');
}
