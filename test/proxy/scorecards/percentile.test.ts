import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { percentileSchema } from '../../../proxy/contract/scorecard.ts';
import type { SessionRow } from '../../../proxy/store/schema.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildSessionRow } from '../../support/session.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';

const COMPLETED_AT = '2026-01-15T14:30:00.000Z';

function buildResult(name: string, overall: number | null, changes: Partial<SessionRow> = {}): SessionRow {
  return {
    ...buildSessionRow(`${name}@example.com`, COMPLETED_AT),
    session_uuid: `sess_${name}`,
    status: 'completed',
    completed_at: COMPLETED_AT,
    scorecard: JSON.stringify({ session_uuid: `sess_${name}`, assessment_type: 'marketing', overall, sections: [] }),
    overall,
    ...changes,
  };
}

/** Starts a proxy with these scores in Jane's project and type, and with sessions that the percentile must ignore. */
async function startWithResults(test: TestContext, scores: number[], settings = {}): Promise<TestStack> {
  const stack = await startStack(test, { settings: { COMPARISON: 'on', ADMIN_TOKEN, ...settings } });
  await stack.proxy.context.store.write(async ({ sessions }) => {
    for (const [n, overall] of scores.entries()) await sessions.upsert(buildResult(`c${n}`, overall));
    await sessions.upsert(buildResult('other-project', 1, { project_id: 'proj_other' }));
    await sessions.upsert(buildResult('sales', 1, { assessment_type: 'sales' }));
    await sessions.upsert(buildResult('scoreless', null));
    await sessions.upsert({ ...buildSessionRow('open@example.com', COMPLETED_AT), session_uuid: 'sess_open' });
  });
  return stack;
}

/** Completes Jane's session with this score, and requests its percentile, which the API calls `standing`. */
async function requestPercentile({ evalon, recruiter }: TestStack, overall: number) {
  const { session_uuid } = (await recruiter.invite()).body;
  await evalon.completeSession(session_uuid, { scorecard: { overall } });
  await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
  return recruiter.get(`/v1/sessions/${session_uuid}/standing`);
}

describe('the percentile of a result', () => {
  for (const [overall, others, percentile] of [
    [82, [10, 20, 30, 90], 75],
    [82, [82, 82, 82, 82], 50],
    [99, [10, 20, 30, 40], 100],
    [1, [10, 20, 30, 40], 0],
    [82, [70, 82, 90, 91, 92], 30],
    [82.5, [82, 83, 84, 85, 86, 87], 17],
  ] as const) {
    it(`of ${overall} among ${others.join(', ')} is ${percentile}`, async (test) => {
      const { status, body } = await requestPercentile(await startWithResults(test, [...others]), overall);
      assert.equal(status, 200);
      assert.deepEqual(percentileSchema.parse(body), { count: others.length + 1, percentile });
    });
  }

  for (const [place, overall, percentile] of [
    ['second highest', 82, 99],
    ['second lowest', 12, 1],
  ] as const) {
    it(`of the ${place} among 300 is ${percentile}: only the ends of the list have 0 and 100`, async (test) => {
      const others = [10, ...Array.from({ length: 297 }, () => 50), 90];
      const { body } = await requestPercentile(await startWithResults(test, others), overall);
      assert.equal(percentileSchema.parse(body).percentile, percentile);
    });
  }

  it('is null with fewer than five results, before completion, or without an overall score', async (test) => {
    const withFewResults = await startWithResults(test, [10, 20, 30]);
    const withEnoughResults = await startWithResults(test, [10, 20, 30, 40, 50]);
    const CASES = [
      [await requestPercentile(withFewResults, 82), 4],
      [await withEnoughResults.recruiter.get('/v1/sessions/sess_open/standing'), 5],
      [await withEnoughResults.recruiter.get('/v1/sessions/sess_scoreless/standing'), 5],
    ] as const;
    for (const [{ status, body }, count] of CASES) {
      assert.equal(status, 200);
      assert.deepEqual(percentileSchema.parse(body), { count, percentile: null });
    }
  });

  it('is not found if comparison is off, or if the token is limited to candidates', async (test) => {
    const withoutComparison = await startWithResults(test, [1, 2, 3, 4], { COMPARISON: 'off' });
    const withComparison = await startWithResults(test, [1, 2, 3, 4, 5]);
    const limited = await createRecruiterClient(withComparison.proxy.url, { candidates: ['c0@example.com'] });
    for (const { status, body } of [
      await requestPercentile(withoutComparison, 82),
      await limited.get('/v1/sessions/sess_c0/standing'),
    ]) {
      assert.deepEqual([status, body.code], [404, 'not_found']);
    }
    const entries = await createAdminClient(withComparison.proxy.url).readAuditLog();
    assert.ok(entries.every(({ action }) => action !== 'refused' && action !== 'viewed'));
  });

  it('is shown only to recruiters who can see the session, and is audited as a view', async (test) => {
    const stack = await startWithResults(test, [10, 20, 30, 40, 50]);
    const path = '/v1/sessions/sess_c0/standing';
    const outsider = await createRecruiterClient(stack.proxy.url, { projects: ['proj_other'], sub: 'outsider' });
    const inviter = await createRecruiterClient(stack.proxy.url, { scope: 'invite' });
    assert.equal((await outsider.get(path)).status, 404);
    assert.equal((await inviter.get(path)).status, 403);
    assert.equal((await stack.recruiter.get('/v1/sessions/sess_unknown/standing')).status, 404);
    assert.deepEqual((await stack.recruiter.get(path)).body, { count: 5, percentile: 0 });
    const entries = await createAdminClient(stack.proxy.url).readAuditLog('c0@example.com');
    assert.deepEqual(
      entries.map(({ actor, action }) => `${actor} ${action}`),
      ['outsider refused', 'recruiter-1 refused', 'recruiter-1 viewed'],
    );
  });

  it('does not count an erased candidate', async (test) => {
    const { proxy, recruiter } = await startWithResults(test, [10, 20, 30, 40, 50, 60]);
    assert.deepEqual((await recruiter.get('/v1/sessions/sess_c1/standing')).body, { count: 6, percentile: 20 });
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'c0@example.com' });
    assert.deepEqual((await recruiter.get('/v1/sessions/sess_c1/standing')).body, { count: 5, percentile: 0 });
  });
});
