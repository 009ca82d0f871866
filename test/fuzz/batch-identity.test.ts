/**
 * Random batch responses: results are reordered, missing, repeated, masked, or labelled with another candidate's email.
 * The proxy gives a session, a link or a result only to its owner. Every row gets an outcome, from an individual invite
 * if necessary.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import fc from 'fast-check';
import { matchBatchResults } from '../../proxy/batches/match-results.ts';
import { createRecruiterClient, type RecruiterClient } from '../support/api-client.ts';
import { buildBatchRequest, createBatch, PROJECT_ID, sampleCandidates, waitForBatch } from '../support/batches.ts';
import { type EvalonSession, startEvalon, type TestEvalon } from '../support/evalon.ts';
import { testProperty } from '../support/property.ts';
import { startProxy } from '../support/proxy.ts';

const CANDIDATE_COUNT = 5;
/** The position of a candidate outside the batch, after the positions of the batch's candidates. */
const OUTSIDER = CANDIDATE_COUNT;
/** A notation of the project that the proxy does not recognize as `PROJECT_ID`. */
const OTHER_PROJECT_NOTATION = 'Project 1';

let evalon: TestEvalon;
let caseCount = 0;

/** The position of a result's owner. */
const owner = fc.integer({ min: 0, max: OUTSIDER });
const item = fc.record({
  owner,
  email: fc.constantFrom('plain', 'upper case', 'masked', 'none'),
  project: fc.constantFrom('own', 'other notation', 'none'),
  isError: fc.boolean(),
  hasLink: fc.boolean(),
});
const response = fc.record({
  items: fc.array(item, { maxLength: CANDIDATE_COUNT + 3 }),
  wrapper: fc.constantFrom('results', 'sessions', 'data'),
  /** Positions of candidates that were invited before the batch. */
  alreadyInvited: fc.uniqueArray(fc.integer({ min: 0, max: CANDIDATE_COUNT - 1 }), { maxLength: 2 }),
});
type BatchCase = typeof response extends fc.Arbitrary<infer T> ? T : never;

describe('a batch response', () => {
  before(async () => {
    evalon = await startEvalon();
  });

  after(() => evalon.close());

  testProperty(
    'is matched with the candidates so that each session goes only to its owner',
    { shareOfCases: 0.5 },
    response,
    ({ items, alreadyInvited }) => {
      const emails = Array.from({ length: CANDIDATE_COUNT + 1 }, (_, n) => `person-${n}@example.com`);
      const people = emails.map((candidate_key) => ({ candidate_key, project_id: PROJECT_ID }));
      const stored = new Map(
        [...alreadyInvited, OUTSIDER].map((n) => [`sess_${n}`, people[n] as (typeof people)[number]]),
      );
      const results = items.map(({ owner, email, project, hasLink }) => ({
        ...(email !== 'none' && { candidate_email: email === 'masked' ? 'p***@example.com' : emails[owner] }),
        ...(project !== 'none' && { project_id: project === 'own' ? PROJECT_ID : OTHER_PROJECT_NOTATION }),
        session: { session_uuid: `sess_${owner}`, ...(hasLink && { candidate_url: `https://a.example/${owner}` }) },
      }));
      const matched = matchBatchResults(people.slice(0, CANDIDATE_COUNT), results, stored);
      assert.equal(matched.length, CANDIDATE_COUNT);
      for (const [position, result] of matched.entries()) {
        assert.ok(!result || result.session?.session_uuid === `sess_${position}`);
      }
    },
  );

  testProperty(
    'never makes the proxy give a candidate the session of another candidate',
    { shareOfCases: 0.001, minCases: 4 },
    response,
    async (given) => {
      // Each case needs a new proxy, because a proxy stops calling the batch endpoint after two unusable responses.
      const proxy = await startProxy(evalon);
      try {
        await checkBatch(given, await createRecruiterClient(proxy.url));
      } finally {
        await proxy.close();
      }
    },
  );
});

async function checkBatch(given: BatchCase, recruiter: RecruiterClient): Promise<void> {
  const caseName = `case${caseCount++}`;
  const candidates = sampleCandidates(CANDIDATE_COUNT, caseName);
  evalon.clearFaults();
  const outsider = { candidate_email: `${caseName}-outsider@example.com` };
  await recruiter.invite(outsider);
  for (const position of given.alreadyInvited) await recruiter.invite(candidates[position]);
  const sessions = candidates.map((candidate) =>
    evalon.addSession({ ...candidate, project_id: PROJECT_ID, assessment_type: 'marketing' }),
  );
  const owners = [...sessions, evalon.findSession(outsider.candidate_email, PROJECT_ID) as EvalonSession];
  const results = given.items.map((spec) => buildResult(owners[spec.owner] as EvalonSession, spec));
  evalon.injectFault('batch', { fault: 'response', body: { [given.wrapper]: results } });
  // The responses to individual invites name neither the candidate nor the project.
  evalon.injectFault('create', { fault: 'change', fields: { candidate_email: null, project_id: null } });

  const batch = await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(candidates)));
  assert.equal(batch.rows.length, CANDIDATE_COUNT);
  for (const [position, row] of batch.rows.entries()) {
    const expected = sessions[position] as EvalonSession;
    assert.equal(row.candidate_email, expected.candidate_email);
    if (row.status === 'failed') {
      assert.ok(given.items.some(({ isError, owner, email }) => isError && owner === position && email !== 'none'));
      continue;
    }
    assert.equal(row.session_uuid, expected.session_uuid);
    if (row.candidate_url === undefined) assert.equal(row.reason, 'link_missing');
    else assert.ok(row.candidate_url.endsWith(expected.link_token));
    const shown = (await recruiter.query({ candidate_email: row.candidate_email })).body.sessions;
    assert.deepEqual(
      shown.map(({ session_uuid }: { session_uuid: string }) => session_uuid),
      [expected.session_uuid],
    );
  }
  const [shown] = (await recruiter.query(outsider)).body.sessions;
  assert.equal(shown.session_uuid, owners[OUTSIDER]?.session_uuid);
}

function buildResult(
  { session_uuid, candidate_email, link_token }: EvalonSession,
  spec: BatchCase['items'][number],
): object {
  const emails: Record<string, string> = {
    plain: candidate_email,
    'upper case': candidate_email.toUpperCase(),
    masked: `${candidate_email[0]}***@example.com`,
  };
  const named = {
    ...(spec.email in emails && { candidate_email: emails[spec.email] }),
    ...(spec.project !== 'none' && { project_id: spec.project === 'own' ? PROJECT_ID : OTHER_PROJECT_NOTATION }),
  };
  if (spec.isError) return { ...named, detail: 'The candidate was refused.', status: 400 };
  return {
    ...named,
    session_uuid,
    ...(spec.hasLink && { candidate_url: `${evalon.url}/take/${link_token}` }),
  };
}
