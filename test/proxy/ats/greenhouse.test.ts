import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { startFakeGreenhouse } from '../../support/ats/greenhouse.ts';
import { GENERAL, listLabels, MARKETING, SALES, startResolver } from '../../support/ats/start-resolver.ts';

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
    // Job 11 has the assessment MARKETING, and job 22 SALES.
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
      'https://app.eu.greenhouse.io/people/7/applications/71/scorecards?tab=1#top',
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
    assert.deepEqual(listLabels(body.assessments), ['Sales', 'General']);
  });

  it('with several applications has the assessments of all their jobs, and no application id', async (test) => {
    const { resolve } = await startGreenhouse(test);
    const { body } = await resolve({ url: 'https://app.greenhouse.io/people/7' });
    assert.equal(body.application_id, undefined);
    assert.deepEqual(listLabels(body.assessments), ['Marketing', 'Sales', 'General']);
  });

  it('may have no email, and may be a prospect for a job instead of an applicant', async (test) => {
    const { resolve } = await startGreenhouse(test);
    const { body } = await resolve({ url: 'https://app.greenhouse.io/people/8' });
    assert.deepEqual(body, {
      ats: 'greenhouse',
      application_id: '81',
      candidate_name: 'Ben',
      assessments: [SALES, GENERAL],
    });
  });

  it('is found by its application after a merge, unless the URL also names another existing candidate', async (test) => {
    const { resolve } = await startGreenhouse(test);
    // Greenhouse no longer has person 6, because 6 was merged into 7.
    const merged = await resolve({ url: 'https://app.greenhouse.io/people/6?application_id=71' });
    assert.equal(merged.body.candidate_email, 'anna@example.com');
    // Application 71 belongs to person 7.
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

  it('is looked up with the same token until the token expires or is refused', async (test) => {
    const { fake, resolve, clock } = await startGreenhouse(test);
    fake.tokenTtlSeconds = 300;
    const countTokenRequests = () => fake.requests.filter(({ path }) => path === '/token').length;
    await Promise.all([resolve({ ats: 'greenhouse', person: '7' }), resolve({ ats: 'greenhouse', person: '8' })]);
    assert.equal(countTokenRequests(), 1);
    // Greenhouse refuses the token from now on.
    fake.tokens.clear();
    assert.equal((await resolve({ ats: 'greenhouse', application: '71' })).status, 200);
    assert.equal(countTokenRequests(), 2);
    // The proxy replaces a token one minute before it expires.
    await clock.advance(250_000);
    assert.equal((await resolve({ ats: 'greenhouse', application: '72' })).status, 200);
    assert.equal(countTokenRequests(), 3);
  });

  it('causes upstream_rejected after one API call if the credentials lack permission', async (test) => {
    const { fake, resolve } = await startGreenhouse(test);
    fake.override = ({ path }) => (path === '/token' ? undefined : { status: 403, body: {} });
    const { status, body } = await resolve({ ats: 'greenhouse', person: '7' });
    assert.deepEqual([status, body.code], [502, 'upstream_rejected']);
    // One token request, and one API call.
    assert.equal(fake.requests.length, 2);
  });

  it('is found even if the response has ids above 2^53, a byte order mark and malformed entries', async (test) => {
    const fake = await startFakeGreenhouse(test);
    const ids = { person: '9007199254740993', application: '9007199254740995', job: '9007199254740997' };
    const assessment = { ...MARKETING, jobs: [ids.job] };
    const ASSESSMENTS = JSON.stringify([assessment]);
    const { resolve } = await startResolver(test, { ...fake.settings, ASSESSMENTS });
    fake.override = ({ path }) => {
      if (path.startsWith('/v3/applications')) {
        return {
          body: `\ufeff[null,{"id":"other","candidate_id":{}},{"id":${ids.application},"candidate_id":${ids.person},"job_id":${ids.job},"prospective_job_ids":7}]`,
        };
      }
      return path.startsWith('/v3/candidates')
        ? {
            body: `\ufeff[7,{"id":${ids.person},"first_name":{},"last_name":"Ames","email_addresses":[null,{"value":7},{"value":"<anna@example.com>"}]}]`,
          }
        : undefined;
    };
    const { status, body } = await resolve({ ats: 'greenhouse', person: ids.person, application: ids.application });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      ats: 'greenhouse',
      application_id: ids.application,
      candidate_email: 'anna@example.com',
      candidate_name: 'Ames',
      assessments: [assessment],
    });
  });
});
