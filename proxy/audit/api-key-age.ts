/** Reminds IT that API keys are to be rotated: Evalon's guide asks for it every quarter. */

import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';

const DAY = 24 * 60 * 60_000;
/** Days of use here after which a key is old. */
const OLD = 90;

export interface KeyAge {
  /** Looks at the keys of the moment: at start, after each change of the settings, and once a day by itself. */
  look(): Promise<void>;
  stop(): void;
}

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'evalonKeyAge'>;
  apiKeys: () => readonly string[];
}

export function watchKeyAge({ store, clock, log, metrics, apiKeys }: Options): KeyAge {
  let cancel = () => {};

  async function look(): Promise<void> {
    cancel();
    cancel = clock.after(DAY, () => void look());
    try {
      metrics.evalonKeyAge.reset();
      for (const [index, key] of apiKeys().entries()) {
        const since = await store.write(({ hashes }) => hashes.firstSeen(key));
        const days = Math.floor((clock.now() - Date.parse(since)) / DAY);
        metrics.evalonKeyAge.set({ key: index + 1 }, days);
        if (days < OLD) continue;
        log.warn(
          { alert: 'evalon_key_old', key: index + 1, days },
          'an API key has been in use for a quarter: make a new one in the Evalon dashboard and rotate EVALON_API_KEY',
        );
      }
    } catch (error) {
      log.error({ err: error }, 'the age of the API keys could not be looked up');
    }
  }

  return { look, stop: () => cancel() };
}
