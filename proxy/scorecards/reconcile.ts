/**
 * For webhooks that never come: looks at open sessions, after their last news ever more rarely, whether Evalon has a
 * scorecard by now. Nothing else can be found by asking. Those with the newest news come first.
 */

import type { EvalonClient } from '../evalon/client.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { FIRST_POLL_MS } from '../sessions/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { ProxyError, ScorecardNotReady } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { storeFinalScorecard } from './verify-completion.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Milliseconds from one look to the next: 2, 5, 15, 30 and 60 minutes after the last news, then ever more. */
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
/** Milliseconds between the last looks, which go on as long as the session is open and heard of within the limit. */
const MAX_POLL_INTERVAL_MS = 24 * HOUR_MS;
/** Milliseconds after the last news when nobody looks any more. */
const GIVE_UP_AFTER_MS = 90 * 24 * HOUR_MS;

/** Milliseconds between two poll_count: twenty a minute at the most. */
const MIN_POLL_GAP_MS = 3_000;
/** Milliseconds after start until everything open is looked at: what came meanwhile may be on its way. */
const STARTUP_DELAY_MS = 10_000;
/** Milliseconds until the next look where Evalon cannot be asked and does not say when. */
const FAILURE_PAUSE_MS = 30_000;
/** Milliseconds between two alerts that webhooks do not come. */
const ALERT_INTERVAL_MS = HOUR_MS;

export interface ReconcileOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'completionsByPolling'>;
}

export function startReconciler(options: ReconcileOptions): JobLoop {
  const { store, evalon, clock, log, metrics } = options;
  const start = clock.now() + STARTUP_DELAY_MS;
  let started = false;
  let notBefore = start;
  let alertAgain = 0;

  async function look(session: SessionRow): Promise<void> {
    try {
      const scorecard = await evalon.readScorecard(session, { priority: 'reconcile' });
      if (await store.write((queries) => storeIfNew(queries, clock, scorecard))) await tell(session);
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      if (error instanceof ScorecardNotReady) await store.write((queries) => postponePoll(queries, clock, session));
      else notBefore = clock.now() + (error.retryAfter ? error.retryAfter * 1_000 : FAILURE_PAUSE_MS);
    }
  }

  async function tell(session: SessionRow): Promise<void> {
    metrics.completionsByPolling.inc();
    const newest = await store.read(({ webhooks: inbox }) => inbox.getLastReceivedAt());
    const noneSince = newest === undefined || newest < session.invited_at;
    if (!noneSince || clock.now() < alertAgain) return;
    alertAgain = clock.now() + ALERT_INTERVAL_MS;
    log.error(
      { alert: 'webhooks_do_not_arrive' },
      'a completion was found by asking, and no webhook has come since that invite: check the address that Evalon was given',
    );
  }

  async function round(): Promise<number | undefined> {
    const wait = notBefore - clock.now();
    if (wait > 0) return wait;
    if (!started) await store.write(({ sessions }) => sessions.expeditePolls(timestamp(clock)));
    started = true;
    const [session] = await store.read(({ sessions }) => sessions.listDuePolls(timestamp(clock), 1));
    if (!session) {
      const next = await store.read(({ sessions }) => sessions.getNextPollAt());
      const due = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next);
      // Whatever is committed meanwhile gets its first look later than this.
      notBefore = Math.min(due, clock.now() + FIRST_POLL_MS);
      return notBefore - clock.now();
    }
    notBefore = clock.now() + MIN_POLL_GAP_MS;
    await look(session);
    return Math.max(notBefore - clock.now(), 0);
  }
  return startJobLoop({ store, clock, log, name: 'reconcile', tables: ['sessions'], tick: round });
}

/** Answers whether it is news: neither final nor claimed before. */
async function storeIfNew(
  queries: Queries,
  clock: Clock,
  scorecard: Parameters<typeof storeFinalScorecard>[2],
): Promise<boolean> {
  const held = await queries.sessions.get(scorecard.session_uuid);
  await storeFinalScorecard(queries, clock, scorecard);
  return held !== undefined && held.scorecard === null && held.claimed_at === null;
}

async function postponePoll(queries: Queries, clock: Clock, { session_uuid }: SessionRow): Promise<void> {
  const session = await queries.sessions.get(session_uuid);
  if (!session?.poll_after) return;
  const isOver = clock.now() - Date.parse(session.updated_at) >= GIVE_UP_AFTER_MS;
  const poll_after = isOver ? null : timestamp(clock, POLL_INTERVALS_MS[session.poll_count] ?? MAX_POLL_INTERVAL_MS);
  await queries.sessions.upsert({ ...session, poll_after, poll_count: session.poll_count + 1 });
}
