import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient } from '../../support/api-client.ts';
import type { Fault } from '../../support/evalon.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const CASES: [string, Fault, number, string][] = [
  ['closes the connection', { fault: 'reset' }, 503, 'upstream_unavailable'],
  ['answers HTML with 502', { fault: 'html' }, 503, 'upstream_unavailable'],
  ['answers HTML with 200', { fault: 'html', status: 200 }, 502, 'upstream_unavailable'],
  ['answers truncated JSON', { fault: 'truncated' }, 502, 'upstream_unavailable'],
  ['answers a redirect', { fault: 'redirect' }, 502, 'upstream_unavailable'],
  ['answers a permanent redirect', { fault: 'redirect', status: 308 }, 502, 'upstream_unavailable'],
  ['answers no session', { fault: 'change', fields: { session_uuid: null } }, 502, 'upstream_unavailable'],
  ['answers a session that is a number', { fault: 'change', fields: { session_uuid: 7 } }, 502, 'upstream_unavailable'],
  ['answers a session that climbs', { fault: 'change', fields: { session_uuid: '..' } }, 502, 'upstream_unavailable'],
  [
    'answers another candidate',
    { fault: 'change', fields: { candidate_email: 'eve@example.com' } },
    502,
    'upstream_unavailable',
  ],
  ['answers another project', { fault: 'change', fields: { project_id: 'other' } }, 502, 'upstream_unavailable'],
  ['answers a list', { fault: 'response', body: [] }, 502, 'upstream_unavailable'],
  ['answers null', { fault: 'response', body: null }, 502, 'upstream_unavailable'],
  ['answers more than 2 MiB', { fault: 'huge', bytes: 2 * 1024 * 1024 }, 502, 'upstream_unavailable'],
  ['answers without end', { fault: 'endless' }, 502, 'upstream_unavailable'],
  [
    'answers a little that unpacks to 64 MiB',
    { fault: 'gzip-bomb', bytes: 64 * 1024 * 1024 },
    502,
    'upstream_unavailable',
  ],
  ['answers with thousands of headers', { fault: 'headers', count: 5_000 }, 503, 'upstream_unavailable'],
  [
    'refuses the body',
    { fault: 'refuse', status: 400, detail: 'bad project for jane@example.com' },
    502,
    'upstream_rejected',
  ],
  ['refuses the key', { fault: 'refuse', status: 401 }, 502, 'upstream_rejected'],
  ['is busy', { fault: 'refuse', status: 429, retryAfter: '7' }, 429, 'rate_limited'],
  ['is busy and does not say for how long', { fault: 'refuse', status: 429 }, 429, 'rate_limited'],
  ['has a fault of its own', { fault: 'refuse', status: 500, detail: 'boom' }, 503, 'upstream_unavailable'],
];

describe('when Evalon', () => {
  for (const [what, fault, status, code] of CASES) {
    it(`${what}, an invite is a ${status} problem, and the next one works`, async (test) => {
      const { evalon, page } = await startStack(test);
      evalon.injectFault('create', fault, 1);
      const answer = await page.invite();
      assert.equal(answer.status, status);
      assert.equal(answer.body.code, code);
      assert.match(answer.body.detail, /^[A-Z].*\.$/);
      assert.doesNotMatch(JSON.stringify(answer.body), /jane|boom|eva_|127\.0\.0\.1/);
      assert.equal(answer.headers.has('retry-after'), status === 429 || status === 503);
      assert.equal((await page.invite()).status, 201);
    });
  }

  for (const [what, fault] of [
    ['never answers', { fault: 'hang' }],
    ['never comes to an end, byte by byte', { fault: 'trickle', intervalMs: 1 }],
  ] as const) {
    it(`${what}, it is given up after ten seconds`, async (test) => {
      const clock = createTestClock();
      const { evalon, proxy } = await startStack(test, { clock });
      const page = await createRecruiterClient(proxy.url, { iat: clock.now() / 1_000 });
      evalon.injectFault('create', fault, 1);
      let answered = false;
      const invite = page.invite().finally(() => {
        answered = true;
      });
      await evalon.waitForRequests(1);
      await clock.advance(9_999);
      assert.equal(answered, false);
      await clock.advance(1);
      const { status, body } = await invite;
      assert.deepEqual([status, body.code], [503, 'upstream_unavailable']);
      assert.equal((await page.invite()).status, 201);
    });
  }

  it('names seconds or a date to wait, they are handed on', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '7' }, 1);
    assert.equal((await page.invite()).headers.get('retry-after'), '7');
    const date = new Date(Date.now() + 90_000).toUTCString();
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: date }, 1);
    const seconds = Number((await page.invite()).headers.get('retry-after'));
    assert.ok(seconds > 80 && seconds <= 91, String(seconds));
  });

  it('is down, what is known is served all the same', async (test) => {
    const { evalon, page } = await startStack(test);
    const { body } = await page.invite();
    await evalon.completeSession(body.session_uuid);
    const stream = await page.openStream(
      [{ candidate_email: 'jane@example.com' }],
      (await page.query({ candidate_email: 'jane@example.com' })).body.cursor,
    );
    if ((await page.get(`/v1/sessions/${body.session_uuid}`)).body.status !== 'completed') {
      await stream.waitForFrame(({ data }) => data.status === 'completed');
    }
    stream.close();
    await evalon.stop();
    assert.equal((await page.get(`/v1/sessions/${body.session_uuid}/scorecard`)).body.overall, 82);
    assert.equal((await page.get('/readyz')).status, 200);
    assert.equal((await page.invite({ candidate_email: 'new@example.com' })).status, 503);
  });
});
