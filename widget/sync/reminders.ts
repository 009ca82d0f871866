/** When a candidate who has not finished should get a reminder. */
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import type { Session } from '../api/parse.ts';
import { getStatusRank } from './subscriptions.ts';

const DAY_MS = 24 * 60 * 60_000;
/** After this time without activity, a session counts as waiting for the candidate. */
export const WAITING_AFTER_MS = 5 * DAY_MS;

/** Whether the candidate still needs the link, because the answers are not submitted. */
export function needsLink({ status, confirming }: Session): boolean {
  return getStatusRank(status) < STATUS_RANK.submitted && !confirming;
}

/**
 * Whether the candidate needs the link, and the last activity and handover were more than `WAITING_AFTER_MS` ago.
 * @param now milliseconds since 1970
 */
export function isReminderDue(session: Session, now: number): boolean {
  const { updated_at, handed_over } = session;
  const lastActivityAt = Math.max(Date.parse(updated_at), Date.parse(handed_over?.at ?? updated_at));
  return needsLink(session) && now - lastActivityAt > WAITING_AFTER_MS;
}
