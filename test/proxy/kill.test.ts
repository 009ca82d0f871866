import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runKillRounds } from '../support/kill/rounds.ts';

describe('a proxy that is killed at random moments', () => {
  it('applies every acknowledged webhook once, gives every row one outcome and invites no candidate twice', async () => {
    const report = await runKillRounds({
      rounds: 3,
      seed: 6,
      callsPerMinute: 6_000,
      batchRows: 6,
      largeBatchRows: 30,
      maxStepMs: 250,
    });
    assert.deepEqual(report.wrongSessions, []);
    assert.deepEqual(report.wrongRows, []);
    assert.equal(report.wrongFrameCount, 0);
    assert.deepEqual([report.duplicatesAtEvalon, report.duplicatesInProxy], [0, 0]);
    assert.deepEqual(report.unfinishedCounts, { intents: 0, webhooks: 0, claims: 0, batches: 0 });
    assert.equal(report.integrityCheck, 'ok');
    assert.equal(report.webhookCount, 3 * 8 * 7);
    assert.equal(report.acknowledgementCount, 5 * report.webhookCount);
  });
});
