/** Computes how a status that Evalon reports changes a session. */
import { type SessionStatus, STATUS_RANK } from '../contract/status.ts';
import type { SessionRow } from '../store/schema.ts';

/**
 * Returns the changed fields, or undefined for a status of equal or lower rank. A reported completion is only a claim
 * until the proxy has read the scorecard.
 * @param dueNow the current time of the due clock (store/due-clock.ts).
 */
export function changeFromStatus(
  session: SessionRow,
  status: SessionStatus,
  dueNow: string,
): Partial<SessionRow> | undefined {
  if (status === 'completed') {
    if (session.status === 'completed' || session.completion_claimed_at !== null) return undefined;
    return { completion_claimed_at: dueNow, not_ready_since: null, read_due_at: dueNow, read_attempts: 0 };
  }
  return STATUS_RANK[status] > STATUS_RANK[session.status] ? { status, last_event: null } : undefined;
}
