/**
 * Reconciles sessions whose webhooks never arrived: polls open sessions for a scorecard, at growing intervals after
 * their last update. Polling finds only completions. The most recently updated sessions come first.
 */
import type { Scorecard } from '../contract/scorecard.ts';
import type { EvalonClient } from '../evalon/client.ts';
import { ApiKeyRejected } from '../evalon/errors.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { FIRST_POLL_MS } from '../sessions/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { ProxyError, RateLimited } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { storeFinalScorecard } from './store-scorecard.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Intervals after FIRST_POLL_MS. The polls are 2, 5, 15, 30 and 60 minutes after the last update, and then rarer. */
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
/** After the last update. */
const GIVE_UP_AFTER_MS = 90 * 24 * HOUR_MS;

/** Between two polls, so that there are at most twenty a minute. */
const MIN_POLL_GAP_MS = 3_000;
/** At a start, all open sessions are due, but webhooks that were sent during the downtime may still arrive. */
const STARTUP_DELAY_MS = 10_000;
/** After a call that failed without `Retry-After`. */
const FAILURE_PAUSE_MS = 30_000;
const ALERT_INTERVAL_MS = HOUR_MS;

export interface ReconcileOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'completionsByPolling'>;
}

export function startReconciler({ store, evalon, clock, log, metrics }: ReconcileOptions): JobLoop {
  let nextPollAt = clock.now() + STARTUP_DELAY_MS;
  let nextAlertAt = 0;
  let isStarted = false;

  async function poll(session: SessionRow): Promise<void> {
    try {
      const scorecard = await evalon.readScorecard(session, { priority: 'bulk' });
      if (await store.write((queries) => storePolledScorecard(queries, clock, scorecard)))
        await reportMissedWebhook(session);
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      await store.write((queries) => postponePoll(queries, clock, session));
      if (concernsAllCalls(error)) {
        nextPollAt = clock.now() + (error.retryAfter ? error.retryAfter * 1_000 : FAILURE_PAUSE_MS);
      }
    }
  }

  async function reportMissedWebhook({ invited_at }: SessionRow): Promise<void> {
    metrics.completionsByPolling.inc();
    const lastWebhookAt = await store.read(({ webhooks }) => webhooks.getLastReceivedAt());
    const hasWebhookSince = lastWebhookAt !== undefined && lastWebhookAt >= invited_at;
    if (hasWebhookSince || clock.now() < nextAlertAt) return;
    nextAlertAt = clock.now() + ALERT_INTERVAL_MS;
    log.error(
      { alert: 'webhooks_do_not_arrive' },
      'polling found a completion, but no webhook has arrived since that invite: check the webhook URL in Evalon',
    );
  }

  async function tick(): Promise<number | undefined> {
    const waitMs = nextPollAt - clock.now();
    if (waitMs > 0) return waitMs;
    if (!isStarted) await store.write(({ sessions }) => sessions.expeditePolls(timestamp(clock)));
    isStarted = true;
    const [session] = await store.read(({ sessions }) => sessions.listDuePolls(timestamp(clock), 1));
    if (!session) {
      const nextDueAt = await store.read(({ sessions }) => sessions.getNextPollAt());
      const dueAt = nextDueAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(nextDueAt);
      // If a session changes from now on, its first poll is due after this time.
      nextPollAt = Math.min(dueAt, clock.now() + FIRST_POLL_MS);
      return nextPollAt - clock.now();
    }
    nextPollAt = clock.now() + MIN_POLL_GAP_MS;
    await poll(session);
    return Math.max(nextPollAt - clock.now(), 0);
  }
  return startJobLoop({ store, clock, log, name: 'reconcile', tables: ['sessions'], tick });
}

/** Whether the next call would fail too: Evalon refuses the key, is busy, or is down. */
function concernsAllCalls(error: ProxyError): boolean {
  return error instanceof ApiKeyRejected || error instanceof RateLimited || error.status === 503;
}

/** Stores a polled scorecard. Returns whether no webhook had claimed this completion. */
async function storePolledScorecard(queries: Queries, clock: Clock, scorecard: Scorecard): Promise<boolean> {
  const stored = await queries.sessions.get(scorecard.session_uuid);
  await storeFinalScorecard(queries, clock, scorecard);
  return stored !== undefined && stored.scorecard === null && stored.claimed_at === null;
}

async function postponePoll(queries: Queries, clock: Clock, { session_uuid }: SessionRow): Promise<void> {
  const session = await queries.sessions.get(session_uuid);
  if (!session?.poll_after) return;
  const hasGivenUp = clock.now() - Date.parse(session.updated_at) >= GIVE_UP_AFTER_MS;
  const poll_after = hasGivenUp
    ? null
    : timestamp(clock, POLL_INTERVALS_MS[session.poll_count] ?? MAX_POLL_INTERVAL_MS);
  await queries.sessions.upsert({ ...session, poll_after, poll_count: session.poll_count + 1 });
}
