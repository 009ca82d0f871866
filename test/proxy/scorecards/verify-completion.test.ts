import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RateLimited, ScorecardNotReady, UpstreamUnavailable } from '../../../proxy/util/errors.ts';
import { changeFromEvent } from '../../../proxy/webhooks/process.ts';
import { startClaims } from '../../support/completion-claims.ts';
import { maxPerMinute } from '../../support/fake-clock.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

describe('a claimed completion', () => {
  it('is dropped after ten minutes without a scorecard, and read at growing intervals until then', async (test) => {
    const { clock, evalon, getSession } = await startClaims(test);
    await clock.advance(9 * MINUTE_MS);
    assert.notEqual((await getSession())?.completion_claimed_at, null);
    // The intervals grow from a second to a minute.
    assert.ok(evalon.calls > 5 && evalon.calls < 30, `${evalon.calls} calls`);
    await clock.advance(3 * MINUTE_MS);
    assert.equal((await getSession())?.completion_claimed_at, null);
    const callsUntilDropped = evalon.calls;
    await clock.advance(60 * MINUTE_MS);
    assert.equal(evalon.calls, callsUntilDropped);
    assert.equal((await getSession())?.status, 'started');
  });

  it('is read before the results of completed sessions that may have changed', async (test) => {
    const { clock, evalon, buildClaims, upsertSessions } = await startClaims(test, 0);
    const earlier = new Date(clock.now() - SECOND_MS).toISOString();
    evalon.outcome = 'ready';
    await upsertSessions([
      ...buildClaims(1, 3, { status: 'completed', completion_claimed_at: null, read_due_at: earlier }),
      ...buildClaims(4, 4),
    ]);
    await clock.advance(SECOND_MS);
    assert.deepEqual(evalon.requestedUuids, ['sess_4', 'sess_1', 'sess_2', 'sess_3']);
  });

  it('is kept if Evalon cannot be reached for longer than ten minutes', async (test) => {
    const { clock, evalon, getSession } = await startClaims(test);
    evalon.outcome = new UpstreamUnavailable('', 503);
    await clock.advance(30 * MINUTE_MS);
    evalon.outcome = new ScorecardNotReady('');
    await clock.advance(2 * MINUTE_MS);
    assert.notEqual((await getSession())?.completion_claimed_at, null);
    evalon.outcome = 'ready';
    await clock.advance(2 * MINUTE_MS);
    assert.equal((await getSession())?.status, 'completed');
  });

  for (const hours of [-2, 2, 30]) {
    it(`is read soon, and kept, if the clock jumps by ${hours} hours`, async (test) => {
      const { clock, evalon, getSession } = await startClaims(test);
      await clock.advance(2 * MINUTE_MS);
      const callsBeforeJump = evalon.calls;
      clock.jump(hours * 60 * MINUTE_MS);
      await clock.advance(0);
      assert.equal(evalon.calls, callsBeforeJump);
      assert.notEqual((await getSession())?.completion_claimed_at, null);
      evalon.outcome = 'ready';
      await clock.advance(MINUTE_MS);
      assert.equal((await getSession())?.status, 'completed');
    });
  }

  it('is not reread before the time of Retry-After', async (test) => {
    const { clock, evalon, getSession } = await startClaims(test, 100);
    evalon.outcome = new RateLimited('', { retryAfterSeconds: 60 });
    await clock.advance(59 * SECOND_MS);
    assert.equal(evalon.calls, 100, 'one read of each session');
    evalon.outcome = 'ready';
    await clock.advance(5 * MINUTE_MS);
    assert.equal((await getSession())?.status, 'completed');
    assert.equal(evalon.calls, 200, 'two reads of each session');
  });

  it('is read with interactive priority only while the candidate is on a screen', async (test) => {
    const { clock, evalon, visibility, buildClaims, upsertSessions } = await startClaims(test, 0);
    visibility.set('c1@example.com', 'streaming');
    visibility.set('c2@example.com', 'recent');
    await upsertSessions(buildClaims(1, 3));
    await clock.advance(0);
    const priorities = [1, 2, 3].map((n) => evalon.priorities.get(`sess_${n}`));
    assert.deepEqual(priorities, ['interactive', 'background', 'background']);
  });

  it('that is on a screen is read at once, even while reads of other claims are slow', async (test) => {
    const { clock, evalon, visibility, buildClaims, upsertSessions, getSession } = await startClaims(test, 100);
    evalon.durationMs = MINUTE_MS;
    await clock.advance(SECOND_MS);
    // Reads of claims that no screen shows run at most 15 at a time.
    assert.equal(evalon.calls, 15);
    evalon.durationMs = 0;
    evalon.readyUuids.add('sess_200');
    visibility.set('c200@example.com', 'streaming');
    await upsertSessions(buildClaims(200, 200));
    await clock.advance(SECOND_MS);
    assert.equal((await getSession(200))?.status, 'completed');
    await clock.advance(MINUTE_MS);
  });

  it('with a signature is reread within seconds, even after many empty reads of other claims', async (test) => {
    const { clock, evalon } = await startClaims(test, 100);
    await clock.advance(10 * SECOND_MS);
    assert.equal(new Set(evalon.requestedUuids).size, 100);
    // On average, more than two reads of each session.
    assert.ok(evalon.calls > 200, `${evalon.calls} calls`);
  });
});

/**
 * A completion that a webhook without a signature claims. A read without a result (an empty read) uses one of ten
 * tokens, and each token is free again after a minute.
 */
describe('an unsigned completion', () => {
  for (const [what, durationMs] of [
    ['', 0],
    [', even if Evalon responds slowly', 7 * SECOND_MS],
  ] as const) {
    it(`shares ten empty reads a minute with all others, and is read before it is dropped${what}`, async (test) => {
      const { clock, evalon, visibility, buildClaims } = await startClaims(test, 60, { isUnsigned: true });
      evalon.durationMs = durationMs;
      for (const { candidate_key } of buildClaims(1, 60)) visibility.set(candidate_key, 'streaming');
      await clock.advance(10 * MINUTE_MS);
      assert.ok(maxPerMinute(evalon.emptyReads) <= 10, `${maxPerMinute(evalon.emptyReads)} empty reads`);
      assert.equal(new Set(evalon.requestedUuids).size, 60);
    });
  }

  it('has no more than one empty read in two minutes, even if it was dropped and is claimed again', async (test) => {
    const { clock, evalon, getSession, store } = await startClaims(test, 1, { isUnsigned: true });
    for (let second = 0; second < 15 * 60; second += 5) {
      await clock.advance(5 * SECOND_MS);
      await store.write(async ({ sessions }) => {
        const row = await sessions.get('sess_1');
        const change = row && changeFromEvent(row, 'session.completed', new Date(clock.now()).toISOString());
        if (change) await sessions.upsert({ ...row, ...change });
      });
    }
    assert.ok((await getSession())?.completion_claimed_at);
    const gaps = evalon.emptyReads.slice(1).map(({ at }, n) => at - (evalon.emptyReads[n]?.at ?? 0));
    assert.ok(gaps.length >= 5, `${gaps}`);
    assert.ok(Math.min(...gaps) >= 2 * MINUTE_MS, `${gaps}`);
  });

  it('is dropped like a signed completion, and reread if it is claimed again', async (test) => {
    const { clock, evalon, getSession, upsertSessions } = await startClaims(test, 1, { isUnsigned: true });
    await clock.advance(13 * MINUTE_MS);
    const dropped = await getSession();
    assert.ok(dropped);
    assert.equal(dropped.completion_claimed_at, null);
    evalon.outcome = 'ready';
    await clock.advance(2 * MINUTE_MS);
    const change = changeFromEvent(dropped, 'session.completed', new Date(clock.now()).toISOString());
    await upsertSessions([{ ...dropped, ...change }]);
    await clock.advance(0);
    assert.equal((await getSession())?.status, 'completed');
  });

  it('waits for a token that was used before a restart', async (test) => {
    const { clock, evalon, restart } = await startClaims(test, 60, { isUnsigned: true });
    await clock.advance(SECOND_MS);
    assert.ok(evalon.emptyReads.length > 0);
    const readsBeforeRestart = evalon.emptyReads.length;
    await restart();
    await clock.advance(58 * SECOND_MS);
    assert.equal(evalon.emptyReads.length, readsBeforeRestart);
    await clock.advance(2 * SECOND_MS);
    assert.ok(evalon.emptyReads.length > readsBeforeRestart);
  });

  it('is read in the order: on a screen, viewed recently, fewest reads, newest', async (test) => {
    const { clock, evalon, visibility, buildClaims, upsertSessions } = await startClaims(test, 0, { isUnsigned: true });
    const timeAfter = (plusMs: number) => new Date(clock.now() + plusMs).toISOString();
    visibility.set('c4@example.com', 'streaming');
    visibility.set('c5@example.com', 'recent');
    evalon.outcome = 'ready';
    await upsertSessions([
      ...buildClaims(1, 1, { read_due_at: timeAfter(-2 * SECOND_MS) }),
      ...buildClaims(2, 2, { read_due_at: timeAfter(-SECOND_MS) }),
      ...buildClaims(3, 3, { read_attempts: 1 }),
      ...buildClaims(4, 4, { read_attempts: 2 }),
      ...buildClaims(5, 5, { read_attempts: 3 }),
    ]);
    await clock.advance(MINUTE_MS);
    assert.deepEqual(evalon.requestedUuids, ['sess_4', 'sess_5', 'sess_2', 'sess_1', 'sess_3']);
  });

  it('that is on a screen is read immediately, even if other claims have used their share of the tokens', async (test) => {
    const { clock, evalon, visibility, buildClaims, upsertSessions, getSession } = await startClaims(test, 100, {
      isUnsigned: true,
    });
    await clock.advance(5 * SECOND_MS);
    // The other five tokens are reserved for claims on a screen.
    assert.equal(evalon.emptyReads.length, 5);
    evalon.readyUuids.add('sess_200').add('sess_201');
    visibility.set('c200@example.com', 'streaming');
    visibility.set('c201@example.com', 'recent');
    await upsertSessions(buildClaims(200, 201, { status: 'invited' }));
    await clock.advance(SECOND_MS);
    assert.equal((await getSession(200))?.status, 'completed');
    assert.equal((await getSession(201))?.status, 'invited');
    assert.equal(evalon.emptyReads.length, 5);
  });

  it('is read when the candidate appears on a screen', async (test) => {
    const { clock, evalon, visibility, getSession } = await startClaims(test, 100, { isUnsigned: true });
    await clock.advance(5 * SECOND_MS);
    const unread = Array.from({ length: 100 }, (_, n) => n + 1).find(
      (n) => !evalon.requestedUuids.includes(`sess_${n}`),
    );
    assert.ok(unread);
    evalon.readyUuids.add(`sess_${unread}`);
    visibility.set(`c${unread}@example.com`, 'streaming');
    await clock.advance(2 * SECOND_MS);
    assert.equal((await getSession(unread))?.status, 'completed');
  });

  it('needs no token once webhooks are signed', async (test) => {
    const { clock, evalon, settings, buildClaims, upsertSessions } = await startClaims(test, 100, { isUnsigned: true });
    await clock.advance(SECOND_MS);
    // Claims that no screen shows may use five of the ten tokens.
    assert.ok(evalon.calls <= 5);
    settings.isUnsigned = false;
    // A new claim wakes the job, which then reads all claims without tokens.
    await upsertSessions(buildClaims(101, 101));
    await clock.advance(10 * SECOND_MS);
    assert.equal(new Set(evalon.requestedUuids).size, 101);
  });
});
