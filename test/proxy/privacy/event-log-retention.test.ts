import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startEventLog } from '../../support/event-log.ts';

const HOUR_MS = 60 * 60_000;

describe('the event log', () => {
  it('can replay events for 24 hours', async (test) => {
    const { clock, append, canResumeFrom } = await startEventLog(test);
    await append(2);
    await clock.advance(23 * HOUR_MS);
    await append(1);
    assert.equal(await canResumeFrom(0), true);
    await clock.advance(2 * HOUR_MS);
    assert.equal(await canResumeFrom(0), false);
    assert.equal(await canResumeFrom(2), true);
  });

  it('keeps its events if the clock jumps three days forward and back', async (test) => {
    const { clock, append, canResumeFrom } = await startEventLog(test);
    await append(2);
    await clock.advance(HOUR_MS);
    clock.jump(3 * 24 * HOUR_MS);
    await clock.advance(15 * 60_000);
    assert.equal(await canResumeFrom(0), true);
    clock.jump(-3 * 24 * HOUR_MS);
    await clock.advance(HOUR_MS);
    assert.equal(await canResumeFrom(0), true);
  });
});
