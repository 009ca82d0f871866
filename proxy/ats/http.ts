/**
 * Calls an ATS's API. Follows no redirects. Limits the response's size, and validates the response. After a 429, calls
 * fail without a request until `Retry-After` has passed.
 */
import type { z } from 'zod';
import type { Clock } from '../util/clock.ts';
import { BodyTooLargeError, readBodyCapped } from '../util/http-response.ts';
import { parseJson } from '../util/json.ts';
import { getRequestId } from '../util/request-context.ts';
import { atsRateLimited, connectionFailed, errorFromStatus, invalidResponse } from './errors.ts';

const MAX_RESPONSE_BYTES = 1024 * 1024;

export interface AtsRequest<T> {
  /** Contains no input from the recruiter except validated ids. */
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  headers?: Record<string, string>;
  body?: string;
  /** Absent: the call ignores the response's body, and returns `true`. */
  responseSchema?: z.ZodType<T>;
  signal: AbortSignal;
}

/**
 * Returns undefined if the ATS responds with 404.
 * @throws AtsRejected, AtsUnavailable
 */
export type AtsFetch = <T = true>(request: AtsRequest<T>) => Promise<T | undefined>;

/** @param label the ATS's name in the UI. */
export function createAtsFetch(label: string, clock: Clock): AtsFetch {
  /** Calls fail until this time. */
  let retryAtMs = 0;

  return async <T>({ url, method = 'GET', headers, body, responseSchema, signal }: AtsRequest<T>) => {
    const waitSeconds = Math.ceil((retryAtMs - clock.monotonic()) / 1_000);
    if (waitSeconds > 0) throw atsRateLimited(label, waitSeconds);
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'x-request-id': getRequestId() ?? '', ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      throw connectionFailed(label, error);
    });
    if (response.status >= 300) {
      await response.body?.cancel();
      if (response.status === 404) return undefined;
      if (response.status < 400)
        throw invalidResponse(label, `${label} responded with a redirect (${response.status})`);
      const error = errorFromStatus(label, response, clock.now());
      if (response.status === 429) retryAtMs = clock.monotonic() + (error.retryAfterSeconds ?? 0) * 1_000;
      throw error;
    }
    if (!responseSchema) {
      await response.body?.cancel();
      return true as T;
    }
    const parsed = responseSchema.safeParse(parseBody(label, await readText(label, response)));
    if (parsed.success) return parsed.data;
    throw invalidResponse(label, `the response is invalid at ${parsed.error.issues[0]?.path.join('.') || 'its root'}`);
  };
}

async function readText(label: string, response: Response): Promise<string> {
  try {
    return await readBodyCapped(response, MAX_RESPONSE_BYTES);
  } catch (error) {
    throw error instanceof BodyTooLargeError ? invalidResponse(label, error) : connectionFailed(label, error);
  }
}

function parseBody(label: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw invalidResponse(label, 'the response is not JSON');
  }
}
