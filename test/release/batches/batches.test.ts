import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertBatchSurvivesKills, assertLargeBatchDoesNotBlock } from '../../support/large-batches.ts';
import { startStack } from '../../support/start-stack.ts';

describe('a batch', () => {
  it('of 10,000 rows is accepted within seconds, and does not block other requests', async (test) => {
    const { recruiter } = await startStack(test);
    const acceptedAfterMs = await assertLargeBatchDoesNotBlock(recruiter, 10_000);
    assert.ok(acceptedAfterMs < 5_000, `${acceptedAfterMs} ms`);
  });

  it('of 3,000 rows gets one outcome for each row while the proxy is killed three times', (test) =>
    assertBatchSurvivesKills(test, { rows: 3_000, callsBeforeKills: [2, 9, 17] }));
});
