import { describe, it } from 'node:test';
import { assertRestartKeepsCooldown, assertRestartKeepsRate } from '../../support/restarted-rate-limit.ts';

describe('a proxy that restarts', () => {
  it('after SIGINT in the middle of a burst makes no more calls than the rate still allows', (test) =>
    assertRestartKeepsRate(test, 'SIGINT'));

  it('after SIGKILL in the middle of a burst makes no more calls than the rate still allows', (test) =>
    assertRestartKeepsRate(test, 'SIGKILL'));

  it('after SIGKILL in a cooldown makes no call until the time in Retry-After', (test) =>
    assertRestartKeepsCooldown(test));
});
