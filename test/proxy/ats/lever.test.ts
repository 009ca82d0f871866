import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { startFakeLever } from '../../support/ats/lever.ts';
import { ANNA, BEN, CARL, GENERAL, listLabels, MARKETING, startResolver } from '../../support/ats/start-resolver.ts';

describe('a candidate of Lever', () => {
  async function startLever(test: TestContext) {
    const fake = await startFakeLever(test);
    fake.opportunities = [
      {
        id: ANNA,
        name: 'Anna Ames',
        emails: ['anna@example.com', 'b@example.com'],
        applications: [{ id: 'a', posting: 'job-marketing' }],
      },
      { id: BEN, name: 'Ben Bell', emails: [], applications: [] },
      {
        id: CARL,
        // Only a zero-width space.
        name: '\u200b',
        emails: ['no address', 'carl@example.com'],
        applications: [{ id: 'b', posting: { id: 'job-sales' } }],
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

  it('has no email or name if that field is missing or invalid', async (test) => {
    const { resolve } = await startLever(test);
    const ben = (await resolve({ ats: 'lever', opportunity: BEN })).body;
    assert.deepEqual(
      [ben.candidate_email, ben.candidate_name, listLabels(ben.assessments)],
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

  it('is found even if the response has malformed entries and a byte order mark', async (test) => {
    const { resolve, fake } = await startLever(test);
    const applications = [null, 'id', { posting: null }, { posting: {} }, { posting: { id: 'job-marketing' } }];
    const emails = [null, 7, {}, 'jane@example.com'];
    const opportunity = { id: ANNA, name: ['Anna'], emails, applications };
    fake.override = () => ({ body: `\ufeff${JSON.stringify({ data: opportunity })}` });
    const { status, body } = await resolve({ ats: 'lever', opportunity: ANNA });
    assert.deepEqual(
      [status, body.candidate_email, body.candidate_name, listLabels(body.assessments)],
      [200, 'jane@example.com', undefined, ['Marketing', 'General']],
    );
    for (const list of [null, 'text', {}, 7]) {
      fake.opportunities = [{ id: BEN, name: 'Ben Bell', emails: list, applications: list }];
      fake.override = () => ({ body: { data: fake.opportunities[0] } });
      assert.equal((await resolve({ ats: 'lever', opportunity: BEN })).body.candidate_name, 'Ben Bell');
    }
  });
});
