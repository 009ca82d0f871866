/** Reads the bodies of Evalon's responses with a size limit. */
import type { z } from 'zod';
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

/** @throws UpstreamUnavailable if the text is not JSON of this schema. */
export function parseResponse<T>(schema: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalidResponse('Evalon did not respond with JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw invalidResponse(`Evalon's response lacks ${parsed.error.issues[0]?.path.join('.') || 'a body'}`);
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
