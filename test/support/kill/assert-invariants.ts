/** Asserts that nothing is lost, repeated or reordered when the proxy is killed. */
import assert from 'node:assert/strict';
import { COPIES_OF_EACH_WEBHOOK } from './load.ts';
import { type KillOptions, runKillRounds } from './rounds.ts';

/** Three candidates who are invited individually, and five of the batch. */
const ASSESSMENTS_PER_ROUND = 3 + 5;
/** Four stages, the completion and two notes. */
const WEBHOOKS_PER_ASSESSMENT = 4 + 1 + 2;

export async function assertInvariantsSurviveKills(options: Pick<KillOptions, 'rounds' | 'seed'>): Promise<void> {
  const report = await runKillRounds({
    ...options,
    callsPerMinute: 6_000,
    batchRows: 6,
    largeBatchRows: 30,
    maxStagePauseMs: 250,
  });
  assert.deepEqual(report.wrongSessions, []);
  assert.deepEqual(report.wrongRows, []);
  assert.equal(report.wrongFrameCount, 0);
  assert.deepEqual([report.duplicatesAtEvalon, report.duplicatesInProxy], [0, 0]);
  assert.deepEqual(report.unfinishedCounts, { intents: 0, webhooks: 0, claims: 0, batches: 0 });
  assert.equal(report.integrityCheck, 'ok');
  assert.equal(report.webhookCount, options.rounds * ASSESSMENTS_PER_ROUND * WEBHOOKS_PER_ASSESSMENT);
  assert.equal(report.acknowledgementCount, COPIES_OF_EACH_WEBHOOK * report.webhookCount);
}
