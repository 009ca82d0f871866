import { assert } from 'chai';
import type { InviteResult } from '../../../widget/api/client.ts';
import { WidgetProblem } from '../../../widget/api/errors.ts';
import { Invites, type PendingInvite } from '../../../widget/sync/invites.ts';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';

const SECOND_MS = 1_000;
const JANE = { candidate_email: 'jane@example.com', project_id: 'p1' };
const INVITE = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing' };
const invited = { session: {}, created: true } as InviteResult;

/** Sends an invite that Evalon accepts after these refusals, given by the seconds of `Retry-After` or undefined. */
function sendInvite(...refusals: (number | undefined)[]) {
  const clock = new WidgetTestClock();
  const startedAt = clock.now();
  const sentAtSeconds: number[] = [];
  const waitsSeconds: number[] = [];
  const invites = new Invites(
    async () => {
      sentAtSeconds.push((clock.now() - startedAt) / SECOND_MS);
      if (sentAtSeconds.length > refusals.length) return invited;
      const retryAfter = refusals[sentAtSeconds.length - 1];
      throw new WidgetProblem('rate_limited', { status: 429, retryAfter });
    },
    clock,
    { onChange() {}, onSession() {} },
  );
  const pending = invites.send(INVITE);
  pending.onWait = (ms) => waitsSeconds.push(ms / SECOND_MS);
  let outcome: unknown = 'none';
  pending.result.then(
    (result) => (outcome = result),
    (problem: unknown) => (outcome = problem),
  );
  return { clock, invites, pending, sentAtSeconds, waitsSeconds, getOutcome: () => outcome };
}

const countSecondsLeft = ({ retryAt = Number.NaN }: PendingInvite, clock: WidgetTestClock) =>
  (retryAt - clock.now()) / SECOND_MS;

describe('an invite while Evalon is busy', () => {
  it('is sent again automatically, shortly after its `Retry-After`', async () => {
    const { clock, invites, pending, sentAtSeconds, waitsSeconds, getOutcome } = sendInvite(20);
    await flushPromises();
    // `Retry-After` and a jitter of 1 to 3 s.
    assert.equal(countSecondsLeft(pending, clock), 22);
    assert.equal(invites.getPending(JANE), pending);
    await clock.advance(21_999);
    assert.deepEqual(sentAtSeconds, [0]);
    await clock.advance(1);
    assert.deepEqual(sentAtSeconds, [0, 22]);
    assert.equal(getOutcome(), invited);
    assert.isUndefined(invites.getPending(JANE));
    assert.deepEqual(waitsSeconds, [22]);
  });

  it('is delayed by a random jitter', async () => {
    for (const [random, wait] of [
      [0, 21],
      [0.999_999, 23],
    ] as const) {
      const { clock, pending } = sendInvite(20);
      clock.randomValue = random;
      await flushPromises();
      assert.approximately(countSecondsLeft(pending, clock), wait, 0.001);
    }
  });

  it('is sent at most five times, and reports once that it waits', async () => {
    const { clock, sentAtSeconds, waitsSeconds, getOutcome } = sendInvite(5, 5, 5, 5, 5, 5);
    await clock.advance(180_000);
    assert.lengthOf(sentAtSeconds, 5);
    assert.lengthOf(waitsSeconds, 1);
    assert.instanceOf(getOutcome(), WidgetProblem);
  });

  it('fails if it would wait longer than three minutes', async () => {
    const longWait = sendInvite(179);
    await flushPromises();
    assert.instanceOf(longWait.getOutcome(), WidgetProblem);
    const twoWaits = sendInvite(100, 90);
    await twoWaits.clock.advance(110_000);
    assert.lengthOf(twoWaits.sentAtSeconds, 2);
    assert.instanceOf(twoWaits.getOutcome(), WidgetProblem);
    assert.lengthOf(twoWaits.waitsSeconds, 1);
  });

  it('is not sent again after the machine has slept', async () => {
    const { clock, sentAtSeconds, getOutcome } = sendInvite(20);
    await flushPromises();
    clock.time += 8 * 3_600 * SECOND_MS;
    await clock.advance(60_000);
    assert.lengthOf(sentAtSeconds, 1);
    assert.instanceOf(getOutcome(), WidgetProblem);
  });

  it('is never sent again after an abort, and ends at once', async () => {
    const { clock, invites, pending, sentAtSeconds, getOutcome } = sendInvite(20);
    await flushPromises();
    pending.abort();
    await flushPromises();
    assert.isUndefined(getOutcome());
    assert.isUndefined(invites.getPending(JANE));
    await clock.advance(180_000);
    assert.lengthOf(sentAtSeconds, 1);
  });

  it('is not sent again after an abort during a request', async () => {
    const { clock, pending, sentAtSeconds, getOutcome } = sendInvite(20, 20);
    pending.abort();
    await clock.advance(60_000);
    assert.lengthOf(sentAtSeconds, 1);
    assert.isUndefined(getOutcome());
  });

  it('fails at once without a `Retry-After`', async () => {
    const { clock, sentAtSeconds, waitsSeconds, getOutcome } = sendInvite(undefined);
    await clock.advance(60_000);
    assert.lengthOf(sentAtSeconds, 1);
    assert.isEmpty(waitsSeconds);
    assert.instanceOf(getOutcome(), WidgetProblem);
  });

  it('fails with the problem of a later attempt', async () => {
    const { clock, sentAtSeconds, getOutcome } = sendInvite(20, undefined);
    await clock.advance(60_000);
    assert.lengthOf(sentAtSeconds, 2);
    assert.instanceOf(getOutcome(), WidgetProblem);
  });
});
