/** Tests the rate limiter with hours of simulated traffic, against an Evalon that counts calls in every window. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { PRIORITIES, type Priority } from '../../proxy/rate-limit/priorities.ts';
import { createCallScheduler } from '../../proxy/rate-limit/scheduler.ts';
import { RateLimited, Unavailable, UpstreamUnavailable } from '../../proxy/util/errors.ts';
import { createTestClock } from './fake-clock.ts';
import { createMemoryPermitStore } from './memory-permit-store.ts';
import { createSeededRandom } from './seeded-random.ts';
import { createStrictRateCounter } from './strict-rate-counter.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const RATE_PER_MINUTE = 100;
/** Calls a minute that background and bulk calls may use together. */
const SHARED_RATE_PER_MINUTE = 80;
const BATCH_ROWS = 1_000;
/** How many random calls each simulation makes, and within how many minutes. */
const [RANDOM_CALLS, RANDOM_CALL_MINUTES] = [300, 20];
/** The longest simulated time until all random calls have ended. */
const MAX_MINUTES = 600;

type PickDurationMs = (random: () => number) => number;
export const CALL_DURATIONS = {
  '50 ms': { ms: () => 50, longestMs: 50 },
  '9 s': { ms: () => 9 * SECOND_MS, longestMs: 9 * SECOND_MS },
  '50 ms to 9 s': { ms: (random) => Math.round(50 + random() * 8_950), longestMs: 9 * SECOND_MS },
  'mostly 50 ms, sometimes 9 s': { ms: (random) => (random() < 0.9 ? 50 : 9 * SECOND_MS), longestMs: 9 * SECOND_MS },
} satisfies Record<string, { ms: PickDurationMs; longestMs: number }>;

export function startTraffic({ seed, durationMs }: { seed: number; durationMs: PickDurationMs }) {
  const clock = createTestClock({ ticksPerTimer: 1 });
  const random = createSeededRandom(seed);
  const permits = createMemoryPermitStore(clock);
  const log = pino({ level: 'silent' });
  const scheduler = createCallScheduler({ ratePerMinute: () => RATE_PER_MINUTE, permits, clock, random, log });
  const rateCounter = createStrictRateCounter(clock, RATE_PER_MINUTE, random);
  const startedAt = clock.now();
  /** Milliseconds that each call waited for its permit. */
  const waits: Record<Priority, number[]> = { interactive: [], background: [], bulk: [] };
  const refused: Record<Priority, number> = { interactive: 0, background: 0, bulk: 0 };

  async function call(priority: Priority): Promise<void> {
    const requestedAt = clock.now();
    try {
      const permit = await scheduler.acquire(priority);
      await permit.run(() => {
        waits[priority].push(clock.now() - requestedAt);
        return rateCounter.call(durationMs(random));
      });
    } catch {
      refused[priority] += 1;
    }
  }

  /** Makes calls at random moments, `perMinute` on average, until `isOn` returns false. */
  function callRandomly(priority: Priority, perMinute: number, isOn: () => boolean): void {
    const nextMs = (-Math.log(1 - random()) * MINUTE_MS) / perMinute;
    clock.runAfter(nextMs, () => {
      if (!isOn()) return;
      void call(priority);
      callRandomly(priority, perMinute, isOn);
    });
  }

  return {
    clock,
    scheduler,
    rateCounter,
    waits,
    refused,
    call,
    callRandomly,
    minutes: () => (clock.now() - startedAt) / MINUTE_MS,
  };
}

/** Makes this many calls and returns the minutes until all have ended. */
async function completeCalls(
  traffic: ReturnType<typeof startTraffic>,
  priority: Priority,
  count: number,
): Promise<number> {
  let completed = 0;
  let minutes = 0;
  for (let n = 0; n < count; n++) {
    void traffic.call(priority).then(() => {
      completed += 1;
      minutes = traffic.minutes();
    });
  }
  while (completed < count) await traffic.clock.advance(MINUTE_MS);
  return minutes;
}

export function quantile(values: readonly number[], fraction: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * fraction)] ?? 0;
}

export function describeSteadyTraffic(name: keyof typeof CALL_DURATIONS): void {
  const { ms, longestMs } = CALL_DURATIONS[name];
  describe(`with calls of ${name}, and an Evalon that counts calls in every window`, () => {
    it(`${BATCH_ROWS} bulk calls use their whole 80 % of the rate, without a 429`, async () => {
      const traffic = startTraffic({ seed: 1, durationMs: ms });
      const minutes = await completeCalls(traffic, 'bulk', BATCH_ROWS);
      const minMinutes = ((Math.ceil(BATCH_ROWS / SHARED_RATE_PER_MINUTE) - 1) * (MINUTE_MS + longestMs)) / MINUTE_MS;
      assert.equal(traffic.rateCounter.refusedCount, 0);
      assert.equal(traffic.rateCounter.arrivalTimes.length, BATCH_ROWS);
      assert.ok(minutes < minMinutes * 1.05 + 0.5, `${minutes} minutes, minimum ${minMinutes}`);
    });

    it('95 % of ten interactive calls a minute wait less than 2 s while a batch runs, without a 429', async () => {
      const traffic = startTraffic({ seed: 2, durationMs: ms });
      traffic.callRandomly('interactive', 10, () => true);
      await completeCalls(traffic, 'bulk', BATCH_ROWS);
      const p95 = quantile(traffic.waits.interactive, 0.95);
      assert.equal(traffic.rateCounter.refusedCount, 0);
      // The batch takes at least twelve minutes.
      assert.ok(traffic.waits.interactive.length > 80);
      assert.equal(traffic.refused.interactive, 0);
      assert.ok(p95 < 2 * SECOND_MS, String(p95));
    });

    it('eight concurrent interactive calls every minute do not wait while a batch runs', async () => {
      const traffic = startTraffic({ seed: 5, durationMs: ms });
      for (let minute = 0.5; minute < 12; minute++) {
        traffic.clock.runAfter(minute * MINUTE_MS, () => {
          for (let n = 0; n < 8; n++) void traffic.call('interactive');
        });
      }
      await completeCalls(traffic, 'bulk', BATCH_ROWS);
      assert.equal(traffic.rateCounter.refusedCount, 0);
      assert.equal(traffic.refused.interactive, 0);
      assert.equal(quantile(traffic.waits.interactive, 1), 0);
    });
  });
}

export function describeInteractiveOverload(name: keyof typeof CALL_DURATIONS): void {
  const { ms } = CALL_DURATIONS[name];
  describe(`with calls of ${name}, and an Evalon that counts calls in every window`, () => {
    it('no priority starves under 200 interactive calls a minute', async () => {
      const traffic = startTraffic({ seed: 3, durationMs: ms });
      for (const priority of ['bulk', 'background'] as const) {
        for (let n = 0; n < 1_000; n++) void traffic.call(priority);
      }
      traffic.callRandomly('interactive', 200, () => true);
      await traffic.clock.advance(2 * MINUTE_MS);
      const before = PRIORITIES.map((priority) => traffic.waits[priority].length);
      await traffic.clock.advance(10 * MINUTE_MS);
      const perMinute = PRIORITIES.map((priority, n) => (traffic.waits[priority].length - (before[n] ?? 0)) / 10);
      const [interactive = 0, background = 0, bulk = 0] = perMinute;
      assert.equal(traffic.rateCounter.refusedCount, 0);
      // The guaranteed shares are 20, 10 and 5 calls a minute. The last two bounds include a tolerance.
      assert.ok(interactive >= 20 && background >= 8 && bulk >= 4, String(perMinute));
      assert.ok(quantile(traffic.waits.interactive, 1) <= 10 * SECOND_MS);
    });
  });
}

/** Tests the scheduler with this many seeds. */
export function describeRandomTraffic(seeds: number): void {
  describe('with random calls, failures and cooldowns', () => {
    /** Makes random calls that succeed, fail, are refused or are cancelled. Commits of permits sometimes fail. */
    async function simulate(seed: number) {
      const random = createSeededRandom(seed);
      const clock = createTestClock({ ticksPerTimer: 1 });
      const rate = 1 + Math.floor(random() * 30);
      const permits = createMemoryPermitStore(clock, () => {
        const fails = random() < 0.05;
        return new Promise((resolve, reject) => {
          clock.runAfter(random() * 300, () => (fails ? reject(new Unavailable('')) : resolve()));
        });
      });
      const log = pino({ level: 'silent' });
      const scheduler = createCallScheduler({ ratePerMinute: () => rate, permits, clock, random, log });
      const calls: { startedAt: number; respondedAt: number }[] = [];
      let [requested, ended, cooldownUntil] = [0, 0, 0];
      const faults: string[] = [];

      function send(): Promise<void> {
        const call = { startedAt: clock.now(), respondedAt: Number.POSITIVE_INFINITY };
        if (call.startedAt < cooldownUntil)
          faults.push(`a call started ${cooldownUntil - call.startedAt} ms too early`);
        calls.push(call);
        const callsInMinute = calls.filter(({ respondedAt }) => respondedAt > clock.now() - MINUTE_MS).length;
        if (callsInMinute > rate) faults.push(`${callsInMinute} calls in a minute, but the rate is ${rate}`);
        return new Promise((resolve, reject) => {
          clock.runAfter(Math.round(random() * 9 * SECOND_MS), () => {
            call.respondedAt = clock.now();
            const outcome = random();
            if (outcome < 0.02) {
              const retryAfterSeconds = 1 + Math.floor(random() * 90);
              cooldownUntil = Math.max(cooldownUntil, clock.now() + retryAfterSeconds * SECOND_MS);
              reject(new RateLimited('', { retryAfterSeconds }));
            } else if (outcome < 0.04) reject(new RateLimited(''));
            else if (outcome < 0.25) reject(new UpstreamUnavailable('', 503));
            else resolve();
          });
        });
      }

      for (let n = 0; n < RANDOM_CALLS; n++) {
        clock.runAfter(Math.round(random() * RANDOM_CALL_MINUTES * MINUTE_MS), () => {
          const priority = PRIORITIES[Math.floor(random() * PRIORITIES.length)] ?? 'bulk';
          const isCancelled = random() < 0.1;
          requested += 1;
          scheduler
            .acquire(priority)
            .then((permit) => (isCancelled ? permit.cancel() : permit.run(send)))
            .then(
              () => (ended += 1),
              () => (ended += 1),
            );
        });
      }
      for (let minute = 0; minute < MAX_MINUTES && (minute <= RANDOM_CALL_MINUTES || ended < requested); minute++)
        await clock.advance(MINUTE_MS);
      return { requested, ended, faults, waiting: (await scheduler.status()).waiting };
    }

    it('the scheduler never exceeds the rate, starts no call in a cooldown, and ends each call exactly once', async () => {
      for (let seed = 1; seed <= seeds; seed++) {
        const { requested, ended, faults, waiting } = await simulate(seed);
        assert.deepEqual(faults, [], `seed ${seed}`);
        assert.deepEqual([requested, ended, waiting], [RANDOM_CALLS, RANDOM_CALLS, 0], `seed ${seed}`);
      }
    });
  });
}
