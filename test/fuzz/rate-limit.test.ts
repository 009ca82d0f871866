/** The pace of calls, on a clock that stands still: arrivals, durations, refusals and changes of the rate of any sort. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { pino } from 'pino';
import { LANES } from '../../proxy/rate-limit/priorities.ts';
import { createPace } from '../../proxy/rate-limit/scheduler.ts';
import { ProxyError, RateLimited, UpstreamUnavailable } from '../../proxy/util/errors.ts';
import { createTestClock } from '../support/fake-clock.ts';
import { createStubPermitStore } from '../support/permit-stores.ts';
import { testProperty } from '../support/property.ts';
import { createSeededRandom } from '../support/seeded-random.ts';

const MINUTE = 60_000;

const call = fc.record({
  /** Milliseconds after the call before. */
  after: fc.oneof(fc.constant(0), fc.nat({ max: 200 }), fc.nat({ max: 20_000 })),
  lane: fc.constantFrom(...LANES),
  takes: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 9_999 })),
  ends: fc.oneof(
    { weight: 8, arbitrary: fc.constant('ok' as const) },
    fc.constantFrom('busy' as const, 'busy for 7 s' as const, 'down' as const),
  ),
});
const trace = fc.record({
  rate: fc.integer({ min: 1, max: 12 }),
  calls: fc.array(call, { minLength: 1, maxLength: 60 }),
  seed: fc.nat({ max: 1_000 }),
});

function endOf(ends: string): Promise<string> | string {
  if (ends === 'busy') throw new RateLimited('busy');
  if (ends === 'busy for 7 s') throw new RateLimited('busy', { retryAfter: 7 });
  if (ends === 'down') throw new UpstreamUnavailable('down', 503);
  return ends;
}

describe('the pace', () => {
  testProperty(
    'keeps the rate in any minute, is silent when it was asked to be, and ends each call once',
    0.03,
    trace,
    async ({ rate, calls, seed }) => {
      const clock = createTestClock(undefined, 1);
      const pace = createPace({
        ratePerMinute: () => rate,
        ledger: createStubPermitStore(),
        clock,
        random: createSeededRandom(seed),
        log: pino({ level: 'silent' }),
      });
      const started: number[] = [];
      const outcomes: unknown[] = [];
      let silentUntil = 0;
      for (const { after, lane, takes, ends } of calls) {
        await clock.advance(after);
        pace
          .run(lane, async () => {
            assert.ok(clock.now() >= silentUntil, 'a call during the silence that Evalon asked for');
            started.push(clock.now());
            await new Promise<void>((resolve) => clock.runAfter(takes, resolve));
            if (ends === 'busy for 7 s') silentUntil = Math.max(silentUntil, clock.now() + 7_000);
            return endOf(ends);
          })
          .then(
            (answer) => outcomes.push(answer),
            (error: unknown) => outcomes.push(error),
          );
      }
      // However few a minute may start: all have ended by then.
      for (let minutes = 0; outcomes.length < calls.length && minutes < 300; minutes++) await clock.advance(MINUTE);
      assert.equal(outcomes.length, calls.length);
      for (const outcome of outcomes) assert.ok(outcome === 'ok' || outcome instanceof ProxyError, String(outcome));
      for (const [index, at] of started.entries()) {
        const before = started[index - rate];
        assert.ok(before === undefined || at - before > MINUTE, `${rate + 1} calls within ${at - (before ?? 0)} ms`);
      }
      pace.close();
    },
  );
});
