/** Work that a commit may have left to do: woken by a commit of what it works on and by its own timer, one round at a time. */

import type { Store } from '../store/store.ts';
import type { TableName } from '../store/touched-tables.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { withRequestId } from '../util/request-context.ts';

export interface JobLoop {
  /** Ends when the round under way has. */
  stop(): Promise<void>;
}

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  name: string;
  /** Where its work is found. */
  tables: readonly TableName[];
  /**
   * Does what there is to do and answers in how many milliseconds to look again, or undefined: at the next commit, or
   * when it calls `wake`.
   */
  tick: (wake: () => void) => Promise<number | undefined>;
}

/** Milliseconds until a round that failed is tried again. */
const RETRY_MS = 1_000;

export function startJobLoop({ store, clock, log, name, tables, tick: round }: Options): JobLoop {
  let stopped = false;
  let woken = false;
  let running: Promise<void> | undefined;
  let cancelTimer = () => {};

  async function run(): Promise<void> {
    while (woken && !stopped) {
      woken = false;
      cancelTimer();
      const again = await round(wake).catch((error: unknown) => {
        log.error({ err: error, worker: name }, 'a round of work failed and will be tried again');
        return RETRY_MS;
      });
      if (again !== undefined && !stopped) cancelTimer = clock.runAfter(again, wake);
    }
    running = undefined;
  }

  function wake(): void {
    woken = true;
    if (!stopped) running ??= withRequestId(undefined, run);
  }

  const unsubscribe = store.onCommit(wake, tables);
  wake();
  return {
    async stop() {
      stopped = true;
      unsubscribe();
      cancelTimer();
      await running;
    },
  };
}
