/**
 * Reconciles sessions whose webhooks never arrived: polls open sessions for a scorecard, at growing intervals after
 * their last update. Polling finds only completions. The most recently updated sessions come first. The reconciler also
 * rereads results with missing parts, and results that an administrator requested.
 */
import { setImmediate } from 'node:timers/promises';
import { hasEndedWithoutResult } from '../contract/status.ts';
import type { EvalonClient } from '../evalon/client.ts';
import { ApiKeyRejected } from '../evalon/errors.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import type { SessionRow } from '../store/schema.ts';
import { MAX_POLL_COUNT } from '../store/sessions.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { type ProxyError, RateLimited } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { fetchScorecard, type ScorecardRead } from './fetch-scorecard.ts';
import { parseStoredScorecard, storeAnswerWithoutResult, storeFinalScorecard } from './store-scorecard.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Intervals after FIRST_POLL_MS (sessions/session.ts). The polls are 2, 5, 15, 30 and 60 minutes after the last update,
 * and then less frequent.
 */
const POLL_INTERVALS_MS = [
  3 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  16 * HOUR_MS,
];
const MAX_POLL_INTERVAL_MS = 24 * HOUR_MS;
/**
 * Intervals after FIRST_PARTS_POLL_MS. The reads are 1, 10 and 60 minutes after the first result, then daily for a
 * week.
 */
const PARTS_POLL_INTERVALS_MS = [9 * MINUTE_MS, 50 * MINUTE_MS, ...Array<number>(7).fill(24 * HOUR_MS)];
/** Polling of an open session ends this long after its last update. */
const GIVE_UP_AFTER_MS = 90 * 24 * HOUR_MS;

/** Time between two polls. It limits polls to twenty a minute. */
const MIN_POLL_GAP_MS = 3_000;
/** If no session is due, the reconciler waits this long before it looks again after a commit. */
const MIN_LOOKUP_INTERVAL_MS = 10_000;
/** The first poll after a start waits, because Evalon may still resend webhooks from the downtime. */
const STARTUP_DELAY_MS = 10_000;
/** Pause after a failed call without `Retry-After`. */
const FAILURE_PAUSE_MS = 30_000;
const ALERT_INTERVAL_MS = HOUR_MS;
/** Sessions that one transaction schedules on an administrator's request. */
const SCHEDULE_PAGE_SIZE = 200;
/**
 * Sessions that one transaction schedules at startup. Small, because in a large database each of these sessions changes
 * different database pages.
 */
const EXPEDITE_PAGE_SIZE = 50;
/** Open sessions that become due at startup: 15 minutes of polls. All others keep their scheduled time. */
const MAX_EXPEDITED = 300;

export interface ReconcileOptions extends ChangeOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  log: Log;
  metrics: Pick<Metrics, 'completionsByPolling'>;
}

export function startReconciler(options: ReconcileOptions): JobLoop {
  const { store, evalon, clock, log, metrics } = options;
  let nextPollAt = clock.monotonic() + STARTUP_DELAY_MS;
  let nextAlertAt = Number.NEGATIVE_INFINITY;
  let isStarted = false;

  async function poll(session: SessionRow): Promise<void> {
    const read = await fetchScorecard(evalon, session, { priority: 'bulk' });
    if (await store.write((queries) => storePoll(queries, options, session, read))) await reportMissedWebhook(session);
    const { error } = read;
    if (error && affectsAllCalls(error)) {
      nextPollAt = clock.monotonic() + (error.retryAfterSeconds ? error.retryAfterSeconds * 1_000 : FAILURE_PAUSE_MS);
    }
  }

  async function reportMissedWebhook({ invited_at }: SessionRow): Promise<void> {
    metrics.completionsByPolling.inc();
    const lastWebhookAt = await store.read(({ webhooks }) => webhooks.getLastReceivedAt());
    const hasWebhookSince = lastWebhookAt !== undefined && lastWebhookAt >= invited_at;
    if (hasWebhookSince || clock.monotonic() < nextAlertAt) return;
    nextAlertAt = clock.monotonic() + ALERT_INTERVAL_MS;
    log.error(
      { alert: 'webhooks_do_not_arrive' },
      'polling found a completion, but no webhook has arrived since that invite: check the webhook URL in Evalon',
    );
  }

  async function tick(): Promise<number | undefined> {
    const waitMs = nextPollAt - clock.monotonic();
    if (waitMs > 0) return waitMs;
    if (!isStarted) await expeditePolls(store);
    isStarted = true;
    const { session, dueAt: nextDueAt } = await store.read(({ sessions }) =>
      sessions.getNextPoll(store.dueClock.dueAt()),
    );
    if (!session) {
      const dueInMs = nextDueAt === undefined ? Number.POSITIVE_INFINITY : store.dueClock.msUntil(nextDueAt);
      // A commit may make a session due earlier.
      nextPollAt = clock.monotonic() + Math.min(dueInMs, MIN_LOOKUP_INTERVAL_MS);
      return nextDueAt === undefined ? undefined : dueInMs;
    }
    nextPollAt = clock.monotonic() + MIN_POLL_GAP_MS;
    await poll(session);
    return Math.max(nextPollAt - clock.monotonic(), 0);
  }
  return startJobLoop({ store, clock, log, name: 'reconcile', tables: ['sessions'], tick });
}

/** Whether the next call would fail too: Evalon refuses the key, is busy, or is down. */
function affectsAllCalls(error: ProxyError): boolean {
  return error instanceof ApiKeyRejected || error instanceof RateLimited || error.status === 503;
}

/**
 * Schedules reads of the given sessions, or with `all` of every session that can have a result. Returns the number of
 * sessions. The reads have the lowest priority.
 */
export async function scheduleReads(store: Store, sessionUuids: readonly string[] | 'all'): Promise<number> {
  if (sessionUuids !== 'all') {
    return store.write(({ sessions }) => sessions.schedulePolls(sessionUuids, store.dueClock.dueAt()));
  }
  let scheduled = 0;
  let after = '';
  for (;;) {
    const { ids, last } = await store.read(({ sessions }) => sessions.listIdsWithResults(after, SCHEDULE_PAGE_SIZE));
    if (last === undefined) return scheduled;
    scheduled += await store.write(({ sessions }) => sessions.schedulePolls(ids, store.dueClock.dueAt()));
    after = last;
    await setImmediate();
  }
}

/** Makes the most recently changed open sessions due: their webhooks may have been lost while the proxy was down. */
async function expeditePolls(store: Store): Promise<void> {
  const now = store.dueClock.dueAt();
  let expedited = 0;
  for (;;) {
    const limit = Math.min(EXPEDITE_PAGE_SIZE, MAX_EXPEDITED - expedited);
    const count = await store.write(async ({ sessions }) =>
      sessions.schedulePolls(await sessions.listLaterPolls(now, limit), now),
    );
    expedited += count;
    if (count < limit || expedited === MAX_EXPEDITED) return;
    await setImmediate();
  }
}

/**
 * Stores a poll's result and schedules the next poll. Returns whether the poll found a completion without a webhook.
 */
async function storePoll(
  queries: Queries,
  options: ChangeOptions,
  { session_uuid }: SessionRow,
  read: ScorecardRead,
): Promise<boolean> {
  const stored = await queries.sessions.get(session_uuid);
  if (!stored) return false;
  if (read.scorecard) await storeFinalScorecard(queries, options, read.scorecard, read.answer);
  else await storeAnswerWithoutResult(queries, session_uuid, read);
  const isFirstResult = read.scorecard !== undefined && stored.scorecard === null;
  if (!isFirstResult) await postponePoll(queries, options.clock, session_uuid);
  return isFirstResult && stored.completion_claimed_at === null;
}

async function postponePoll(queries: Queries, clock: Clock, sessionUuid: string): Promise<void> {
  const session = await queries.sessions.get(sessionUuid);
  if (!session?.poll_due_at) return;
  const intervalMs = getPollInterval(session, clock);
  const poll_due_at = intervalMs === undefined ? null : queries.dueClock.dueAt(intervalMs);
  await queries.sessions.upsert({
    ...session,
    poll_due_at,
    poll_count: Math.min(session.poll_count + 1, MAX_POLL_COUNT),
  });
}

/** Returns undefined after the last poll. */
function getPollInterval(session: SessionRow, clock: Clock): number | undefined {
  const scorecard = parseStoredScorecard(session);
  if (scorecard) return scorecard.incomplete && PARTS_POLL_INTERVALS_MS[session.poll_count];
  if (hasEndedWithoutResult(session.status)) return undefined;
  if (clock.now() - Date.parse(session.updated_at) >= GIVE_UP_AFTER_MS) return undefined;
  return POLL_INTERVALS_MS[session.poll_count] ?? MAX_POLL_INTERVAL_MS;
}
