/**
 * Deletes rows whose retention has passed, such as events after one day and webhooks after 30 days. The settings define
 * the retention of audit entries and inactive candidates.
 */
import { setImmediate } from 'node:timers/promises';
import { RETENTION_ACTOR } from '../audit/audit-log.ts';
import type { Config } from '../config/config.ts';
import { ACTIVITY_SOURCES, type Activity } from '../store/candidates.ts';
import { LeaseLost } from '../store/job-store.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { EraseCandidates } from './erase.ts';

const DAY_MS = 24 * 60 * 60_000;
const WEBHOOK_RETENTION_MS = 30 * DAY_MS;
/** The proxy keeps a waiting webhook while it is among this number of newest webhooks. */
const NEWEST_WEBHOOKS = 100_000;
const OUTBOUND_WEBHOOK_RETENTION_MS = 30 * DAY_MS;
/** Long, because the proxy recognizes a replayed webhook by the stored stage change. */
const STAGE_CHANGE_RETENTION_MS = 400 * DAY_MS;
const EVENT_RETENTION_MS = DAY_MS;
const MAX_EVENTS = 100_000;
/** Retention of a batch whose candidates were all erased. */
const EMPTY_BATCH_RETENTION_MS = DAY_MS;
const PRUNE_INTERVAL_MS = 10 * 60_000;
/** If the wall clock and the monotonic clock drift apart by more than this, the wall clock was set. */
const MAX_CLOCK_DRIFT_MS = 60_000;
/** Long, because each erasure ends with a vacuum, which blocks all queries. */
const ERASE_INTERVAL_MS = DAY_MS;
/** Rows deleted in one transaction. The proxy serves no request during the transaction. */
const ROWS_PER_DELETE = 250;
/** Rows read in one transaction. */
const INACTIVE_ROWS_PER_PAGE = 100;
/** Candidates erased before one vacuum. If there are more, the next pruning continues. */
const CANDIDATES_PER_ERASURE = 1_000;

export interface PruneOptions {
  store: Store;
  clock: Clock;
  log: Log;
  erase: EraseCandidates;
  config: () => Pick<Config, 'retentionDays' | 'auditRetentionDays'>;
}

/** Starts pruning at once and then regularly. Returns a function that stops it. */
export function startPruning(options: PruneOptions): () => void {
  const { clock, log } = options;
  let cancelTimer = () => {};
  let isStopped = false;
  let nextErasureAt = Number.NEGATIVE_INFINITY;
  const isClockSteady = createClockGuard(clock);

  async function deleteExpired(): Promise<void> {
    await prune(options);
    if (isStopped || clock.monotonic() < nextErasureAt) return;
    if ((await eraseInactive(options)) < CANDIDATES_PER_ERASURE) nextErasureAt = clock.monotonic() + ERASE_INTERVAL_MS;
  }

  async function tick(): Promise<void> {
    try {
      if (isClockSteady()) await deleteExpired();
      if (!isStopped) await runPendingVacuum(options);
    } catch (error) {
      if (!isStopped && !(error instanceof LeaseLost)) {
        log.error({ err: error }, 'failed to prune; it will be tried again');
      }
    }
    if (!isStopped) cancelTimer = clock.runAfter(PRUNE_INTERVAL_MS, tick);
  }

  void tick();
  return () => {
    isStopped = true;
    cancelTimer();
  };
}

/**
 * Creates a check that the wall clock has not jumped since the previous check. The first check returns false. So after
 * a start or a jump, nothing is deleted until the clock was steady from one pruning to the next.
 */
function createClockGuard(clock: Clock): () => boolean {
  let previousOffsetMs: number | undefined;
  return () => {
    const offsetMs = clock.now() - clock.monotonic();
    const isSteady = previousOffsetMs !== undefined && Math.abs(offsetMs - previousOffsetMs) < MAX_CLOCK_DRIFT_MS;
    previousOffsetMs = offsetMs;
    return isSteady;
  };
}

async function prune({ store, clock, config }: PruneOptions): Promise<void> {
  const ago = (ms: number) => timestamp(clock, -ms);
  const steps: ((queries: Queries) => Promise<number>)[] = [
    ({ webhooks }) => webhooks.prune(ago(WEBHOOK_RETENTION_MS), NEWEST_WEBHOOKS, ROWS_PER_DELETE),
    ({ unrecognizedWebhooks }) => unrecognizedWebhooks.prune(ago(WEBHOOK_RETENTION_MS), ROWS_PER_DELETE),
    ({ outbox }) => outbox.prune('webhook', ago(OUTBOUND_WEBHOOK_RETENTION_MS), ROWS_PER_DELETE),
    ({ stageChanges }) => stageChanges.prune(ago(STAGE_CHANGE_RETENTION_MS), ROWS_PER_DELETE),
    ({ events }) => events.prune(ago(EVENT_RETENTION_MS), MAX_EVENTS, ROWS_PER_DELETE),
    ({ batches }) => batches.prune(ago(EMPTY_BATCH_RETENTION_MS), ROWS_PER_DELETE),
    ({ sso }) => sso.prune(ROWS_PER_DELETE),
    ({ audit }) => audit.prune(ago(config().auditRetentionDays * DAY_MS), ROWS_PER_DELETE),
  ];
  for (const step of steps) {
    while ((await store.write(step)) >= ROWS_PER_DELETE) await setImmediate();
  }
}

/** Returns the number of inactive candidates, up to CANDIDATES_PER_ERASURE. */
async function eraseInactive({ store, clock, erase, config }: PruneOptions): Promise<number> {
  const { retentionDays } = config();
  if (retentionDays === undefined) return 0;
  const inactiveSince = timestamp(clock, -retentionDays * DAY_MS);
  const keys = await findInactive(store, inactiveSince);
  if (keys.length) await erase(keys, RETENTION_ACTOR, inactiveSince);
  return keys.length;
}

/** Returns the keys of up to CANDIDATES_PER_ERASURE candidates without activity since `before`. */
async function findInactive(store: Store, before: string): Promise<string[]> {
  const keys = new Set<string>();
  for (const source of ACTIVITY_SOURCES) {
    let after: Activity | undefined;
    do {
      const page = await store.read(async ({ candidates }) => {
        const rows = await candidates.listInactiveRows(source, before, after, INACTIVE_ROWS_PER_PAGE);
        for (const { candidate_key } of rows) {
          if (await candidates.isInactive(candidate_key, before)) keys.add(candidate_key);
        }
        return rows;
      });
      after = page.length === INACTIVE_ROWS_PER_PAGE ? page.at(-1) : undefined;
      // The proxy serves requests between two pages.
      await setImmediate();
    } while (after && keys.size < CANDIDATES_PER_ERASURE);
  }
  return [...keys].slice(0, CANDIDATES_PER_ERASURE);
}

/** Repeats the vacuum of an erasure that crashed, or that a backup blocked. */
async function runPendingVacuum({ store }: PruneOptions): Promise<void> {
  if (await store.read(({ pendingVacuum }) => pendingVacuum.isSet())) await store.vacuum();
}
