/**
 * The statuses of a session and their order. An event changes the status only to a higher rank. Only a new invite can
 * reopen a session that ended without a result.
 *
 * Imports no schema library, so that the widget can import this file.
 */

/** The four statuses that end without a result have the same rank. */
export const STATUS_RANK = {
  invited: 0,
  opened: 1,
  started: 2,
  submitted: 3,
  scoring: 4,
  expired: 5,
  cancelled: 5,
  declined: 5,
  failed: 5,
  completed: 6,
} as const;

export type SessionStatus = keyof typeof STATUS_RANK;

export const SESSION_STATUSES = /* @__PURE__ */ Object.keys(STATUS_RANK) as [SessionStatus, ...SessionStatus[]];

export function isSessionStatus(text: string): text is SessionStatus {
  return Object.hasOwn(STATUS_RANK, text);
}

/** Whether the session ended without a result. Evalon may return the ended session again for a new invite. */
export function hasEndedWithoutResult(status: SessionStatus): boolean {
  return STATUS_RANK[status] === STATUS_RANK.expired;
}
