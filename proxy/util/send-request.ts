/** Sends a request to another company's server. The proxy needs only the status of the response. */
import { parseRetryAfter } from './http-response.ts';

export interface OutgoingRequest {
  url: string;
  method: 'POST' | 'PATCH';
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

export type SendResult =
  | { outcome: 'accepted' }
  /** `reason`: `redirect`, `unreachable`, or a status such as `status_404`. Never a text of the other server. */
  | { outcome: 'refused'; reason: string; status?: number; retryAfterSeconds: number };

/** Follows no redirect, and does not read the response's body. */
export async function sendRequest(
  { url, method, headers, body, signal }: OutgoingRequest,
  nowMs: number,
): Promise<SendResult> {
  let response: Response;
  try {
    response = await fetch(url, { method, headers, ...(body !== undefined && { body }), redirect: 'manual', signal });
  } catch {
    return { outcome: 'refused', reason: 'unreachable', retryAfterSeconds: 0 };
  }
  // The status has arrived, so an error of the body does not matter.
  await response.body?.cancel().catch(() => {});
  const { status } = response;
  if (status >= 200 && status < 300) return { outcome: 'accepted' };
  const retryAfterSeconds = parseRetryAfter(response.headers.get('retry-after'), nowMs) ?? 0;
  const reason = status >= 300 && status < 400 ? 'redirect' : `status_${status}`;
  return { outcome: 'refused', reason, status, retryAfterSeconds };
}
