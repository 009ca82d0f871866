/**
 * Forgets what has had its time: the event log after a day, acknowledged webhooks after thirty, sign-ins that are over, the audit record and
 * candidates nobody heard of when the settings say so.
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
/** Batches all of whose candidates were erased. */
const EMPTY_BATCH_RETENTION_MS = DAY_MS;
/** Milliseconds between two rounds. */
const PRUNE_INTERVAL_MS = 10 * 60_000;
/** Milliseconds between two rounds that erase: each writes the whole database anew, and everybody waits for it. */
const ERASE_INTERVAL_MS = DAY_MS;
/** Rows forgotten by one commit: while it runs, nobody is answered. */
const DELETE_CHUNK_SIZE = 1_000;
/** Candidates erased in one round; where there are more, the next one goes on. */
const ERASE_CHUNK_SIZE = 1_000;

export interface PruneOptions {
  store: Store;
  clock: Clock;
  log: Log;
  erase: EraseCandidates;
  /** The settings of the moment. */
  config: () => Pick<Config, 'retentionDays' | 'auditRetentionDays'>;
}

/** Prunes now and then; the answer ends that. */
export function startPruning(options: PruneOptions): () => void {
  const { clock, log } = options;
  let cancel = () => {};
  let stopped = false;
  let eraseFrom = Number.NEGATIVE_INFINITY;
  async function round(): Promise<void> {
    try {
      await prune(options);
      if (!stopped && clock.now() >= eraseFrom && (await eraseInactive(options)) < ERASE_CHUNK_SIZE) {
        eraseFrom = clock.now() + ERASE_INTERVAL_MS;
      }
      if (!stopped) await runPendingVacuum(options);
    } catch (error) {
      if (!stopped) log.error({ err: error }, 'pruning failed and will be tried again');
    }
    if (!stopped) cancel = clock.runAfter(PRUNE_INTERVAL_MS, round);
  }
  void round();
  return () => {
    stopped = true;
    cancel();
  };
}

async function prune({ store, clock, config }: PruneOptions): Promise<void> {
  const steps: ((queries: Queries) => Promise<number>)[] = [
    ({ webhooks: inbox }) =>
      inbox.prune(timestamp(clock, -WEBHOOK_RETENTION_MS), MAX_WAITING_WEBHOOKS, DELETE_CHUNK_SIZE),
    ({ events }) => events.prune(timestamp(clock, -EVENT_RETENTION_MS), MAX_EVENTS, DELETE_CHUNK_SIZE),
    ({ batches }) => batches.prune(timestamp(clock, -EMPTY_BATCH_RETENTION_MS)),
    ({ sso: signIns }) => signIns.prune(DELETE_CHUNK_SIZE),
    ({ audit }) => audit.prune(timestamp(clock, -config().auditRetentionDays * DAY_MS), DELETE_CHUNK_SIZE),
  ];
  for (const step of steps) {
    while ((await store.write(step)) >= DELETE_CHUNK_SIZE) await setImmediate();
  }
}

/** Answers how many were erased. */
async function eraseInactive({ store, clock, erase, config }: PruneOptions): Promise<number> {
  const { retentionDays } = config();
  if (retentionDays === undefined) return 0;
  const before = timestamp(clock, -retentionDays * DAY_MS);
  const quiet = await store.read(({ sessions }) => sessions.listInactiveSince(before, ERASE_CHUNK_SIZE));
  if (!quiet.length) return 0;
  await erase(quiet, RETENTION_ACTOR, before);
  return quiet.length;
}

/** What an erasure left behind that crashed, or that a backup stood in the way of. */
async function runPendingVacuum({ store }: PruneOptions): Promise<void> {
  if (await store.read(({ pendingVacuum: traces }) => traces.isSet())) await store.vacuum();
}
