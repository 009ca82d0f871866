import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runKillRounds } from '../support/kill/rounds.ts';

describe('a proxy that is killed at random moments', () => {
  it('loses no webhook that it acknowledged and applies each once, ends every row once and invites nobody twice', async () => {
    const killed = await runKillRounds({
      rounds: 3,
      seed: 6,
      callsPerMinute: 6_000,
      batchRows: 6,
      largeBatchRows: 30,
      maxStepMs: 250,
    });
    assert.deepEqual(killed.wrongSessions, []);
    assert.deepEqual(killed.wrongRows, []);
    assert.equal(killed.wrongFrameCount, 0);
    assert.deepEqual([killed.duplicatesAtEvalon, killed.duplicatesInProxy], [0, 0]);
    assert.deepEqual(killed.unfinishedCounts, { intents: 0, webhooks: 0, claims: 0, batches: 0 });
    assert.equal(killed.integrityCheck, 'ok');
    assert.equal(killed.webhookCount, 3 * 8 * 7);
    assert.equal(killed.acknowledgementCount, 5 * killed.webhookCount);
  });
});
