import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';
import { testUpstreamError, type UpstreamError } from '../../support/upstream-errors.ts';

const ERRORS: UpstreamError[] = [
  ['closes the connection', { fault: 'reset' }, 503, 'upstream_unavailable'],
  ['returns HTML with 502', { fault: 'html' }, 503, 'upstream_unavailable'],
  ['returns truncated JSON', { fault: 'truncated' }, 502, 'upstream_unavailable'],
  ['returns a redirect', { fault: 'redirect' }, 502, 'upstream_unavailable'],
  ['returns no session', { fault: 'change', fields: { session_uuid: null } }, 502, 'upstream_unavailable'],
  [
    'returns a session id that is a path',
    { fault: 'change', fields: { session_uuid: '..' } },
    502,
    'upstream_unavailable',
  ],
  ['returns an endless body', { fault: 'endless' }, 502, 'upstream_unavailable'],
  [
    'rejects the body',
    { fault: 'refuse', status: 400, detail: 'bad project for jane@example.com' },
    502,
    'upstream_rejected',
  ],
  ['rejects the key', { fault: 'refuse', status: 401 }, 502, 'upstream_rejected'],
  ['returns 429', { fault: 'refuse', status: 429, retryAfter: '7' }, 429, 'rate_limited'],
];

describe('when Evalon', () => {
  for (const error of ERRORS) testUpstreamError(error);

  for (const [what, fault] of [
    ['never responds', { fault: 'hang' }],
    ['sends an endless body byte by byte', { fault: 'trickle', intervalMs: 1 }],
  ] as const) {
    it(`${what}, the call times out after ten seconds`, async (test) => {
      const clock = createTestClock();
      const { evalon, proxy } = await startStack(test, { clock });
      const recruiter = await createRecruiterClient(proxy.url, { iat: clock.now() / 1_000 });
      evalon.injectFault('create', fault, { times: 1 });
      let hasResponded = false;
      const invite = recruiter.invite().finally(() => {
        hasResponded = true;
      });
      await evalon.waitForRequests(1);
      await clock.advance(9_999);
      assert.equal(hasResponded, false);
      await clock.advance(1);
      const { status, body } = await invite;
      assert.deepEqual([status, body.code], [503, 'upstream_unavailable']);
      assert.equal((await recruiter.invite()).status, 201);
    });
  }

  it('names seconds or a date in Retry-After, the proxy returns the same delay', async (test) => {
    const clock = createTestClock({ startMs: Date.now() });
    const { evalon, recruiter } = await startStack(test, { clock });
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '7' }, { times: 1 });
    assert.equal((await recruiter.invite()).headers.get('retry-after'), '7');
    await clock.advance(7_000);
    const date = new Date(clock.now() + 90_000).toUTCString();
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: date }, { times: 1 });
    const seconds = Number((await recruiter.invite()).headers.get('retry-after'));
    assert.ok(seconds > 80 && seconds <= 91, `${seconds} s instead of about 90`);
  });

  it('is down, stored data is still served', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { body } = await recruiter.invite();
    await evalon.completeSession(body.session_uuid);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${body.session_uuid}`)).body.status === 'completed');
    await evalon.stop();
    assert.equal((await recruiter.get(`/v1/sessions/${body.session_uuid}/scorecard`)).body.overall, 82);
    assert.equal((await recruiter.get('/readyz')).status, 200);
    assert.equal((await recruiter.invite({ candidate_email: 'new@example.com' })).status, 503);
  });
});

describe('a 403', () => {
  const CANDIDATES = ['a@example.com', 'b@example.com', 'c@example.com'];
  const KEY_REJECTED = /API key/;

  it('is attributed to the API key when the invites of three different candidates have all returned 403', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'refuse', status: 403 });
    const details: string[] = [];
    // The second invite of the first candidate does not count.
    for (const candidate_email of ['a@example.com', ...CANDIDATES])
      details.push((await recruiter.invite({ candidate_email })).body.detail);
    assert.deepEqual(
      details.map((detail) => KEY_REJECTED.test(detail)),
      [false, false, false, true],
    );
  });

  it('is not attributed to the API key while other invites succeed', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    for (const [index, candidate_email] of CANDIDATES.entries()) {
      evalon.injectFault('create', { fault: 'refuse', status: 403 }, { times: 1 });
      assert.doesNotMatch((await recruiter.invite({ candidate_email })).body.detail, KEY_REJECTED);
      assert.equal((await recruiter.invite({ candidate_email: `other-${index}@example.com` })).status, 201);
    }
  });

  it('means that a scorecard is not ready, until three different scorecards have returned 403', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const ids: string[] = [];
    for (const candidate_email of CANDIDATES) ids.push((await recruiter.invite({ candidate_email })).body.session_uuid);
    evalon.injectFault('scorecard', { fault: 'refuse', status: 403 });
    const readCodes = async () => {
      const codes: string[] = [];
      for (const id of ids) codes.push((await recruiter.get(`/v1/sessions/${id}/scorecard`)).body.code);
      return codes;
    };
    assert.deepEqual(await readCodes(), ['not_ready', 'not_ready', 'upstream_rejected']);
    evalon.clearFaults();
    assert.deepEqual(await readCodes(), ['not_ready', 'not_ready', 'not_ready']);
  });
});
