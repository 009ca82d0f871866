/** Bodies of Evalon's answers: bounded, and read for what they are worth. */
import { BodyTooLargeError, readBodyCapped } from '../util/http-response.ts';
import { connectionFailed, invalidResponse } from './errors.ts';

/** Bytes of an answer that are read at the most. */
const MAX_RESPONSE_BYTES = 2 * 1024 * 1024;

/** The body, or UpstreamUnavailable where it is cut off or larger than any answer of Evalon. */
export async function readBody(response: Response): Promise<string> {
  try {
    return await readBodyCapped(response, MAX_RESPONSE_BYTES);
  } catch (error) {
    throw error instanceof BodyTooLargeError ? invalidResponse(error) : connectionFailed(error);
  }
}

/** @throws UpstreamUnavailable where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidResponse('Evalon did not answer with JSON');
  }
}

/** Evalon's `detail`, or the beginning of whatever it sent instead. */
export function extractErrorDetail(text: string): string {
  try {
    const answer = JSON.parse(text) as { detail?: unknown } | null;
    const detail = answer?.detail ?? answer;
    return typeof detail === 'string' ? detail : JSON.stringify(detail);
  } catch {
    return text;
  }
}
