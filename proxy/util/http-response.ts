/** Reads responses from other servers, which may be too large or malformed. */

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(maxBytes: number) {
    super(`the response is larger than ${maxBytes} bytes`);
  }
}

/** @throws BodyTooLargeError, or the connection's error. */
export async function readBodyCapped(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const MAX_RETRY_AFTER_SECONDS = 3_600;

/** Parses seconds, rounded up, or an HTTP date (RFC 9110, 10.2.3). Returns 1 to 3,600 s, or undefined if invalid. */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  const isSeconds = /^\d+(\.\d+)?$/.test(header.trim());
  const seconds = isSeconds ? Number(header) : (Date.parse(header) - nowMs) / 1_000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), MAX_RETRY_AFTER_SECONDS) : undefined;
}
