/** One harmless call with one key, or with none: does Evalon answer, and does it take the key? */

import { evalonScorecardPath } from './client.ts';
import { readBody } from './response.ts';

/** No session is named so: whoever is let in is told that there is no such scorecard. */
const NONEXISTENT_SESSION = 'evalon-widget-doctor-no-such-session';

export interface ProbeResult {
  status: number;
  /** Whether the body has a `detail`, as every refusal of Evalon does. */
  hasErrorDetail: boolean;
  /** The header `Date`, in milliseconds since 1970. */
  serverTimeMs?: number;
}

/**
 * Reads the scorecard of a session that cannot exist; follows no redirect. Counts as one call of the key's minute.
 * @param baseUrl without a trailing slash.
 * @throws what fetch throws where there is no answer.
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
    return typeof JSON.parse(text) === 'object' && 'detail' in JSON.parse(text);
  } catch {
    return false;
  }
}
