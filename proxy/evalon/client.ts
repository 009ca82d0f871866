/** The client of Evalon's API. Each call waits for a rate limit permit, and tries the API keys in order. */
import { randomUUID } from 'node:crypto';
import type { Scorecard } from '../contract/scorecard.ts';
import type { Invite, Session } from '../contract/session.ts';
import type { Priority } from '../rate-limit/priorities.ts';
import type { AcquireOptions, CallPermit, CallScheduler, Complete } from '../rate-limit/scheduler.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { getRequestId, withRequestId } from '../util/request-context.ts';
import { ApiKeyRejected, connectionFailed } from './errors.ts';
import type { EvalonMessage, FieldMap } from './field-map.ts';
import { parseScorecardResponse } from './parse-scorecard.ts';
import { type BatchResult, parseBatchResponse, parseSessionResponse, type SessionResponse } from './parse-session.ts';
import type { ParseContext } from './parsed.ts';
import type { RawAnswer } from './raw-answer.ts';
import type { ReportMessage } from './report-message.ts';
import { assertComplete, checkBatch, checkScorecard, checkSession, createResponseParser } from './response-parser.ts';
import { createRequestSender, type EvalonRequest } from './send-request.ts';

const SESSIONS_PATH = '/api/v1/sessions/';

/** The session whose scorecard is read. The log redacts email and name. */
type SessionRef = Pick<Session, 'session_uuid' | 'candidate_email' | 'candidate_name'>;

interface CallOptions extends AcquireOptions {
  priority: Priority;
  /** A permit that the caller has already acquired. */
  permit?: CallPermit;
}

interface ReadOptions extends CallOptions {
  /** Called with every JSON response before the client parses it, even one without a final scorecard. */
  onAnswer?: (answer: RawAnswer) => void;
}

/** Each call throws UpstreamRejected, UpstreamUnavailable, RateLimited or Unavailable. */
export interface EvalonClient {
  /** Creates a session. Idempotent by email and project: a repeat returns the first session. */
  createSession<R = SessionResponse>(
    invite: Invite,
    options: CallOptions,
    complete?: Complete<SessionResponse, R>,
  ): Promise<R>;
  /**
   * Creates up to 100 sessions with the batch endpoint, which must be configured. Returns exactly the results that
   * Evalon returned, in the same order.
   * @throws BatchEndpointMissing
   */
  createSessions(invites: readonly Invite[], options: CallOptions): Promise<BatchResult[]>;
  /**
   * Reads a final scorecard.
   * @throws ScorecardNotReady before completion
   */
  readScorecard(session: SessionRef, options: ReadOptions): Promise<Scorecard>;
}

interface Options {
  /** Without a trailing slash. */
  baseUrl: string;
  /** The current keys. If Evalon refuses one, the client tries the next. */
  apiKeys: () => readonly string[];
  /** The path of the batch endpoint. Undefined if `EVALON_BATCH_PATH` is `off`. */
  batchPath: () => string | undefined;
  fieldMap: () => FieldMap;
  clock: Clock;
  log: Log;
  scheduler: Pick<CallScheduler, 'acquire'>;
  metrics: Pick<Metrics, 'evalonCalls' | 'evalonKeysRefused' | 'evalonRateLimited'>;
  /** Logs and counts messages that the proxy does not understand. */
  reportMessage: ReportMessage;
}

export function evalonScorecardPath(sessionUuid: string): string {
  return `/api/v1/sessions/${encodeURIComponent(sessionUuid)}/scorecard/`;
}

export function createEvalonClient({
  baseUrl,
  apiKeys,
  batchPath,
  fieldMap,
  clock,
  log,
  scheduler,
  metrics,
  reportMessage,
}: Options): EvalonClient {
  const parserContext = {
    parseContext: (): ParseContext => ({ fieldMap: fieldMap(), baseUrl, now: clock.now() }),
    reportMessage,
  };
  const send = createRequestSender({ baseUrl, apiKeys, clock, log, metrics });
  const toRawAnswer = (message: EvalonMessage, body: string): RawAnswer => ({
    message,
    body,
    field_map_version: fieldMap().version,
  });

  /**
   * Makes a call and counts it by its outcome. Sends Evalon the id of the HTTP request that the proxy is serving, or a
   * new id.
   */
  function makeCall<T, R = T>(request: EvalonRequest<T>, options: CallOptions, complete?: Complete<T, R>): Promise<R> {
    return withRequestId(getRequestId() ?? randomUUID(), async () => {
      try {
        const result = await tryKeys(request, options, complete);
        metrics.evalonCalls.inc({ call: request.call, outcome: 'ok' });
        return result;
      } catch (error) {
        const outcome = error instanceof ProxyError ? error.code : 'internal';
        metrics.evalonCalls.inc({ call: request.call, outcome });
        throw error;
      }
    });
  }

  /** Tries the keys in order. Each attempt uses its own permit. Only the first attempt uses `permit` and `record`. */
  async function tryKeys<T, R>(
    request: EvalonRequest<T>,
    { priority, permit: acquiredPermit, maxWaitMs, record }: CallOptions,
    complete: Complete<T, R> | undefined,
  ): Promise<R> {
    const keys = apiKeys();
    for (const [index, key] of keys.entries()) {
      const isFirst = index === 0;
      const firstPermit = isFirst ? acquiredPermit : undefined;
      const permit = firstPermit ?? (await scheduler.acquire(priority, { maxWaitMs, ...(isFirst && { record }) }));
      try {
        return await permit.run(() => send(request, key), complete);
      } catch (error) {
        if (!(error instanceof ApiKeyRejected)) throw error;
        metrics.evalonKeysRefused.inc({ key: index + 1 });
        log.error(
          { alert: 'evalon_key_refused', key: index + 1 },
          'Evalon refused an API key: rotate it in EVALON_API_KEY',
        );
        if (index === keys.length - 1) throw error;
      }
    }
    throw connectionFailed('no API key is configured');
  }

  const parseSession = createResponseParser(parserContext, {
    message: 'create',
    path: SESSIONS_PATH,
    parse: parseSessionResponse,
    check: checkSession,
  });

  return {
    createSession: (invite, options, complete) =>
      makeCall(
        {
          call: 'invite',
          path: SESSIONS_PATH,
          body: toRequestBody(invite),
          parse: (text, status) => ({ ...parseSession(text, status), answer: toRawAnswer('create', text) }),
          personalData: personalDataOf(invite),
        },
        options,
        complete,
      ),

    createSessions: (invites, options) =>
      makeCall(
        {
          call: 'batch',
          path: batchPath() ?? '',
          body: { sessions: invites.map(toRequestBody) },
          parse: createResponseParser(parserContext, {
            message: 'batch',
            path: batchPath() ?? '',
            parse: parseBatchResponse,
            check: checkBatch,
          }),
          personalData: invites.flatMap(personalDataOf),
        },
        options,
      ),

    readScorecard({ session_uuid, candidate_email, candidate_name }, options) {
      const path = evalonScorecardPath(session_uuid);
      const parse = createResponseParser(parserContext, {
        message: 'scorecard',
        path,
        parse: (body, context) => parseScorecardResponse(body, session_uuid, context),
        check: checkScorecard,
        onJson: (text) => options.onAnswer?.(toRawAnswer('scorecard', text)),
      });
      return makeCall(
        {
          call: 'scorecard',
          path,
          parse: (text, status) => assertComplete(parse(text, status)),
          personalData: [candidate_email, candidate_name],
        },
        options,
      );
    },
  };
}

function toRequestBody({ assessment_type, candidate_email, candidate_name, project_id }: Invite): object {
  return { assessment_type, candidate_email, candidate_name, project_id };
}

function personalDataOf({ candidate_email, candidate_name }: Invite): string[] {
  return [candidate_email, candidate_name];
}
