import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as ROUTES from '../../../proxy/contract/routes.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startStack } from '../../support/start-stack.ts';
import { mintToken } from '../../support/token.ts';

const ROW = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };

const OPPORTUNITY = '5b591aed-88e3-4395-b9c6-7d529f93354a';
/** An ATS that nobody reaches: who may see nothing is told so without it. */
const ATS = { ATS_LEVER_KEY: 'lever-key', ATS_LEVER_URL: 'http://127.0.0.1:9' };

const BATCH = { project_id: JANE.project_id, assessment_type: JANE.assessment_type, candidates: [JANE] };

/** What each route answers to nobody, and to a recruiter of another project; the open ones say why they are open. */
const CASES: Record<string, { nobody: number; stranger: number; ask: [string, string, unknown?] } | string> = {
  [ROUTES.config]: { nobody: 401, stranger: 200, ask: ['GET', ROUTES.config] },
  [ROUTES.sessions]: { nobody: 401, stranger: 403, ask: ['POST', ROUTES.sessions, JANE] },
  [ROUTES.sessionQuery]: { nobody: 401, stranger: 200, ask: ['POST', ROUTES.sessionQuery, { candidates: [ROW] }] },
  [ROUTES.session]: { nobody: 401, stranger: 404, ask: ['GET', '/v1/sessions/SESSION'] },
  [ROUTES.scorecard]: { nobody: 401, stranger: 404, ask: ['GET', '/v1/sessions/SESSION/scorecard'] },
  [ROUTES.percentile]: { nobody: 401, stranger: 404, ask: ['GET', '/v1/sessions/SESSION/standing'] },
  [ROUTES.batches]: { nobody: 401, stranger: 403, ask: ['POST', ROUTES.batches, BATCH] },
  [ROUTES.batch]: { nobody: 401, stranger: 404, ask: ['GET', '/v1/batches/BATCH'] },
  [ROUTES.batchCancel]: { nobody: 401, stranger: 404, ask: ['POST', '/v1/batches/BATCH/cancel', {}] },
  [ROUTES.batchRetry]: { nobody: 401, stranger: 404, ask: ['POST', '/v1/batches/BATCH/retry', {}] },
  [ROUTES.events]: { nobody: 401, stranger: 403, ask: ['POST', ROUTES.events, { candidates: [ROW] }] },
  [ROUTES.resolve]: {
    nobody: 401,
    stranger: 404,
    ask: ['POST', ROUTES.resolve, { ats: 'lever', opportunity: OPPORTUNITY }],
  },
  [ROUTES.unknownPage]: {
    nobody: 401,
    stranger: 204,
    ask: ['POST', ROUTES.unknownPage, { adapter: 'lever', host: 'hire.lever.co' }],
  },
  [ROUTES.signIn]: 'is how one signs in; 404 without OIDC_* (sign-in.test.ts)',
  [ROUTES.signInStart]: 'is how one signs in; 404 without OIDC_* (sign-in.test.ts)',
  [ROUTES.signInCallback]: 'is how one signs in; 404 without OIDC_* (sign-in.test.ts)',
  [ROUTES.signInRedeem]: 'needs code, verifier and key (sign-in.test.ts)',
  [ROUTES.signInRenew]: 'needs handle and key (sign-in.test.ts)',
  [ROUTES.signOut]: 'needs handle and key (sign-in.test.ts)',
  [ROUTES.webhook]: { nobody: 401, stranger: 401, ask: ['POST', '/webhooks/evalon/a-token-that-nobody-gave', {}] },
  [ROUTES.health]: 'says only that the process lives',
  [ROUTES.ready]: 'says only that the database takes writes',
  [ROUTES.metrics]: 'needs METRICS_TOKEN (admin.test.ts)',
  [ROUTES.admin]: 'needs ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminAudit]: 'needs ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminExport]: 'needs ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminErase]: 'needs ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminBackup]: 'needs ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.loader]: 'the widget is public',
  [ROUTES.widget]: 'the widget is public',
};

describe('every route', () => {
  it('has a case here', () => {
    const paths = Object.values(ROUTES).filter((value) => typeof value === 'string');
    assert.deepEqual(Object.keys(CASES).sort(), paths.sort());
  });

  it('is one of these: the proxy serves no other', async (test) => {
    const { proxy } = await startStack(test);
    for (const path of ['/', '/v1', '/v1/nothing', '/admin', '/metrics', '/evalon/api/v1/sessions/', '/candidates/1']) {
      assert.equal((await fetch(`${proxy.url}${path}`)).status, 404, path);
    }
  });

  it('sets no cookie and does not name its software, whoever asks and how', async (test) => {
    const { proxy } = await startStack(test);
    const authorization = `Bearer ${await mintToken()}`;
    const asked: Record<string, string>[] = [{}, { authorization }, { cookie: 'session=1' }];
    for (const route of Object.keys(CASES)) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE']) {
        for (const headers of asked) {
          const response = await fetch(`${proxy.url}${route}`, { method, headers });
          await response.body?.cancel();
          for (const name of ['set-cookie', 'x-powered-by', 'server']) {
            assert.equal(response.headers.has(name), false, `${method} ${route} sets ${name}`);
          }
        }
      }
    }
  });

  for (const [route, rule] of Object.entries(CASES)) {
    if (typeof rule === 'string') continue;
    it(`${route} answers ${rule.nobody} to nobody and shows a stranger nothing`, async (test) => {
      const { proxy, page } = await startStack(test, { settings: ATS });
      const { session_uuid } = (await page.invite()).body;
      const [method, pattern, body] = rule.ask;
      const { batch_id } = (await page.post(ROUTES.batches, BATCH)).body;
      const path = pattern.replace('SESSION', session_uuid).replace('BATCH', batch_id);
      const nobody = await fetch(`${proxy.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      assert.equal(nobody.status, rule.nobody);
      const stranger = await createRecruiterClient(proxy.url, { sub: 'stranger', projects: ['proj_other'] });
      const answer = await (method === 'GET' ? stranger.get(path) : stranger.post(path, body));
      assert.equal(answer.status, rule.stranger);
      assert.doesNotMatch(JSON.stringify(answer.body), new RegExp(`${session_uuid}|${batch_id}|Jane Smith|marketing`));
    });
  }
});
