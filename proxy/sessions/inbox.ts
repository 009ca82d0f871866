/**
 * Applies acknowledged webhooks to their sessions, in the order they came. A status only rises; a completion is a
 * claim until the scorecard was read; what is about an unknown session waits for it.
 */
import { type Clock, timestamp } from '../clock.ts';
import { STATUS_RANK } from '../contract/status.ts';
import { Unavailable } from '../errors.ts';
import { statusOfEvent } from '../evalon/wire.ts';
import type { Log } from '../log.ts';
import type { InboxRow, SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { storeChange } from './session.ts';
import { startWorker, type Worker } from './worker.ts';

/** Webhooks applied in one transaction. */
const BATCH = 50;
/** Times that a webhook is tried which nothing but itself keeps from being applied. */
const TRIES = 5;

export function startInbox({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Worker {
  async function applyAll(webhooks: readonly InboxRow[]): Promise<void> {
    await store.write(async (queries) => {
      for (const webhook of webhooks) await apply(queries, clock, webhook);
    });
  }

  /** One that cannot be applied keeps nobody else waiting; when its tries are used up it is set aside, and told of. */
  async function applyApart(webhooks: readonly InboxRow[]): Promise<void> {
    for (const webhook of webhooks) {
      await applyAll([webhook]).catch(async (error: unknown) => {
        if (error instanceof Unavailable) throw error;
        const tries = await store.write(({ inbox }) => inbox.fail(webhook.id, TRIES));
        const facts = { err: error, webhook: webhook.id, tries, ...(tries >= TRIES && { alert: 'webhook_set_aside' }) };
        log.error(facts, 'a webhook could not be applied');
      });
    }
  }

  async function round(): Promise<number | undefined> {
    const webhooks = await store.read(({ inbox }) => inbox.pending(BATCH));
    if (!webhooks.length) return undefined;
    try {
      await applyAll(webhooks);
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      await applyApart(webhooks);
      return 0;
    }
    return webhooks.length === BATCH ? 0 : undefined;
  }
  return startWorker({ store, clock, log, name: 'inbox', tables: ['inbox'], round });
}

async function apply(queries: Queries, clock: Clock, webhook: InboxRow): Promise<void> {
  const session = await queries.sessions.get(webhook.session_uuid);
  if (session) {
    const change = changeBy(session, webhook.event, timestamp(clock));
    if (change) await storeChange(queries, clock, session, change, webhook.received_at);
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
