import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { GENERAL, listLabels, MARKETING, startResolver } from '../../support/ats/start-resolver.ts';
import { startFakeWorkday } from '../../support/ats/workday.ts';

describe('a candidate from a custom connector', () => {
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
      { ...row, Job_Requisition_ID: 'job-marketing' },
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

  it('is the row with the requested id, even if the report returns all candidates', async (test) => {
    const { resolve, fake } = await startWorkday(test);
    fake.filtersByPrompt = false;
    const ben = (await resolve({ ats: 'workday', application: '15$99' })).body;
    assert.deepEqual([ben.candidate_email, listLabels(ben.assessments)], ['ben@example.com', ['Sales', 'General']]);
    assert.equal((await resolve({ ats: 'workday', application: '15$77' })).status, 404);
    // Two rows with the same id are ambiguous.
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
      // By default, the fake accepts only Basic authentication with its own user name.
      fake.override = () => ({ body: { Report_Entry: fake.rows } });
      assert.equal((await resolve({ ats: 'workday', application: '15$88' })).status, 200);
      assert.equal(fake.requests[0]?.headers[header], value);
    });
  }

  it('is found even if the report has ids above 2^53, a byte order mark and malformed entries', async (test) => {
    const { resolve, fake } = await startWorkday(test);
    const row = '{"Application_ID":9007199254740993,"First_Name":"Anna","Email":[null,{},"anna@example.com"]}';
    fake.override = () => ({ body: `\ufeff{"Report_Entry":[null,7,${row}]}` });
    const { status, body } = await resolve({ ats: 'workday', application: '9007199254740993' });
    assert.deepEqual([status, body.candidate_email, body.candidate_name], [200, 'anna@example.com', 'Anna']);
  });
});
