/** Makes one harmless call, to check whether Evalon responds and accepts an API key. */
import { evalonScorecardPath } from './client.ts';
import { readBody } from './response.ts';

/** No session has this id, so Evalon responds with 404 to an accepted key. */
const NONEXISTENT_SESSION = 'evalon-widget-doctor-no-such-session';

export interface ProbeResult {
  status: number;
  /** Whether the response has a `detail`, as every error response from Evalon does. */
  hasErrorDetail: boolean;
  /** The header `Date`, in milliseconds since 1970. */
  serverTimeMs?: number;
}

/**
 * Reads the scorecard of a session that does not exist. Counts as one call of the key's rate limit.
 * @param baseUrl without a trailing slash.
 * @throws what `fetch` throws
 */
export async function probeKey(baseUrl: string, apiKey: string | undefined, signal: AbortSignal): Promise<ProbeResult> {
  const response = await fetch(`${baseUrl}${evalonScorecardPath(NONEXISTENT_SESSION)}`, {
    headers: { ...(apiKey && { authorization: `Bearer ${apiKey}` }), accept: 'application/json' },
    redirect: 'manual',
    signal,
  });
  const text = await readBody(response).catch(() => '');
  const date = Date.parse(response.headers.get('date') ?? '');
  return { status: response.status, hasErrorDetail: hasDetail(text), ...(date && { serverTimeMs: date }) };
}

function hasDetail(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'detail' in body;
  } catch {
    return false;
  }
}
