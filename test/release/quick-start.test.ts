/** Runs a new user's trial: the code blocks of the quick starts for IT and ATS developers, on free ports. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
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
const IT_GUIDE = 'docs/quick-start/it.md';
const DEVELOPER_GUIDE = 'docs/quick-start/ats-developer.md';
const SETUP_TIMEOUT_MS = 300_000;
/** Without signed webhooks, the result would arrive after two minutes. */
const RESULT_TIMEOUT_MS = 60_000;

const browserOptions = await findBrowser();
const skip =
  (process.platform === 'win32' && 'Windows has no POSIX shell') || (!browserOptions && NO_BROWSER_MESSAGE) || false;

describe('the quick starts', { skip }, () => {
  const { folder, remove } = createTempFolder();
  const processes: ReturnType<typeof spawn>[] = [];
  /** The commands that check the trial, from the last code block of the quick start for IT. */
  let checks = '';
  /** The command that serves the example page, from the same code block. */
  let servePage = '';
  /** Maps each documented port to the port that this test uses. */
  const ports = new Map<string, string>();
  let pageServer: ViteDevServer | undefined;
  let browser: Browser;

  const replacePorts = (text: string) => [...ports].reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  const replacePortsAndPaths = (text: string) =>
    replacePorts(text).replace('./proxy.env', join(folder, 'proxy.env')).replace('./data/', `${folder}/`);

  /** Runs a command in the background, in a process group that ends with the test. */
  function start(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: 'inherit' });
    processes.push(child);
    return child;
  }

  function stop({ pid, exitCode, signalCode }: ReturnType<typeof spawn>) {
    if (pid && exitCode === null && signalCode === null) process.kill(-pid, 'SIGTERM');
  }

  before(
    async () => {
      for (const port of ['8787', '8790', '5173', '3000']) ports.set(port, String(await findFreePort()));
      await buildIfStale();
      const [writeSettings = '', runTrial = '', checkTrial = ''] = readCodeBlocks(IT_GUIDE, 'sh').map(
        replacePortsAndPaths,
      );
      assert.match(writeSettings, new RegExp(`^DATABASE_URL=file:${folder}/trial.db$`, 'm'));
      execFileSync('sh', ['-ec', writeSettings], { cwd: folder });
      const runWithoutBuild = runTrial.replace('npm ci --ignore-scripts && npm run build && ', '');
      assert.notEqual(runWithoutBuild, runTrial);
      start('sh', ['-ec', runWithoutBuild], ROOT);
      [checks = '', servePage = ''] = checkTrial.split(/\n(?=node_modules)/);
      assert.match(servePage, /candidate-page/);
      const [, secret = ''] = /^HOST_TOKEN_SECRET=(.*)$/m.exec(readFileSync(join(folder, 'proxy.env'), 'utf8')) ?? [];

      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      writeFileSync(join(folder, 'backend.mjs'), replacePorts(readCodeBlock(DEVELOPER_GUIDE, 'js')));
      start(process.execPath, ['backend.mjs'], folder, { HOST_TOKEN_SECRET: secret });
      browser = await chromium.launch({ ...browserOptions });
      await waitFor(async () => (await fetch(`http://127.0.0.1:${ports.get('8787')}/readyz`)).ok);
    },
    { timeout: SETUP_TIMEOUT_MS },
  );

  after(async () => {
    await browser?.close();
    await pageServer?.close();
    processes.forEach(stop);
    remove();
  });

  /** Serves an ATS page with the quick start's tag, component and line for vite.config.ts. */
  async function startPage(): Promise<ViteDevServer> {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const tag = replacePorts(readCodeBlock(DEVELOPER_GUIDE, 'html'));
    writeFileSync(
      join(folder, 'index.html'),
      `<!doctype html><html lang="en"><head><title>ATS</title><link rel="icon" href="data:,">${tag}</head>
<body><div id="root"></div><script type="module" src="/src/main.jsx"></script></body></html>`,
    );
    const component = readCodeBlock(DEVELOPER_GUIDE, 'tsx');
    const withoutTypes = component.replace(/^import 'evalon-ats-widget\/react';.*\n/, '');
    assert.notEqual(withoutTypes, component);
    writeFileSync(join(folder, 'src/candidate.tsx'), withoutTypes);
    writeFileSync(
      join(folder, 'src/main.jsx'),
      `import { createRoot } from 'react-dom/client';
import { Candidate } from './candidate';
createRoot(document.querySelector('#root')).render(<Candidate email="jane@example.com" name="Jane Smith" />);`,
    );
    const [, config = ''] = /`(server: \{.*\})`/.exec(readFileSync(join(ROOT, DEVELOPER_GUIDE), 'utf8')) ?? [];
    const file = join(folder, 'vite.config.ts');
    writeFileSync(file, `export default { ${replacePorts(config)} };\n`);
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

  it('the proxy is ready, and the doctor finds no failure and no warning', () => {
    const output = execFileSync('sh', ['-ec', checks], { cwd: ROOT, encoding: 'utf8' });
    assert.match(output, /^\{"status":"ready"\}/);
    assert.match(output, /^ok /m);
    assert.doesNotMatch(output, /^(?:fail|warn) /m);
  });

  it('IT invites the candidate of the example page', async () => {
    const command = `set -a && . ${join(folder, 'proxy.env')} && ${servePage}`;
    const server = start('sh', ['-ec', command], ROOT);
    const url = `http://localhost:${ports.get('5173')}/`;
    await waitFor(async () => (await fetch(url).catch(() => undefined))?.ok);
    const ats = await browser.newPage();
    await ats.goto(url);
    await ats.getByRole('button', { name: /^Invite/ }).click();
    await ats.getByText('Invited').first().waitFor();
    await ats.close();
    // The next test needs the port.
    stop(server);
    await once(server, 'exit');
  });

  it('a recruiter invites, sees the status, and reads the result', async () => {
    pageServer = await startPage();
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
