import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choosePriority, PRIORITIES } from '../../../proxy/rate-limit/priorities.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import {
  describeRandomTraffic,
  describeSteadyTraffic,
  quantile,
  startTraffic,
} from '../../support/simulated-traffic.ts';

const MINUTE_MS = 60_000;

const SEED_COUNT = 10;

describeSteadyTraffic('50 ms to 9 s');
describeRandomTraffic(SEED_COUNT);

describe('a burst of results', () => {
  it('of 500 in a minute is read at 80 a minute, and results on a screen are read first', async () => {
    const traffic = startTraffic({ seed: 4, durationMs: () => 200 });
    const reads: Promise<void>[] = [];
    // Every fiftieth result is on a screen.
    for (let n = 0; n < 500; n++) {
      traffic.clock.runAfter(n * 120, () => reads.push(traffic.call(n % 50 ? 'background' : 'interactive')));
    }
    await traffic.clock.advance(6.5 * MINUTE_MS);
    await Promise.all(reads);
    assert.equal(traffic.rateCounter.arrivalTimes.length, 500);
    assert.equal(traffic.rateCounter.refusedCount, 0);
    const longestWaitMs = quantile(traffic.waits.interactive, 1);
    assert.equal(longestWaitMs, 0);
  });
});

describe('the choice of a priority', () => {
  it('uses every free permit within the limits of the priorities, and never exceeds them', () => {
    const random = createSeededRandom(1);
    for (let n = 0; n < 20_000; n++) {
      const limit = 1 + Math.floor(random() * 120);
      const drawCount = () => Math.floor(random() * (limit + 2));
      const held = { interactive: drawCount(), background: drawCount(), bulk: drawCount() };
      const waiting = new Set(PRIORITIES.filter(() => random() < 0.6));
      const chosen = choosePriority(held, limit, waiting);
      const context = JSON.stringify({ limit, held, waiting: [...waiting], chosen });
      const free = limit - held.interactive - held.background - held.bulk;
      // Only interactive calls may use the last 20 % of the rate.
      const freeForOthers = Math.max(Math.floor(limit * 0.8), 1) - held.background - held.bulk;
      const mayStart = free > 0 && (waiting.has('interactive') || (waiting.size > 0 && freeForOthers > 0));
      assert.equal(chosen !== undefined, mayStart, context);
      if (chosen === undefined) continue;
      assert.ok(waiting.has(chosen), context);
      if (chosen !== 'interactive') assert.ok(freeForOthers > 0, context);
    }
  });
});
