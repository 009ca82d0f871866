/**
 * Applies acknowledged webhooks to their sessions, in the order of their arrival. A status never goes back. A
 * completion is only a claim until its scorecard is read. A webhook about an unknown session waits until the session is
 * stored.
 */
import { parseStatus } from '../evalon/values/status.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { changeFromStatus } from '../sessions/change-status.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import { applyChange, type SessionUpdate, saveUpdates } from '../sessions/session.ts';
import type { SessionRow, WebhookRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { timestamp } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

/** Webhooks applied in one transaction. */
const BATCH_SIZE = 50;
/** A webhook that fails this often becomes a dead letter. */
const MAX_ATTEMPTS = 5;
/**
 * The proxy stores a whole burst of webhooks before it applies them, because senders wait for their 202. A burst ends
 * after this long without a webhook.
 */
const BURST_GAP_MS = 100;
const MAX_BURST_MS = 1_000;

interface Options extends ChangeOptions {
  store: Store;
  log: Log;
}

export function startWebhookProcessor(options: Options): JobLoop {
  const { store, clock, log } = options;
  /** Whether the processor is applying a backlog, which it does not interrupt for more webhooks. */
  let isApplyingBacklog = false;

  async function processBatch(): Promise<number | undefined> {
    const { pending, newestAt } = await store.read(async ({ webhooks }) => ({
      pending: await webhooks.listPending(BATCH_SIZE),
      newestAt: await webhooks.getLastReceivedAt(),
    }));
    if (!pending.length) return undefined;
    const hasBacklog = pending.length === BATCH_SIZE;
    if (hasBacklog && !isApplyingBacklog && isBurst(pending[0]?.received_at, newestAt)) return BURST_GAP_MS;
    isApplyingBacklog = hasBacklog;
    try {
      // Reads the list again: a session that was stored in the meantime has made earlier webhooks pending.
      await store.write(async (queries) =>
        applyWebhooks(queries, options, await queries.webhooks.listPending(BATCH_SIZE)),
      );
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      await applyOneByOne(pending);
    }
    return hasBacklog ? 0 : undefined;
  }

  function isBurst(oldestAt = '', newestAt = ''): boolean {
    // Uses the absolute difference, so that setting the clock back does not stop the processor.
    const isWithin = (ms: number, time: string) => Math.abs(clock.now() - Date.parse(time)) < ms;
    return isWithin(BURST_GAP_MS, newestAt) && isWithin(MAX_BURST_MS, oldestAt);
  }

  /**
   * Applies each webhook in its own transaction and counts its failures. So a failing webhook does not block the
   * others.
   */
  async function applyOneByOne(pending: readonly WebhookRow[]): Promise<void> {
    for (const webhook of pending) {
      try {
        await store.write((queries) => applyWebhooks(queries, options, [webhook]));
      } catch (error) {
        if (error instanceof Unavailable) throw error;
        const attempts = await store.write(({ webhooks }) => webhooks.recordFailure(webhook.id, MAX_ATTEMPTS));
        const isDeadLetter = attempts >= MAX_ATTEMPTS;
        log.error(
          { err: error, webhook: webhook.id, attempts, ...(isDeadLetter && { alert: 'webhook_dead_letter' }) },
          isDeadLetter ? 'moved a webhook to the dead letters' : 'failed to apply a webhook; it will be tried again',
        );
      }
    }
  }

  return startJobLoop({ store, clock, log, name: 'webhooks', tables: ['webhooks'], tick: processBatch });
}

async function applyWebhooks(queries: Queries, options: ChangeOptions, pending: readonly WebhookRow[]): Promise<void> {
  const stored = await queries.sessions.getByIds(pending.map(({ session_uuid }) => session_uuid));
  const sessions = new Map(stored);
  const updates: SessionUpdate[] = [];
  for (const { session_uuid, event, received_at } of pending) {
    const before = sessions.get(session_uuid);
    if (!before) continue;
    const change = changeFromEvent(before, event, queries.dueClock.dueAt());
    const after = change ? applyChange(queries, options, before, change) : before;
    if (change) updates.push({ before, after, webhook_received_at: received_at });
    const isNewResult = mayReportNewResult(before, event, received_at, timestamp(options.clock));
    const requestedRead = { read_due_at: queries.dueClock.dueAt(), read_attempts: 0 };
    sessions.set(session_uuid, isNewResult ? { ...after, ...requestedRead } : after);
  }
  const changed = [...sessions.values()].filter((row) => row !== stored.get(row.session_uuid));
  await saveUpdates(queries, options, updates, changed);
  const byState = Map.groupBy(pending, ({ session_uuid }) => (sessions.has(session_uuid) ? 'applied' : 'waiting'));
  for (const [state, webhooks] of byState)
    await queries.webhooks.setState(
      webhooks.map(({ id }) => id),
      state,
    );
}

/**
 * Whether a webhook may report that the result changed. It must have arrived after the result, and its event must not
 * be an earlier status that arrived late. If the clock was set back since the result, any webhook may have arrived
 * after it.
 */
function mayReportNewResult(
  { status, updated_at }: SessionRow,
  event: string,
  receivedAt: string,
  now: string,
): boolean {
  const reported = parseStatus(event);
  const isLater = receivedAt > updated_at || updated_at > now;
  return status === 'completed' && (reported === 'completed' || !reported) && isLater;
}

/** Returns what an event changes in a session, or undefined if it changes nothing. */
export function changeFromEvent(session: SessionRow, event: string, dueNow: string): Partial<SessionRow> | undefined {
  const status = parseStatus(event);
  const change = status && changeFromStatus(session, status, dueNow);
  if (change || status === 'completed') return change;
  const last_event = status === session.status ? null : event;
  return last_event === session.last_event ? undefined : { last_event };
}
