import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { LIMITS } from '../../../proxy/http/request-limits.ts';
import { createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { LEVER_KEY, startFakeLever } from '../../support/ats/lever.ts';
import {
  ANNA,
  ASSESSMENTS,
  BEN,
  CARL,
  createResolver,
  listLabels,
  MARKETING,
  RESOLVE_PATH,
  SALES,
  startResolver,
} from '../../support/ats/start-resolver.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../../support/proxy.ts';

describe('resolving a candidate', () => {
  async function startLever(test: TestContext, settings: Record<string, string> = {}) {
    const fake = await startFakeLever(test);
    fake.opportunities = [
      {
        id: ANNA,
        name: 'Anna Ames',
        emails: ['anna@example.com'],
        applications: [{ id: 'a', posting: 'job-marketing' }],
      },
      { id: BEN, name: 'Ben Bell', emails: [], applications: [{ id: 'b', posting: 'job-marketing' }] },
    ];
    return { fake, ...(await startResolver(test, { ...fake.settings, ...settings })) };
  }
  const buildRequest = (opportunity: string) => ({ ats: 'lever', opportunity });

  it('returns the same 404 for an unknown candidate and for each missing permission', async (test) => {
    const { proxy, resolve } = await startLever(test, { ASSESSMENTS: JSON.stringify([MARKETING, SALES]) });
    const createResolverWith = async (claims: object) => createResolver(await createRecruiterClient(proxy.url, claims));
    const responses = [
      await resolve(buildRequest(CARL)),
      await (await createResolverWith({ projects: ['proj_other'] }))(buildRequest(ANNA)),
      await (await createResolverWith({ projects: ['proj_sales'] }))(buildRequest(ANNA)),
      await (await createResolverWith({ candidates: ['ben@example.com'] }))(buildRequest(ANNA)),
      await (await createResolverWith({ candidates: ['anna@example.com'] }))(buildRequest(BEN)),
    ];
    for (const { status, body } of responses) {
      assert.equal(status, 404);
      assert.deepEqual(body, responses[0]?.body);
    }
    const anna = await (await createResolverWith({ candidates: ['ANNA@example.com'], projects: ['proj_marketing'] }))(
      buildRequest(ANNA),
    );
    assert.deepEqual(listLabels(anna.body.assessments), ['Marketing']);
  });

  it("accepts only the ATS's own URLs and valid ids, and otherwise calls no API", async (test) => {
    const { resolve, fake } = await startLever(test);
    for (const request of [
      {},
      { url: 'not a url' },
      { url: `https://hire.lever.co.evil.example/candidates/${ANNA}` },
      { url: `https://evil.example/hire.lever.co/candidates/${ANNA}` },
      { url: `https://hire.lever.co@evil.example/candidates/${ANNA}` },
      { url: `http://hire.lever.co/candidates/${ANNA}` },
      { url: `https://hire.lever.co:8443/candidates/${ANNA}` },
      { url: `https://hire.lever.co/candidates/../${ANNA}` },
      { url: `https://hire.lever.co/candidates/${ANNA}`, ats: 'lever' },
      { url: `https://app.ashbyhq.com/candidates/${ANNA}` },
      { ats: 'lever' },
      { ats: 'lever', opportunity: '../users' },
      { ats: 'lever', opportunity: `${ANNA}/../../users` },
      { ats: 'lever', opportunity: 7 },
      { ats: 'lever', opportunity: ANNA, other: 'x' },
      { ats: 'unknown', opportunity: ANNA },
      { ats: '__proto__', opportunity: ANNA },
    ]) {
      const { status, body } = await resolve(request);
      assert.deepEqual([status, body.code], [400, 'invalid_request'], JSON.stringify(request));
    }
    assert.equal(fake.requests.length, 0);
  });

  it('calls the API once for identical requests within 30 s', async (test) => {
    const { resolve, fake, clock } = await startLever(test);
    await Promise.all([
      resolve(buildRequest(ANNA)),
      resolve(buildRequest(ANNA)),
      resolve({ url: `https://hire.lever.co/candidates/${ANNA}` }),
    ]);
    await resolve(buildRequest(ANNA));
    assert.equal(fake.requests.length, 1);
    await clock.advance(30_000);
    await resolve(buildRequest(ANNA));
    assert.equal(fake.requests.length, 2);
  });

  it('pauses after a 429 for as long as the ATS asks, and does not cache failures', async (test) => {
    const { resolve, fake, clock } = await startLever(test);
    fake.override = () => ({ status: 429, headers: { 'retry-after': '7' }, body: {} });
    for (const opportunity of [ANNA, ANNA, BEN]) {
      const { status, body, retryAfter } = await resolve(buildRequest(opportunity));
      assert.deepEqual([status, body.code, retryAfter], [503, 'upstream_unavailable', '7']);
    }
    assert.equal(fake.requests.length, 1);
    fake.override = undefined;
    await clock.advance(7_000);
    assert.equal((await resolve(buildRequest(ANNA))).status, 200);
  });

  for (const [name, atsResponse, expectedStatusAndCode, expectedRetryAfter] of [
    ['a 500', { status: 500, body: {} }, [503, 'upstream_unavailable'], '30'],
    [
      'a 503 with Retry-After',
      { status: 503, headers: { 'retry-after': '120' }, body: {} },
      [503, 'upstream_unavailable'],
      '120',
    ],
    ['a 401', { status: 401, body: {} }, [502, 'upstream_rejected'], null],
    ['a 400', { status: 400, body: {} }, [502, 'upstream_rejected'], null],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: {} },
      [502, 'upstream_unavailable'],
      null,
    ],
    ['HTML', { body: '<html></html>' }, [502, 'upstream_unavailable'], null],
    ['JSON of an unexpected shape', { body: { data: { id: { nested: 1 } } } }, [502, 'upstream_unavailable'], null],
    ['two megabytes', { body: { data: 'x'.repeat(2_000_000) } }, [502, 'upstream_unavailable'], null],
  ] as const) {
    it(`reports that the ATS responded with ${name}`, async (test) => {
      const { resolve, fake } = await startLever(test);
      fake.override = () => atsResponse;
      const response = await resolve(buildRequest(ANNA));
      assert.deepEqual([response.status, response.body.code], expectedStatusAndCode);
      assert.equal(response.retryAfter, expectedRetryAfter);
      assert.match(response.body.detail, /^Lever /);
      assert.equal(fake.requests.length, 1);
    });
  }

  it('fails after 10 s if the ATS does not respond, or at once if it cannot be reached', async (test) => {
    const { resolve, fake, clock } = await startLever(test);
    // The fake ATS never responds.
    fake.override = () => ({ body: undefined });
    const pending = resolve(buildRequest(ANNA));
    await waitFor(() => fake.requests.length === 1);
    await clock.advance(10_000);
    const { status, retryAfter } = await pending;
    assert.deepEqual([status, retryAfter], [503, '5']);
    const unreachable = await startResolver(test, { ATS_LEVER_KEY: LEVER_KEY, ATS_LEVER_URL: 'http://127.0.0.1:9/v1' });
    assert.equal((await unreachable.resolve(buildRequest(ANNA))).status, 503);
  });

  it('is audited no more than once a minute, with the recruiter and without a readable candidate id', async (test) => {
    const { proxy, recruiter, resolve, clock } = await startLever(test);
    await resolve(buildRequest(ANNA));
    await resolve(buildRequest(ANNA));
    await resolve(buildRequest(CARL));
    const { project_id, assessment_type } = MARKETING;
    await recruiter.invite({
      project_id,
      assessment_type,
      candidate_email: 'anna@example.com',
      candidate_name: 'Anna Ames',
    });
    await clock.advance(60_000);
    await resolve(buildRequest(ANNA));
    const auditLog = await createAdminClient(proxy.url).readAuditLog();
    const resolved = auditLog.filter(({ action }) => action === 'resolved');
    // A candidate has a pseudonym only after the first invite.
    assert.deepEqual(
      resolved.map(({ actor, candidate }) => [actor, typeof candidate]),
      [
        ['recruiter-1', 'undefined'],
        ['recruiter-1', 'string'],
      ],
    );
    assert.match(resolved[0].detail, /^lever [\w-]{16}$/);
    assert.equal(resolved[0].detail, resolved[1].detail);
    assert.equal(resolved[1].candidate, auditLog.find(({ action }) => action === 'invited').candidate);
    assert.ok(auditLog.some(({ action, detail }) => action === 'refused' && detail === `not_found ${RESOLVE_PATH}`));
    assert.doesNotMatch(JSON.stringify(auditLog), new RegExp(`${ANNA}|${CARL}|anna@`));
  });

  it('is rate-limited per recruiter', async (test) => {
    const { proxy, resolve } = await startLever(test);
    for (let n = 0; n < LIMITS.resolvesPerRecruiterMinute; n++) {
      assert.equal((await resolve(buildRequest(ANNA))).status, 200);
    }
    const { status, body } = await resolve(buildRequest(ANNA));
    assert.deepEqual([status, body.code], [429, 'rate_limited']);
    assert.equal(
      (await createResolver(await createRecruiterClient(proxy.url, { sub: 'other' }))(buildRequest(ANNA))).status,
      200,
    );
  });

  it('uses a new key after the key file was changed, and logs a refused key without its value', async (test) => {
    const fake = await startFakeLever(test);
    fake.opportunities = [{ id: ANNA, name: 'Anna Ames', emails: ['anna@example.com'], applications: [] }];
    fake.key = 'lever-new-key';
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    const file = `${folder}/lever-key`;
    writeFileSync(file, LEVER_KEY);
    const { ATS_LEVER_URL } = fake.settings;
    const proxy = await startProxyProcess(
      buildProxySettings(evalon, { ASSESSMENTS, ATS_LEVER_URL, ATS_LEVER_KEY_FILE: file, LOG_LEVEL: 'trace' }),
    );
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
      remove();
    });
    const resolve = createResolver(await createRecruiterClient(proxy.url));
    assert.equal((await resolve(buildRequest(ANNA))).body.code, 'upstream_rejected');
    await waitFor(() => /"alert":"ats_key_refused","ats":"lever"/.test(proxy.output()));
    writeFileSync(file, 'lever-new-key\n');
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await resolve(buildRequest(ANNA))).status === 200);
    assert.doesNotMatch(proxy.output(), new RegExp(`lever-new-key|${LEVER_KEY}|anna@example|Ames|${ANNA}`, 'i'));
  });
});
