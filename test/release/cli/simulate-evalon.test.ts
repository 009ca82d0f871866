/** `npm run simulate-evalon` serves a simulated Evalon to a production proxy that has the same settings. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { findFreePort } from '../../support/free-port.ts';
import { createTempFolder, type Settings, startProxyProcess, WEBHOOK_SECRET } from '../../support/proxy.ts';
import { HOST_TOKEN_SECRET } from '../../support/token.ts';

const SIMULATE_EVALON = join(import.meta.dirname, '../../../proxy/cli/simulate-evalon.ts');

async function createSettings(context: TestContext): Promise<Settings> {
  const { folder, remove } = createTempFolder();
  context.after(remove);
  return {
    PORT: String(await findFreePort()),
    EVALON_BASE_URL: `http://127.0.0.1:${await findFreePort()}`,
    EVALON_API_KEY: 'eva_test_simulated',
    EVALON_WEBHOOK_TOKEN: 'the-webhook-token-of-the-simulation',
    EVALON_WEBHOOK_SECRET: WEBHOOK_SECRET,
    HOST_TOKEN_SECRET,
    ASSESSMENTS: '[{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing skills"}]',
    DATABASE_URL: `file:${folder}/evalon.db`,
  };
}

/** Starts the production proxy, or another entry point. */
async function start(context: TestContext, settings: Settings, main?: string) {
  const child = await startProxyProcess(settings, main ? { main } : {});
  context.after(() => child.kill('SIGKILL'));
  return child;
}

test('a candidate’s change reaches the production proxy as a signed webhook', async (context) => {
  const settings = await createSettings(context);
  await start(context, settings, SIMULATE_EVALON);
  const proxy = await start(context, settings);
  const recruiter = await createRecruiterClient(proxy.url);
  const { body: session } = await recruiter.invite();
  assert.ok(session.candidate_url.startsWith(`${settings['EVALON_BASE_URL']}/take/`));

  const page = await (await fetch(session.candidate_url)).text();
  assert.match(page, /Marketing skills/);
  const [, stylesheet = ''] = /href="([^"]+\.css)"/.exec(page) ?? [];
  assert.equal((await fetch(new URL(stylesheet, session.candidate_url))).status, 200);
  await fetch(`${session.candidate_url}/decline`, { method: 'POST' });
  await waitFor(async () => {
    const { body } = await recruiter.query({ candidate_email: JANE.candidate_email });
    return body.sessions[0]?.status === 'declined';
  });
});

test('other users cannot read the database of the simulated Evalon', {
  skip: process.platform === 'win32' ? 'Windows has no file modes' : false,
}, async (context) => {
  const settings = await createSettings(context);
  await start(context, settings, SIMULATE_EVALON);
  const database = settings['DATABASE_URL']?.replace('file:', '').replace('.db', '-simulated-evalon.db') ?? '';
  for (const file of [database, `${database}-wal`]) assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a restarted simulated Evalon still has its sessions', async (context) => {
  const settings = await createSettings(context);
  const first = await start(context, settings, SIMULATE_EVALON);
  const proxy = await start(context, settings);
  const { body: session } = await (await createRecruiterClient(proxy.url)).invite();
  assert.equal(await first.kill('SIGTERM'), 0);
  await start(context, settings, SIMULATE_EVALON);
  assert.equal((await fetch(session.candidate_url)).status, 200);
});

test('the command exits with 78 if the widget would not mark the results as test data', async (context) => {
  const settings = await createSettings(context);
  for (const changed of [{ EVALON_API_KEY: 'eva_live_simulated' }, { ENVIRONMENT: 'production' }]) {
    const started = startProxyProcess({ ...settings, ...changed }, { main: SIMULATE_EVALON });
    await assert.rejects(started, /exited with 78: .*\n.*ENVIRONMENT is production/);
  }
});

test('the command exits with 78 if Evalon’s URL is not a local http URL, or its port is in use', async (context) => {
  const settings = await createSettings(context);
  for (const EVALON_BASE_URL of ['https://api.evalon.example', 'https://127.0.0.1:8790']) {
    const started = startProxyProcess({ ...settings, EVALON_BASE_URL }, { main: SIMULATE_EVALON });
    await assert.rejects(started, /exited with 78: .*\n.*EVALON_BASE_URL must be an http URL on this machine/);
  }
  await start(context, settings, SIMULATE_EVALON);
  await assert.rejects(startProxyProcess(settings, { main: SIMULATE_EVALON }), /exited with 78: .*\n.*EADDRINUSE/);
});
