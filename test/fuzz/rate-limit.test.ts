/** The rate limiter on a fake clock, with random arrivals, durations, failures and cancelled calls. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { pino } from 'pino';
import { PRIORITIES } from '../../proxy/rate-limit/priorities.ts';
import { createCallScheduler } from '../../proxy/rate-limit/scheduler.ts';
import { ProxyError, RateLimited, UpstreamUnavailable } from '../../proxy/util/errors.ts';
import { createTestClock } from '../support/fake-clock.ts';
import { createMemoryPermitStore } from '../support/memory-permit-store.ts';
import { testProperty } from '../support/property.ts';
import { createSeededRandom } from '../support/seeded-random.ts';

const MINUTE_MS = 60_000;

const call = fc.record({
  afterPreviousMs: fc.oneof(fc.constant(0), fc.nat({ max: 200 }), fc.nat({ max: 20_000 })),
  priority: fc.constantFrom(...PRIORITIES),
  durationMs: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 9_999 })),
  outcome: fc.oneof(
    { weight: 8, arbitrary: fc.constant('ok' as const) },
    fc.constantFrom('429' as const, '429 for 7 s' as const, 'down' as const, 'cancelled' as const),
  ),
});
const traffic = fc.record({
  ratePerMinute: fc.integer({ min: 1, max: 12 }),
  calls: fc.array(call, { minLength: 1, maxLength: 60 }),
  seed: fc.nat({ max: 1_000 }),
});

function respond(outcome: string): string {
  if (outcome === '429') throw new RateLimited('429');
  if (outcome === '429 for 7 s') throw new RateLimited('429', { retryAfterSeconds: 7 });
  if (outcome === 'down') throw new UpstreamUnavailable('down', 503);
  return outcome;
}

describe('the rate limiter', () => {
  testProperty(
    'never exceeds the rate, makes no call in a cooldown, and ends each call exactly once',
    { shareOfCases: 0.03 },
    traffic,
    async ({ ratePerMinute, calls, seed }) => {
      const clock = createTestClock({ ticksPerTimer: 1 });
      const scheduler = createCallScheduler({
        ratePerMinute: () => ratePerMinute,
        permits: createMemoryPermitStore(clock),
        clock,
        random: createSeededRandom(seed),
        log: pino({ level: 'silent' }),
      });
      const startTimes: number[] = [];
      const results: unknown[] = [];
      let cooldownUntil = 0;
      for (const { afterPreviousMs, priority, durationMs, outcome } of calls) {
        await clock.advance(afterPreviousMs);
        const send = async () => {
          assert.ok(clock.now() >= cooldownUntil, 'a call starts in a cooldown');
          startTimes.push(clock.now());
          await new Promise<void>((resolve) => clock.runAfter(durationMs, resolve));
          if (outcome === '429 for 7 s') cooldownUntil = Math.max(cooldownUntil, clock.now() + 7_000);
          return respond(outcome);
        };
        scheduler
          .acquire(priority)
          .then((permit) => (outcome === 'cancelled' ? permit.cancel().then(() => 'ok') : permit.run(send)))
          .then(
            (result) => results.push(result),
            (error: unknown) => results.push(error),
          );
      }
      // Even at the lowest rate, all calls end within this time.
      const maxMinutes = 300;
      for (let minute = 0; results.length < calls.length && minute < maxMinutes; minute++)
        await clock.advance(MINUTE_MS);
      assert.equal(results.length, calls.length);
      for (const result of results) assert.ok(result === 'ok' || result instanceof ProxyError, String(result));
      for (const [index, at] of startTimes.entries()) {
        const previous = startTimes[index - ratePerMinute];
        assert.ok(
          previous === undefined || at - previous > MINUTE_MS,
          `${ratePerMinute + 1} calls within ${at - (previous ?? 0)} ms`,
        );
      }
      scheduler.close();
    },
  );
});
