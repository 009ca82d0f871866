/**
 * Deletes rows whose retention has passed: events after one day, webhooks after 30 days, and expired sign-ins. The
 * settings define the retention of audit entries and inactive candidates.
 */
import { setImmediate } from 'node:timers/promises';
import { RETENTION_ACTOR } from '../audit/audit-log.ts';
import type { Config } from '../config/config.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { EraseCandidates } from './erase.ts';

const DAY_MS = 24 * 60 * 60_000;
const WEBHOOK_RETENTION_MS = 30 * DAY_MS;
const MAX_WAITING_WEBHOOKS = 100_000;
const EVENT_RETENTION_MS = DAY_MS;
const MAX_EVENTS = 100_000;
/** Retention of a batch whose candidates were all erased. */
const EMPTY_BATCH_RETENTION_MS = DAY_MS;
const PRUNE_INTERVAL_MS = 10 * 60_000;
/** Each erasure ends with a vacuum, and all queries wait for it. */
const ERASE_INTERVAL_MS = DAY_MS;
/** Rows deleted in one transaction. The proxy serves no request during the transaction. */
const ROWS_PER_DELETE = 1_000;
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

  async function tick(): Promise<void> {
    try {
      await prune(options);
      if (!isStopped && clock.now() >= nextErasureAt && (await eraseInactive(options)) < CANDIDATES_PER_ERASURE) {
        nextErasureAt = clock.now() + ERASE_INTERVAL_MS;
      }
      if (!isStopped) await runPendingVacuum(options);
    } catch (error) {
      if (!isStopped) log.error({ err: error }, 'failed to prune; it will be tried again');
    }
    if (!isStopped) cancelTimer = clock.runAfter(PRUNE_INTERVAL_MS, tick);
  }

  void tick();
  return () => {
    isStopped = true;
    cancelTimer();
  };
}

async function prune({ store, clock, config }: PruneOptions): Promise<void> {
  const ago = (ms: number) => timestamp(clock, -ms);
  const steps: ((queries: Queries) => Promise<number>)[] = [
    ({ webhooks }) => webhooks.prune(ago(WEBHOOK_RETENTION_MS), MAX_WAITING_WEBHOOKS, ROWS_PER_DELETE),
    ({ unreadWebhooks }) => unreadWebhooks.prune(ago(WEBHOOK_RETENTION_MS), ROWS_PER_DELETE),
    ({ events }) => events.prune(ago(EVENT_RETENTION_MS), MAX_EVENTS, ROWS_PER_DELETE),
    ({ batches }) => batches.prune(ago(EMPTY_BATCH_RETENTION_MS)),
    ({ sso }) => sso.prune(ROWS_PER_DELETE),
    ({ audit }) => audit.prune(ago(config().auditRetentionDays * DAY_MS), ROWS_PER_DELETE),
  ];
  for (const step of steps) {
    while ((await store.write(step)) >= ROWS_PER_DELETE) await setImmediate();
  }
}

/** Returns the number of inactive candidates. */
async function eraseInactive({ store, clock, erase, config }: PruneOptions): Promise<number> {
  const { retentionDays } = config();
  if (retentionDays === undefined) return 0;
  const inactiveSince = timestamp(clock, -retentionDays * DAY_MS);
  const keys = await store.read(({ candidates }) => candidates.listInactive(inactiveSince, CANDIDATES_PER_ERASURE));
  if (keys.length) await erase(keys, RETENTION_ACTOR, inactiveSince);
  return keys.length;
}

/** Runs the vacuum that an erasure could not finish because of a crash or a backup. */
async function runPendingVacuum({ store }: PruneOptions): Promise<void> {
  if (await store.read(({ pendingVacuum }) => pendingVacuum.isSet())) await store.vacuum();
}
