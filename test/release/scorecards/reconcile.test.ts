import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maxPerMinute } from '../../support/fake-clock.ts';
import { startWithoutWebhooks } from '../../support/reconciler.ts';

const MINUTE_MS = 60_000;

describe('without webhooks', () => {
  it('the proxy finds 300 completions within 20 minutes, with at most 20 polls a minute', async (test) => {
    const { clock, completed, polls, update, getStatus } = await startWithoutWebhooks(test);
    for (let n = 1; n <= 300; n++) {
      await update(n);
      completed.add(`sess_${n}`);
    }
    await clock.advance(20 * MINUTE_MS);
    for (let n = 1; n <= 300; n++) assert.equal(await getStatus(n), 'completed', `session ${n}`);
    assert.equal(polls.length, 300);
    assert.ok(maxPerMinute(polls) <= 20);
  });
});
