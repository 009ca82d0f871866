/**
 * Applies acknowledged webhooks to their sessions, in the order they came. A status only rises; a completion is a
 * claim until the scorecard was read; what is about an unknown session waits for it.
 */
import { type Clock, timestamp } from '../clock.ts';
import { STATUS_RANK } from '../contract/status.ts';
import { statusOfEvent } from '../evalon/wire.ts';
import type { Log } from '../log.ts';
import type { InboxRow, SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { storeChange } from './session.ts';
import { startWorker, type Worker } from './worker.ts';

/** Webhooks applied in one transaction. */
const BATCH = 50;

export function startInbox({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Worker {
  async function round(): Promise<number | undefined> {
    const waiting = await store.read(({ inbox }) => inbox.pending(1));
    if (!waiting.length) return undefined;
    const applied = await store.write(async (queries) => {
      const webhooks = await queries.inbox.pending(BATCH);
      for (const webhook of webhooks) await apply(queries, clock, webhook);
      return webhooks.length;
    });
    return applied === BATCH ? 0 : undefined;
  }
  return startWorker({ store, clock, log, name: 'inbox', round });
}

async function apply(queries: Queries, clock: Clock, webhook: InboxRow): Promise<void> {
  const session = await queries.sessions.get(webhook.session_uuid);
  if (session) {
    const change = changeBy(session, webhook.event, timestamp(clock));
    if (change) await storeChange(queries, clock, session, change);
  }
  await queries.inbox.mark(webhook.id, session ? 'done' : 'waiting');
}

/** What an event changes of a session; undefined where it is no news. */
export function changeBy(session: SessionRow, event: string, now: string): Partial<SessionRow> | undefined {
  const status = statusOfEvent(event);
  if (status === 'completed') {
    if (session.status === 'completed' || session.claimed_at !== null) return undefined;
    return { claimed_at: now, unready_at: null, read_after: now, read_attempts: 0 };
  }
  if (status && STATUS_RANK[status] > STATUS_RANK[session.status]) return { status, last_event: null };
  const last_event = status === session.status ? null : event;
  return last_event === session.last_event ? undefined : { last_event };
}
