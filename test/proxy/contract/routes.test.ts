import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as ROUTES from '../../../proxy/contract/routes.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startStack } from '../../support/start-stack.ts';
import { mintToken } from '../../support/token.ts';

const ROW = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };

const OPPORTUNITY = '5b591aed-88e3-4395-b9c6-7d529f93354a';
/** Settings of an unreachable ATS. The proxy refuses a caller without rights before it calls the ATS. */
const ATS_SETTINGS = { ATS_LEVER_KEY: 'lever-key', ATS_LEVER_URL: 'http://127.0.0.1:9' };

const BATCH = { project_id: JANE.project_id, assessment_type: JANE.assessment_type, candidates: [JANE] };

interface ProtectedRoute {
  /** Status without a token. */
  unauthenticated: number;
  /** Status for a recruiter of another project. If it is 2xx, the response has no data of the project. */
  otherProject: number;
  /** In the path, SESSION and BATCH stand for the ids of an existing session and batch. */
  request: [method: string, path: string, body?: unknown];
}

/** The rule of each route. A string explains why the route is not called with a recruiter's token. */
const ROUTE_RULES: Record<string, ProtectedRoute | string> = {
  [ROUTES.config]: { unauthenticated: 401, otherProject: 200, request: ['GET', ROUTES.config] },
  [ROUTES.sessions]: { unauthenticated: 401, otherProject: 403, request: ['POST', ROUTES.sessions, JANE] },
  [ROUTES.sessionQuery]: {
    unauthenticated: 401,
    otherProject: 200,
    request: ['POST', ROUTES.sessionQuery, { candidates: [ROW] }],
  },
  [ROUTES.session]: { unauthenticated: 401, otherProject: 404, request: ['GET', '/v1/sessions/SESSION'] },
  [ROUTES.scorecard]: { unauthenticated: 401, otherProject: 404, request: ['GET', '/v1/sessions/SESSION/scorecard'] },
  [ROUTES.timeline]: { unauthenticated: 401, otherProject: 404, request: ['GET', '/v1/sessions/SESSION/timeline'] },
  [ROUTES.handovers]: {
    unauthenticated: 401,
    otherProject: 404,
    request: ['POST', '/v1/sessions/SESSION/handovers', { kind: 'invite', channel: 'link' }],
  },
  [ROUTES.percentile]: { unauthenticated: 401, otherProject: 404, request: ['GET', '/v1/sessions/SESSION/standing'] },
  [ROUTES.batches]: { unauthenticated: 401, otherProject: 403, request: ['POST', ROUTES.batches, BATCH] },
  [ROUTES.batch]: { unauthenticated: 401, otherProject: 404, request: ['GET', '/v1/batches/BATCH'] },
  [ROUTES.batchCancel]: { unauthenticated: 401, otherProject: 404, request: ['POST', '/v1/batches/BATCH/cancel', {}] },
  [ROUTES.batchRetry]: { unauthenticated: 401, otherProject: 404, request: ['POST', '/v1/batches/BATCH/retry', {}] },
  [ROUTES.events]: { unauthenticated: 401, otherProject: 403, request: ['POST', ROUTES.events, { candidates: [ROW] }] },
  [ROUTES.resolve]: {
    unauthenticated: 401,
    otherProject: 404,
    request: ['POST', ROUTES.resolve, { ats: 'lever', opportunity: OPPORTUNITY }],
  },
  [ROUTES.unknownPage]: {
    unauthenticated: 401,
    otherProject: 204,
    request: ['POST', ROUTES.unknownPage, { adapter: 'lever', host: 'hire.lever.co' }],
  },
  [ROUTES.signIn]: 'starts a sign-in; 404 without OIDC_* (sign-in.test.ts)',
  [ROUTES.signInStart]: 'redirects to the identity provider; 404 without OIDC_* (sign-in.test.ts)',
  [ROUTES.signInCallback]: 'finishes a sign-in; 404 without OIDC_* (sign-in.test.ts)',
  [ROUTES.signInExchange]: 'requires code, verifier and key (code.test.ts)',
  [ROUTES.signInRefresh]: 'requires refresh token and key (refresh.test.ts)',
  [ROUTES.signOut]: 'requires refresh token and key (refresh.test.ts)',
  [ROUTES.webhook]: {
    unauthenticated: 401,
    otherProject: 401,
    request: ['POST', '/webhooks/evalon/an-unknown-webhook-token', {}],
  },
  [ROUTES.result]: 'the same page for every id; 404 without OIDC_* (result-page.test.ts)',
  [ROUTES.resultScript]: 'the script of the result page is public',
  [ROUTES.atsWebhook]: 'requires the ATS’s signature; 404 without its secret (stage-triggers.test.ts)',
  [ROUTES.partnerGreenhouseTests]: 'requires PARTNER_GREENHOUSE_KEY (greenhouse.test.ts)',
  [ROUTES.partnerGreenhouseSend]: 'requires PARTNER_GREENHOUSE_KEY (greenhouse.test.ts)',
  [ROUTES.partnerGreenhouseStatus]: 'requires PARTNER_GREENHOUSE_KEY (greenhouse.test.ts)',
  [ROUTES.partnerGreenhouseError]: 'requires PARTNER_GREENHOUSE_KEY (greenhouse.test.ts)',
  [ROUTES.partnerAshbyList]: 'requires PARTNER_ASHBY_KEY (ashby.test.ts)',
  [ROUTES.partnerAshbyStart]: 'requires PARTNER_ASHBY_KEY (ashby.test.ts)',
  [ROUTES.partnerAshbyCancel]: 'requires PARTNER_ASHBY_KEY (ashby.test.ts)',
  [ROUTES.health]: 'shows only that the process is alive',
  [ROUTES.ready]: 'shows only that the database is writable',
  [ROUTES.openApi]: 'the API reference is public',
  [ROUTES.reference]: 'the API reference is public',
  [ROUTES.home]: 'shows only health and links (home.test.ts)',
  [ROUTES.metrics]: 'requires METRICS_TOKEN (admin.test.ts)',
  [ROUTES.admin]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminAudit]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminExport]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminExplanation]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminErase]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminReread]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminWrites]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminWritesRetry]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.adminBackup]: 'requires ADMIN_TOKEN (admin.test.ts)',
  [ROUTES.loader]: 'the widget is public',
  [ROUTES.pinnedLoader]: 'the widget is public',
  [ROUTES.widget]: 'the widget is public',
  [ROUTES.language]: 'the widget is public',
};

describe('every route', () => {
  it('has a rule in this test', () => {
    const paths = Object.values(ROUTES).filter((value) => typeof value === 'string');
    assert.deepEqual(Object.keys(ROUTE_RULES).sort(), paths.sort());
  });

  it('is in this list: other paths return 404, as do paths that need a missing setting', async (test) => {
    const { proxy } = await startStack(test);
    // /admin and /metrics need a setting. /evalon/… and /candidates/1 exist only in the sandbox.
    for (const path of ['/v1', '/v1/nothing', '/admin', '/metrics', '/evalon/api/v1/sessions/', '/candidates/1']) {
      assert.equal((await fetch(`${proxy.url}${path}`)).status, 404, path);
    }
  });

  it('sets no cookie and reveals no software, for every method', async (test) => {
    const { proxy } = await startStack(test);
    const headers = { authorization: `Bearer ${await mintToken()}`, cookie: 'session=1' };
    for (const route of Object.keys(ROUTE_RULES)) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE']) {
        const response = await fetch(`${proxy.url}${route}`, { method, headers });
        await response.body?.cancel();
        for (const name of ['set-cookie', 'x-powered-by', 'server']) {
          assert.equal(response.headers.has(name), false, `${method} ${route} sets ${name}`);
        }
      }
    }
  });

  for (const [route, rule] of Object.entries(ROUTE_RULES)) {
    if (typeof rule === 'string') continue;
    it(`${route} returns ${rule.unauthenticated} without a token, and no data for another project`, async (test) => {
      const { proxy, recruiter } = await startStack(test, { settings: ATS_SETTINGS });
      const { session_uuid } = (await recruiter.invite()).body;
      const [method, pattern, body] = rule.request;
      const { batch_id } = (await recruiter.post(ROUTES.batches, BATCH)).body;
      const path = pattern.replace('SESSION', session_uuid).replace('BATCH', batch_id);
      const unauthenticated = await fetch(`${proxy.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      assert.equal(unauthenticated.status, rule.unauthenticated);
      const otherRecruiter = await createRecruiterClient(proxy.url, { sub: 'other', projects: ['proj_unknown'] });
      const response = await (method === 'GET' ? otherRecruiter.get(path) : otherRecruiter.post(path, body));
      assert.equal(response.status, rule.otherProject);
      assert.doesNotMatch(
        JSON.stringify(response.body),
        new RegExp(`${session_uuid}|${batch_id}|Jane Smith|marketing`),
      );
    });
  }
});
