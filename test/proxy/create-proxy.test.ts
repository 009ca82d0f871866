/** The proxy in a company's own Express app. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import express, { type RequestHandler } from 'express';
import { webhookPath } from '../../proxy/contract/routes.ts';
import { createProxy } from '../../proxy/create-proxy.ts';
import { SettingsError } from '../../proxy/util/errors.ts';
import { startEvalon } from '../support/evalon.ts';
import { serve } from '../support/http-server.ts';
import { buildProxySettings, type Settings, WEBHOOK_TOKEN } from '../support/proxy.ts';
import { mintToken } from '../support/token.ts';

const MOUNT_PATH = '/evalon';

/** Starts an app that serves the proxy at MOUNT_PATH, behind the given middleware. The test starts the proxy. */
async function startApp(test: TestContext, middleware: RequestHandler[] = [], changes: Settings = {}) {
  const evalon = await startEvalon();
  test.after(() => evalon.close());
  const app = express();
  const url = (await serve(test, app)) + MOUNT_PATH;
  const proxy = createProxy(buildProxySettings(evalon, { PUBLIC_URL: url, ...changes }));
  test.after(() => proxy.stop());
  app.use(MOUNT_PATH, ...middleware, proxy.router);
  evalon.webhookUrl = `${url}${webhookPath(WEBHOOK_TOKEN)}`;
  return { evalon, proxy, url };
}

async function invite(url: string): Promise<Response> {
  return fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await mintToken()}` },
    body: JSON.stringify({
      assessment_type: 'marketing',
      candidate_email: 'jane@example.com',
      candidate_name: 'Jane Smith',
      project_id: 'proj_abc123',
    }),
  });
}

describe('createProxy', () => {
  it('serves the API, receives webhooks, and links to its own pages below MOUNT_PATH', async (test) => {
    const { evalon, proxy, url } = await startApp(test);
    await proxy.start();
    const response = await invite(url);
    assert.equal(response.status, 201);
    const { session_uuid } = (await response.json()) as { session_uuid: string };
    assert.equal(await evalon.sendEvent(session_uuid, 'session.started'), 202);
    const home = await (await fetch(`${url}/`)).text();
    assert.ok(home.includes(`href="${url}/readyz"`), home);
    assert.equal((await fetch(`${url}/unknown`)).status, 404);
  });

  it('responds with 503 before it starts and after it stops', async (test) => {
    const { proxy, url } = await startApp(test);
    const readStatus = async () => (await fetch(`${url}/readyz`)).status;
    assert.equal(await readStatus(), 503);
    await proxy.start();
    assert.equal(await readStatus(), 200);
    await proxy.stop();
    assert.equal(await readStatus(), 503);
  });

  it('ends its streams when it stops', async (test) => {
    const { proxy, url } = await startApp(test);
    await proxy.start();
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await mintToken()}` },
      body: JSON.stringify({ candidates: [{ candidate_email: 'jane@example.com' }] }),
    });
    assert.equal(response.status, 200);
    await Promise.all([proxy.stop(), response.text()]);
  });

  for (const [name, parser] of Object.entries({
    'express.json': express.json(),
    'express.raw': express.raw({ type: '*/*' }),
  })) {
    it(`refuses webhooks with 503 behind ${name}, so that Evalon sends them again`, async (test) => {
      const { evalon, proxy } = await startApp(test, [parser]);
      await proxy.start();
      assert.equal(await evalon.sendWebhook({ event: 'session.started', session_uuid: 'sess_1' }), 503);
    });
  }

  it('lists all invalid settings, has no sandbox mode, and requires PUBLIC_URL', () => {
    assert.throws(
      () => createProxy({ EVALON_API_KEY: 'key', PORT: 'eighty' }),
      (error) => {
        assert.ok(error instanceof SettingsError);
        return ['EVALON_BASE_URL', 'EVALON_WEBHOOK_TOKEN', 'PORT'].every((name) => error.message.includes(name));
      },
    );
    assert.throws(() => createProxy({}), /no sandbox mode/);
    const settings = {
      EVALON_BASE_URL: 'https://evalon.example.com',
      EVALON_API_KEY: 'eva_live_key_of_tests',
      EVALON_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
      HOST_TOKEN_SECRET: 'a secret of tests that is long enough for HS256',
    };
    assert.throws(() => createProxy(settings), /PUBLIC_URL is missing/);
  });
});
