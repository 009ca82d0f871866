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
import { NotReady, ProxyError } from '../util/errors.ts';
import { type Log, redacted } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { requestId, withRequestId } from '../util/request-context.ts';
import { type EvalonCall, nonsense, refusal, unreachable } from './errors.ts';
import { detailOf, jsonOf, textOf } from './response.ts';
import {
  type BatchItem,
  batchAnswerSchema,
  contractScorecard,
  type SessionAnswer,
  scorecardAnswerSchema,
  sessionAnswerSchema,
} from './schemas.ts';

/** Milliseconds until a call is given up, its body included. */
const DEADLINE = 10_000;

/** Whose scorecard is read; the names only so that they can be kept out of the log. */
export type ReadSession = Pick<Session, 'session_uuid' | 'candidate_email' | 'candidate_name'>;

export interface EvalonClient {
  /**
   * Asks for a session. Idempotent on email and project: the session of an earlier call comes back.
   * @throws UpstreamRejected, UpstreamUnavailable, RateLimited
   */
  createSession(invite: Invite): Promise<SessionAnswer>;
  /**
   * Asks for up to 100 sessions by the batch endpoint, which must be on. Answers what came, in Evalon's order and number.
   * @throws EndpointMissing, UpstreamRejected, UpstreamUnavailable, RateLimited
   */
  createSessions(invites: readonly Invite[]): Promise<BatchItem[]>;
  /**
   * Reads a final scorecard.
   * @throws NotReady before completion; UpstreamRejected, UpstreamUnavailable, RateLimited
   */
  readScorecard(session: ReadSession, turn: Turn): Promise<Scorecard>;
}

/** Whose turn a call takes, and how many milliseconds somebody waits for it; without, it waits as long as it takes. */
export interface Turn {
  lane: Lane;
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

interface Request<T> {
  call: EvalonCall;
  turn: Turn;
  path: string;
  body?: object;
  answer: z.ZodType<T>;
  /** Names and addresses that must not reach the log in Evalon's own words, not even a part of them. */
  names: string[];
}

export function scorecardPath(sessionUuid: string): string {
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
          'x-request-id': requestId() ?? '',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal,
      });
    } catch (error) {
      throw unreachable(error);
    }
  }

  /** Each call is counted, and carries the id of the request behind it, or one of its own. */
  function request<T>(asked: Request<T>): Promise<T> {
    return withRequestId(requestId() ?? randomUUID(), async () => {
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
  async function ask<T>(asked: Request<T>): Promise<T> {
    const keys = apiKeys();
    const { lane, ...patience } = asked.turn;
    for (const index of keys.keys()) {
      const isLast = index === keys.length - 1;
      const tried = await pace.run(lane, () => tryKey(asked, index, keys, isLast), patience);
      if (tried !== 'refused') return tried.answer;
    }
    throw unreachable('there is no API key');
  }

  async function tryKey<T>(
    { call, path, body, answer, names }: Request<T>,
    index: number,
    keys: readonly string[],
    isLast: boolean,
  ): Promise<{ answer: T } | 'refused'> {
    const deadline = new AbortController();
    const cancel = clock.after(DEADLINE, () => deadline.abort(`no whole answer within ${DEADLINE} ms`));
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
      const text = await textOf(response);
      if (response.status >= 400) {
        const refused = refusal(call, response.status, response.headers.get('retry-after'), clock.now());
        // That there is no result yet is no fault.
        log[refused instanceof NotReady ? 'debug' : 'warn'](
          {
            call,
            path: path.replace(/sessions\/[^/]+/, 'sessions/…'),
            status: response.status,
            evalon: redacted(detailOf(text), { secrets: keys, names }),
          },
          'Evalon refused a call',
        );
        throw refused;
      }
      if (response.status >= 300) throw nonsense(`Evalon answered with a redirect (${response.status})`);
      const parsed = answer.safeParse(jsonOf(text));
      if (!parsed.success) {
        throw nonsense(`Evalon's answer lacks ${parsed.error.issues[0]?.path.join('.') || 'a body'}`);
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
        turn: { lane: 'click' },
        path: '/api/v1/sessions/',
        body: bodyOf(invite),
        answer: sessionAnswerSchema,
        names: namesIn(invite),
      }),

    createSessions: (invites) =>
      request({
        call: 'batch',
        turn: { lane: 'bulk' },
        path: batchPath() ?? '',
        body: { sessions: invites.map(bodyOf) },
        answer: batchAnswerSchema,
        names: invites.flatMap(namesIn),
      }),

    async readScorecard({ session_uuid: sessionUuid, candidate_email, candidate_name }, turn) {
      const answer = await request({
        call: 'scorecard',
        turn,
        path: scorecardPath(sessionUuid),
        answer: scorecardAnswerSchema,
        names: [candidate_email, candidate_name],
      });
      if (answer.session_uuid !== undefined && answer.session_uuid !== sessionUuid) {
        throw nonsense("Evalon answered with another session's scorecard");
      }
      if (answer.overall === undefined && answer.completed_at === undefined) {
        throw new NotReady('Evalon has no result for this assessment yet.', {
          cause: 'no overall and no completed_at',
        });
      }
      return contractScorecard(sessionUuid, answer);
    },
  };
}

function bodyOf({ assessment_type, candidate_email, candidate_name, project_id }: Invite): object {
  return { assessment_type, candidate_email, candidate_name, project_id };
}

function namesIn({ candidate_email, candidate_name }: Invite): string[] {
  return [candidate_email, candidate_name];
}
