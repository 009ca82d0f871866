import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startClaims } from '../../support/completion-claims.ts';
import { waitFor } from '../../support/eventually.ts';

const SECOND_MS = 1_000;

describe('an unsigned completion', () => {
  it('uses no token if its scorecard is ready, so that 500 scorecards are read without a delay', async (test) => {
    const { evalon, getSession } = await startClaims(test, 500, { isUnsigned: true });
    evalon.outcome = 'ready';
    await waitFor(async () => (await getSession(1))?.status === 'completed' && evalon.calls === 500);
    assert.equal(new Set(evalon.requested).size, 500);
  });

  it('shares one database lookup with many commits while thousands of claims wait', async (test) => {
    const { clock, queries, put, buildClaims } = await startClaims(test, 3_000, { isUnsigned: true });
    await clock.advance(2 * SECOND_MS);
    queries.count = 0;
    for (let n = 4_000; n < 4_200; n++) await put(buildClaims(n, n));
    await clock.advance(0);
    assert.ok(queries.count <= 3, `${queries.count} lookups`);
  });
});
