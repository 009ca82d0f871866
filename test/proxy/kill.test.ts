import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { killRounds } from '../support/kill/rounds.ts';

describe('a proxy that is killed at random moments', () => {
  it('loses no webhook that it acknowledged and applies each once, ends every row once and invites nobody twice', async () => {
    const killed = await killRounds({ rounds: 3, seed: 6, rate: 6_000, rows: 6, large: 30, step: 250 });
    assert.deepEqual(killed.wrongJourneys, []);
    assert.deepEqual(killed.wrongRows, []);
    assert.equal(killed.wrongFrames, 0);
    assert.deepEqual([killed.twiceAtEvalon, killed.twiceHere], [0, 0]);
    assert.deepEqual(killed.leftOver, { intents: 0, webhooks: 0, claims: 0, batches: 0 });
    assert.equal(killed.integrity, 'ok');
    assert.equal(killed.webhooks, 3 * 8 * 7);
    assert.equal(killed.acknowledgements, 5 * killed.webhooks);
  });
});
