/** A company's own ATS that has nothing of ours but the documents: plain HTML, and a backend in Python that mints tokens. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { type Browser, expect as expectSoon } from '../support/page.ts';
import { findFreePort, startProxy } from '../support/proxy.ts';
import { HOST_TOKEN_SECRET } from '../support/token.ts';

const expect = expectSoon.configure({ timeout: 30_000 });
const BACKEND = join(import.meta.dirname, '../support/custom_ats.py');
const NO_PYTHON = 'there is no python3';

const found = await findBrowser();
const hasPython = spawnSync('python3', ['--version']).status === 0;
let browser: Browser;

/** Starts the backend for pages that ask the proxy at `proxyUrl`. */
async function startBackend(port: number, proxyUrl: string): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'], EVALON_PROXY: proxyUrl, HOST_TOKEN_SECRET };
  const child = spawn('python3', [BACKEND, String(port)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe('an ATS written from the documents alone', {
  skip: found ? !hasPython && NO_PYTHON : NO_BROWSER_MESSAGE,
}, () => {
  before(async () => {
    if (found) browser = await launchBrowser(found);
  });
  after(() => browser?.close());

  it('invites, turns Completed by itself and shows the score', async (test) => {
    const port = await findFreePort();
    const origin = `http://127.0.0.1:${port}`;
    const evalon = await startEvalon();
    const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: origin });
    const backend = await startBackend(port, proxy.url);
    test.after(async () => {
      backend.kill();
      await Promise.all([proxy.close(), evalon.close()]);
    });
    const page = await browser.newPage();
    await page.goto(origin);
    await page
      .getByRole('button', { name: /^Invite Jane Smith/ })
      .first()
      .click({ timeout: 30_000 });
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    const session = evalon.findSession('jane@example.com', 'proj_abc123');
    assert.ok(session);
    await evalon.completeSession(session.session_uuid);
    await expect(page.getByText(/^\s*Completed/).first()).toBeVisible();
    await expect(page.getByText('82').first()).toBeVisible();
  });
});
