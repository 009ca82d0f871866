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
const [APPLIED, AGAIN] = ['3ae2b801-19f6-41ef-ad28-214bd731948f', '6ee2b801-19f6-41ef-ad28-214bd731948f'];

const MARKETING = {
  project_id: 'proj_marketing',
  assessment_type: 'marketing',
  label: 'Marketing',
  jobs: ['11', 'job-m'],
};
const SALES = { project_id: 'proj_sales', assessment_type: 'sales', label: 'Sales', jobs: ['22', 'job-s'] };
const GENERAL = { project_id: 'proj_all', assessment_type: 'general', label: 'General' };
const ASSESSMENTS = JSON.stringify([MARKETING, SALES, GENERAL]);

/** The proxy beside one fake ATS. */
async function resolving(test: TestContext, settings: Record<string, string>, clock = createTestClock(Date.now())) {
  const house = await startStack(test, { settings: { ASSESSMENTS, ADMIN_TOKEN, ...settings }, clock });
  return { ...house, clock, resolve: resolverOf(house.page) };
}

function resolverOf(page: RecruiterClient) {
  return async (request: object) => {
    const { status, body, headers } = await page.post(RESOLVE, request);
    if (status === 200) resolvedCandidateSchema.parse(body);
    return { status, body, retryAfter: headers.get('retry-after') };
  };
}

const labels = (assessments: { label: string }[]) => assessments.map(({ label }) => label);

describe('a candidate of Greenhouse', () => {
  async function greenhouse(test: TestContext) {
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
    return { fake, ...(await resolving(test, fake.settings)) };
  }

  it('is told by the application in the address, under every form of it', async (test) => {
    const { resolve } = await greenhouse(test);
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
    assert.deepEqual(labels(body.assessments), ['Sales', 'General']);
  });

  it('with several applications and none in the address gets none guessed, and what fits any of them', async (test) => {
    const { resolve } = await greenhouse(test);
    const { body } = await resolve({ url: 'https://app.greenhouse.io/people/7' });
    assert.equal(body.application_id, undefined);
    assert.deepEqual(labels(body.assessments), ['Marketing', 'Sales', 'General']);
  });

  it('without an email is told without one; a prospect by the jobs in view', async (test) => {
    const { resolve } = await greenhouse(test);
    const { body } = await resolve({ url: 'https://app.greenhouse.io/people/8' });
    assert.deepEqual(body, {
      ats: 'greenhouse',
      application_id: '81',
      candidate_name: 'Ben',
      assessments: [SALES, GENERAL],
    });
  });

  it('who was merged is found by the application; an address that names two people names nobody', async (test) => {
    const { resolve } = await greenhouse(test);
    const merged = await resolve({ url: 'https://app.greenhouse.io/people/6?application_id=71' });
    assert.equal(merged.body.candidate_email, 'anna@example.com');
    assert.equal((await resolve({ url: 'https://app.greenhouse.io/people/8?application_id=71' })).status, 404);
    assert.equal((await resolve({ url: 'https://app.greenhouse.io/people/6' })).status, 404);
  });

  it('is not whoever a list brings that heeds no filter', async (test) => {
    const { fake, resolve } = await greenhouse(test);
    fake.override = ({ path }) => {
      if (path.startsWith('/v3/candidates')) return { body: fake.candidates };
      return path.startsWith('/v3/applications') ? { body: fake.applications } : undefined;
    };
    assert.equal((await resolve({ ats: 'greenhouse', person: '8' })).body.candidate_name, 'Ben');
    assert.equal((await resolve({ ats: 'greenhouse', application: '72' })).body.candidate_name, 'Anna Ames');
    assert.equal((await resolve({ ats: 'greenhouse', application: '99' })).status, 404);
  });

  it('is asked for with one token until that ends or is refused, and then with another', async (test) => {
    const { fake, resolve, clock } = await greenhouse(test);
    fake.lifetime = 300;
    const tokens = () => fake.requests.filter(({ path }) => path === '/token').length;
    await Promise.all([resolve({ ats: 'greenhouse', person: '7' }), resolve({ ats: 'greenhouse', person: '8' })]);
    assert.equal(tokens(), 1);
    fake.tokens.clear();
    assert.equal((await resolve({ ats: 'greenhouse', application: '71' })).status, 200);
    assert.equal(tokens(), 2);
    await clock.advance(250_000);
    assert.equal((await resolve({ ats: 'greenhouse', application: '72' })).status, 200);
    assert.equal(tokens(), 3);
  });

  it('cannot be had with a credential that may not read: that is said, and tried twice at the most', async (test) => {
    const { fake, resolve } = await greenhouse(test);
    fake.override = ({ path }) => (path === '/token' ? undefined : { status: 403, body: {} });
    const { status, body } = await resolve({ ats: 'greenhouse', person: '7' });
    assert.deepEqual([status, body.code], [502, 'upstream_rejected']);
    assert.equal(fake.requests.length, 2);
  });
});

describe('a candidate of Lever', () => {
  async function lever(test: TestContext) {
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
    return { fake, ...(await resolving(test, fake.settings)) };
  }

  it('is an opportunity, told by the first of its emails and its posting', async (test) => {
    const { resolve, fake } = await lever(test);
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

  it('has no email or name where the ATS has none that could be one', async (test) => {
    const { resolve } = await lever(test);
    const ben = (await resolve({ ats: 'lever', opportunity: BEN })).body;
    assert.deepEqual(
      [ben.candidate_email, ben.candidate_name, labels(ben.assessments)],
      [undefined, 'Ben Bell', ['General']],
    );
    const carl = (await resolve({ ats: 'lever', opportunity: CARL })).body;
    assert.deepEqual([carl.candidate_email, carl.candidate_name], ['carl@example.com', undefined]);
  });

  it('is not somebody else than was asked for', async (test) => {
    const { resolve, fake } = await lever(test);
    fake.override = () => ({ body: { data: fake.opportunities[0] } });
    assert.equal((await resolve({ ats: 'lever', opportunity: BEN })).status, 404);
  });
});

describe('a candidate of Ashby', () => {
  async function ashby(test: TestContext) {
    const fake = await startFakeAshby(test);
    fake.candidates = [
      {
        id: ANNA,
        name: 'Anna Ames',
        primaryEmailAddress: { value: 'anna@example.com', type: 'Personal', isPrimary: true },
        emailAddresses: [{ value: 'old@example.com' }, { value: 'anna@example.com' }],
        applicationIds: [APPLIED, AGAIN],
      },
      {
        id: BEN,
        name: 'Ben Bell',
        emailAddresses: [{ value: 'a@example.com' }, { value: 'b@example.com' }],
        applicationIds: [],
      },
    ];
    fake.applications = [
      { id: APPLIED, candidate: { id: ANNA, name: 'Anna Ames' }, job: { id: 'job-m', title: 'Marketer' } },
      { id: AGAIN, candidate: { id: ANNA, name: 'Anna Ames' }, job: { id: 'job-s', title: 'Seller' } },
    ];
    return { fake, ...(await resolving(test, fake.settings)) };
  }
  const page = (candidate: string, application?: string) =>
    `https://app.ashbyhq.com/candidate-searches/new/right-side/candidates/${candidate}${application ? `/applications/${application}/feed` : ''}`;

  it('is told by the application in the address, else by the candidate without one', async (test) => {
    const { resolve } = await ashby(test);
    assert.deepEqual((await resolve({ url: page(ANNA, APPLIED) })).body, {
      ats: 'ashby',
      application_id: APPLIED,
      candidate_email: 'anna@example.com',
      candidate_name: 'Anna Ames',
      assessments: [MARKETING, GENERAL],
    });
    const { body } = await resolve({ url: `https://app.ashbyhq.com/candidates/${ANNA}` });
    assert.deepEqual([body.application_id, labels(body.assessments)], [undefined, ['Marketing', 'Sales', 'General']]);
  });

  it('who was merged is found by the application; an address that names two people names nobody', async (test) => {
    const { resolve } = await ashby(test);
    assert.equal((await resolve({ url: page(CARL, APPLIED) })).body.candidate_email, 'anna@example.com');
    assert.equal((await resolve({ url: page(BEN, APPLIED) })).status, 404);
    assert.equal((await resolve({ url: page(CARL) })).status, 404);
  });

  it('with several emails of which none is marked has none', async (test) => {
    const { resolve } = await ashby(test);
    const { status, body } = await resolve({ url: page(BEN) });
    assert.deepEqual([status, body.candidate_email, body.candidate_name], [200, undefined, 'Ben Bell']);
  });

  it('is no answer that did not succeed', async (test) => {
    const { resolve, fake } = await ashby(test);
    fake.override = () => ({ body: { success: false, errors: ['internal_error'], results: fake.candidates[0] } });
    const { status, body } = await resolve({ url: page(ANNA) });
    assert.deepEqual([status, body.code], [502, 'upstream_unavailable']);
  });
});

describe('a candidate of an ATS that IT has described', () => {
  const ADAPTERS = JSON.stringify([
    {
      name: 'workday',
      hosts: ['*.myworkday.com'],
      ids: { application: 'text' },
      addresses: ['/acme/d/inst/{application}.htmld'],
    },
  ]);

  async function workday(test: TestContext, changes: Record<string, unknown> = {}) {
    const fake = await startFakeWorkday(test);
    const row = { Application_ID: '15$88', First_Name: 'Anna', Last_Name: 'Ames', Email: 'anna@example.com' };
    fake.rows = [
      { ...row, Job_Requisition_ID: 'job-m' },
      { ...row, Application_ID: '15$99', First_Name: 'Ben', Email: 'ben@example.com', Job_Requisition_ID: 22 },
    ];
    const ATS_HTTP = JSON.stringify({ ...fake.connector, ...changes });
    const settings = { ...fake.settings, ATS_HTTP, ATS_ADAPTERS: ADAPTERS };
    return { fake, ...(await resolving(test, settings)) };
  }

  it('is told by the pattern of the address and the pointers into the answer', async (test) => {
    const { resolve, fake } = await workday(test);
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

  it('is the row that repeats the id, also of a report that heeds no prompt; two such rows are nobody', async (test) => {
    const { resolve, fake } = await workday(test);
    fake.heedsPrompt = false;
    const ben = (await resolve({ ats: 'workday', application: '15$99' })).body;
    assert.deepEqual([ben.candidate_email, labels(ben.assessments)], ['ben@example.com', ['Sales', 'General']]);
    assert.equal((await resolve({ ats: 'workday', application: '15$77' })).status, 404);
    fake.rows.push({ ...fake.rows[0] });
    assert.equal((await resolve({ ats: 'workday', application: '15$88' })).status, 404);
  });

  for (const [auth, header, value] of [
    [{ type: 'bearer' }, 'authorization', 'Bearer workday-canary-password'],
    [{ type: 'header', name: 'X-Api-Key' }, 'x-api-key', 'workday-canary-password'],
    [{ type: 'basic' }, 'authorization', `Basic ${btoa('workday-canary-password:')}`],
  ] as const) {
    it(`is asked for with the secret as ${JSON.stringify(auth)}`, async (test) => {
      const { resolve, fake } = await workday(test, { auth });
      fake.override = () => ({ body: { Report_Entry: fake.rows } });
      assert.equal((await resolve({ ats: 'workday', application: '15$88' })).status, 200);
      assert.equal(fake.requests[0]?.headers[header], value);
    });
  }
});

describe('resolving', () => {
  async function lever(test: TestContext, settings: Record<string, string> = {}) {
    const fake = await startFakeLever(test);
    fake.opportunities = [
      { id: ANNA, name: 'Anna Ames', emails: ['anna@example.com'], applications: [{ id: 'a', posting: 'job-m' }] },
      { id: BEN, name: 'Ben Bell', emails: [], applications: [{ id: 'b', posting: 'job-m' }] },
    ];
    return { fake, ...(await resolving(test, { ...fake.settings, ...settings })) };
  }
  const ask = (opportunity: string) => ({ ats: 'lever', opportunity });

  it('answers the same for nobody, a foreign project, no fitting job and a candidate that the token leaves out', async (test) => {
    const { proxy, resolve } = await lever(test, { ASSESSMENTS: JSON.stringify([MARKETING, SALES]) });
    const as = async (claims: object) => resolverOf(await createRecruiterClient(proxy.url, claims));
    const told = [
      await resolve(ask(CARL)),
      await (await as({ projects: ['proj_other'] }))(ask(ANNA)),
      await (await as({ projects: ['proj_sales'] }))(ask(ANNA)),
      await (await as({ candidates: ['ben@example.com'] }))(ask(ANNA)),
      await (await as({ candidates: ['anna@example.com'] }))(ask(BEN)),
    ];
    for (const { status, body } of told) {
      assert.equal(status, 404);
      assert.deepEqual(body, told[0]?.body);
    }
    const anna = await (await as({ candidates: ['ANNA@example.com'], projects: ['proj_marketing'] }))(ask(ANNA));
    assert.deepEqual(labels(anna.body.assessments), ['Marketing']);
  });

  it('takes addresses of the ATS and ids of its own kind only, and asks nobody otherwise', async (test) => {
    const { resolve, fake } = await lever(test);
    for (const request of [
      {},
      { url: 'no address' },
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
      { ats: 'lever', opportunity: ANNA, more: 'x' },
      { ats: 'nobody', opportunity: ANNA },
      { ats: '__proto__', opportunity: ANNA },
    ]) {
      const { status, body } = await resolve(request);
      assert.deepEqual([status, body.code], [400, 'invalid_request'], JSON.stringify(request));
    }
    assert.equal(fake.requests.length, 0);
  });

  it('is one question for all that ask it within half a minute', async (test) => {
    const { resolve, fake, clock } = await lever(test);
    await Promise.all([
      resolve(ask(ANNA)),
      resolve(ask(ANNA)),
      resolve({ url: `https://hire.lever.co/candidates/${ANNA}` }),
    ]);
    await resolve(ask(ANNA));
    assert.equal(fake.requests.length, 1);
    await clock.advance(30_000);
    await resolve(ask(ANNA));
    assert.equal(fake.requests.length, 2);
  });

  it('keeps silent where the ATS asks for it, says for how long, and remembers no failure', async (test) => {
    const { resolve, fake, clock } = await lever(test);
    fake.override = () => ({ status: 429, headers: { 'retry-after': '7' }, body: {} });
    for (const opportunity of [ANNA, ANNA, BEN]) {
      const { status, body, retryAfter } = await resolve(ask(opportunity));
      assert.deepEqual([status, body.code, retryAfter], [503, 'upstream_unavailable', '7']);
    }
    assert.equal(fake.requests.length, 1);
    fake.override = undefined;
    await clock.advance(7_000);
    assert.equal((await resolve(ask(ANNA))).status, 200);
  });

  for (const [what, answer, expected, retryAfter] of [
    ['a 500', { status: 500, body: {} }, [503, 'upstream_unavailable'], '30'],
    [
      'a 503 with a wait',
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
    it(`says so where the ATS answers with ${what}`, async (test) => {
      const { resolve, fake } = await lever(test);
      fake.override = () => answer;
      const told = await resolve(ask(ANNA));
      assert.deepEqual([told.status, told.body.code], expected);
      assert.equal(told.retryAfter, retryAfter);
      assert.match(told.body.detail, /^Lever /);
      assert.equal(fake.requests.length, 1);
    });
  }

  it('ends after ten seconds where the ATS does not answer, or is not there', async (test) => {
    const { resolve, fake, clock } = await lever(test);
    fake.override = () => ({ body: undefined });
    const asked = resolve(ask(ANNA));
    await waitFor(() => fake.requests.length === 1);
    await clock.advance(10_000);
    const { status, retryAfter } = await asked;
    assert.deepEqual([status, retryAfter], [503, '5']);
    const gone = await resolving(test, { ATS_LEVER_KEY: LEVER_KEY, ATS_LEVER_URL: 'http://127.0.0.1:9/v1' });
    assert.equal((await gone.resolve(ask(ANNA))).status, 503);
  });

  it('stands in the record with who asked, once a minute, and without a readable id', async (test) => {
    const { proxy, page, resolve, clock } = await lever(test);
    await resolve(ask(ANNA));
    await resolve(ask(ANNA));
    await resolve(ask(CARL));
    await page.invite({ candidate_email: 'anna@example.com', candidate_name: 'Anna Ames' });
    await clock.advance(60_000);
    await resolve(ask(ANNA));
    const record = await createAdminClient(proxy.url).readAuditLog();
    const resolved = record.filter(({ action }) => action === 'resolved');
    assert.deepEqual(
      resolved.map(({ actor, candidate }) => [actor, typeof candidate]),
      [
        ['recruiter-1', 'undefined'],
        ['recruiter-1', 'string'],
      ],
    );
    assert.match(resolved[0].detail, /^lever [\w-]{16}$/);
    assert.equal(resolved[0].detail, resolved[1].detail);
    assert.equal(resolved[1].candidate, record.find(({ action }) => action === 'invited').candidate);
    assert.ok(record.some(({ action, detail }) => action === 'refused' && detail === `not_found ${RESOLVE}`));
    assert.doesNotMatch(JSON.stringify(record), new RegExp(`${ANNA}|${CARL}|anna@`));
  });

  it('is limited for each recruiter', async (test) => {
    const { proxy, resolve } = await lever(test);
    for (let n = 0; n < 120; n++) assert.equal((await resolve(ask(ANNA))).status, 200);
    const { status, body } = await resolve(ask(ANNA));
    assert.deepEqual([status, body.code], [429, 'rate_limited']);
    assert.equal((await resolverOf(await createRecruiterClient(proxy.url, { sub: 'other' }))(ask(ANNA))).status, 200);
  });

  it('takes a key that was replaced in its file, and the log says while one is refused, not which', async (test) => {
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
    const resolve = resolverOf(await createRecruiterClient(proxy.url));
    assert.equal((await resolve(ask(ANNA))).body.code, 'upstream_rejected');
    await waitFor(() => /"alert":"ats_key_refused","ats":"lever"/.test(proxy.output()));
    writeFileSync(file, 'lever-new-key\n');
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await resolve(ask(ANNA))).status === 200);
    assert.doesNotMatch(proxy.output(), new RegExp(`lever-new-key|${LEVER_KEY}|anna@example|Ames|${ANNA}`, 'i'));
  });
});

describe('the page adapters', () => {
  it('are served with the configuration: those built in, corrected and completed by the settings', async (test) => {
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

  it('that could not read a page are told to the log, by their own names and hosts alone', async (test) => {
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
      { adapter: 'nobody', host: 'acme.greenhouse.io' },
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
