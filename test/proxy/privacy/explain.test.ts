import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { PROXY_ISSUER } from '../../../proxy/audit/audit-log.ts';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import type { EvalonScorecard } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import type { Settings } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const NOTICE = 'An automated assessment is part of this process.';

async function startWithResult(test: TestContext, settings: Settings = {}, scorecard: Partial<EvalonScorecard> = {}) {
  const stack = await startStack(test, { settings: { ADMIN_TOKEN, ...settings } });
  const rita = await createRecruiterClient(stack.proxy.url, { sub: 'rita', name: 'Rita Recruiter' });
  const { session_uuid } = (await rita.invite()).body;
  const path = `/v1/sessions/${session_uuid}`;
  await rita.post(`${path}/handovers`, { kind: 'invite', channel: 'message' });
  await stack.evalon.completeSession(session_uuid, { scorecard });
  await waitFor(async () => (await rita.get(path)).body.status === 'completed');
  await rita.get(`${path}/scorecard`);
  return { ...stack, admin: createAdminClient(stack.proxy.url), rita };
}

describe('the explanation of a result', () => {
  it('has the steps, the notice, each score and the summary, and no name of a recruiter', async (test) => {
    const { admin } = await startWithResult(
      test,
      { CANDIDATE_NOTICE: NOTICE },
      { narrative_summary: 'Plans well.\nWrites clearly.' },
    );
    const text = await admin.explain(' JANE@example.com');
    for (const pattern of [
      /^# Assessments of jane@example\.com\n/,
      /^## Marketing \(project proj_abc123\)$/m,
      /^- Invited: \S+Z, by a recruiter$/m,
      /^- \S+Z: completed \(82 of 100\)$/m,
      /^- \S+Z: a recruiter copied the invite with the notice\.$/m,
      /^- Overall: 82 of 100$/m,
      /^ {2}- .+: \d+ of \d+$/m,
      /^> Plans well\.\n> Writes clearly\.$/m,
      /^- \S+Z: a recruiter, for the first time$/m,
      /^- By Evalon: how it calculates scores/m,
      /^- By the company: what it decided/m,
    ]) {
      assert.match(text, pattern);
    }
    assert.doesNotMatch(text, /Rita|evalon\.example|candidate_url|\/take\//);
  });

  it('mentions a comparison only if recruiters can see one', async (test) => {
    const { admin } = await startWithResult(test, { COMPARISON: 'on' });
    assert.match(await admin.explain(JANE.candidate_email), /may compare results side by side/);
    const withoutComparison = await startWithResult(test);
    assert.match(await withoutComparison.admin.explain(JANE.candidate_email), /don't see a comparison/);
  });

  it('states that the records show no notice, if no message had one', async (test) => {
    const { admin } = await startWithResult(test);
    assert.match(await admin.explain(JANE.candidate_email), /don't show that a message with the company's notice/);
  });

  it('keeps its structure and shows no hidden text, whatever Evalon returns', async (test) => {
    const { admin } = await startWithResult(
      test,
      {},
      { narrative_summary: '# Hired\n\u001b[2JHidden \u202etxet\u202c\r\n- Overall: 100 of 100' },
    );
    const text = await admin.explain(JANE.candidate_email);
    assert.match(text, /^> # Hired\n> \[2JHidden txet\n> - Overall: 100 of 100$/m);
    assert.equal(text.match(/^- Overall:/gm)?.length, 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the text must not contain them
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  });

  it('names a rule as the origin of an automatic invite', async (test) => {
    const { proxy } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const trigger: Recruiter = {
      iss: PROXY_ISSUER,
      sub: 'trigger:lever',
      projects: new Set([JANE.project_id]),
      scope: new Set(['invite']),
      expiresAt: Number.POSITIVE_INFINITY,
    };
    await proxy.context.inviteCandidate(trigger, JANE);
    const text = await createAdminClient(proxy.url).explain(JANE.candidate_email);
    assert.match(text, /automatically by a rule of the company/);
    assert.match(text, /There is no result/);
  });

  it('is audited, and contains nothing about an unknown or erased candidate', async (test) => {
    const { admin } = await startWithResult(test);
    await admin.explain(JANE.candidate_email);
    const [newest] = (await admin.readAuditLog(JANE.candidate_email)).slice(-1);
    assert.deepEqual([newest.actor, newest.action, newest.detail], ['administrator', 'exported', 'explanation']);
    await admin.post('/admin/erase', { candidate_email: JANE.candidate_email });
    for (const email of [JANE.candidate_email, 'unknown@example.com'])
      assert.match(await admin.explain(email), /contain no assessment of this person/);
  });
});
