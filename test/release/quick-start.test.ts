/** A new user's trial: the blocks of the quick starts for IT and ATS developers, run as they are but on free ports. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Browser, chromium, type Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { buildIfStale } from '../../.config/build.ts';
import { findBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { readCodeBlock, readCodeBlocks } from '../support/code-blocks.ts';
import { waitFor } from '../support/eventually.ts';
import { findFreePort } from '../support/free-port.ts';
import { createTempFolder } from '../support/proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEVELOPER = 'docs/quick-start/ats-developer.md';
const SETUP_TIMEOUT_MS = 300_000;
const RESULT_TIMEOUT_MS = 60_000;

const browserOptions = await findBrowser();
const skip =
  (process.platform === 'win32' && 'Windows has no POSIX shell') || (!browserOptions && NO_BROWSER_MESSAGE) || false;

describe('the quick starts', { skip }, () => {
  const { folder, remove } = createTempFolder();
  const processes: ReturnType<typeof spawn>[] = [];
  /** The documented port and the one of this test. */
  const ports = new Map<string, string>();
  let page: ViteDevServer;
  let browser: Browser;

  const onTestPorts = (text: string) => [...ports].reduce((changed, [from, to]) => changed.replaceAll(from, to), text);

  /** Runs a block in the background, in a process group that ends with the test. */
  function start(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: 'inherit' });
    processes.push(child);
  }

  before(
    async () => {
      for (const port of ['8787', '8790', '5173', '3000']) ports.set(port, String(await findFreePort()));
      await buildIfStale();
      const [writeSettings = '', runTrial = ''] = readCodeBlocks('docs/quick-start/it.md', 'sh').map(onTestPorts);
      const settings = `PORT=${ports.get('8787')}\nDATABASE_URL=file:${folder}/trial.db\n`;
      execFileSync('sh', ['-ec', writeSettings], { cwd: folder });
      writeFileSync(join(folder, 'proxy.env'), settings, { flag: 'a' });
      const built = runTrial
        .replace('npm ci && npm run build && ', '')
        .replace('./proxy.env', join(folder, 'proxy.env'));
      assert.notEqual(built, runTrial);
      start('sh', ['-ec', built], ROOT);
      const [, secret = ''] = /^HOST_TOKEN_SECRET=(.*)$/m.exec(readFileSync(join(folder, 'proxy.env'), 'utf8')) ?? [];

      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      writeFileSync(join(folder, 'backend.mjs'), onTestPorts(readCodeBlock(DEVELOPER, 'js')));
      start(process.execPath, ['backend.mjs'], folder, { HOST_TOKEN_SECRET: secret });
      page = await startPage();
      browser = await chromium.launch({ ...browserOptions });
      await waitFor(async () => (await fetch(`http://127.0.0.1:${ports.get('8787')}/readyz`)).ok);
    },
    { timeout: SETUP_TIMEOUT_MS },
  );

  after(async () => {
    await browser?.close();
    await page?.close();
    for (const { pid } of processes) if (pid) process.kill(-pid, 'SIGTERM');
    remove();
  });

  /** Serves the page of the ATS: the tag, the component, and the line for vite.config.js. */
  async function startPage(): Promise<ViteDevServer> {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const tag = onTestPorts(readCodeBlock(DEVELOPER, 'html'));
    writeFileSync(
      join(folder, 'index.html'),
      `<!doctype html><html lang="en"><head><title>ATS</title><link rel="icon" href="data:,">${tag}</head>
<body><div id="root"></div><script type="module" src="/src/main.jsx"></script></body></html>`,
    );
    writeFileSync(join(folder, 'src/candidate.jsx'), readCodeBlock(DEVELOPER, 'jsx'));
    writeFileSync(
      join(folder, 'src/main.jsx'),
      `import { createRoot } from 'react-dom/client';
import { Candidate } from './candidate';
createRoot(document.querySelector('#root')).render(<Candidate email="jane@example.com" name="Jane Smith" />);`,
    );
    const [, config = ''] = /`(server: \{.*\})`/.exec(readFileSync(join(ROOT, DEVELOPER), 'utf8')) ?? [];
    const file = join(folder, 'vite.config.js');
    writeFileSync(file, `export default { ${onTestPorts(config)} };\n`);
    const server = await createServer({
      root: folder,
      configFile: file,
      cacheDir: join(folder, '.vite'),
      logLevel: 'warn',
      server: { host: 'localhost', port: Number(ports.get('5173')), strictPort: true },
    });
    return server.listen();
  }

  async function takeAssessment(candidate: Page): Promise<void> {
    await candidate.getByRole('button', { name: /start/i }).click();
    while (!candidate.url().endsWith('/thanks')) {
      for (const question of await candidate.locator('fieldset').all()) {
        await question.locator('input[type=radio]').first().check();
      }
      for (const answer of await candidate.locator('textarea').all()) await answer.fill('An answer.');
      await candidate.locator('form button').last().click();
    }
  }

  it('the doctor finds no failure', () => {
    const command = `set -a && . ${join(folder, 'proxy.env')} && npm run --silent doctor`;
    const output = execFileSync('sh', ['-ec', command], { cwd: ROOT, encoding: 'utf8' });
    assert.match(output, /^ok /m);
    assert.doesNotMatch(output, /^fail /m);
  });

  it('a recruiter invites, sees the status, and reads the result', async () => {
    const ats = await browser.newPage();
    const invited = ats.waitForResponse((response) => response.url().endsWith('/v1/sessions'));
    await ats.goto(`http://localhost:${ports.get('5173')}/`);
    await ats.getByRole('button', { name: /^Invite/ }).click();
    const { candidate_url } = (await (await invited).json()) as { candidate_url: string };

    const candidate = await browser.newPage();
    await candidate.goto(candidate_url);
    await ats.getByText('Opened').first().waitFor();
    await takeAssessment(candidate);
    await ats.getByText('Completed').first().waitFor({ timeout: RESULT_TIMEOUT_MS });
  });
});
