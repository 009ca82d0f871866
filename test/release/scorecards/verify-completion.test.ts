import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startClaims } from '../../support/completion-claims.ts';
import { waitFor } from '../../support/eventually.ts';

const SECOND_MS = 1_000;

describe('unsigned completions', () => {
  it('do not count against the limit of unsigned reads if the scorecards are ready, so 500 are read without a delay', async (test) => {
    const { evalon, getSession } = await startClaims(test, 500, { isUnsigned: true });
    evalon.outcome = 'ready';
    await waitFor(async () => (await getSession(1))?.status === 'completed' && evalon.calls === 500);
    assert.equal(new Set(evalon.requestedUuids).size, 500);
  });

  it('cause at most three database lookups for 200 commits while 3,000 claims wait', async (test) => {
    const { clock, queries, upsertSessions, buildClaims } = await startClaims(test, 3_000, { isUnsigned: true });
    await clock.advance(2 * SECOND_MS);
    queries.count = 0;
    for (let n = 4_000; n < 4_200; n++) await upsertSessions(buildClaims(n, n));
    await clock.advance(0);
    assert.ok(queries.count <= 3, `${queries.count} lookups`);
  });
});
