/** Hours of traffic on a clock that stands still between two events, against Evalons that count strictly. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { LANES, type Lane, nextTurn } from '../../../proxy/rate-limit/priorities.ts';
import { createPace } from '../../../proxy/rate-limit/scheduler.ts';
import { createSlots, type Slot } from '../../../proxy/rate-limit/sliding-window.ts';
import { RateLimited, Unavailable, UpstreamUnavailable } from '../../../proxy/util/errors.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createStubPermitStore } from '../../support/permit-stores.ts';
import { createRateOracle } from '../../support/rate-oracle.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const RATE = 100;
/** Minutes that 5,000 calls take at the least. */
const LEAST = 49;

type Durations = (random: () => number) => number;
const DURATIONS: Readonly<Record<string, Durations>> = {
  '50 ms': () => 50,
  '1 s': () => SECOND,
  '9 s': () => 9 * SECOND,
  '50 ms to 9 s': (random) => Math.round(50 + random() * 8_950),
  'mostly 50 ms, sometimes 9 s': (random) => (random() < 0.9 ? 50 : 9 * SECOND),
};

function start(seed: number, duration: Durations) {
  const clock = createTestClock(undefined, 1);
  const random = createSeededRandom(seed);
  const ledger = createStubPermitStore();
  const pace = createPace({ ratePerMinute: () => RATE, ledger, clock, random, log: pino({ level: 'silent' }) });
  const windows = createRateOracle(clock, RATE, random);
  const opened = clock.now();
  const waits: Record<Lane, number[]> = { click: [], watched: [], read: [], reconcile: [], bulk: [] };
  const refused: Record<Lane, number> = { click: 0, watched: 0, read: 0, reconcile: 0, bulk: 0 };

  /** Notes how long the call waits for its turn, in milliseconds. */
  async function run(lane: Lane): Promise<void> {
    const asked = clock.now();
    const call = () => {
      waits[lane].push(clock.now() - asked);
      return windows.call(duration(random));
    };
    await pace.run(lane, call).catch(() => {
      refused[lane] += 1;
    });
  }

  /** Calls at random moments, so many a minute on average, while `on` says so. */
  function demand(lane: Lane, perMinute: number, on: () => boolean): void {
    const next = (-Math.log(1 - random()) * MINUTE) / perMinute;
    clock.runAfter(next, () => {
      if (!on()) return;
      void run(lane);
      demand(lane, perMinute, on);
    });
  }

  return { clock, pace, windows, waits, refused, run, demand, minutes: () => (clock.now() - opened) / MINUTE };
}

/** Queues rows in the lane, passes time until all are done, and answers the minutes that took. */
async function work(traffic: ReturnType<typeof start>, lane: Lane, rows: number): Promise<number> {
  let done = 0;
  let took = 0;
  for (let n = 0; n < rows; n++) {
    void traffic.run(lane).then(() => {
      done += 1;
      took = traffic.minutes();
    });
  }
  while (done < rows) await traffic.clock.advance(MINUTE);
  return took;
}

function percentile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}

for (const [name, duration] of Object.entries(DURATIONS)) {
  describe(`against strict windows, with calls of ${name}`, () => {
    it('5,000 rows take no longer than 1.2 times the least, without a 429', async () => {
      const traffic = start(1, duration);
      const took = await work(traffic, 'bulk', 5_000);
      assert.equal(traffic.windows.refusedCount, 0);
      assert.equal(traffic.windows.arrivalTimes.length, 5_000);
      assert.ok(took < LEAST * 1.2, `${took} minutes`);
    });

    it('ten clicks a minute wait less than 2 s beside 5,000 rows, without a 429', async () => {
      const traffic = start(2, duration);
      traffic.demand('click', 10, () => true);
      await work(traffic, 'bulk', 5_000);
      assert.equal(traffic.windows.refusedCount, 0);
      assert.ok(traffic.waits.click.length > 400);
      assert.equal(traffic.refused.click, 0);
      assert.ok(percentile(traffic.waits.click, 0.95) < 2 * SECOND, String(percentile(traffic.waits.click, 0.95)));
    });

    it('clicks that come eight at once, twice a minute, wait less than 2 s beside 5,000 rows', async () => {
      const traffic = start(5, duration);
      for (let minute = 0.5; minute < 60; minute += 0.5) {
        traffic.clock.runAfter(minute * MINUTE, () => {
          for (let n = 0; n < 8; n++) void traffic.run('click');
        });
      }
      await work(traffic, 'bulk', 5_000);
      assert.equal(traffic.windows.refusedCount, 0);
      assert.equal(traffic.refused.click, 0);
      assert.ok(percentile(traffic.waits.click, 0.95) < 2 * SECOND, String(percentile(traffic.waits.click, 0.95)));
    });

    it('neither bulk nor reads starve under 200 clicks a minute, nor clicks under all of them', async () => {
      const traffic = start(3, duration);
      for (const lane of ['bulk', 'reconcile', 'read'] as const) {
        for (let n = 0; n < 1_000; n++) void traffic.run(lane);
      }
      traffic.demand('watched', 30, () => true);
      traffic.demand('click', 200, () => true);
      await traffic.clock.advance(2 * MINUTE);
      const before = LANES.map((lane) => traffic.waits[lane].length);
      await traffic.clock.advance(10 * MINUTE);
      const each = LANES.map((lane, index) => (traffic.waits[lane].length - (before[index] ?? 0)) / 10);
      const [clicks = 0, watched = 0, read = 0, reconcile = 0, bulk = 0] = each;
      assert.equal(traffic.windows.refusedCount, 0);
      assert.ok(clicks > 60, String(each));
      assert.ok(watched > 7 && read > 3.5 && reconcile > 1.2 && bulk > 3.5, String(each));
      assert.ok(percentile(traffic.waits.click, 1) <= 10 * SECOND);
    });
  });
}

describe('a burst of results', () => {
  it('of 500 in a minute is read in 1.2 times the least, and one on somebody’s screen within 5 s', async () => {
    const traffic = start(4, () => 200);
    const watched: Promise<void>[] = [];
    const read: Promise<void>[] = [];
    for (let n = 0; n < 500; n++) {
      traffic.clock.runAfter(n * 120, () => (n % 50 ? read : watched).push(traffic.run(n % 50 ? 'read' : 'watched')));
    }
    await traffic.clock.advance(5 * MINUTE * 1.2);
    await Promise.all([...read, ...watched]);
    assert.equal(traffic.windows.arrivalTimes.length, 500);
    assert.equal(traffic.windows.refusedCount, 0);
    assert.ok(percentile(traffic.waits.watched, 1) < 5 * SECOND, String(traffic.waits.watched));
  });
});

describe('whatever happens', () => {
  /** A trace of all that can happen to a pace, from one seed; answers each call's life. Slots take a while to be stored. */
  async function trace(seed: number) {
    const random = createSeededRandom(seed);
    const clock = createTestClock(undefined, 1);
    const rate = 1 + Math.floor(random() * 30);
    const ledger = createStubPermitStore({
      start: () =>
        new Promise((resolve, reject) => {
          const isFull = random() < 0.05;
          clock.runAfter(random() * 300, () => (isFull ? reject(new Unavailable('')) : resolve()));
        }),
    });
    const pace = createPace({ ratePerMinute: () => rate, ledger, clock, random, log: pino({ level: 'silent' }) });
    const calls: { startedAt: number; answeredAt: number }[] = [];
    let [asked, ended, silentUntil] = [0, 0, 0];
    const faults: string[] = [];

    function call(): Promise<void> {
      const call = { startedAt: clock.now(), answeredAt: Number.POSITIVE_INFINITY };
      if (call.startedAt < silentUntil) faults.push(`a call started ${silentUntil - call.startedAt} ms too early`);
      calls.push(call);
      const held = calls.filter(({ answeredAt }) => answeredAt > clock.now() - MINUTE).length;
      if (held > rate) faults.push(`${held} calls in a minute, of ${rate}`);
      return new Promise((resolve, reject) => {
        clock.runAfter(Math.round(random() * 9 * SECOND), () => {
          call.answeredAt = clock.now();
          const luck = random();
          if (luck < 0.02) {
            const retryAfter = 1 + Math.floor(random() * 90);
            silentUntil = Math.max(silentUntil, clock.now() + retryAfter * SECOND);
            reject(new RateLimited('', { retryAfter }));
          } else if (luck < 0.04) reject(new RateLimited(''));
          else if (luck < 0.25) reject(new UpstreamUnavailable('', 503));
          else resolve();
        });
      });
    }

    for (let n = 0; n < 300; n++) {
      clock.runAfter(Math.round(random() * 20 * MINUTE), () => {
        const lane = LANES[Math.floor(random() * LANES.length)] ?? 'bulk';
        const leaving = new AbortController();
        if (random() < 0.2) clock.runAfter(random() * MINUTE, () => leaving.abort());
        asked += 1;
        pace.run(lane, call, { signal: leaving.signal }).then(
          () => (ended += 1),
          () => (ended += 1),
        );
      });
    }
    for (let minute = 0; minute < 600 && (minute < 21 || ended < asked); minute++) await clock.advance(MINUTE);
    return { asked, ended, faults, waiting: pace.look().waiting };
  }

  it('no more than the rate start in any minute counted from the answers, none too early, and each ends once', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { asked, ended, faults, waiting } = await trace(seed);
      assert.deepEqual(faults, [], `seed ${seed}`);
      assert.deepEqual([asked, ended], [300, 300], `seed ${seed}`);
      assert.deepEqual(waiting, { click: 0, watched: 0, read: 0, reconcile: 0, bulk: 0 });
    }
  });

  it('nobody goes before one who stands first, but for the share of a lane and the ceiling of reconciliation', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createSeededRandom(seed);
      const slots = createSlots();
      const rate = 5 + Math.floor(random() * 100);
      const underWay: Slot[] = [];
      let now = 0;
      for (let step = 0; step < 2_000; step++) {
        now += Math.floor(random() * SECOND);
        while (underWay.length && random() < 0.5) slots.end(underWay.shift() as Slot, now);
        const waiting = LANES.filter(() => random() < 0.6);
        const log = slots.at(now);
        const turn = nextTurn(log, waiting, { now, rate, promised: 0 });
        if ('askAt' in turn) {
          assert.ok(turn.askAt > now);
          continue;
        }
        assert.ok(waiting.includes(turn.lane));
        const before = waiting.slice(0, waiting.indexOf(turn.lane)).filter((lane) => lane !== 'reconcile');
        if (before.length) assert.ok(log.heldBy(turn.lane) < rate * 0.1 + 1, `seed ${seed}: ${turn.lane} went first`);
        underWay.push(slots.start(turn.lane, now));
        assert.ok(slots.at(now).held <= rate);
      }
    }
  });
});
