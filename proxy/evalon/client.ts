/**
 * The client of Evalon's API. Each call sends an API key, has a timeout, follows no redirects and limits the response's
 * size. Failures become the errors of errors.ts.
 */
import { randomUUID } from 'node:crypto';
import type { Scorecard } from '../contract/scorecard.ts';
import type { Invite, Session } from '../contract/session.ts';
import type { Priority } from '../rate-limit/priorities.ts';
import type { AcquireOptions, CallPermit, CallScheduler, Complete } from '../rate-limit/scheduler.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError, ScorecardNotReady } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { redact } from '../util/redact.ts';
import { getRequestId, withRequestId } from '../util/request-context.ts';
import {
  ApiKeyRejected,
  apiKeyRejected,
  connectionFailed,
  type EvalonCall,
  errorFromStatus,
  invalidResponse,
} from './errors.ts';
import type { EvalonMessage, FieldMap } from './field-map.ts';
import { createKeyMonitor } from './key-monitor.ts';
import { parseScorecardResponse } from './parse-scorecard.ts';
import { type BatchResult, parseBatchResponse, parseSessionResponse, type SessionResponse } from './parse-session.ts';
import type { ParseContext } from './parsed.ts';
import type { RawAnswer } from './raw-answer.ts';
import type { ReportMessage } from './report-message.ts';
import { extractErrorDetail, readBody } from './response.ts';
import {
  assertComplete,
  checkBatch,
  checkScorecard,
  checkSession,
  createResponseParser,
  hideSession,
} from './response-parser.ts';

const SESSIONS_PATH = '/api/v1/sessions/';

/** Includes the response body. */
const CALL_TIMEOUT_MS = 10_000;

/** The session whose scorecard is read. The log redacts email and name. */
type SessionRef = Pick<Session, 'session_uuid' | 'candidate_email' | 'candidate_name'>;

interface CallOptions extends AcquireOptions {
  priority: Priority;
  /** A permit that the caller has already acquired. */
  permit?: CallPermit;
}

interface ReadOptions extends CallOptions {
  /** Receives every JSON response before it is parsed, even one without a final scorecard. */
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
  /** The path of the batch endpoint; undefined if it is off. */
  batchPath: () => string | undefined;
  fieldMap: () => FieldMap;
  clock: Clock;
  log: Log;
  scheduler: Pick<CallScheduler, 'acquire'>;
  metrics: Pick<Metrics, 'evalonCalls' | 'evalonKeysRefused' | 'evalonRateLimited'>;
  /** Logs and counts messages that the proxy does not understand. */
  reportMessage: ReportMessage;
}

interface EvalonRequest<T> {
  call: EvalonCall;
  path: string;
  body?: object;
  /** @param status of the response */
  parse: (text: string, status: number) => T;
  /** Names and emails that the log must not show. */
  personalData: string[];
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
  const keyMonitor = createKeyMonitor();
  const toRawAnswer = (message: EvalonMessage, body: string): RawAnswer => ({
    message,
    body,
    field_map_version: fieldMap().version,
  });

  /** Counts the call by its outcome. Sends the id of the current request, or a new id. */
  function request<T, R = T>(request: EvalonRequest<T>, options: CallOptions, complete?: Complete<T, R>): Promise<R> {
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

  /** Tries the keys in order. Each attempt uses its own permit. */
  async function tryKeys<T, R>(
    request: EvalonRequest<T>,
    { priority, permit: ownPermit, maxWaitMs, record }: CallOptions,
    complete: Complete<T, R> | undefined,
  ): Promise<R> {
    const keys = apiKeys();
    for (const [index, key] of keys.entries()) {
      const isFirst = index === 0;
      const acquired = isFirst ? ownPermit : undefined;
      const permit = acquired ?? (await scheduler.acquire(priority, { maxWaitMs, ...(isFirst && { record }) }));
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

  async function send<T>({ call, path, body, parse, personalData }: EvalonRequest<T>, key: string): Promise<T> {
    const payload = body && JSON.stringify(body);
    const timeout = new AbortController();
    const cancelTimeout = clock.runAfter(CALL_TIMEOUT_MS, () =>
      timeout.abort(`no complete response within ${CALL_TIMEOUT_MS} ms`),
    );
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          'x-request-id': getRequestId() ?? '',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(payload && { body: payload }),
        redirect: 'manual',
        signal: timeout.signal,
      }).catch((error: unknown) => {
        throw connectionFailed(error);
      });
      const { status, headers } = response;
      if (status === 429) metrics.evalonRateLimited.inc();
      const isKeyRefused = keyMonitor.isKeyRefused(key, payload ?? path, status);
      const text = await readBody(response);
      if (status >= 400 || status === 204) {
        const detailText = extractErrorDetail(text);
        const error = isKeyRefused
          ? apiKeyRejected(status)
          : errorFromStatus(call, status, headers.get('retry-after'), clock.now(), detailText);
        const level = error instanceof ScorecardNotReady ? 'debug' : 'warn';
        const detail = redact(detailText, { secrets: [key, ...apiKeys()], names: personalData });
        log[level]({ call, path: hideSession(path), status, evalon: detail }, 'Evalon refused a call');
        throw error;
      }
      if (status >= 300) throw invalidResponse(`Evalon responded with a redirect (${status})`);
      return parse(text, status);
    } finally {
      cancelTimeout();
    }
  }

  const parseSession = createResponseParser(parserContext, {
    message: 'create',
    path: SESSIONS_PATH,
    parse: parseSessionResponse,
    check: checkSession,
  });

  return {
    createSession: (invite, options, complete) =>
      request(
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
      request(
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
      return request(
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
