/** A company's own ATS, written from the documentation alone: plain HTML, and a Python backend that mints tokens. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startEvalon } from '../support/evalon.ts';
import { findFreePort } from '../support/free-port.ts';
import { startProxy } from '../support/proxy.ts';
import { HOST_TOKEN_SECRET } from '../support/token.ts';
import { test } from './fixtures.ts';
import { expectInvited, expectResult } from './panel.ts';
import { findSessionId } from './stack.ts';

const BACKEND = join(import.meta.dirname, '../support/custom_ats.py');

async function startBackend(port: number, proxyUrl: string): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'], EVALON_PROXY: proxyUrl, HOST_TOKEN_SECRET };
  const child = spawn('python3', [BACKEND, String(port)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  // The backend prints a line when it is ready.
  await once(child.stdout, 'data');
  return child;
}

test('an ATS written from the documentation alone invites and shows the score live', async ({ page, cleanup }) => {
  test.skip(spawnSync('python3', ['--version']).status !== 0, 'python3 is not installed');
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const evalon = await startEvalon();
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: origin });
  const backend = await startBackend(port, proxy.url);
  cleanup.after(async () => {
    backend.kill();
    await Promise.all([proxy.close(), evalon.close()]);
  });
  await page.goto(origin);
  await page
    .getByRole('button', { name: /^Invite Jane Smith/ })
    .first()
    .click();
  await expectInvited(page);
  const session_uuid = findSessionId(evalon);
  await evalon.completeSession(session_uuid);
  await expectResult(page, /^82$/);
});
