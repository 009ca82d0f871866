import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import type { Scorecard } from '../../proxy/contract/scorecard.ts';
import { NotReady, type ProxyError, RateLimited, UpstreamUnavailable } from '../../proxy/errors.ts';
import { startConfirm } from '../../proxy/sessions/confirm.ts';
import type { SessionRow } from '../../proxy/store/schema.ts';
import { openStore } from '../../proxy/store/store.ts';
import { createTestClock } from '../support/clock.ts';

const MINUTE = 60_000;

function claimed(n: number, at: string): SessionRow {
  return {
    session_uuid: `sess_${n}`,
    project_id: 'proj_abc123',
    candidate_key: `c${n}@example.com`,
    candidate_email: `c${n}@example.com`,
    candidate_name: 'Candidate',
    assessment_type: 'marketing',
    candidate_url: null,
    status: 'started',
    last_event: null,
    invited_by: 'recruiter-1',
    invited_at: at,
    updated_at: at,
    completed_at: null,
    scorecard: null,
    application_id: null,
    ats: null,
    claimed_at: at,
    unready_at: null,
    read_after: at,
    read_attempts: 0,
  };
}

const scorecardOf = (session_uuid: string): Scorecard => ({
  session_uuid,
  assessment_type: null,
  overall: 82,
  sections: [],
});

/** Claims that are being confirmed on a clock that stands still; `evalon.answer` says what Evalon does. */
async function startClaims(test: TestContext, count = 1) {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const evalon = { calls: 0, answer: new NotReady('') as ProxyError | 'ready' };
  await store.write(async ({ sessions }) => {
    for (let n = 1; n <= count; n++) await sessions.put(claimed(n, new Date(clock.now()).toISOString()));
  });
  const worker = startConfirm({
    store,
    clock,
    random: () => 0.5,
    log: pino({ level: 'silent' }),
    evalon: {
      readScorecard: async ({ session_uuid }) => {
        evalon.calls += 1;
        if (evalon.answer === 'ready') return scorecardOf(session_uuid);
        throw evalon.answer;
      },
    },
  });
  test.after(async () => {
    await worker.stop();
    await store.close();
  });
  const session = () => store.read(({ sessions }) => sessions.get('sess_1'));
  return { clock, evalon, session };
}

describe('a claimed completion', () => {
  it('is dropped after ten minutes without a scorecard, having asked ever more rarely', async (test) => {
    const { clock, evalon, session } = await startClaims(test);
    await clock.pass(9 * MINUTE);
    assert.notEqual((await session())?.claimed_at, null);
    assert.ok(evalon.calls > 5 && evalon.calls < 30, `${evalon.calls} calls`);
    await clock.pass(3 * MINUTE);
    assert.equal((await session())?.claimed_at, null);
    const { calls } = evalon;
    await clock.pass(60 * MINUTE);
    assert.equal(evalon.calls, calls);
    assert.equal((await session())?.status, 'started');
  });

  it('survives an Evalon that is away for longer than that', async (test) => {
    const { clock, evalon, session } = await startClaims(test);
    evalon.answer = new UpstreamUnavailable('', 503);
    await clock.pass(30 * MINUTE);
    evalon.answer = new NotReady('');
    await clock.pass(2 * MINUTE);
    assert.notEqual((await session())?.claimed_at, null);
    evalon.answer = 'ready';
    await clock.pass(2 * MINUTE);
    assert.equal((await session())?.status, 'completed');
  });

  it('is not read before the time that Evalon asks for, and no other one is', async (test) => {
    const { clock, evalon, session } = await startClaims(test, 100);
    evalon.answer = new RateLimited('', { retryAfter: 60 });
    await clock.pass(59_000);
    assert.ok(evalon.calls <= 4, `${evalon.calls} calls`);
    evalon.answer = 'ready';
    await clock.pass(5 * MINUTE);
    assert.equal((await session())?.status, 'completed');
    assert.ok(evalon.calls >= 100);
  });
});
