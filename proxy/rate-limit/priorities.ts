/** Priorities of calls to Evalon: which waiting call gets the next permit of the rate limit. */

/** Highest first. */
export const PRIORITIES = ['interactive', 'background', 'bulk'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Permits held by calls of each priority. */
export type PermitCounts = Readonly<Record<Priority, number>>;

/** Share of the rate that only interactive calls use. */
const INTERACTIVE_RESERVE = 0.2;
/** Share of the rate that a priority gets even when higher priorities could use all of it. */
const MIN_SHARE: Readonly<Record<Priority, number>> = { interactive: 0, background: 0.1, bulk: 0.05 };

/** Returns the highest waiting priority that may start a call now, if any. */
export function choosePriority(
  held: PermitCounts,
  limit: number,
  waiting: ReadonlySet<Priority>,
): Priority | undefined {
  return PRIORITIES.find((priority) => waiting.has(priority) && mayStart(priority, held, limit, waiting));
}

function mayStart(priority: Priority, held: PermitCounts, limit: number, waiting: ReadonlySet<Priority>): boolean {
  const free = limit - held.interactive - held.background - held.bulk;
  const freeForNonInteractive =
    Math.max(Math.floor(limit * (1 - INTERACTIVE_RESERVE)), 1) - held.background - held.bulk;
  /** Permits that a waiting priority still lacks to reach its minimum share. */
  const reservedFor = (other: Priority) =>
    waiting.has(other) ? Math.max(Math.floor(MIN_SHARE[other] * limit) - held[other], 0) : 0;

  if (priority === 'interactive') {
    const reserved = Math.min(reservedFor('background') + reservedFor('bulk'), Math.max(freeForNonInteractive, 0));
    return free > reserved;
  }
  const available = Math.min(free, freeForNonInteractive);
  // A priority below its own minimum share may use the permits that the other priority still lacks.
  if (reservedFor(priority)) return available > 0;
  return available > reservedFor(priority === 'background' ? 'bulk' : 'background');
}
