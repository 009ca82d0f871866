/**
 * Remembers the ended sessions that Evalon returned again for a new invite, also after a reload of the tab. A session
 * that changes afterwards can be tried again.
 */
import type { Session } from '../api/parse.ts';

const KEY_PREFIX = 'evalon-ended ';

/** For pages without storage. */
const refused = new Map<string, string>();

export function wasReinviteRefused({ session_uuid, updated_at }: Session): boolean {
  if (!refused.has(session_uuid)) refused.set(session_uuid, readStorage(session_uuid));
  return refused.get(session_uuid) === updated_at;
}

export function recordRefusedReinvite({ session_uuid, updated_at }: Session): void {
  refused.set(session_uuid, updated_at);
  try {
    sessionStorage.setItem(KEY_PREFIX + session_uuid, updated_at);
  } catch {
    // The page has no storage, or it is full.
  }
}

function readStorage(sessionUuid: string): string {
  try {
    return sessionStorage.getItem(KEY_PREFIX + sessionUuid) ?? '';
  } catch {
    return '';
  }
}
