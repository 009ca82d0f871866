/** English text of an invited candidate's session. It loads on demand. */
import { humanize } from '../humanize.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Earlier invites';

/** @param previousCount number of previous sessions of the candidate in the project */
export function history(previousCount: number): string {
  if (!previousCount) return 'History';
  return previousCount === 1 ? 'History · 1 earlier invite' : `History · ${previousCount} earlier invites`;
}

export function latestActivity(event: string): string {
  return `Latest activity: ${humanize(event.replace('session.', ''))}`;
}
