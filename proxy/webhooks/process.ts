/**
 * Applies acknowledged webhooks to their sessions, in the order they came. A status only rises; a completion is a
 * claim until the scorecard was read; what is about an unknown session waits for it.
 */

import { STATUS_RANK } from '../contract/status.ts';
import { COMPLETION_EVENT, parseEventStatus } from '../evalon/schemas.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { updateSession } from '../sessions/session.ts';
import type { SessionRow, WebhookRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { letIn } from '../store/write-batcher.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

/** Webhooks applied in one transaction. */
const BATCH_SIZE = 50;
/** Times that a webhook is tried which nothing but itself keeps from being applied. */
const MAX_ATTEMPTS = 5;
/** Milliseconds that what is stored waits at the most while more is coming in: a sender waits for its answer meanwhile. */
const MAX_DELAY_MS = 500;
/** Milliseconds until it is looked whether that is over. */
const RECHECK_MS = 10;

interface Options {
  store: Store;
  /** Whether more is coming in; by default never. */
  isBusy?: () => boolean;
  clock: Clock;
  log: Log;
}

export function startWebhookProcessor({ store, isBusy = () => false, clock, log }: Options): JobLoop {
  let notBefore = Number.POSITIVE_INFINITY;
  /** The last round left some. */
  let more = false;

  /** Milliseconds to leave to those at the door. */
  function courtesy(): number {
    if (!isBusy()) return 0;
    notBefore = Math.min(notBefore, clock.now() + MAX_DELAY_MS);
    return Math.min(Math.max(notBefore - clock.now(), 0), RECHECK_MS);
  }

  /** One that cannot be applied keeps nobody else waiting; when its tries are used up it is set aside, and told of. */
  async function applyApart(webhooks: readonly WebhookRow[]): Promise<void> {
    for (const webhook of webhooks) {
      await store
        .write((queries) => applyWebhooks(queries, clock, [webhook]))
        .catch(async (error: unknown) => {
          if (error instanceof Unavailable) throw error;
          const tries = await store.write(({ webhooks: inbox }) => inbox.recordFailure(webhook.id, MAX_ATTEMPTS));
          const facts = {
            err: error,
            webhook: webhook.id,
            tries,
            ...(tries >= MAX_ATTEMPTS && { alert: 'webhook_set_aside' }),
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
    if (await store.read(({ webhooks: inbox }) => inbox.isDrained())) return undefined;
    try {
      more = await store.write(async (queries) => {
        const due = await dequeue(queries);
        await applyWebhooks(queries, clock, due.webhooks);
        return due.more;
      });
      return more ? 0 : undefined;
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      const { webhooks } = await store.write(dequeue);
      await applyApart(webhooks);
      return 0;
    }
  }
  return startJobLoop({ store, clock, log, name: 'inbox', tables: ['arrivals', 'inbox'], tick: round });
}

/** What is to be applied next. */
async function dequeue({ webhooks: inbox }: Queries): Promise<{ webhooks: WebhookRow[]; more: boolean }> {
  const taken = await inbox.dedupeArrivals(BATCH_SIZE, COMPLETION_EVENT);
  const webhooks = await inbox.listPending(BATCH_SIZE);
  return { webhooks, more: taken === BATCH_SIZE || webhooks.length === BATCH_SIZE };
}

async function applyWebhooks(queries: Queries, clock: Clock, webhooks: readonly WebhookRow[]): Promise<void> {
  const sessions = await queries.sessions.getByIds(webhooks.map(({ session_uuid }) => session_uuid));
  for (const { session_uuid, event, received_at } of webhooks) {
    const session = sessions.get(session_uuid);
    const change = session && changeFromEvent(session, event, timestamp(clock));
    if (change) sessions.set(session_uuid, await updateSession(queries, clock, session, change, received_at));
  }
  const [known, unknown] = [true, false].map((is) =>
    webhooks.filter(({ session_uuid }) => sessions.has(session_uuid) === is).map(({ id }) => id),
  );
  await queries.webhooks.setState(known ?? [], 'done');
  await queries.webhooks.setState(unknown ?? [], 'waiting');
}

/** What an event changes of a session; undefined where it is no news. */
export function changeFromEvent(session: SessionRow, event: string, now: string): Partial<SessionRow> | undefined {
  const status = parseEventStatus(event);
  if (status === 'completed') {
    if (session.status === 'completed' || session.claimed_at !== null) return undefined;
    return { claimed_at: now, not_ready_since: null, read_after: now, read_attempts: 0 };
  }
  if (status && STATUS_RANK[status] > STATUS_RANK[session.status]) return { status, last_event: null };
  const last_event = status === session.status ? null : event;
  return last_event === session.last_event ? undefined : { last_event };
}
