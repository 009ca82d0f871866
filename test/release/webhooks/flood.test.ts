import { describe, it } from 'node:test';
import { assertClaimsAreHarmless } from '../../support/claim-flood.ts';

describe('10,000 false completions with the correct webhook token', () => {
  it('change no status, cost no more than ten reads a minute, and delay no request', (test) =>
    assertClaimsAreHarmless(test, { claimCount: 10_000, sessionCount: 300 }));
});
