/** The extension unpacked for one proxy, and a recruiter's Chromium with it. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { type BrowserContext, chromium, type Worker } from 'playwright';
import { buildExtension } from '../../.config/product.ts';
import type { BrowserLaunchOptions } from './browser.ts';
import { createTempFolder } from './proxy.ts';

/** On chrome://extensions, and in the background. */
declare const chrome: {
  developerPrivate: {
    addHostPermission(id: string, host: string): Promise<void>;
    updateProfileConfiguration(of: { inDeveloperMode: boolean }): Promise<void>;
  };
  runtime: { reload(): void; getManifest(): { version: string } };
};

/** Of the unpacked extension, by the key in its manifest. */
export const EXTENSION_ID = 'dcnalcpleofaefeecjollpefcmnkkaie';

export interface UnpackedExtension {
  id: string;
  folder: string;
  remove(): void;
}

/** @param proxyUrl the proxy that it is built for; empty: it is told by policy or in the options. */
export async function buildUnpackedExtension(proxyUrl: string): Promise<UnpackedExtension> {
  const { folder, remove } = createTempFolder();
  process.env['EXTENSION_PROXY_URL'] = proxyUrl;
  const building = buildExtension(folder);
  delete process.env['EXTENSION_PROXY_URL'];
  const failed = (await Promise.all(building)).find(({ ok }) => !ok);
  if (failed) throw new Error(failed.output);
  return { id: EXTENSION_ID, folder, remove };
}

/** The same under another id, as when somebody else publishes it. */
export function cloneWithNewId(of: UnpackedExtension): UnpackedExtension {
  const { folder, remove } = createTempFolder();
  cpSync(of.folder, folder, { recursive: true });
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  changeManifest(folder, { key: key.toString('base64') });
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const id = [...hash].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
  return { id, folder, remove };
}

function changeManifest(folder: string, changes: object): void {
  const path = `${folder}/manifest.json`;
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }));
}

export interface ExtensionBrowser {
  context: BrowserContext;
  /** The extension's background, as it runs now. */
  getServiceWorker(): Promise<Worker>;
  /** A person's yes to these hosts, before they are asked: nothing can click the browser's own bubble. */
  grantHosts(hosts: string[]): Promise<void>;
  /** Another version comes, under pages that are open; answers the one that runs then. */
  updateExtension(version: string): Promise<string>;
  close(): Promise<void>;
}

/** A fresh profile. */
export async function launchWithExtension(
  found: BrowserLaunchOptions,
  { folder, id }: UnpackedExtension,
): Promise<ExtensionBrowser> {
  const { folder: profile, remove } = createTempFolder();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: found.executablePath,
    headless: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...found.args,
      '--headless=new',
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
    ],
  });
  const isOurs = (worker: Worker) => worker.url().startsWith(`chrome-extension://${id}/`);
  const background = async () =>
    context.serviceWorkers().find(isOurs) ?? (await context.waitForEvent('serviceworker', isOurs));
  await background();

  /** Does this on the browser's own page of extensions. */
  async function settle<T>(run: (argument: T) => Promise<void>, argument: T): Promise<void> {
    const page = await context.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(run as (argument: unknown) => Promise<void>, argument);
    await page.close();
  }

  return {
    context,
    getServiceWorker: background,
    grantHosts: (hosts) =>
      settle(
        async (of) => {
          for (const host of of.hosts) await chrome.developerPrivate.addHostPermission(of.id, host);
        },
        { id, hosts },
      ),
    async updateExtension(version) {
      const old = await background();
      // Without this Chromium switches off what is reloaded from a folder.
      await settle((inDeveloperMode) => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode }), true);
      changeManifest(folder, { version });
      const next = context.waitForEvent('serviceworker', isOurs);
      // It ends before it can answer.
      await old.evaluate(() => chrome.runtime.reload()).catch(() => {});
      return (await next).evaluate(() => chrome.runtime.getManifest().version);
    },
    async close() {
      await context.close();
      remove();
    },
  };
}
