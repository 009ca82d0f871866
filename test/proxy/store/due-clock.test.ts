/** Stored due times, while the wall clock jumps within a process or between two processes. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Clock } from '../../../proxy/util/clock.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { openStore } from '../../support/test-database.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MS_SINCE_BOOT = 5_000;

/** Schedules work that is due in ten minutes, stops, and returns how many minutes the next process waits for it. */
async function getWaitMinutes(test: TestContext, changeClock: (clock: ReturnType<typeof createTestClock>) => Clock) {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  const clock = createTestClock();
  const open = (current: Clock) => openStore(`${folder}/evalon.db`, 'https://api.evalon.example', current);
  const first = await open(clock);
  const dueAt = await first.write(async ({ dueClock }) => dueClock.dueAt(10 * MINUTE_MS));
  await first.close();
  const second = await open(changeClock(clock));
  const waitMs = second.dueClock.msUntil(dueAt);
  await second.close();
  return waitMs / MINUTE_MS;
}

/** Returns the clock after a restart of the machine: the wall clock continues, and the monotonic clock begins again. */
const restartMachine = (clock: Clock): Clock => ({ ...clock, monotonic: () => MS_SINCE_BOOT, bootId: 'another-boot' });

describe('due times', () => {
  it('do not change if the wall clock jumps', async (test) => {
    const clock = createTestClock();
    const store = await openStore(':memory:', 'https://api.evalon.example', clock);
    test.after(() => store.close());
    const dueAt = store.dueClock.dueAt(10 * MINUTE_MS);
    for (const jumpMs of [-2 * HOUR_MS, 5 * HOUR_MS, -30 * 24 * HOUR_MS]) {
      clock.jump(jumpMs);
      await clock.advance(MINUTE_MS);
    }
    assert.equal(store.dueClock.msUntil(dueAt), 7 * MINUTE_MS);
  });

  it('get closer while the proxy is down', async (test) => {
    const later = (clock: Clock): Clock => ({ ...clock, monotonic: () => clock.monotonic() + 4 * MINUTE_MS });
    assert.equal(await getWaitMinutes(test, later), 6);
  });

  for (const [direction, jumpMs] of [
    ['back', -2 * HOUR_MS],
    ['forward', 3 * HOUR_MS],
  ] as const) {
    it(`do not change if the clock is set ${direction} while the proxy is down`, async (test) => {
      const waitMinutes = await getWaitMinutes(test, (clock) => {
        clock.jump(jumpMs);
        return clock;
      });
      assert.equal(waitMinutes, 10);
    });
  }

  it('are not later if the machine restarts with an earlier clock', async (test) => {
    const waitMinutes = await getWaitMinutes(test, (clock) => {
      clock.jump(-2 * HOUR_MS);
      return restartMachine(clock);
    });
    assert.equal(waitMinutes, 10);
  });

  it('are reached after a restart of the machine, by the wall clock', async (test) => {
    const waitMinutes = await getWaitMinutes(test, (clock) => {
      clock.jump(HOUR_MS);
      return restartMachine(clock);
    });
    assert.equal(waitMinutes, -50);
  });
});
