/**
 * One call of an ATS's API: no redirect is followed, the answer is bounded and parsed, and one that asks for silence gets
 * it. The address is the connector's own; nothing that a recruiter sends stands in it but ids that were checked.
 */
import type { z } from 'zod';
import type { Clock } from '../util/clock.ts';
import { AnswerTooLarge, boundedText } from '../util/http-response.ts';
import { requestId } from '../util/request-context.ts';
import { busy, nonsense, refusal, unreachable } from './errors.ts';

/** Bytes of an answer that are read at the most. */
const LARGEST_ANSWER = 1024 * 1024;

export interface Call<T> {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  answer: z.ZodType<T>;
  signal: AbortSignal;
}

/**
 * Answers what came, or undefined where the ATS says that there is nothing (404).
 * @throws AtsRejected, AtsUnavailable
 */
export type Ask = <T>(call: Call<T>) => Promise<T | undefined>;

/** @param label the ATS as recruiters know it. */
export function createAsk(label: string, clock: Clock): Ask {
  let silentUntil = 0;

  return async ({ url, method = 'GET', headers, body, answer, signal }) => {
    const wait = Math.ceil((silentUntil - clock.now()) / 1_000);
    if (wait > 0) throw busy(label, wait);
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'x-request-id': requestId() ?? '', ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      throw unreachable(label, error);
    });
    if (response.status >= 300) {
      await response.body?.cancel();
      if (response.status === 404) return undefined;
      if (response.status < 400) throw nonsense(label, `${label} answered with a redirect (${response.status})`);
      const error = refusal(label, response, clock.now());
      if (response.status === 429) silentUntil = clock.now() + (error.retryAfter ?? 0) * 1_000;
      throw error;
    }
    const parsed = answer.safeParse(jsonOf(label, await textOf(label, response)));
    if (parsed.success) return parsed.data;
    throw nonsense(label, `the answer is not right at ${parsed.error.issues[0]?.path.join('.') || 'its root'}`);
  };
}

async function textOf(label: string, response: Response): Promise<string> {
  try {
    return await boundedText(response, LARGEST_ANSWER);
  } catch (error) {
    throw error instanceof AnswerTooLarge ? nonsense(label, error) : unreachable(label, error);
  }
}

function jsonOf(label: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw nonsense(label, 'the answer is not JSON');
  }
}
