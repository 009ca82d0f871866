import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startStack } from '../../support/start-stack.ts';

const buildCandidate = (n: number) => ({ candidate_email: `candidate-${n}@example.com` });

describe('calls to Evalon', () => {
  it('stay within the rate, with Retry-After for refused invites and no limit for stored data', async (test) => {
    const { evalon, recruiter } = await startStack(test, { settings: { EVALON_RATE_PER_MINUTE: '5' } });
    const first = await recruiter.invite(buildCandidate(0));
    for (let n = 1; n < 5; n++) assert.equal((await recruiter.invite(buildCandidate(n))).status, 201);
    const refused = await recruiter.invite(buildCandidate(5));
    assert.deepEqual([refused.status, refused.body.code], [429, 'rate_limited']);
    // A call that could start within 10 s would wait instead.
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds > 10 && seconds <= 61, String(seconds));
    assert.equal((await recruiter.get(`/v1/sessions/${first.body.session_uuid}/scorecard`)).status, 429);
    assert.equal((await recruiter.get(`/v1/sessions/${first.body.session_uuid}`)).status, 200);
    // This session is stored, so the proxy doesn't call Evalon.
    assert.equal((await recruiter.invite(buildCandidate(0))).status, 200);
    assert.equal(evalon.requests.length, 5);
  });

  it('stop after a 429 until the time in its Retry-After', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '60' }, { times: 1 });
    assert.equal((await recruiter.invite(buildCandidate(0))).headers.get('retry-after'), '60');
    const next = await recruiter.invite(buildCandidate(1));
    assert.equal(next.status, 429);
    assert.ok(Number(next.headers.get('retry-after')) > 50);
    assert.equal(evalon.requests.length, 1);
  });

  it('round a fractional Retry-After up', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '7.2' }, { times: 1 });
    assert.equal((await recruiter.invite(buildCandidate(0))).headers.get('retry-after'), '8');
  });

  it('stop while Evalon is down', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('any', { fault: 'reset' });
    // Five failures open the circuit breaker.
    for (let n = 0; n < 5; n++) assert.equal((await recruiter.invite(buildCandidate(n))).status, 503);
    const requestCount = evalon.requests.length;
    const refused = await recruiter.invite(buildCandidate(5));
    assert.deepEqual([refused.status, refused.body.code], [503, 'upstream_unavailable']);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal(evalon.requests.length, requestCount);
  });
});
