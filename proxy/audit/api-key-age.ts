/** Reminds IT that API keys are to be rotated: Evalon's guide asks for it every quarter. */

import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Days of use here after which a key is old. */
const MAX_KEY_AGE_DAYS = 90;

export interface KeyAgeMonitor {
  /** Looks at the keys of the moment: at start, after each change of the settings, and once a day by itself. */
  check(): Promise<void>;
  stop(): void;
}

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'evalonKeyAgeDays'>;
  apiKeys: () => readonly string[];
}

export function createKeyAgeMonitor({ store, clock, log, metrics, apiKeys }: Options): KeyAgeMonitor {
  let cancel = () => {};

  async function look(): Promise<void> {
    cancel();
    cancel = clock.runAfter(DAY_MS, () => void look());
    try {
      metrics.evalonKeyAgeDays.reset();
      for (const [index, key] of apiKeys().entries()) {
        const since = await store.write(({ apiKeys: seen }) => seen.recordFirstSeen(key));
        const days = Math.floor((clock.now() - Date.parse(since)) / DAY_MS);
        metrics.evalonKeyAgeDays.set({ key: index + 1 }, days);
        if (days < MAX_KEY_AGE_DAYS) continue;
        log.warn(
          { alert: 'evalon_key_old', key: index + 1, days },
          'an API key has been in use for a quarter: make a new one in the Evalon dashboard and rotate EVALON_API_KEY',
        );
      }
    } catch (error) {
      log.error({ err: error }, 'the age of the API keys could not be looked up');
    }
  }

  return { check: look, stop: () => cancel() };
}
