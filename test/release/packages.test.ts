/** Packs the npm packages, installs them in copies of the docs' example apps, and runs the apps. */
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { type BuiltSite, startBuiltSite } from '../support/built-site.ts';
import { readCodeBlock } from '../support/code-blocks.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { waitFor } from '../support/eventually.ts';
import { findFreePort } from '../support/free-port.ts';
import { type InstalledExamples, installExamples } from '../support/packages.ts';
import { buildChildEnv, WEBHOOK_SECRET, WEBHOOK_TOKEN } from '../support/proxy.ts';
import { HOST_TOKEN_SECRET } from '../support/token.ts';

const BIN = join(import.meta.dirname, '../../node_modules/.bin');
const SETUP_TIMEOUT_MS = 600_000;
const PAGES = [
  { example: 'html', source: 'src/main.ts', email: 'jane@example.com', name: 'Jane Smith' },
  { example: 'react', source: 'src/candidate.tsx', email: 'ben@example.com', name: 'Ben Sample' },
  { example: 'svelte', source: 'src/Candidate.svelte', email: 'mia@example.com', name: 'Mia Sample' },
  { example: 'vue', source: 'src/Candidate.vue', email: 'tom@example.com', name: 'Tom Sample' },
];

interface CustomElementsManifest {
  modules: { declarations?: { tagName?: string; cssParts?: unknown[] }[] }[];
}

const hasRegistry = spawnSync('npm', ['ping', '--fetch-retries=0'], { timeout: 30_000 }).status === 0;
const browserOptions = await findBrowser();
const skip = (!hasRegistry && 'the npm registry does not respond') || (!browserOptions && NO_BROWSER_MESSAGE);
const run = promisify(execFile);

describe('the npm packages', { skip }, () => {
  let examples: InstalledExamples;
  let evalon: TestEvalon;
  let site: BuiltSite;
  let browser: Browser;
  let ats: { url: string; stop(): Promise<number | null> };

  before(
    async () => {
      examples = await installExamples();
      evalon = await startEvalon({ webhookSecret: WEBHOOK_SECRET });
      site = await startBuiltSite();
      browser = await chromium.launch({ ...browserOptions });
      ats = await startExpressExample();
    },
    { timeout: SETUP_TIMEOUT_MS },
  );

  after(async () => {
    await browser?.close();
    await ats?.stop();
    site?.close();
    await evalon?.close();
    examples?.remove();
  });

  /** Starts the example of an Express app, which contains the proxy. */
  async function startExpressExample(): Promise<typeof ats> {
    const port = String(await findFreePort());
    const folder = examples.getFolder('express');
    const env = buildChildEnv({
      PORT: port,
      EVALON_BASE_URL: evalon.url,
      EVALON_API_KEY: evalon.apiKey,
      EVALON_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
      EVALON_WEBHOOK_SECRET: WEBHOOK_SECRET,
      HOST_TOKEN_SECRET,
      ALLOWED_ORIGINS: site.url,
    });
    const child = spawn(process.execPath, ['server.ts'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const url = `http://127.0.0.1:${port}`;
    await waitFor(async () => (await fetch(`${url}/evalon/readyz`).catch(() => undefined))?.ok, { timeoutMs: 60_000 });
    evalon.webhookUrl = `${url}/evalon/webhooks/evalon/${WEBHOOK_TOKEN}`;
    return {
      url,
      async stop() {
        child.kill();
        return ended;
      },
    };
  }

  async function openPage(url: string): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(url);
    return page;
  }

  /** Invites the candidate of the page, and completes the assessment. */
  async function inviteAndComplete(page: Page, email: string): Promise<void> {
    await page.getByRole('button', { name: /^Invite/ }).click();
    await page
      .getByText(/^\s*Invited/)
      .first()
      .waitFor();
    const session = evalon.findSession(email, 'proj_abc123');
    assert.ok(session);
    assert.equal(await evalon.completeSession(session.session_uuid), 202);
    await page
      .getByText(/^\s*Completed/)
      .first()
      .waitFor();
  }

  for (const name of ['evalon-ats-widget', 'evalon-ats-proxy']) {
    it(`${name} passes publint and attw`, async () => {
      const file = examples.packages[name] ?? '';
      const { stdout } = await run(join(BIN, 'publint'), ['--strict', file]);
      assert.match(stdout, /All good!/);
      await run(join(BIN, 'attw'), ['--profile', 'esm-only', file]);
    });
  }

  it('evalon-ats-widget has a manifest for editors, which lists each element with its parts', () => {
    const folder = join(examples.getFolder('html'), '../../node_modules/evalon-ats-widget');
    const { customElements } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { modules } = JSON.parse(readFileSync(join(folder, customElements), 'utf8')) as CustomElementsManifest;
    const elements = modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);
    const elementCount = 7;
    assert.equal(new Set(elements.map(({ tagName }) => tagName)).size, elementCount);
    for (const { tagName, cssParts = [] } of elements) assert.ok(cssParts.length, `${tagName} has no part`);
  });

  for (const { example, source, email, name } of PAGES) {
    it(`the ${example} example type-checks, builds, and shows the result of an invite`, async () => {
      await examples.runScript(example, 'check');
      await examples.runScript(example, 'build', { VITE_PROXY_URL: `${ats.url}/evalon` });
      site.folder = join(examples.getFolder(example), 'dist');
      const page = await openPage(site.url);
      await inviteAndComplete(page, email);
      await page.locator('#result', { hasText: `${name}: 82` }).waitFor();
      await page.close();
    });

    it(`the types of the ${example} example reject a wrong event detail`, async () => {
      const file = join(examples.getFolder(example), source);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace('event.detail.session', 'event.detail.candidate'));
      await assert.rejects(examples.runScript(example, 'check'), /Property 'candidate' does not exist on type/);
      writeFileSync(file, text);
    });
  }

  it('the React code of the quick start type-checks', async () => {
    const file = join(examples.getFolder('react'), 'src/quick-start.tsx');
    const code = readCodeBlock('docs/quick-start/ats-developer.md', 'tsx');
    writeFileSync(file, code);
    await examples.runScript('react', 'check');
    writeFileSync(file, code.replace('score_summary', 'score'));
    await assert.rejects(examples.runScript('react', 'check'), /Property 'score' does not exist on type/);
    rmSync(file);
  });

  it('a page can import the widget and set properties before the widget defines its elements', async () => {
    site.folder = join(examples.getFolder('html'), 'dist');
    const page = await browser.newPage();
    // Records whether the page has already set the name when the widget defines the element.
    await page.addInitScript(() => {
      const define = customElements.define.bind(customElements);
      customElements.define = (tag, element) => {
        const panel = document.querySelector('evalon-assessments');
        if (tag === 'evalon-assessments')
          Reflect.set(window, 'isNameSet', panel && Object.hasOwn(panel, 'candidateName'));
        define(tag, element);
      };
    });
    await page.goto(site.url);
    await page.locator('evalon-assessments', { hasText: 'Jane Smith' }).waitFor();
    assert.equal(await page.evaluate(() => Reflect.get(window, 'isNameSet')), true);
    await page.close();
  });

  it('the Express example type-checks, and its page works with the mounted proxy', async () => {
    await examples.runScript('express', 'check');
    const page = await openPage(ats.url);
    await inviteAndComplete(page, 'eve@example.com');
    await page.close();
  });

  it('the mounted proxy closes its streams and its database when the app stops', async () => {
    const page = await openPage(ats.url);
    await page
      .getByText(/^\s*Completed/)
      .first()
      .waitFor();
    assert.equal(await ats.stop(), 0);
    await page.close();
  });
});
