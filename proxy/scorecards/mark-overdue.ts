/**
 * Marks sessions whose result is overdue: a webhook claimed a completion a day ago, and Evalon still has no scorecard.
 * The reconciler continues to poll for the scorecard, and its arrival removes the mark.
 */
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { saveSession } from '../sessions/session.ts';
import type { Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

/** Sessions changed in one transaction. */
const CHUNK_SIZE = 50;
/** Minimum time between two lookups. Every change of a session wakes the job, but a result is overdue after a day. */
const MIN_LOOKUP_INTERVAL_MS = 1_000;

export function startOverdueMarker({ store, clock, log }: { store: Store; clock: Clock; log: Log }): JobLoop {
  let nextLookupAt = Number.NEGATIVE_INFINITY;

  async function tick(): Promise<number | undefined> {
    const waitMs = nextLookupAt - clock.monotonic();
    if (waitMs > 0) return waitMs;
    const due = await store.read(({ sessions }) => sessions.listOverdue(store.dueClock.dueAt(), CHUNK_SIZE));
    if (!due.length) {
      nextLookupAt = clock.monotonic() + MIN_LOOKUP_INTERVAL_MS;
      const next = await store.read(({ sessions }) => sessions.getNextOverdueAt());
      return next === undefined ? undefined : Math.max(store.dueClock.msUntil(next), 0);
    }
    await store.write(async (queries) => {
      const now = timestamp(clock);
      for (const { session_uuid } of due) {
        const session = await queries.sessions.get(session_uuid);
        if (!session?.result_due_at) continue;
        await saveSession(queries, { ...session, result_due_at: null, result_overdue_since: now, updated_at: now });
        log.warn(
          { alert: 'result_unavailable', session: store.hash(session_uuid) },
          'a completion was claimed a day ago, but Evalon has no result',
        );
      }
    });
    return 0;
  }
  return startJobLoop({ store, clock, log, name: 'mark-overdue', tables: ['sessions'], tick });
}
