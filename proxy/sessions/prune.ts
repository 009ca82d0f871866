/** Forgets what has had its time: the event log after a day, acknowledged webhooks after thirty. */
import { type Clock, timestamp } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

const DAY = 24 * 60 * 60_000;
const WEBHOOKS_KEPT_FOR = 30 * DAY;
const WAITING_WEBHOOKS_KEPT = 100_000;
const EVENTS_KEPT_FOR = DAY;
const EVENTS_KEPT = 100_000;
/** Milliseconds between two rounds. */
const EVERY = 10 * 60_000;

/** Prunes now and then; the answer ends that. */
export function startPruning({ store, clock, log }: { store: Store; clock: Clock; log: Log }): () => void {
  let cancel = () => {};
  let stopped = false;
  async function prune(): Promise<void> {
    try {
      await store.write(async ({ inbox, events }) => {
        await inbox.prune(timestamp(clock, -WEBHOOKS_KEPT_FOR), WAITING_WEBHOOKS_KEPT);
        await events.prune(timestamp(clock, -EVENTS_KEPT_FOR), EVENTS_KEPT);
      });
    } catch (error) {
      log.error({ err: error }, 'pruning failed and will be tried again');
    }
    if (!stopped) cancel = clock.after(EVERY, prune);
  }
  void prune();
  return () => {
    stopped = true;
    cancel();
  };
}
