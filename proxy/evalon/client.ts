/**
 * The only caller of Evalon. Every call carries the key, ends within its deadline, follows no redirect and reads a
 * bounded answer; whatever goes wrong comes out as an error of failure.ts.
 */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Scorecard } from '../contract/scorecard.ts';
import type { Invite, Session } from '../contract/session.ts';
import type { Lane } from '../rate-limit/priorities.ts';
import type { Pace } from '../rate-limit/scheduler.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError, ScorecardNotReady } from '../util/errors.ts';
import { type Log, redact } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { getRequestId, withRequestId } from '../util/request-context.ts';
import { connectionFailed, type EvalonCall, errorFromStatus, invalidResponse } from './errors.ts';
import { extractErrorDetail, parseJson, readBody } from './response.ts';
import {
  type BatchResult,
  batchResponseSchema,
  type SessionResponse,
  scorecardResponseSchema,
  sessionResponseSchema,
  toScorecard,
} from './schemas.ts';

/** Milliseconds until a call is given up, its body included. */
const CALL_TIMEOUT_MS = 10_000;

/** Whose scorecard is read; the names only so that they can be kept out of the log. */
export type SessionRef = Pick<Session, 'session_uuid' | 'candidate_email' | 'candidate_name'>;

export interface EvalonClient {
  /**
   * Asks for a session. Idempotent on email and project: the session of an earlier call comes back.
   * @throws UpstreamRejected, UpstreamUnavailable, RateLimited
   */
  createSession(invite: Invite): Promise<SessionResponse>;
  /**
   * Asks for up to 100 sessions by the batch endpoint, which must be on. Answers what came, in Evalon's order and number.
   * @throws EndpointMissing, UpstreamRejected, UpstreamUnavailable, RateLimited
   */
  createSessions(invites: readonly Invite[]): Promise<BatchResult[]>;
  /**
   * Reads a final scorecard.
   * @throws NotReady before completion; UpstreamRejected, UpstreamUnavailable, RateLimited
   */
  readScorecard(session: SessionRef, turn: ScheduleOptions): Promise<Scorecard>;
}

/** Whose turn a call takes, and how many milliseconds somebody waits for it; without, it waits as long as it takes. */
export interface ScheduleOptions {
  priority: Lane;
  patience?: number;
}

interface Options {
  /** Without a trailing slash. */
  baseUrl: string;
  /** The keys of the moment, tried in order while Evalon answers 401. */
  apiKeys: () => readonly string[];
  /** Where the batch endpoint is; undefined while it is off. */
  batchPath: () => string | undefined;
  clock: Clock;
  log: Log;
  pace: Pick<Pace, 'run'>;
  metrics: Pick<Metrics, 'evalonCalls' | 'evalonKeysRefused' | 'evalonRateLimited'>;
}

interface EvalonRequest<T> {
  call: EvalonCall;
  schedule: ScheduleOptions;
  path: string;
  body?: object;
  schema: z.ZodType<T>;
  /** Names and addresses that must not reach the log in Evalon's own words, not even a part of them. */
  redact: string[];
}

export function evalonScorecardPath(sessionUuid: string): string {
  return `/api/v1/sessions/${encodeURIComponent(sessionUuid)}/scorecard/`;
}

export function createEvalonClient({ baseUrl, apiKeys, batchPath, clock, log, pace, metrics }: Options): EvalonClient {
  async function send(path: string, body: object | undefined, key: string, signal: AbortSignal): Promise<Response> {
    try {
      return await fetch(`${baseUrl}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          'x-request-id': getRequestId() ?? '',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal,
      });
    } catch (error) {
      throw connectionFailed(error);
    }
  }

  /** Each call is counted, and carries the id of the request behind it, or one of its own. */
  function request<T>(asked: EvalonRequest<T>): Promise<T> {
    return withRequestId(getRequestId() ?? randomUUID(), async () => {
      try {
        const answer = await ask(asked);
        metrics.evalonCalls.inc({ call: asked.call, outcome: 'ok' });
        return answer;
      } catch (error) {
        const outcome = error instanceof ProxyError ? error.code : 'internal';
        metrics.evalonCalls.inc({ call: asked.call, outcome });
        throw error;
      }
    });
  }

  /** Each key that is tried takes a turn of its own. */
  async function ask<T>(asked: EvalonRequest<T>): Promise<T> {
    const keys = apiKeys();
    const { priority: lane, ...patience } = asked.schedule;
    for (const index of keys.keys()) {
      const isLast = index === keys.length - 1;
      const tried = await pace.run(lane, () => tryKey(asked, index, keys, isLast), patience);
      if (tried !== 'refused') return tried.answer;
    }
    throw connectionFailed('there is no API key');
  }

  async function tryKey<T>(
    { call, path, body, schema: answer, redact: names }: EvalonRequest<T>,
    index: number,
    keys: readonly string[],
    isLast: boolean,
  ): Promise<{ answer: T } | 'refused'> {
    const deadline = new AbortController();
    const cancel = clock.runAfter(CALL_TIMEOUT_MS, () =>
      deadline.abort(`no whole answer within ${CALL_TIMEOUT_MS} ms`),
    );
    try {
      const response = await send(path, body, keys[index] ?? '', deadline.signal);
      if (response.status === 401) {
        metrics.evalonKeysRefused.inc({ key: index + 1 });
        log.error(
          { alert: 'evalon_key_refused', key: index + 1 },
          'Evalon refused an API key: rotate it in EVALON_API_KEY',
        );
        if (!isLast) {
          await response.body?.cancel();
          return 'refused';
        }
      }
      if (response.status === 429) metrics.evalonRateLimited.inc();
      const text = await readBody(response);
      if (response.status >= 400) {
        const refused = errorFromStatus(call, response.status, response.headers.get('retry-after'), clock.now());
        // That there is no result yet is no fault.
        log[refused instanceof ScorecardNotReady ? 'debug' : 'warn'](
          {
            call,
            path: path.replace(/sessions\/[^/]+/, 'sessions/…'),
            status: response.status,
            evalon: redact(extractErrorDetail(text), { secrets: keys, names }),
          },
          'Evalon refused a call',
        );
        throw refused;
      }
      if (response.status >= 300) throw invalidResponse(`Evalon answered with a redirect (${response.status})`);
      const parsed = answer.safeParse(parseJson(text));
      if (!parsed.success) {
        throw invalidResponse(`Evalon's answer lacks ${parsed.error.issues[0]?.path.join('.') || 'a body'}`);
      }
      return { answer: parsed.data };
    } finally {
      cancel();
    }
  }

  return {
    createSession: (invite) =>
      request({
        call: 'invite',
        schedule: { priority: 'click' },
        path: '/api/v1/sessions/',
        body: toRequestBody(invite),
        schema: sessionResponseSchema,
        redact: personalDataOf(invite),
      }),

    createSessions: (invites) =>
      request({
        call: 'batch',
        schedule: { priority: 'bulk' },
        path: batchPath() ?? '',
        body: { sessions: invites.map(toRequestBody) },
        schema: batchResponseSchema,
        redact: invites.flatMap(personalDataOf),
      }),

    async readScorecard({ session_uuid: sessionUuid, candidate_email, candidate_name }, turn) {
      const answer = await request({
        call: 'scorecard',
        schedule: turn,
        path: evalonScorecardPath(sessionUuid),
        schema: scorecardResponseSchema,
        redact: [candidate_email, candidate_name],
      });
      if (answer.session_uuid !== undefined && answer.session_uuid !== sessionUuid) {
        throw invalidResponse("Evalon answered with another session's scorecard");
      }
      if (answer.overall === undefined && answer.completed_at === undefined) {
        throw new ScorecardNotReady('Evalon has no result for this assessment yet.', {
          cause: 'no overall and no completed_at',
        });
      }
      return toScorecard(sessionUuid, answer);
    },
  };
}

function toRequestBody({ assessment_type, candidate_email, candidate_name, project_id }: Invite): object {
  return { assessment_type, candidate_email, candidate_name, project_id };
}

function personalDataOf({ candidate_email, candidate_name }: Invite): string[] {
  return [candidate_email, candidate_name];
}
