/**
 * Stores the ended sessions for which Evalon refused a new invite, by returning the same session again. The browser
 * forgets them when the tab is closed. If such a session changes later, the recruiter can invite again.
 */
import type { Session } from '../api/parse.ts';

const KEY_PREFIX = 'evalon-ended ';

/** Maps `session_uuid` to `updated_at`. Used if the browser blocks storage. */
const fallbackStorage = new Map<string, string>();

export function wasReinviteRefused({ session_uuid, updated_at }: Session): boolean {
  return readVersion(session_uuid) === updated_at;
}

export function recordRefusedReinvite({ session_uuid, updated_at }: Session): void {
  try {
    sessionStorage.setItem(KEY_PREFIX + session_uuid, updated_at);
  } catch {
    fallbackStorage.set(session_uuid, updated_at);
  }
}

/** Returns `updated_at` of the session that Evalon returned again. */
function readVersion(sessionUuid: string): string | null | undefined {
  try {
    return sessionStorage.getItem(KEY_PREFIX + sessionUuid) ?? fallbackStorage.get(sessionUuid);
  } catch {
    return fallbackStorage.get(sessionUuid);
  }
}
