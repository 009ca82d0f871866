/**
 * Sends one request to Evalon's API, with an API key and a timeout. Follows no redirects, and limits the size of the
 * response. Failures become the errors of errors.ts.
 */
import type { Clock } from '../util/clock.ts';
import { ScorecardNotReady } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { redact } from '../util/redact.ts';
import { getRequestId } from '../util/request-context.ts';
import { apiKeyRejected, connectionFailed, type EvalonCall, errorFromStatus, invalidResponse } from './errors.ts';
import { createKeyMonitor } from './key-monitor.ts';
import { extractErrorDetail, readBody } from './response.ts';
import { hideSession } from './response-parser.ts';

/** Includes the response body. */
const CALL_TIMEOUT_MS = 10_000;

export interface EvalonRequest<T> {
  call: EvalonCall;
  path: string;
  body?: object;
  /** @param status of the response */
  parse: (text: string, status: number) => T;
  /** Names and emails that the log must not show. */
  personalData: string[];
}

interface Options {
  /** Without a trailing slash. */
  baseUrl: string;
  /** The current keys, which the log must not show. */
  apiKeys: () => readonly string[];
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'evalonRateLimited'>;
}

/** Sends the request with this key, and returns the parsed response. */
export type SendRequest = <T>(request: EvalonRequest<T>, key: string) => Promise<T>;

export function createRequestSender({ baseUrl, apiKeys, clock, log, metrics }: Options): SendRequest {
  const keyMonitor = createKeyMonitor();
  return async function send<T>({ call, path, body, parse, personalData }: EvalonRequest<T>, key: string): Promise<T> {
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
  };
}
