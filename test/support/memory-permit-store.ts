/** A permit store in memory, for tests of the rate limit that run for hours of simulated time. */
import type { PermitStore } from '../../proxy/rate-limit/permit-store.ts';
import type { PermitCounts, Priority } from '../../proxy/rate-limit/priorities.ts';
import { MAX_HOLD_MS, WINDOW_MS, type WindowForecast } from '../../proxy/rate-limit/sliding-window.ts';
import type { Queries } from '../../proxy/store/store.ts';
import type { Clock } from '../../proxy/util/clock.ts';

/** @param beforeCommit is called before each commit. If it rejects, the commit fails. */
export function createMemoryPermitStore(clock: Clock, beforeCommit: () => Promise<void> = async () => {}): PermitStore {
  const now = () => clock.monotonic();
  const permits = new Map<string, { priority: Priority; releasedAt: number }>();
  let cooldownUntil = 0;
  let lastId = 0;
  /** No test that uses this store writes anything together with a permit. */
  const noQueries = {} as Queries;

  function readForecast(countReleases: (held: PermitCounts) => number): WindowForecast {
    const at = now();
    const held = { interactive: 0, background: 0, bulk: 0 };
    const releasesInMs: number[] = [];
    for (const [id, { priority, releasedAt }] of permits) {
      if (releasedAt <= at) {
        permits.delete(id);
      } else {
        held[priority] += 1;
        releasesInMs.push(releasedAt - at);
      }
    }
    releasesInMs.sort((a, b) => a - b);
    const lastReleaseInMs = releasesInMs.at(-1) ?? 0;
    return {
      held,
      releasesInMs: releasesInMs.slice(0, countReleases(held)),
      lastReleaseInMs,
      cooldownMs: Math.max(cooldownUntil - at, 0),
    };
  }

  async function setReleased(id: string): Promise<void> {
    await beforeCommit();
    const permit = permits.get(id);
    if (permit) permit.releasedAt = now() + WINDOW_MS;
  }

  return {
    async acquire(choose, countReleases) {
      const forecast = readForecast(countReleases);
      const request = choose(forecast);
      if (!request) return { forecast };
      await beforeCommit();
      await request.record?.(noQueries);
      const permit = String(++lastId);
      permits.set(permit, { priority: request.priority, releasedAt: now() + MAX_HOLD_MS });
      return { permit };
    },
    async release(permit, { cooldownMs = 0 } = {}) {
      await setReleased(permit);
      cooldownUntil = Math.max(cooldownUntil, now() + cooldownMs);
    },
    async complete(permit, write) {
      await setReleased(permit);
      return write(noQueries);
    },
    async cancel(permit) {
      permits.delete(permit);
    },
    readForecast: async (countReleases) => readForecast(countReleases),
  };
}
