/** What any other server answers, read with bounds: how much of it, and how long it asks us to wait. */

/** The answer has more bytes than are read. */
export class BodyTooLargeError extends Error {
  constructor(most: number) {
    super(`the answer is larger than ${most} bytes`);
  }
}

/**
 * The body as text.
 * @param most bytes of it.
 * @throws AnswerTooLarge, or what broke the connection.
 */
export async function readBodyCapped(response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new BodyTooLargeError(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds that `Retry-After` asks for, in either of its forms: at most an hour; undefined where it says nothing. */
export function parseRetryAfter(retryAfter: string | null, now: number): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(retryAfter.trim()) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1_000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 3_600) : undefined;
}
