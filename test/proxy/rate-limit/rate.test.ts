import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startStack } from '../../support/start-stack.ts';

const person = (n: number) => ({ candidate_email: `candidate-${n}@example.com` });

describe('the calls that Evalon allows', () => {
  it('are never passed: who comes too late is told when to come again, and what is known is served', async (test) => {
    const { evalon, page } = await startStack(test, { settings: { EVALON_RATE_PER_MINUTE: '5' } });
    const first = await page.invite(person(0));
    for (let n = 1; n < 5; n++) assert.equal((await page.invite(person(n))).status, 201);
    const refused = await page.invite(person(5));
    assert.deepEqual([refused.status, refused.body.code], [429, 'rate_limited']);
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds > 10 && seconds <= 61, String(seconds));
    assert.equal((await page.get(`/v1/sessions/${first.body.session_uuid}/scorecard`)).status, 429);
    assert.equal((await page.get(`/v1/sessions/${first.body.session_uuid}`)).status, 200);
    assert.equal((await page.invite(person(0))).status, 200);
    assert.equal(evalon.requests.length, 5);
  });

  it('stop at once where Evalon says that it is too much, until the time that it names', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '60' }, 1);
    assert.equal((await page.invite(person(0))).headers.get('retry-after'), '60');
    const next = await page.invite(person(1));
    assert.equal(next.status, 429);
    assert.ok(Number(next.headers.get('retry-after')) > 50);
    assert.equal(evalon.requests.length, 1);
  });

  it('are spared while Evalon is down', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('any', { fault: 'reset' });
    for (let n = 0; n < 5; n++) assert.equal((await page.invite(person(n))).status, 503);
    const { length } = evalon.requests;
    const spared = await page.invite(person(5));
    assert.deepEqual([spared.status, spared.body.code], [503, 'upstream_unavailable']);
    assert.ok(Number(spared.headers.get('retry-after')) >= 1);
    assert.equal(evalon.requests.length, length);
  });
});
