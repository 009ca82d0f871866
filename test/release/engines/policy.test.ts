/**
 * deploy/extension/chrome.json and edge.json install and configure the extension in each browser of this machine. The
 * test follows the steps for IT in docs/extension.md: pack, publish, set the policy.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { accessSync, constants, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { chromium, type Worker } from '@playwright/test';
import { buildExtension } from '../../../.config/build.ts';
import { createCleanup } from '../../support/cleanup.ts';
import { waitFor } from '../../support/eventually.ts';
import { findExecutable } from '../../support/find-executable.ts';
import { serve } from '../../support/http-server.ts';
import { createTempFolder } from '../../support/proxy.ts';

/** The API in the extension's background. */
declare const chrome: { storage: { managed: { get(): Promise<object> } } };

type Cleanup = ReturnType<typeof createCleanup>;

const FILES = join(import.meta.dirname, '../../../deploy/extension');
const PLACEHOLDER_ID = 'abcdefghijklmnopabcdefghijklmnop';
const PACK_TIMEOUT_MS = 60_000;

interface Browser {
  name: string;
  programs: string[];
  policyFolder: string;
  files: ('chrome.json' | 'edge.json')[];
}

const BROWSERS: Browser[] = [
  {
    name: 'Chromium',
    programs: ['chromium', 'chromium-browser'],
    policyFolder: '/etc/chromium/policies/managed',
    // Chromium has all policies of edge.json, except the one for the toolbar.
    files: ['chrome.json', 'edge.json'],
  },
  {
    name: 'Chrome',
    programs: ['google-chrome', 'google-chrome-stable'],
    policyFolder: '/etc/opt/chrome/policies/managed',
    files: ['chrome.json'],
  },
  {
    name: 'Edge',
    programs: ['microsoft-edge', 'microsoft-edge-stable'],
    policyFolder: '/etc/opt/edge/policies/managed',
    files: ['edge.json'],
  },
];

/** Creates the folder of the policies. Returns why the test cannot run, or false if it can. */
function findObstacle({ name, programs, policyFolder }: Browser): string | false {
  if (!findExecutable(...programs)) return `${name} is not installed`;
  try {
    mkdirSync(policyFolder, { recursive: true });
    accessSync(policyFolder, constants.W_OK);
    return false;
  } catch {
    return `${policyFolder} is not writable`;
  }
}

/** Packs the store build, as IT does. Returns the package, and the extension's id, which derives from the new key. */
async function packExtension(executable: string, folder: string): Promise<{ id: string; crx: Buffer }> {
  await buildExtension(join(folder, 'built'), '');
  const unpacked = join(folder, 'evalon');
  cpSync(join(folder, 'built/store'), unpacked, { recursive: true });
  execFileSync(executable, ['--no-sandbox', '--headless', `--pack-extension=${unpacked}`], {
    timeout: PACK_TIMEOUT_MS,
    stdio: 'ignore',
  });
  const key = createPublicKey(createPrivateKey(readFileSync(`${unpacked}.pem`)));
  const digest = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  const id = [...digest.slice(0, 32)].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
  return { id, crx: readFileSync(`${unpacked}.crx`) };
}

/** Serves the package and its update manifest. Returns the server's URL. */
async function publish(cleanup: Cleanup, { id, crx }: { id: string; crx: Buffer }): Promise<string> {
  const origin = await serve(cleanup, ({ url }, response) => {
    if (url?.startsWith('/extension/evalon.crx'))
      response.writeHead(200, { 'content-type': 'application/x-chrome-extension' }).end(crx);
    else response.writeHead(200, { 'content-type': 'text/xml' }).end(fillIn('updates.xml', id, origin));
  });
  return origin;
}

/** Reads a file of deploy/extension, and replaces the example's id and server. */
const fillIn = (file: string, id: string, origin: string) =>
  readFileSync(join(FILES, file), 'utf8')
    .replaceAll(PLACEHOLDER_ID, id)
    .replaceAll('https://evalon.example.com/extension', `${origin}/extension`);

describe('the policy of IT', () => {
  for (const browser of BROWSERS) {
    const { name, programs, policyFolder, files } = browser;
    const obstacle = findObstacle(browser);
    if (obstacle) console.log(`SKIPPED the policy of IT in ${name}: ${obstacle}`);
    for (const policyFile of files)
      it(`${policyFile} installs and configures the extension in ${name}`, { skip: obstacle }, async (context) => {
        const cleanup = createCleanup(context);
        const executable = findExecutable(...programs) ?? '';
        const { folder, remove } = createTempFolder();
        cleanup.after(remove);
        const packed = await packExtension(executable, folder);
        const origin = await publish(cleanup, packed);
        const file = join(policyFolder, `evalon-test-${packed.id}.json`);
        const policy = JSON.parse(fillIn(policyFile, packed.id, origin));
        // Without `DeveloperToolsAvailability`, Playwright cannot access an extension that a policy installs.
        writeFileSync(file, JSON.stringify({ ...policy, DeveloperToolsAvailability: 1 }));
        cleanup.after(() => rmSync(file));
        const browserContext = await chromium.launchPersistentContext(join(folder, 'profile'), {
          executablePath: executable,
          headless: false,
          args: ['--headless=new', '--no-sandbox'],
          // Playwright would disable extensions and their download.
          ignoreDefaultArgs: ['--disable-extensions', '--disable-background-networking', '--disable-component-update'],
        });
        cleanup.after(() => browserContext.close());
        const isOurs = (worker: Worker) => worker.url() === `chrome-extension://${packed.id}/background.js`;
        const installed = browserContext.serviceWorkers().find(isOurs);
        const background = installed ?? (await browserContext.waitForEvent('serviceworker', isOurs));
        // The browser applies the settings after the installation.
        const settings = await waitFor(async () => {
          const applied = await background.evaluate(() => chrome.storage.managed.get());
          return Object.keys(applied).length ? applied : undefined;
        });
        assert.deepEqual(settings, policy['3rdparty'].extensions[packed.id]);
      });
  }
});
