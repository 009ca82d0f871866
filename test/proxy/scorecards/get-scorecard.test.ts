import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitFor } from '../../support/eventually.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';

/** Completes Jane's session, and returns the path of its scorecard. */
async function completeSession({ evalon, recruiter }: TestStack, scorecard = {}): Promise<string> {
  const uuid = (await recruiter.invite()).body.session_uuid;
  await evalon.completeSession(uuid, { scorecard });
  await waitFor(async () => (await recruiter.get(`/v1/sessions/${uuid}`)).body.status === 'completed');
  return `/v1/sessions/${uuid}/scorecard`;
}

describe('a scorecard', () => {
  it('has the fields of the contract', async (test) => {
    const stack = await startStack(test);
    const { body } = await stack.recruiter.get(await completeSession(stack));
    assert.deepEqual([body.overall, body.overall_max], [82, 100]);
    assert.equal(body.assessment_type, 'marketing');
    assert.equal(body.completed_at, '2026-01-15T14:30:00.000Z');
    assert.match(body.narrative, /plans well/);
    assert.deepEqual(body.sections[0], {
      name: 'Campaign planning',
      score: 88,
      max_score: 100,
      questions: [
        { title: 'Plan a launch with half the budget', score: 9, max_score: 10, feedback: 'Clear priorities.' },
        { title: 'Which channel would you drop first?', score: 8, max_score: 10, time_seconds: 94 },
      ],
    });
    assert.equal(body.sections[1].max_score, null);
  });

  it('is read from Evalon once and then served from the store, even if Evalon is down', async (test) => {
    const stack = await startStack(test);
    const path = await completeSession(stack);
    await stack.evalon.stop();
    assert.equal((await stack.recruiter.get(path)).status, 200);
    assert.equal(stack.evalon.requests.filter(({ kind }) => kind === 'scorecard').length, 1);
  });

  it('has an ETag, and returns 304 if the ETag matches', async (test) => {
    const stack = await startStack(test);
    const path = await completeSession(stack);
    const etag = (await stack.recruiter.get(path)).headers.get('etag') ?? '';
    assert.match(etag, /^"/);
    assert.equal((await stack.recruiter.get(path, { 'if-none-match': etag })).status, 304);
  });

  it('is not ready before completion', async (test) => {
    const { recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const { status, body } = await recruiter.get(`/v1/sessions/${uuid}/scorecard`);
    assert.equal(status, 409);
    assert.equal(body.code, 'not_ready');
  });

  it('completes the session even if no webhook arrived', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    await evalon.completeSession(uuid, { notify: false });
    assert.equal((await recruiter.get(`/v1/sessions/${uuid}/scorecard`)).body.overall, 82);
    assert.equal((await recruiter.get(`/v1/sessions/${uuid}`)).body.status, 'completed');
  });

  it('for an unknown session is not found, without a call to Evalon', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    assert.equal((await recruiter.get('/v1/sessions/sess_unknown/scorecard')).status, 404);
    assert.equal((await recruiter.get('/v1/sessions/..%2f..%2fkeys/scorecard')).status, 404);
    assert.equal(evalon.requests.length, 0);
  });

  for (const [what, fields] of [
    ['no score', { overall: null, sections: [] }],
    ['no score and a completion time that is text', { overall: null, sections: [], completed_at: 'pending, step 2' }],
    ['an overall that is text', { overall: 'excellent', sections: [] }],
    ['a status that is not final', { status: 'scoring' }],
  ] as const) {
    it(`with ${what} is not ready`, async (test) => {
      const { evalon, recruiter } = await startStack(test);
      const uuid = (await recruiter.invite()).body.session_uuid;
      evalon.injectFault('scorecard', { fault: 'change', fields });
      await evalon.completeSession(uuid, { notify: false });
      assert.equal((await recruiter.get(`/v1/sessions/${uuid}/scorecard`)).body.code, 'not_ready');
    });
  }

  it('that belongs to another session is refused', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    evalon.injectFault('scorecard', { fault: 'change', fields: { session_uuid: 'sess_other' } });
    await evalon.completeSession(uuid, { notify: false });
    assert.equal((await recruiter.get(`/v1/sessions/${uuid}/scorecard`)).status, 502);
  });

  it('keeps its valid entries even if another entry is invalid, and accepts quoted decimals as numbers', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    evalon.injectFault('scorecard', {
      fault: 'response',
      body: {
        overall: '82.5',
        sections: [{ name: 'A', score: '90', questions: [{ title: 'Q', score: 1 }, null] }, null, { name: 'B' }],
      },
    });
    const { body } = await recruiter.get(`/v1/sessions/${uuid}/scorecard`);
    assert.equal(body.overall, 82.5);
    assert.deepEqual(
      body.sections.map(({ name, score, questions }: { name: string; score: number; questions: [] }) => [
        name,
        score,
        questions.length,
      ]),
      [
        ['A', 90, 1],
        ['B', null, 0],
      ],
    );
  });

  it('is the same in every response, even if Evalon leaves out the assessment type', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    evalon.injectFault('scorecard', { fault: 'change', fields: { assessment_type: null } });
    await evalon.completeSession(uuid, { notify: false });
    const path = `/v1/sessions/${uuid}/scorecard`;
    const [first, second] = [await recruiter.get(path), await recruiter.get(path)];
    assert.equal(first.body.assessment_type, 'marketing');
    assert.equal(first.headers.get('etag'), second.headers.get('etag'));
  });

  it('may have an overall score, and sections without scores', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    evalon.injectFault('scorecard', {
      fault: 'response',
      body: { overall: 40, sections: [{}, { questions: [{}] }, 'nonsense'] },
    });
    const first = await recruiter.get(`/v1/sessions/${uuid}/scorecard`);
    assert.equal(first.status, 200);
    assert.deepEqual(first.body.sections[1].questions, [{ title: 'Question 1', score: null, max_score: null }]);
    assert.equal(first.body.sections.length, 2);
    assert.equal(first.body.overall, 40);
  });

  it('returns markup as plain text', async (test) => {
    const stack = await startStack(test);
    const hostile = '<img src=x onerror=alert(1)>\u2028"';
    const { body } = await stack.recruiter.get(await completeSession(stack, { narrative_summary: hostile }));
    assert.equal(body.narrative, hostile);
  });
});
