import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { createParser } from 'eventsource-parser';
import { toOpenApiPath } from '../../../proxy/contract/openapi.ts';
import type { Operation } from '../../../proxy/contract/operations/operation.ts';
import { OPERATIONS } from '../../../proxy/contract/operations.ts';
import * as ROUTES from '../../../proxy/contract/routes.ts';
import { scorecardSchema } from '../../../proxy/contract/scorecard.ts';
import { sessionSchema } from '../../../proxy/contract/session.ts';
import { frameSchema } from '../../../proxy/contract/stream.ts';
import { ADMIN_TOKEN } from '../../support/admin-client.ts';
import { JANE } from '../../support/api-client.ts';
import { startFakeLever } from '../../support/ats/lever.ts';
import { ANNA } from '../../support/ats/start-resolver.ts';
import { findFreePort } from '../../support/free-port.ts';
import { assertDocumented } from '../../support/openapi-matcher.ts';
import { WEBHOOK_TOKEN } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { mintToken } from '../../support/token.ts';

/** Routes that the API reference leaves out, and why. */
const UNDOCUMENTED: Record<string, string> = {
  [ROUTES.widget]: 'the folder of the files that embed.js loads',
  [ROUTES.result]: 'a page for people',
  [ROUTES.resultScript]: 'the script of the result page',
  [ROUTES.atsWebhook]: 'each ATS defines its messages (docs/ats/stage-triggers.md)',
  [ROUTES.partnerGreenhouseTests]: 'Greenhouse defines its messages (docs/ats/partner.md)',
  [ROUTES.partnerGreenhouseSend]: 'Greenhouse defines its messages (docs/ats/partner.md)',
  [ROUTES.partnerGreenhouseStatus]: 'Greenhouse defines its messages (docs/ats/partner.md)',
  [ROUTES.partnerGreenhouseError]: 'Greenhouse defines its messages (docs/ats/partner.md)',
  [ROUTES.partnerAshbyList]: 'Ashby defines its messages (docs/ats/partner.md)',
  [ROUTES.partnerAshbyStart]: 'Ashby defines its messages (docs/ats/partner.md)',
  [ROUTES.partnerAshbyCancel]: 'Ashby defines its messages (docs/ats/partner.md)',
};

describe('/openapi.json', () => {
  it('documents every route', () => {
    const routes = Object.values(ROUTES).filter((value) => typeof value === 'string');
    const documentedPaths = new Set(OPERATIONS.map(({ path }) => path));
    assert.deepEqual(
      routes.filter((path) => !documentedPaths.has(path) && !UNDOCUMENTED[path]),
      [],
    );
  });

  it('documents only routes that the proxy serves', async (test) => {
    const settings = { ADMIN_TOKEN, METRICS_TOKEN: ADMIN_TOKEN };
    const { proxy } = await startStack(test, { settings });
    // Without a build of the widget, the proxy does not serve embed.js.
    for (const { method, path } of OPERATIONS.filter((operation) => operation.path !== ROUTES.loader)) {
      const response = await fetch(`${proxy.url}${path.replace(':token', WEBHOOK_TOKEN)}`, { method });
      assert.doesNotMatch(await response.text(), /This address does not exist/, `${method} ${path}`);
    }
  });

  it('is valid OpenAPI 3.1, and names the public URL', async (test) => {
    // With PUBLIC_URL, `proxy.url` is the public URL. The test needs a known port to call the proxy.
    const PORT = String(await findFreePort());
    await startStack(test, { settings: { PORT, PUBLIC_URL: 'https://evalon.example.com' } });
    const document = await (await fetch(`http://127.0.0.1:${PORT}${ROUTES.openApi}`)).json();
    assert.deepEqual(await new Validator().validate(document), { valid: true });
    assert.deepEqual(document.servers, [{ url: 'https://evalon.example.com' }]);
  });

  it('may be read from every origin, and contains no secret', async (test) => {
    const { proxy } = await startStack(test);
    const response = await fetch(`${proxy.url}${ROUTES.openApi}`);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.doesNotMatch(await response.text(), new RegExp(WEBHOOK_TOKEN));
  });
});

describe('an example in /openapi.json', () => {
  for (const operation of OPERATIONS) {
    for (const [index, example] of (operation.examples ?? []).entries()) {
      it(`${index + 1} of ${operation.id} is accepted`, async (test) => {
        const response = await sendExample(test, operation, example);
        assert.ok(response.ok, `${response.status}`);
        await response.body?.cancel();
      });
    }
  }

  it('of a schema matches the schema', () => {
    for (const schema of [sessionSchema, scorecardSchema]) {
      const examples = schema.meta()?.examples as unknown[];
      assert.equal(examples.length, 1);
      assert.deepEqual(schema.parse(examples[0]), examples[0]);
    }
  });

  it('of the stream is a frame', () => {
    const [streamOperation] = OPERATIONS.filter(({ path }) => path === ROUTES.events);
    const frames: unknown[] = [];
    const parser = createParser({ onEvent: ({ event, data }) => frames.push({ event, data: JSON.parse(data) }) });
    parser.feed(String(streamOperation?.responses[200]?.example));
    assert.equal(frames.length, 1);
    frameSchema.parse(frames[0]);
  });

  async function sendExample(test: TestContext, operation: Operation, example: unknown) {
    const lever = await startFakeLever(test);
    lever.opportunities = [{ id: ANNA, name: 'Anna Ames', emails: ['anna@example.com'], applications: [] }];
    const adapters = JSON.stringify([{ name: 'greenhouse' }]);
    const settings = { ADMIN_TOKEN, ATS_ADAPTERS: adapters, ...lever.settings };
    const { proxy, recruiter } = await startStack(test, { settings });
    const { session_uuid } = (await recruiter.invite()).body;
    const path = operation.path.replace(':session_uuid', session_uuid).replace(':token', WEBHOOK_TOKEN);
    const token = operation.access === 'admin' ? ADMIN_TOKEN : await mintToken();
    return fetch(`${proxy.url}${path}`, {
      method: operation.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(example),
    });
  }
});

describe('assertDocumented, which checks each response in the tests,', () => {
  const session = {
    ...JANE,
    session_uuid: 'sess_1',
    status: 'invited',
    invited_by: null,
    invited_at: '2026-01-15T14:30:00.000Z',
    updated_at: '2026-01-15T14:30:00.000Z',
  };
  const buildHeaders = (type = 'application/json', extra = {}) => new Headers({ 'content-type': type, ...extra });
  const check = (body: unknown, { status = 200, headers = buildHeaders() } = {}) =>
    assertDocumented({ method: 'GET', path: '/v1/sessions/sess_1', status, headers, body });
  const problem = { type: 'about:blank', title: 'T', detail: 'D.', code: 'not_found', status: 404 };
  const problemHeaders = buildHeaders('application/problem+json');

  it('accepts a documented response', () => {
    check(session);
    check(problem, { status: 404, headers: problemHeaders });
  });

  it('refuses an unknown field, an undocumented value and a missing field', () => {
    assert.throws(() => check({ ...session, secret: 1 }), /must NOT have additional properties/);
    assert.throws(() => check({ ...session, status: 'sent' }), /must be equal to one of the allowed values/);
    const { status: _, ...partial } = session;
    assert.throws(() => check(partial), /must have required property 'status'/);
  });

  it('refuses an undocumented status, code, media type and path', () => {
    assert.throws(() => check(session, { status: 201 }), /which \/openapi.json lacks/);
    const forbidden = { ...problem, code: 'forbidden' };
    assert.throws(() => check(forbidden, { status: 404, headers: problemHeaders }), /allowed values/);
    assert.throws(() => check(session, { headers: buildHeaders('text/html') }), /as text\/html/);
    assert.throws(
      () => assertDocumented({ method: 'GET', path: '/v1/nothing', status: 200, headers: buildHeaders(), body: {} }),
      /lacks it/,
    );
  });

  it('refuses a response that lacks a documented header', () => {
    const limited = { ...problem, code: 'rate_limited', status: 429 };
    assert.throws(() => check(limited, { status: 429, headers: problemHeaders }), /without the header Retry-After/);
    check(limited, { status: 429, headers: buildHeaders('application/problem+json', { 'retry-after': '1' }) });
  });
});

it('a path of the document has its parameters in braces', () => {
  assert.equal(toOpenApiPath(ROUTES.scorecard), '/v1/sessions/{session_uuid}/scorecard');
});
