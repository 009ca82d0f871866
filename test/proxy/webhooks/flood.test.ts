import { describe, it } from 'node:test';
import { assertClaimsAreHarmless } from '../../support/claim-flood.ts';

describe('a thousand false completions with the correct webhook token', () => {
  it('change no status, cost no more than ten reads a minute, and delay no request', (test) =>
    assertClaimsAreHarmless(test, { claimCount: 1_000, sessionCount: 50 }));
});
