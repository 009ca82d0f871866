/** Reminds IT to rotate Evalon's API keys: Evalon's guide recommends a rotation every quarter. */
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';

const DAY_MS = 24 * 60 * 60_000;
const MAX_KEY_AGE_DAYS = 90;

export interface KeyAgeMonitor {
  /** Checks the current keys now, and then once a day. Call this at startup and after each reload of the settings. */
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
  let cancelTimer = () => {};

  async function check(): Promise<void> {
    cancelTimer();
    cancelTimer = clock.runAfter(DAY_MS, () => void check());
    try {
      // Drops the ages of keys that are no longer set.
      metrics.evalonKeyAgeDays.reset();
      for (const [index, apiKey] of apiKeys().entries()) {
        const keyNumber = index + 1;
        const firstSeenAt = await store.write((queries) => queries.apiKeys.recordFirstSeen(apiKey));
        const days = Math.floor((clock.now() - Date.parse(firstSeenAt)) / DAY_MS);
        metrics.evalonKeyAgeDays.set({ key: keyNumber }, days);
        if (days < MAX_KEY_AGE_DAYS) continue;
        log.warn(
          { alert: 'evalon_key_old', key: keyNumber, days },
          'an API key has been in use for a quarter: create a new one in the Evalon dashboard and rotate EVALON_API_KEY',
        );
      }
    } catch (error) {
      log.error({ err: error }, 'failed to check the age of the API keys');
    }
  }

  return { check, stop: () => cancelTimer() };
}
