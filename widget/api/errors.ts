/** Everything that can go wrong between the page and the proxy, as one class of facts. */
import type { TemplateResult } from 'lit/html.js';
import type { ProblemCode } from '../../proxy/contract/problem.ts';
import { readString, toRecord } from '../util/json.ts';
import { parseSession, type Session } from './parse.ts';

/** The proxy's codes, and what only a browser can meet. */
export type WidgetProblemCode =
  | ProblemCode
  /** The proxy could not be reached at all. */
  | 'unreachable'
  /** No answer within the deadline. */
  | 'timeout'
  /** The page's own `getToken` or token URL gave no token. */
  | 'no_token'
  /** The answer is not what the contract says. */
  | 'bad_answer'
  /** The page left out an attribute. */
  | 'missing_attribute';

export interface ProblemDetails {
  /** The proxy's own sentence for the recruiter. */
  detail?: string | undefined;
  /** HTTP status of the answer, where there was one. */
  status?: number;
  /** By which IT finds the call in the proxy's log; only where the fault is not the recruiter's or the page's. */
  requestId?: string | undefined;
  /** Seconds to wait before asking again. */
  retryAfter?: number | undefined;
  /** With `type_conflict`: the session that stands in the way. */
  session?: Session | undefined;
  /** What is shown in place of a sentence and a retry; `done` tries again. */
  render?: (done: () => void) => TemplateResult;
  cause?: unknown;
}

/** A failure the recruiter can be told about. */
export class WidgetProblem extends Error {
  override readonly name = 'WidgetProblem';
  declare readonly code: WidgetProblemCode;
  declare readonly details: ProblemDetails;

  constructor(code: WidgetProblemCode, facts: ProblemDetails = {}) {
    super(facts.detail ?? code, { cause: facts.cause });
    this.code = code;
    this.details = facts;
  }
}

/** Reads an answer that is not 2xx; a page of HTML from something in between leaves its status alone to go by. */
export async function parseProblem(response: Response): Promise<WidgetProblem> {
  const { status, headers } = response;
  const told = toRecord(await response.json().catch(() => undefined));
  const code = readString(told, 'code') ?? (status === 401 ? 'unauthenticated' : 'unavailable');
  return new WidgetProblem(code as WidgetProblemCode, {
    detail: readString(told, 'detail'),
    status,
    requestId: (status >= 500 && headers.get('x-request-id')) || undefined,
    retryAfter: Number(headers.get('retry-after')) || undefined,
    session: parseSession(told['session']),
  });
}
