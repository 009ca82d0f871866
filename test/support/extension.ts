/** Builds the extension for one proxy and launches Chromium with it. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BrowserContext, chromium, type LaunchOptions, type Page, type Worker } from '@playwright/test';
import { buildExtension, buildIfStale } from '../../.config/build.ts';
import { createBuildFolder } from '../../.config/build-folder.ts';
import { waitFor } from './eventually.ts';
import { findChip } from './extension-panel.ts';
import { createTempFolder } from './proxy.ts';

/** The API on chrome://extensions, and in the extension's background worker. */
declare const chrome: {
  developerPrivate: {
    addHostPermission(id: string, host: string): Promise<void>;
    updateProfileConfiguration(of: { inDeveloperMode: boolean }): Promise<void>;
  };
  runtime: { reload(): void; getManifest(): { version: string } };
};

/** The id of the enterprise build, which follows from the key in its manifest. */
export const EXTENSION_ID = 'dcnalcpleofaefeecjollpefcmnkkaie';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/extension');
const STAMP = join(ROOT, 'dist/sources.sha256');
/** The proxy's URL in the cached build. Each test replaces this URL in its copy of the build. */
const CACHED_BUILD_PROXY_URL = 'http://127.0.0.1:18787';

export interface UnpackedExtension {
  id: string;
  folder: string;
  remove(): void;
}

/**
 * Copies a build for one proxy.
 * @param proxyUrl a proxy on this machine; empty if a policy or the options page sets the URL.
 */
export async function buildUnpackedExtension(
  proxyUrl: string,
  browser: 'enterprise' | 'firefox' = 'enterprise',
): Promise<UnpackedExtension> {
  const built = join(await getBuild(proxyUrl === '' ? '' : CACHED_BUILD_PROXY_URL), browser);
  return cloneForProxy({ id: EXTENSION_ID, folder: built }, CACHED_BUILD_PROXY_URL, proxyUrl);
}

/** Returns the folder with the builds for a proxy. Builds the extension once for each state of the sources. */
async function getBuild(proxyUrl: string): Promise<string> {
  await buildIfStale();
  const target = proxyUrl === '' ? 'any-proxy' : 'one-proxy';
  const folder = join(CACHE, readFileSync(STAMP, 'utf8'), target);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const building = `${folder}.building`;
  // Waits while another process builds.
  await createBuildFolder(building);
  if (!existsSync(folder)) {
    await buildExtension(join(building, 'built'), proxyUrl);
    renameSync(join(building, 'built'), folder);
  }
  rmSync(building, { recursive: true });
  return folder;
}

/** Copies the extension under another id, as another publisher would have. */
export function cloneWithNewId(original: UnpackedExtension): UnpackedExtension {
  const { folder, remove } = createTempFolder();
  cpSync(original.folder, folder, { recursive: true });
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  changeManifest(folder, { key: key.toString('base64') });
  // Chromium computes an id from the hash of the key, with the letters a to p as digits.
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const id = [...hash].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
  return { id, folder, remove };
}

/** Copies the extension for another proxy on this machine, which takes less time than a build. */
export function cloneForProxy(
  original: Pick<UnpackedExtension, 'id' | 'folder'>,
  originalProxyUrl: string,
  proxyUrl: string,
): UnpackedExtension {
  const { folder, remove } = createTempFolder();
  cpSync(original.folder, folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => /\.js(on)?$/.test(name))) {
    const path = `${folder}/${file}`;
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(originalProxyUrl, proxyUrl));
  }
  return { id: original.id, folder, remove };
}

function changeManifest(folder: string, changes: object): void {
  const path = `${folder}/manifest.json`;
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }));
}

export interface ExtensionBrowser {
  context: BrowserContext;
  /** Returns the side panel. If it is not open, opens it with the chip in the page. */
  openPanel(page: Page): Promise<Page>;
  /** Returns the extension's running background worker. */
  getServiceWorker(): Promise<Worker>;
  /** Grants these hosts in advance, because no test can click the browser's own prompt. */
  grantHosts(hosts: string[]): Promise<void>;
  /** Updates the extension while pages are open. Returns the version that runs then. */
  updateExtension(version: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Launches Chromium with a fresh profile.
 * @param language the browser's language, for extensions and pages.
 */
export async function launchWithExtension(
  { executablePath = '', args = [] }: LaunchOptions,
  { folder, id }: UnpackedExtension,
  language = 'en-US',
): Promise<ExtensionBrowser> {
  const { folder: profile, remove } = createTempFolder();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    locale: language,
    // Chromium on Linux reads its language from the environment.
    env: { ...process.env, LANGUAGE: language },
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...args,
      '--headless=new',
      `--lang=${language}`,
      '--remote-debugging-port=0',
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
    ],
  });
  const isOurs = (worker: Worker) => worker.url().startsWith(`chrome-extension://${id}/`);
  const getServiceWorker = async () =>
    context.serviceWorkers().find(isOurs) ?? (await context.waitForEvent('serviceworker', isOurs));
  await getServiceWorker();

  /** Runs a function on the browser's own extensions page. */
  async function evaluateOnExtensionsPage<T>(run: (argument: T) => Promise<void>, argument: T): Promise<void> {
    const page = await context.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(run as (argument: unknown) => Promise<void>, argument);
    await page.close();
  }

  const findPanel = (debuggedContext: BrowserContext | undefined) =>
    debuggedContext?.pages().find((page) => page.url() === `chrome-extension://${id}/panel.html`);
  let panel: Page | undefined;

  /** Playwright lists a side panel only on a connection that is made after the panel has opened. */
  async function connectToPanel(): Promise<Page | undefined> {
    const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
    const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const found = findPanel(connection.contexts()[0]);
    if (!found) await connection.close();
    return found;
  }

  return {
    context,
    async openPanel(page) {
      if (panel && !panel.isClosed()) return panel;
      await findChip(page).click();
      panel = await waitFor(connectToPanel, { timeoutMs: 30_000, intervalMs: 100 });
      return panel;
    },
    getServiceWorker,
    grantHosts: (hosts) =>
      evaluateOnExtensionsPage(
        async (grant) => {
          for (const host of grant.hosts) await chrome.developerPrivate.addHostPermission(grant.id, host);
        },
        { id, hosts },
      ),
    async updateExtension(version) {
      const old = await getServiceWorker();
      // Chromium disables an unpacked extension on reload unless developer mode is on.
      await evaluateOnExtensionsPage(
        (inDeveloperMode) => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode }),
        true,
      );
      changeManifest(folder, { version });
      const next = context.waitForEvent('serviceworker', isOurs);
      // The worker ends before it can respond.
      await old.evaluate(() => chrome.runtime.reload()).catch(() => {});
      return (await next).evaluate(() => chrome.runtime.getManifest().version);
    },
    async close() {
      await context.close();
      remove();
    },
  };
}
