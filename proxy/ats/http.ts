/**
 * One call of an ATS's API: no redirect is followed, the answer is bounded and parsed, and one that asks for silence gets
 * it. The address is the connector's own; nothing that a recruiter sends stands in it but ids that were checked.
 */
import type { z } from 'zod';
import type { Clock } from '../util/clock.ts';
import { BodyTooLargeError, readBodyCapped } from '../util/http-response.ts';
import { getRequestId } from '../util/request-context.ts';
import { atsRateLimited, connectionFailed, errorFromStatus, invalidResponse } from './errors.ts';

/** Bytes of an answer that are read at the most. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

export interface AtsRequest<T> {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  responseSchema: z.ZodType<T>;
  signal: AbortSignal;
}

/**
 * Answers what came, or undefined where the ATS says that there is nothing (404).
 * @throws AtsRejected, AtsUnavailable
 */
export type AtsFetch = <T>(call: AtsRequest<T>) => Promise<T | undefined>;

/** @param label the ATS as recruiters know it. */
export function createAtsFetch(label: string, clock: Clock): AtsFetch {
  let silentUntil = 0;

  return async ({ url, method = 'GET', headers, body, responseSchema: answer, signal }) => {
    const wait = Math.ceil((silentUntil - clock.now()) / 1_000);
    if (wait > 0) throw atsRateLimited(label, wait);
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
      if (response.status < 400) throw invalidResponse(label, `${label} answered with a redirect (${response.status})`);
      const error = errorFromStatus(label, response, clock.now());
      if (response.status === 429) silentUntil = clock.now() + (error.retryAfter ?? 0) * 1_000;
      throw error;
    }
    const parsed = answer.safeParse(parseJson(label, await readText(label, response)));
    if (parsed.success) return parsed.data;
    throw invalidResponse(label, `the answer is not right at ${parsed.error.issues[0]?.path.join('.') || 'its root'}`);
  };
}

async function readText(label: string, response: Response): Promise<string> {
  try {
    return await readBodyCapped(response, MAX_RESPONSE_BYTES);
  } catch (error) {
    throw error instanceof BodyTooLargeError ? invalidResponse(label, error) : connectionFailed(label, error);
  }
}

function parseJson(label: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidResponse(label, 'the answer is not JSON');
  }
}
