/** Reads the bodies of Evalon's responses with a size limit. */
import { BodyTooLargeError, readBodyCapped } from '../util/http-response.ts';
import { connectionFailed, invalidResponse } from './errors.ts';

const MAX_RESPONSE_BYTES = 2 * 1024 * 1024;

/** @throws UpstreamUnavailable if the body is cut off or too large. */
export async function readBody(response: Response): Promise<string> {
  try {
    return await readBodyCapped(response, MAX_RESPONSE_BYTES);
  } catch (error) {
    throw error instanceof BodyTooLargeError ? invalidResponse(error) : connectionFailed(error);
  }
}

/** Returns Evalon's `detail`, or the body if it has none. */
export function extractErrorDetail(text: string): string {
  try {
    const body = JSON.parse(text) as { detail?: unknown } | null;
    const detail = body?.detail ?? body;
    return typeof detail === 'string' ? detail : JSON.stringify(detail);
  } catch {
    return text;
  }
}
