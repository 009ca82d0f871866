/** Runs the ticks of a background job, one at a time. A commit to one of its tables, or its timer, starts a tick. */
import { LeaseLost } from '../store/job-store.ts';
import type { Store } from '../store/store.ts';
import type { TableName } from '../store/touched-tables.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { withRequestId } from '../util/request-context.ts';

export interface JobLoop {
  /** Resolves when the running tick has ended. */
  stop(): Promise<void>;
}

/** A job that other code can wake, without a commit. */
export interface WakeableJobLoop extends JobLoop {
  wake(): void;
}

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  name: string;
  /** A commit that writes one of these tables wakes the job. */
  tables: readonly TableName[];
  /**
   * Does the due work. Returns the milliseconds until the next tick, or undefined to wait for a commit or for `wake`.
   */
  tick: (wake: () => void) => Promise<number | undefined>;
}

/** Time until the next tick after a failed one. */
const RETRY_MS = 1_000;

export function startJobLoop({ store, clock, log, name, tables, tick }: Options): WakeableJobLoop {
  let isStopped = false;
  let isWoken = false;
  let running: Promise<void> | undefined;
  let cancelTimer = () => {};

  async function run(): Promise<void> {
    while (isWoken && !isStopped) {
      isWoken = false;
      cancelTimer();
      const delayMs = await tick(wake).catch((error: unknown) => {
        // The store wakes the job once this node runs the jobs again.
        if (error instanceof LeaseLost) return undefined;
        log.error({ err: error, job: name }, 'a background job failed; it will be tried again');
        return RETRY_MS;
      });
      if (delayMs !== undefined && !isStopped) cancelTimer = clock.runAfter(delayMs, wake);
    }
    running = undefined;
  }

  function wake(): void {
    isWoken = true;
    if (!isStopped) running ??= withRequestId(undefined, run);
  }

  const unsubscribe = store.onCommit(wake, tables);
  wake();
  return {
    wake,
    async stop() {
      isStopped = true;
      unsubscribe();
      cancelTimer();
      await running;
    },
  };
}
