import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { clientConfigSchema } from '../../../proxy/contract/client-config.ts';
import { resolvedCandidateSchema } from '../../../proxy/contract/resolve.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, type RecruiterClient } from '../../support/api-client.ts';
import { startFakeAshby } from '../../support/ats/ashby.ts';
import { startFakeGreenhouse } from '../../support/ats/greenhouse.ts';
import { LEVER_KEY, startFakeLever } from '../../support/ats/lever.ts';
import { startFakeWorkday } from '../../support/ats/workday.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const RESOLVE = '/v1/candidates/resolve';
const [ANNA, BEN, CARL] = [
  '5b591aed-88e3-4395-b9c6-7d529f93354a',
  'f9e52a51-a075-4116-a7b8-484deba69004',
  '2c6991c5-c9e2-4af8-879e-29c5a9d26509',
];
const [FIRST_APPLICATION, SECOND_APPLICATION] = [
  '3ae2b801-19f6-41ef-ad28-214bd731948f',
  '6ee2b801-19f6-41ef-ad28-214bd731948f',
];

const MARKETING = {
  project_id: 'proj_marketing',
  assessment_type: 'marketing',
  label: 'Marketing',
  jobs: ['11', 'job-m'],
};
const SALES = { project_id: 'proj_sales', assessment_type: 'sales', label: 'Sales', jobs: ['22', 'job-s'] };
const GENERAL = { project_id: 'proj_all', assessment_type: 'general', label: 'General' };
const ASSESSMENTS = JSON.stringify([MARKETING, SALES, GENERAL]);

/** Starts a proxy that is connected to one fake ATS. */
async function startResolver(test: TestContext, settings: Record<string, string>, clock = createTestClock(Date.now())) {
  const stack = await startStack(test, { settings: { ASSESSMENTS, ADMIN_TOKEN, ...settings }, clock });
  return { ...stack, clock, resolve: createResolver(stack.page) };
}

function createResolver(page: RecruiterClient) {
  return async (request: object) => {
    const { status, body, headers } = await page.post(RESOLVE, request);
    if (status === 200) resolvedCandidateSchema.parse(body);
    return { status, body, retryAfter: headers.get('retry-after') };
  };
}

const labelsOf = (assessments: { label: string }[]) => assessments.map(({ label }) => label);

describe('a candidate of Greenhouse', () => {
  async function startGreenhouse(test: TestContext) {
    const fake = await startFakeGreenhouse(test);
    fake.candidates = [
      {
        id: 7,
        first_name: 'Anna',
        last_name: 'Ames',
        email_addresses: [
          { value: 'anna@example.com', type: 'personal' },
          { value: 'anna@work.example', type: 'work' },
        ],
      },
      { id: 8, first_name: 'Ben', last_name: null, email_addresses: [] },
    ];
    fake.applications = [
      { id: 71, candidate_id: 7, job_id: 11 },
      { id: 72, candidate_id: 7, job_id: 22 },
      { id: 81, candidate_id: 8, job_id: null, prospective_job_ids: [22] },
    ];
    return { fake, ...(await startResolver(test, fake.settings)) };
  }

  it('is found by the application in every form of the URL', async (test) => {
    const { resolve } = await startGreenhouse(test);
    for (const url of [
      'https://app.greenhouse.io/people/7?application_id=71',
      'https://app2.greenhouse.io/people/7/applications/71',
      'https://acme.greenhouse.io/people/7/applications/71/scorecards?tab=1#top',
    ]) {
      const { status, body } = await resolve({ url });
      assert.equal(status, 200, url);
      assert.deepEqual(body, {
        ats: 'greenhouse',
        application_id: '71',
        candidate_email: 'anna@example.com',
        candidate_name: 'Anna Ames',
        assessments: [MARKETING, GENERAL],
      });
    }
    const { body } = await resolve({ ats: 'greenhouse', application: '72' });
    assert.deepEqual(labelsOf(body.assessments), ['Sales', 'General']);
  });

  it('with several applications gets the assessments of all of them, and no application id', async (test) => {
    const { resolve } = await startGreenhouse(test);
    const { body } = await resolve({ url: 'https://app.greenhouse.io/people/7' });
    assert.equal(body.application_id, undefined);
    assert.deepEqual(labelsOf(body.assessments), ['Marketing', 'Sales', 'General']);
  });

  it('is returned without an email if there is none, and as a prospect with the prospective jobs', async (test) => {
    const { resolve } = await startGreenhouse(test);
    const { body } = await resolve({ url: 'https://app.greenhouse.io/people/8' });
    assert.deepEqual(body, {
      ats: 'greenhouse',
      application_id: '81',
      candidate_name: 'Ben',
      assessments: [SALES, GENERAL],
    });
  });

  it('is found by the application after a merge, but not if the URL names two candidates', async (test) => {
    const { resolve } = await startGreenhouse(test);
    const merged = await resolve({ url: 'https://app.greenhouse.io/people/6?application_id=71' });
    assert.equal(merged.body.candidate_email, 'anna@example.com');
    assert.equal((await resolve({ url: 'https://app.greenhouse.io/people/8?application_id=71' })).status, 404);
    assert.equal((await resolve({ url: 'https://app.greenhouse.io/people/6' })).status, 404);
  });

  it('is found even if the API ignores the filter', async (test) => {
    const { fake, resolve } = await startGreenhouse(test);
    fake.override = ({ path }) => {
      if (path.startsWith('/v3/candidates')) return { body: fake.candidates };
      return path.startsWith('/v3/applications') ? { body: fake.applications } : undefined;
    };
    assert.equal((await resolve({ ats: 'greenhouse', person: '8' })).body.candidate_name, 'Ben');
    assert.equal((await resolve({ ats: 'greenhouse', application: '72' })).body.candidate_name, 'Anna Ames');
    assert.equal((await resolve({ ats: 'greenhouse', application: '99' })).status, 404);
  });

  it('is looked up with one token until it expires or is refused', async (test) => {
    const { fake, resolve, clock } = await startGreenhouse(test);
    fake.tokenTtlSeconds = 300;
    const countTokenRequests = () => fake.requests.filter(({ path }) => path === '/token').length;
    await Promise.all([resolve({ ats: 'greenhouse', person: '7' }), resolve({ ats: 'greenhouse', person: '8' })]);
    assert.equal(countTokenRequests(), 1);
    fake.tokens.clear();
    assert.equal((await resolve({ ats: 'greenhouse', application: '71' })).status, 200);
    assert.equal(countTokenRequests(), 2);
    await clock.advance(250_000);
    assert.equal((await resolve({ ats: 'greenhouse', application: '72' })).status, 200);
    assert.equal(countTokenRequests(), 3);
  });

  it('yields upstream_rejected after one call if the credentials lack permission', async (test) => {
    const { fake, resolve } = await startGreenhouse(test);
    fake.override = ({ path }) => (path === '/token' ? undefined : { status: 403, body: {} });
    const { status, body } = await resolve({ ats: 'greenhouse', person: '7' });
    assert.deepEqual([status, body.code], [502, 'upstream_rejected']);
    assert.equal(fake.requests.length, 2);
  });
});

describe('a candidate of Lever', () => {
  async function startLever(test: TestContext) {
    const fake = await startFakeLever(test);
    fake.opportunities = [
      {
        id: ANNA,
        name: 'Anna Ames',
        emails: ['anna@example.com', 'b@example.com'],
        applications: [{ id: 'a', posting: 'job-m' }],
      },
      { id: BEN, name: 'Ben Bell', emails: [], applications: [] },
      {
        id: CARL,
        name: 'Carl\u0000Cane',
        emails: ['no address', 'carl@example.com'],
        applications: [{ id: 'b', posting: { id: 'job-s' } }],
      },
    ];
    return { fake, ...(await startResolver(test, fake.settings)) };
  }

  it('is an opportunity with its first email and its posting', async (test) => {
    const { resolve, fake } = await startLever(test);
    const { status, body } = await resolve({ url: `https://hire.lever.co/candidates/${ANNA.toUpperCase()}?search=x` });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      ats: 'lever',
      application_id: ANNA,
      candidate_email: 'anna@example.com',
      candidate_name: 'Anna Ames',
      assessments: [MARKETING, GENERAL],
    });
    assert.deepEqual(
      fake.requests.map(({ method, path }) => `${method} ${path}`),
      [`GET /v1/opportunities/${ANNA}?expand=applications`],
    );
  });

  it('is returned without an email or name that is missing or invalid', async (test) => {
    const { resolve } = await startLever(test);
    const ben = (await resolve({ ats: 'lever', opportunity: BEN })).body;
    assert.deepEqual(
      [ben.candidate_email, ben.candidate_name, labelsOf(ben.assessments)],
      [undefined, 'Ben Bell', ['General']],
    );
    const carl = (await resolve({ ats: 'lever', opportunity: CARL })).body;
    assert.deepEqual([carl.candidate_email, carl.candidate_name], ['carl@example.com', undefined]);
  });

  it('is not found if the response is about another candidate', async (test) => {
    const { resolve, fake } = await startLever(test);
    fake.override = () => ({ body: { data: fake.opportunities[0] } });
    assert.equal((await resolve({ ats: 'lever', opportunity: BEN })).status, 404);
  });
});

describe('a candidate of Ashby', () => {
  async function startAshby(test: TestContext) {
    const fake = await startFakeAshby(test);
    fake.candidates = [
      {
        id: ANNA,
        name: 'Anna Ames',
        primaryEmailAddress: { value: 'anna@example.com', type: 'Personal', isPrimary: true },
        emailAddresses: [{ value: 'old@example.com' }, { value: 'anna@example.com' }],
        applicationIds: [FIRST_APPLICATION, SECOND_APPLICATION],
      },
      {
        id: BEN,
        name: 'Ben Bell',
        emailAddresses: [{ value: 'a@example.com' }, { value: 'b@example.com' }],
        applicationIds: [],
      },
    ];
    fake.applications = [
      { id: FIRST_APPLICATION, candidate: { id: ANNA, name: 'Anna Ames' }, job: { id: 'job-m', title: 'Marketer' } },
      { id: SECOND_APPLICATION, candidate: { id: ANNA, name: 'Anna Ames' }, job: { id: 'job-s', title: 'Seller' } },
    ];
    return { fake, ...(await startResolver(test, fake.settings)) };
  }
  const pageUrl = (candidate: string, application?: string) =>
    `https://app.ashbyhq.com/candidate-searches/new/right-side/candidates/${candidate}${application ? `/applications/${application}/feed` : ''}`;

  it('is found by the application in the URL, or by the candidate without an application', async (test) => {
    const { resolve } = await startAshby(test);
    assert.deepEqual((await resolve({ url: pageUrl(ANNA, FIRST_APPLICATION) })).body, {
      ats: 'ashby',
      application_id: FIRST_APPLICATION,
      candidate_email: 'anna@example.com',
      candidate_name: 'Anna Ames',
      assessments: [MARKETING, GENERAL],
    });
    const { body } = await resolve({ url: `https://app.ashbyhq.com/candidates/${ANNA}` });
    assert.deepEqual([body.application_id, labelsOf(body.assessments)], [undefined, ['Marketing', 'Sales', 'General']]);
  });

  it('is found by the application after a merge, but not if the URL names two candidates', async (test) => {
    const { resolve } = await startAshby(test);
    assert.equal((await resolve({ url: pageUrl(CARL, FIRST_APPLICATION) })).body.candidate_email, 'anna@example.com');
    assert.equal((await resolve({ url: pageUrl(BEN, FIRST_APPLICATION) })).status, 404);
    assert.equal((await resolve({ url: pageUrl(CARL) })).status, 404);
  });

  it('is returned without an email if there are several and none is primary', async (test) => {
    const { resolve } = await startAshby(test);
    const { status, body } = await resolve({ url: pageUrl(BEN) });
    assert.deepEqual([status, body.candidate_email, body.candidate_name], [200, undefined, 'Ben Bell']);
  });

  it('is not read from an unsuccessful response', async (test) => {
    const { resolve, fake } = await startAshby(test);
    fake.override = () => ({ body: { success: false, errors: ['internal_error'], results: fake.candidates[0] } });
    const { status, body } = await resolve({ url: pageUrl(ANNA) });
    assert.deepEqual([status, body.code], [502, 'upstream_unavailable']);
  });
});

describe('a candidate of a custom connector', () => {
  const ADAPTERS = JSON.stringify([
    {
      name: 'workday',
      hosts: ['*.myworkday.com'],
      ids: { application: 'text' },
      addresses: ['/acme/d/inst/{application}.htmld'],
    },
  ]);

  async function startWorkday(test: TestContext, changes: Record<string, unknown> = {}) {
    const fake = await startFakeWorkday(test);
    const row = { Application_ID: '15$88', First_Name: 'Anna', Last_Name: 'Ames', Email: 'anna@example.com' };
    fake.rows = [
      { ...row, Job_Requisition_ID: 'job-m' },
      { ...row, Application_ID: '15$99', First_Name: 'Ben', Email: 'ben@example.com', Job_Requisition_ID: 22 },
    ];
    const ATS_HTTP = JSON.stringify({ ...fake.connector, ...changes });
    const settings = { ...fake.settings, ATS_HTTP, ATS_ADAPTERS: ADAPTERS };
    return { fake, ...(await startResolver(test, settings)) };
  }

  it('is found by the URL template and read by JSON pointers', async (test) => {
    const { resolve, fake } = await startWorkday(test);
    const { status, body } = await resolve({ url: 'https://wd5.myworkday.com/acme/d/inst/15$88.htmld' });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      ats: 'workday',
      application_id: '15$88',
      candidate_email: 'anna@example.com',
      candidate_name: 'Anna Ames',
      assessments: [MARKETING, GENERAL],
    });
    assert.match(fake.requests[0]?.path ?? '', /&Job_Application=15%2488$/);
  });

  it('is the only row that repeats the id, even if the report ignores its prompt', async (test) => {
    const { resolve, fake } = await startWorkday(test);
    fake.filtersByPrompt = false;
    const ben = (await resolve({ ats: 'workday', application: '15$99' })).body;
    assert.deepEqual([ben.candidate_email, labelsOf(ben.assessments)], ['ben@example.com', ['Sales', 'General']]);
    assert.equal((await resolve({ ats: 'workday', application: '15$77' })).status, 404);
    fake.rows.push({ ...fake.rows[0] });
    assert.equal((await resolve({ ats: 'workday', application: '15$88' })).status, 404);
  });

  for (const [auth, header, value] of [
    [{ type: 'bearer' }, 'authorization', 'Bearer workday-canary-password'],
    [{ type: 'header', name: 'X-Api-Key' }, 'x-api-key', 'workday-canary-password'],
    [{ type: 'basic' }, 'authorization', `Basic ${btoa('workday-canary-password:')}`],
  ] as const) {
    it(`is requested with the secret as ${JSON.stringify(auth)}`, async (test) => {
      const { resolve, fake } = await startWorkday(test, { auth });
      fake.override = () => ({ body: { Report_Entry: fake.rows } });
      assert.equal((await resolve({ ats: 'workday', application: '15$88' })).status, 200);
      assert.equal(fake.requests[0]?.headers[header], value);
    });
  }
});

describe('resolving a candidate', () => {
  async function startLever(test: TestContext, settings: Record<string, string> = {}) {
    const fake = await startFakeLever(test);
    fake.opportunities = [
      { id: ANNA, name: 'Anna Ames', emails: ['anna@example.com'], applications: [{ id: 'a', posting: 'job-m' }] },
      { id: BEN, name: 'Ben Bell', emails: [], applications: [{ id: 'b', posting: 'job-m' }] },
    ];
    return { fake, ...(await startResolver(test, { ...fake.settings, ...settings })) };
  }
  const requestFor = (opportunity: string) => ({ ats: 'lever', opportunity });

  it('returns the same 404 for an unknown candidate and for every missing right', async (test) => {
    const { proxy, resolve } = await startLever(test, { ASSESSMENTS: JSON.stringify([MARKETING, SALES]) });
    const resolverWith = async (claims: object) => createResolver(await createRecruiterClient(proxy.url, claims));
    const responses = [
      await resolve(requestFor(CARL)),
      await (await resolverWith({ projects: ['proj_other'] }))(requestFor(ANNA)),
      await (await resolverWith({ projects: ['proj_sales'] }))(requestFor(ANNA)),
      await (await resolverWith({ candidates: ['ben@example.com'] }))(requestFor(ANNA)),
      await (await resolverWith({ candidates: ['anna@example.com'] }))(requestFor(BEN)),
    ];
    for (const { status, body } of responses) {
      assert.equal(status, 404);
      assert.deepEqual(body, responses[0]?.body);
    }
    const anna = await (await resolverWith({ candidates: ['ANNA@example.com'], projects: ['proj_marketing'] }))(
      requestFor(ANNA),
    );
    assert.deepEqual(labelsOf(anna.body.assessments), ['Marketing']);
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

  it('calls the API once for equal requests within 30 s', async (test) => {
    const { resolve, fake, clock } = await startLever(test);
    await Promise.all([
      resolve(requestFor(ANNA)),
      resolve(requestFor(ANNA)),
      resolve({ url: `https://hire.lever.co/candidates/${ANNA}` }),
    ]);
    await resolve(requestFor(ANNA));
    assert.equal(fake.requests.length, 1);
    await clock.advance(30_000);
    await resolve(requestFor(ANNA));
    assert.equal(fake.requests.length, 2);
  });

  it('pauses after a 429 for as long as the ATS asks, and does not cache failures', async (test) => {
    const { resolve, fake, clock } = await startLever(test);
    fake.override = () => ({ status: 429, headers: { 'retry-after': '7' }, body: {} });
    for (const opportunity of [ANNA, ANNA, BEN]) {
      const { status, body, retryAfter } = await resolve(requestFor(opportunity));
      assert.deepEqual([status, body.code, retryAfter], [503, 'upstream_unavailable', '7']);
    }
    assert.equal(fake.requests.length, 1);
    fake.override = undefined;
    await clock.advance(7_000);
    assert.equal((await resolve(requestFor(ANNA))).status, 200);
  });

  for (const [name, answer, expected, retryAfter] of [
    ['a 500', { status: 500, body: {} }, [503, 'upstream_unavailable'], '30'],
    [
      'a 503 with Retry-After',
      { status: 503, headers: { 'retry-after': '120' }, body: {} },
      [503, 'upstream_unavailable'],
      '120',
    ],
    ['a refused key', { status: 401, body: {} }, [502, 'upstream_rejected'], null],
    ['a 400', { status: 400, body: {} }, [502, 'upstream_rejected'], null],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: {} },
      [502, 'upstream_unavailable'],
      null,
    ],
    ['HTML', { body: '<html></html>' }, [502, 'upstream_unavailable'], null],
    ['JSON of another shape', { body: { data: { id: { nested: 1 } } } }, [502, 'upstream_unavailable'], null],
    ['two megabytes', { body: { data: 'x'.repeat(2_000_000) } }, [502, 'upstream_unavailable'], null],
  ] as const) {
    it(`reports that the ATS responded with ${name}`, async (test) => {
      const { resolve, fake } = await startLever(test);
      fake.override = () => answer;
      const response = await resolve(requestFor(ANNA));
      assert.deepEqual([response.status, response.body.code], expected);
      assert.equal(response.retryAfter, retryAfter);
      assert.match(response.body.detail, /^Lever /);
      assert.equal(fake.requests.length, 1);
    });
  }

  it('fails after 10 s if the ATS does not respond, or at once if it cannot be reached', async (test) => {
    const { resolve, fake, clock } = await startLever(test);
    fake.override = () => ({ body: undefined });
    const pending = resolve(requestFor(ANNA));
    await waitFor(() => fake.requests.length === 1);
    await clock.advance(10_000);
    const { status, retryAfter } = await pending;
    assert.deepEqual([status, retryAfter], [503, '5']);
    const unreachable = await startResolver(test, { ATS_LEVER_KEY: LEVER_KEY, ATS_LEVER_URL: 'http://127.0.0.1:9/v1' });
    assert.equal((await unreachable.resolve(requestFor(ANNA))).status, 503);
  });

  it('is audited with the recruiter, at most once a minute and without a readable id', async (test) => {
    const { proxy, page, resolve, clock } = await startLever(test);
    await resolve(requestFor(ANNA));
    await resolve(requestFor(ANNA));
    await resolve(requestFor(CARL));
    await page.invite({ candidate_email: 'anna@example.com', candidate_name: 'Anna Ames' });
    await clock.advance(60_000);
    await resolve(requestFor(ANNA));
    const auditLog = await createAdminClient(proxy.url).readAuditLog();
    const resolved = auditLog.filter(({ action }) => action === 'resolved');
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
    assert.ok(auditLog.some(({ action, detail }) => action === 'refused' && detail === `not_found ${RESOLVE}`));
    assert.doesNotMatch(JSON.stringify(auditLog), new RegExp(`${ANNA}|${CARL}|anna@`));
  });

  it('is rate-limited per recruiter', async (test) => {
    const { proxy, resolve } = await startLever(test);
    for (let n = 0; n < 120; n++) assert.equal((await resolve(requestFor(ANNA))).status, 200);
    const { status, body } = await resolve(requestFor(ANNA));
    assert.deepEqual([status, body.code], [429, 'rate_limited']);
    assert.equal(
      (await createResolver(await createRecruiterClient(proxy.url, { sub: 'other' }))(requestFor(ANNA))).status,
      200,
    );
  });

  it('uses a key that was replaced in its file, and logs a refused key without its value', async (test) => {
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
    assert.equal((await resolve(requestFor(ANNA))).body.code, 'upstream_rejected');
    await waitFor(() => /"alert":"ats_key_refused","ats":"lever"/.test(proxy.output()));
    writeFileSync(file, 'lever-new-key\n');
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await resolve(requestFor(ANNA))).status === 200);
    assert.doesNotMatch(proxy.output(), new RegExp(`lever-new-key|${LEVER_KEY}|anna@example|Ames|${ANNA}`, 'i'));
  });
});

describe('the page adapters', () => {
  it('in /v1/config are the built-in ones, changed and extended by ATS_ADAPTERS', async (test) => {
    const fake = await startFakeLever(test);
    const settings = {
      ...fake.settings,
      ATS_ADAPTERS: JSON.stringify([
        {
          name: 'own',
          hosts: ['ats.example.com'],
          marks: [{ id: 'no', selector: '[data-no]' }],
          ids: { no: 'digits' },
        },
        { name: 'lever', hosts: ['hire.eu.lever.co', 'hire.lever.co'], mount: ['.profile'] },
      ]),
    };
    const { page } = await startStack(test, { settings });
    const { adapters = [] } = clientConfigSchema.parse((await page.get('/v1/config')).body);
    assert.deepEqual(
      adapters.map(({ name, ats, connected }) => [name, ats, connected]),
      [
        ['own', 'own', false],
        ['lever', 'lever', true],
        ['greenhouse', 'greenhouse', false],
        ['ashby', 'ashby', false],
      ],
    );
    assert.deepEqual(adapters[1]?.mount, ['.profile']);
    assert.deepEqual(adapters[1]?.addresses, ['/candidates/{opportunity}/**']);
  });

  it('that cannot read a page are logged by name and host only', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(buildProxySettings(evalon, { LOG_LEVEL: 'info' }));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const page = await createRecruiterClient(proxy.url);
    const report = (body: object) => page.post('/v1/pages/unknown', body);
    assert.equal((await report({ adapter: 'greenhouse', host: 'acme.greenhouse.io' })).status, 204);
    for (const body of [
      { adapter: 'greenhouse', host: 'anna@example.com' },
      { adapter: 'unknown', host: 'acme.greenhouse.io' },
      { adapter: 'lever', host: 'acme.greenhouse.io' },
      { adapter: 'greenhouse', host: 'acme.greenhouse.io', candidate: 'anna@example.com' },
    ]) {
      assert.equal((await report(body)).status, 400);
    }
    for (let n = 0; n < 20; n++) await report({ adapter: 'greenhouse', host: 'acme.greenhouse.io' });
    assert.equal((await report({ adapter: 'greenhouse', host: 'acme.greenhouse.io' })).status, 429);
    await waitFor(() => /"alert":"page_not_understood","adapter":"greenhouse","host":"acme/.test(proxy.output()));
    assert.ok((proxy.output().match(/page_not_understood/g) ?? []).length <= 10);
    assert.doesNotMatch(proxy.output(), /anna/);
  });
});
