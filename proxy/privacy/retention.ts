/**
 * Forgets what has had its time: the event log after a day, acknowledged webhooks after thirty, sign-ins that are over, the audit record and
 * candidates nobody heard of when the settings say so.
 */
import { setImmediate } from 'node:timers/promises';
import { RETENTION } from '../audit/audit-log.ts';
import type { Config } from '../config/config.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { EraseCandidates } from './erase.ts';

const DAY = 24 * 60 * 60_000;
const WEBHOOKS_KEPT_FOR = 30 * DAY;
const WAITING_WEBHOOKS_KEPT = 100_000;
const EVENTS_KEPT_FOR = DAY;
const EVENTS_KEPT = 100_000;
/** Batches all of whose candidates were erased. */
const EMPTY_BATCHES_KEPT_FOR = DAY;
/** Milliseconds between two rounds. */
const EVERY = 10 * 60_000;
/** Milliseconds between two rounds that erase: each writes the whole database anew, and everybody waits for it. */
const ERASING_EVERY = DAY;
/** Rows forgotten by one commit: while it runs, nobody is answered. */
const ROWS_AT_ONCE = 1_000;
/** Candidates erased in one round; where there are more, the next one goes on. */
const ERASED_AT_ONCE = 1_000;

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
      if (!stopped && clock.now() >= eraseFrom && (await eraseQuiet(options)) < ERASED_AT_ONCE) {
        eraseFrom = clock.now() + ERASING_EVERY;
      }
      if (!stopped) await wipeTraces(options);
    } catch (error) {
      if (!stopped) log.error({ err: error }, 'pruning failed and will be tried again');
    }
    if (!stopped) cancel = clock.after(EVERY, round);
  }
  void round();
  return () => {
    stopped = true;
    cancel();
  };
}

async function prune({ store, clock, config }: PruneOptions): Promise<void> {
  const steps: ((queries: Queries) => Promise<number>)[] = [
    ({ inbox }) => inbox.prune(timestamp(clock, -WEBHOOKS_KEPT_FOR), WAITING_WEBHOOKS_KEPT, ROWS_AT_ONCE),
    ({ events }) => events.prune(timestamp(clock, -EVENTS_KEPT_FOR), EVENTS_KEPT, ROWS_AT_ONCE),
    ({ batches }) => batches.prune(timestamp(clock, -EMPTY_BATCHES_KEPT_FOR)),
    ({ signIns }) => signIns.prune(ROWS_AT_ONCE),
    ({ audit }) => audit.prune(timestamp(clock, -config().auditRetentionDays * DAY), ROWS_AT_ONCE),
  ];
  for (const step of steps) {
    while ((await store.write(step)) >= ROWS_AT_ONCE) await setImmediate();
  }
}

/** Answers how many were erased. */
async function eraseQuiet({ store, clock, erase, config }: PruneOptions): Promise<number> {
  const { retentionDays } = config();
  if (retentionDays === undefined) return 0;
  const before = timestamp(clock, -retentionDays * DAY);
  const quiet = await store.read(({ sessions }) => sessions.quietSince(before, ERASED_AT_ONCE));
  if (!quiet.length) return 0;
  await erase(quiet, RETENTION, before);
  return quiet.length;
}

/** What an erasure left behind that crashed, or that a backup stood in the way of. */
async function wipeTraces({ store }: PruneOptions): Promise<void> {
  if (await store.read(({ traces }) => traces.areLeft())) await store.wipe();
}
