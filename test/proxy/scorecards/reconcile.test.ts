import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UpstreamUnavailable } from '../../../proxy/util/errors.ts';
import { startWithoutWebhooks } from '../../support/reconciler.ts';
import { usesPostgres } from '../../support/test-database.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('without webhooks', () => {
  it('the proxy polls a session 2, 5, 15, 30 and 60 minutes after its last update, and then less often', async (test) => {
    const { clock, polls, update } = await startWithoutWebhooks(test);
    await clock.advance(MINUTE_MS);
    await update(1);
    const from = clock.now();
    await clock.advance(4 * 24 * HOUR_MS);
    const minutes = polls.map(({ at }) => Math.round((at - from) / MINUTE_MS));
    assert.deepEqual(minutes.slice(0, 6), [2, 5, 15, 30, 60, 120]);
    const pauses = minutes.map((at, index) => at - (minutes[index - 1] ?? 0));
    assert.ok(
      pauses.slice(1).every((pause, index) => pause >= (pauses[index] ?? 0)),
      String(pauses),
    );
    assert.equal(pauses.at(-1), 24 * 60);
  });

  it('an update restarts the intervals, and sessions that ended or claim a completion are not polled', async (test) => {
    const { clock, polls, update } = await startWithoutWebhooks(test);
    await clock.advance(MINUTE_MS);
    await update(1);
    await clock.advance(HOUR_MS);
    polls.length = 0;
    await update(1, { status: 'started' });
    const from = clock.now();
    await clock.advance(6 * MINUTE_MS);
    assert.deepEqual(
      polls.map(({ at }) => Math.round((at - from) / MINUTE_MS)),
      [2, 5],
    );
    polls.length = 0;
    await update(1, { completion_claimed_at: new Date(clock.now()).toISOString() });
    await update(2, { status: 'expired' });
    await update(3, { status: 'completed' });
    await clock.skip(48 * HOUR_MS);
    assert.deepEqual(polls, []);
  });

  it('the proxy polls the most recently updated sessions first', {
    skip: usesPostgres && 'on PostgreSQL, the first polls run before the last sessions are due',
  }, async (test) => {
    const { clock, polls, update } = await startWithoutWebhooks(test);
    for (let n = 1; n <= 40; n++) {
      await update(n);
      await clock.advance(100);
    }
    await clock.advance(2 * MINUTE_MS + 30_000);
    const order = polls.slice(0, 40).map(({ session_uuid }) => Number(session_uuid.slice('sess_'.length)));
    const newestFirst = Array.from({ length: 40 }, (_, index) => 40 - index);
    assert.deepEqual(order, newestFirst);
  });

  it('the proxy polls all open sessions after a start', async (test) => {
    const { clock, completed, update, restart, getStatus } = await startWithoutWebhooks(test);
    await clock.advance(MINUTE_MS);
    await update(1);
    await clock.skip(10 * HOUR_MS);
    completed.add('sess_1');
    await restart();
    await clock.advance(MINUTE_MS);
    assert.equal(await getStatus(1), 'completed');
  });

  for (const hours of [-2, 2, 24]) {
    it(`a clock that jumps by ${hours} hours neither delays nor repeats polls`, async (test) => {
      const { clock, polls, update } = await startWithoutWebhooks(test);
      await clock.advance(MINUTE_MS);
      await update(1);
      const from = clock.monotonic();
      await clock.advance(MINUTE_MS);
      clock.jump(hours * HOUR_MS);
      await clock.advance(15 * MINUTE_MS);
      const minutes = polls.map(({ monotonicAt }) => Math.round((monotonicAt - from) / MINUTE_MS));
      assert.deepEqual(minutes, [2, 5, 15]);
    });
  }

  it('the proxy pauses after a failed call, and does not count the failed poll', async (test) => {
    const { clock, completed, evalon, polls, update, getStatus } = await startWithoutWebhooks(test);
    for (let n = 1; n <= 50; n++) await update(n);
    evalon.error = new UpstreamUnavailable('', 503, { retryAfterSeconds: 60 });
    await clock.advance(12 * MINUTE_MS);
    assert.ok(polls.length <= 12, `${polls.length} polls`);
    evalon.error = undefined;
    for (let n = 1; n <= 50; n++) completed.add(`sess_${n}`);
    await clock.advance(5 * MINUTE_MS);
    assert.equal(await getStatus(1), 'completed');
  });

  it('the proxy alerts IT once an hour, unless a webhook arrived', async (test) => {
    const { clock, completed, lines, metrics, update, store } = await startWithoutWebhooks(test);
    const countAlerts = () => lines.filter((line) => line.includes('webhooks_do_not_arrive')).length;
    await clock.advance(MINUTE_MS);
    for (let n = 1; n <= 3; n++) {
      await update(n);
      completed.add(`sess_${n}`);
    }
    await clock.advance(5 * MINUTE_MS);
    assert.equal(countAlerts(), 1);
    assert.match(await metrics.render(), /evalon_completions_without_webhook_total 3\n/);
    await clock.advance(HOUR_MS);
    await update(4);
    completed.add('sess_4');
    const received_at = new Date(clock.now() + 1).toISOString();
    const webhook = {
      dedupe_key: 'k',
      session_uuid: 'other',
      event: 'session.opened',
      received_at,
      dedupe_until: null,
    };
    await store.write(({ webhooks }) => webhooks.insert([webhook], 'session.completed'));
    await clock.advance(5 * MINUTE_MS);
    assert.equal(countAlerts(), 1);
  });
});
