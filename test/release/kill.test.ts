import { describe, it } from 'node:test';
import { assertInvariantsSurviveKills } from '../support/kill/assert-invariants.ts';

describe('a proxy that is killed ten times at random moments', () => {
  it('applies every acknowledged webhook once, gives every row one outcome and invites no candidate twice', () =>
    assertInvariantsSurviveKills({ rounds: 10, seed: 6 }));
});
