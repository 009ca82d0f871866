/**
 * Applies acknowledged webhooks to their sessions, in the order they came. A status only rises; a completion is a
 * claim until the scorecard was read; what is about an unknown session waits for it.
 */

import { STATUS_RANK } from '../contract/status.ts';
import { COMPLETION, statusOfEvent } from '../evalon/schemas.ts';
import { startWorker, type Worker } from '../jobs/job-loop.ts';
import { storeChange } from '../sessions/session.ts';
import type { InboxRow, SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { letIn } from '../store/write-batcher.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

/** Webhooks applied in one transaction. */
const BATCH = 50;
/** Times that a webhook is tried which nothing but itself keeps from being applied. */
const TRIES = 5;
/** Milliseconds that what is stored waits at the most while more is coming in: a sender waits for its answer meanwhile. */
const PATIENCE = 500;
/** Milliseconds until it is looked whether that is over. */
const LOOK_AGAIN = 10;

interface Options {
  store: Store;
  /** Whether more is coming in; by default never. */
  isBusy?: () => boolean;
  clock: Clock;
  log: Log;
}

export function startInbox({ store, isBusy = () => false, clock, log }: Options): Worker {
  let notBefore = Number.POSITIVE_INFINITY;
  /** The last round left some. */
  let more = false;

  /** Milliseconds to leave to those at the door. */
  function courtesy(): number {
    if (!isBusy()) return 0;
    notBefore = Math.min(notBefore, clock.now() + PATIENCE);
    return Math.min(Math.max(notBefore - clock.now(), 0), LOOK_AGAIN);
  }

  /** One that cannot be applied keeps nobody else waiting; when its tries are used up it is set aside, and told of. */
  async function applyApart(webhooks: readonly InboxRow[]): Promise<void> {
    for (const webhook of webhooks) {
      await store
        .write((queries) => apply(queries, clock, [webhook]))
        .catch(async (error: unknown) => {
          if (error instanceof Unavailable) throw error;
          const tries = await store.write(({ inbox }) => inbox.fail(webhook.id, TRIES));
          const facts = {
            err: error,
            webhook: webhook.id,
            tries,
            ...(tries >= TRIES && { alert: 'webhook_set_aside' }),
          };
          log.error(facts, 'a webhook could not be applied');
        });
    }
  }

  async function round(): Promise<number | undefined> {
    if (more) await letIn();
    const wait = courtesy();
    if (wait > 0) return wait;
    notBefore = Number.POSITIVE_INFINITY;
    if (await store.read(({ inbox }) => inbox.isWorkedOff())) return undefined;
    try {
      more = await store.write(async (queries) => {
        const due = await takeIn(queries);
        await apply(queries, clock, due.webhooks);
        return due.more;
      });
      return more ? 0 : undefined;
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      const { webhooks } = await store.write(takeIn);
      await applyApart(webhooks);
      return 0;
    }
  }
  return startWorker({ store, clock, log, name: 'inbox', tables: ['arrivals', 'inbox'], round });
}

/** What is to be applied next. */
async function takeIn({ inbox }: Queries): Promise<{ webhooks: InboxRow[]; more: boolean }> {
  const taken = await inbox.takeIn(BATCH, COMPLETION);
  const webhooks = await inbox.pending(BATCH);
  return { webhooks, more: taken === BATCH || webhooks.length === BATCH };
}

async function apply(queries: Queries, clock: Clock, webhooks: readonly InboxRow[]): Promise<void> {
  const sessions = await queries.sessions.named(webhooks.map(({ session_uuid }) => session_uuid));
  for (const { session_uuid, event, received_at } of webhooks) {
    const session = sessions.get(session_uuid);
    const change = session && changeBy(session, event, timestamp(clock));
    if (change) sessions.set(session_uuid, await storeChange(queries, clock, session, change, received_at));
  }
  const [known, unknown] = [true, false].map((is) =>
    webhooks.filter(({ session_uuid }) => sessions.has(session_uuid) === is).map(({ id }) => id),
  );
  await queries.inbox.mark(known ?? [], 'done');
  await queries.inbox.mark(unknown ?? [], 'waiting');
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
