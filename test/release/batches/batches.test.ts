import { describe, it } from 'node:test';
import { assertBatchSurvivesKills, assertLargeBatchDoesNotBlock } from '../../support/large-batches.ts';
import { startStack } from '../../support/start-stack.ts';

describe('a batch', () => {
  it('of 10,000 rows does not block other requests', async (test) => {
    const { recruiter } = await startStack(test);
    await assertLargeBatchDoesNotBlock(recruiter, 10_000);
  });

  it('of 3,000 rows gets one outcome for each row while the proxy is killed three times', (test) =>
    assertBatchSurvivesKills(test, { rowCount: 3_000, callsBeforeKills: [2, 9, 17] }));
});
