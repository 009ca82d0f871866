import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { startFakeAshby } from '../../support/ats/ashby.ts';
import {
  ANNA,
  BEN,
  CARL,
  FIRST_APPLICATION,
  GENERAL,
  listLabels,
  MARKETING,
  SECOND_APPLICATION,
  startResolver,
} from '../../support/ats/start-resolver.ts';

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
      {
        id: FIRST_APPLICATION,
        candidate: { id: ANNA, name: 'Anna Ames' },
        job: { id: 'job-marketing', title: 'Marketer' },
      },
      { id: SECOND_APPLICATION, candidate: { id: ANNA, name: 'Anna Ames' }, job: { id: 'job-sales', title: 'Seller' } },
    ];
    return { fake, ...(await startResolver(test, fake.settings)) };
  }
  const buildPageUrl = (candidate: string, application?: string) =>
    `https://app.ashbyhq.com/candidate-searches/new/right-side/candidates/${candidate}${application ? `/applications/${application}/feed` : ''}`;

  it('is found by the application in the URL, or by the candidate if the URL names no application', async (test) => {
    const { resolve } = await startAshby(test);
    assert.deepEqual((await resolve({ url: buildPageUrl(ANNA, FIRST_APPLICATION) })).body, {
      ats: 'ashby',
      application_id: FIRST_APPLICATION,
      candidate_email: 'anna@example.com',
      candidate_name: 'Anna Ames',
      assessments: [MARKETING, GENERAL],
    });
    const { body } = await resolve({ url: `https://app.ashbyhq.com/candidates/${ANNA}` });
    assert.deepEqual(
      [body.application_id, listLabels(body.assessments)],
      [undefined, ['Marketing', 'Sales', 'General']],
    );
  });

  it('is found by its application after a merge, unless the URL also names another existing candidate', async (test) => {
    const { resolve } = await startAshby(test);
    // Ashby no longer has CARL, because CARL was merged into ANNA.
    assert.equal(
      (await resolve({ url: buildPageUrl(CARL, FIRST_APPLICATION) })).body.candidate_email,
      'anna@example.com',
    );
    // The application belongs to ANNA.
    assert.equal((await resolve({ url: buildPageUrl(BEN, FIRST_APPLICATION) })).status, 404);
    assert.equal((await resolve({ url: buildPageUrl(CARL) })).status, 404);
  });

  it('has no email if the response has several emails and no primary email', async (test) => {
    const { resolve } = await startAshby(test);
    const { status, body } = await resolve({ url: buildPageUrl(BEN) });
    assert.deepEqual([status, body.candidate_email, body.candidate_name], [200, undefined, 'Ben Bell']);
  });

  it('is not read from an unsuccessful response', async (test) => {
    const { resolve, fake } = await startAshby(test);
    fake.override = () => ({ body: { success: false, errors: ['internal_error'], results: fake.candidates[0] } });
    const { status, body } = await resolve({ url: buildPageUrl(ANNA) });
    assert.deepEqual([status, body.code], [502, 'upstream_unavailable']);
  });

  it('is found even if the response has malformed entries', async (test) => {
    const { resolve, fake } = await startAshby(test);
    fake.candidates = [
      {
        id: ANNA,
        name: 7,
        primaryEmailAddress: 'text',
        emailAddresses: [null, { value: null }, { value: 'anna@example.com', isPrimary: 'yes' }],
        applicationIds: [null, FIRST_APPLICATION, {}],
      },
    ];
    const { status, body } = await resolve({ url: buildPageUrl(ANNA) });
    assert.deepEqual(
      [status, body.candidate_email, body.candidate_name, body.application_id],
      [200, 'anna@example.com', undefined, FIRST_APPLICATION],
    );
  });
});
