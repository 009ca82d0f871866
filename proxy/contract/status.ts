/**
 * The stages of a session and their order. A status never goes back: an event counts only when its rank is higher.
 * No schema library here, so that the widget can import it.
 */

/** Rank of each status; the four dead ends share one rank, `completed` outranks them. */
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

/** A session that ended without a result. Asking Evalon again may return the same dead session. */
export function hasEndedWithoutResult(status: SessionStatus): boolean {
  return STATUS_RANK[status] === STATUS_RANK.expired;
}
