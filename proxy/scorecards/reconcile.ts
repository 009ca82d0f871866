/**
 * For webhooks that never come: looks at open sessions, after their last news ever more rarely, whether Evalon has a
 * scorecard by now. Nothing else can be found by asking. Those with the newest news come first.
 */

import type { EvalonClient } from '../evalon/client.ts';
import { startWorker, type Worker } from '../jobs/job-loop.ts';
import { FIRST_LOOK } from '../sessions/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { NotReady, ProxyError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { complete } from './verify-completion.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds from one look to the next: 2, 5, 15, 30 and 60 minutes after the last news, then ever more. */
const PAUSES = [3 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR];
/** Milliseconds between the last looks, which go on as long as the session is open and heard of within the limit. */
const LONGEST_PAUSE = 24 * HOUR;
/** Milliseconds after the last news when nobody looks any more. */
const GIVE_UP = 90 * 24 * HOUR;

/** Milliseconds between two looks: twenty a minute at the most. */
const SPACING = 3_000;
/** Milliseconds after start until everything open is looked at: what came meanwhile may be on its way. */
const AFTER_START = 10_000;
/** Milliseconds until the next look where Evalon cannot be asked and does not say when. */
const PAUSE_AFTER_FAILURE = 30_000;
/** Milliseconds between two alerts that webhooks do not come. */
const ALERT_EVERY = HOUR;

export interface ReconcileOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'foundByLooking'>;
}

export function startReconcile(options: ReconcileOptions): Worker {
  const { store, evalon, clock, log, metrics } = options;
  const start = clock.now() + AFTER_START;
  let started = false;
  let notBefore = start;
  let alertAgain = 0;

  async function look(session: SessionRow): Promise<void> {
    try {
      const scorecard = await evalon.readScorecard(session, { lane: 'reconcile' });
      if (await store.write((queries) => found(queries, clock, scorecard))) await tell(session);
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      if (error instanceof NotReady) await store.write((queries) => lookLater(queries, clock, session));
      else notBefore = clock.now() + (error.retryAfter ? error.retryAfter * 1_000 : PAUSE_AFTER_FAILURE);
    }
  }

  async function tell(session: SessionRow): Promise<void> {
    metrics.foundByLooking.inc();
    const newest = await store.read(({ inbox }) => inbox.newest());
    const noneSince = newest === undefined || newest < session.invited_at;
    if (!noneSince || clock.now() < alertAgain) return;
    alertAgain = clock.now() + ALERT_EVERY;
    log.error(
      { alert: 'webhooks_do_not_arrive' },
      'a completion was found by asking, and no webhook has come since that invite: check the address that Evalon was given',
    );
  }

  async function round(): Promise<number | undefined> {
    const wait = notBefore - clock.now();
    if (wait > 0) return wait;
    if (!started) await store.write(({ sessions }) => sessions.lookAtAll(timestamp(clock)));
    started = true;
    const [session] = await store.read(({ sessions }) => sessions.toLook(timestamp(clock), 1));
    if (!session) {
      const next = await store.read(({ sessions }) => sessions.nextLook());
      const due = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next);
      // Whatever is committed meanwhile gets its first look later than this.
      notBefore = Math.min(due, clock.now() + FIRST_LOOK);
      return notBefore - clock.now();
    }
    notBefore = clock.now() + SPACING;
    await look(session);
    return Math.max(notBefore - clock.now(), 0);
  }
  return startWorker({ store, clock, log, name: 'reconcile', tables: ['sessions'], round });
}

/** Answers whether it is news: neither final nor claimed before. */
async function found(queries: Queries, clock: Clock, scorecard: Parameters<typeof complete>[2]): Promise<boolean> {
  const held = await queries.sessions.get(scorecard.session_uuid);
  await complete(queries, clock, scorecard);
  return held !== undefined && held.scorecard === null && held.claimed_at === null;
}

async function lookLater(queries: Queries, clock: Clock, { session_uuid }: SessionRow): Promise<void> {
  const session = await queries.sessions.get(session_uuid);
  if (!session?.look_after) return;
  const isOver = clock.now() - Date.parse(session.updated_at) >= GIVE_UP;
  const look_after = isOver ? null : timestamp(clock, PAUSES[session.looks] ?? LONGEST_PAUSE);
  await queries.sessions.put({ ...session, look_after, looks: session.looks + 1 });
}
