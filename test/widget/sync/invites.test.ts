import { assert } from 'chai';
import type { InviteResult } from '../../../widget/api/client.ts';
import { WidgetProblem } from '../../../widget/api/errors.ts';
import { Invites, type PendingInvite } from '../../../widget/sync/invites.ts';
import { flushPromises, TestClock } from '../fake-clock.ts';

const SECOND = 1_000;
const JANE = { candidate_email: 'jane@example.com', project_id: 'p1' };
const ORDER = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing' };
const invited = { session: {}, created: true } as InviteResult;

/** An invite that meets these refusals, by the seconds of their `Retry-After`, before it is taken. */
function start(...refusals: (number | undefined)[]) {
  const clock = new TestClock();
  const began = clock.now();
  const sent: number[] = [];
  const waits: number[] = [];
  const invites = new Invites(
    async () => {
      sent.push((clock.now() - began) / SECOND);
      if (sent.length > refusals.length) return invited;
      const retryAfter = refusals[sent.length - 1];
      throw new WidgetProblem('rate_limited', { status: 429, retryAfter });
    },
    clock,
    { onChange() {}, onSession() {} },
  );
  const pending = invites.send(ORDER);
  pending.onWait = (ms) => waits.push(ms / SECOND);
  let outcome: unknown = 'none';
  pending.result.then(
    (answer) => (outcome = answer),
    (problem: unknown) => (outcome = problem),
  );
  return { clock, invites, pending, sent, waits, outcome: () => outcome };
}

const left = ({ retryAt: again = Number.NaN }: PendingInvite, clock: TestClock) => (again - clock.now()) / SECOND;

describe('an invite for which Evalon has no room', () => {
  it('is sent again by itself, a little after the time that was named and not before', async () => {
    const { clock, invites, pending, sent, waits, outcome } = start(20);
    await flushPromises();
    assert.equal(left(pending, clock), 22);
    assert.equal(invites.getPending(JANE), pending);
    await clock.advance(21_999);
    assert.deepEqual(sent, [0]);
    await clock.advance(1);
    assert.deepEqual(sent, [0, 22]);
    assert.equal(outcome(), invited);
    assert.isUndefined(invites.getPending(JANE));
    assert.deepEqual(waits, [22]);
  });

  it('spreads by chance', async () => {
    for (const [chance, wait] of [
      [0, 21],
      [0.999_999, 23],
    ] as const) {
      const { clock, pending } = start(20);
      clock.randomValue = chance;
      await flushPromises();
      assert.approximately(left(pending, clock), wait, 0.001);
    }
  });

  it('is sent five times at the most, and told once that it waits', async () => {
    const { clock, sent, waits, outcome } = start(5, 5, 5, 5, 5, 5);
    await clock.advance(180_000);
    assert.lengthOf(sent, 5);
    assert.lengthOf(waits, 1);
    assert.instanceOf(outcome(), WidgetProblem);
  });

  it('is given up where that would take more than three minutes', async () => {
    const long = start(179);
    await flushPromises();
    assert.instanceOf(long.outcome(), WidgetProblem);
    const twice = start(100, 90);
    await twice.clock.advance(110_000);
    assert.lengthOf(twice.sent, 2);
    assert.instanceOf(twice.outcome(), WidgetProblem);
    assert.lengthOf(twice.waits, 1);
  });

  it('is not sent by a machine that slept meanwhile', async () => {
    const { clock, sent, outcome } = start(20);
    await flushPromises();
    clock.time += 8 * 3_600 * SECOND;
    await clock.advance(60_000);
    assert.lengthOf(sent, 1);
    assert.instanceOf(outcome(), WidgetProblem);
  });

  it('is never sent again once it is given up, and ends at once', async () => {
    const { clock, invites, pending, sent, outcome } = start(20);
    await flushPromises();
    pending.abort();
    await flushPromises();
    assert.isUndefined(outcome());
    assert.isUndefined(invites.getPending(JANE));
    await clock.advance(180_000);
    assert.lengthOf(sent, 1);
  });

  it('is not sent again where it was given up while it was on its way', async () => {
    const { clock, pending, sent, outcome } = start(20, 20);
    pending.abort();
    await clock.advance(60_000);
    assert.lengthOf(sent, 1);
    assert.isUndefined(outcome());
  });

  it('fails at once where nobody says when to come again', async () => {
    const { clock, sent, waits, outcome } = start(undefined);
    await clock.advance(60_000);
    assert.lengthOf(sent, 1);
    assert.isEmpty(waits);
    assert.instanceOf(outcome(), WidgetProblem);
  });

  it('fails with what went wrong at another try', async () => {
    const { clock, sent, outcome } = start(20, undefined);
    await clock.advance(60_000);
    assert.lengthOf(sent, 2);
    assert.instanceOf(outcome(), WidgetProblem);
  });
});
