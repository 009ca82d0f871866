/** A recruiter's Chromium with the extension in it, built for one proxy, and ATS pages served under their true addresses. */
import { type BrowserContext, chromium } from 'playwright';
import { buildExtension } from '../../.config/product.ts';
import type { FoundBrowser } from './browser.ts';
import { temporaryFolder } from './proxy.ts';

/** Of the unpacked extension, by the key in its manifest. */
export const EXTENSION_ID = 'dcnalcpleofaefeecjollpefcmnkkaie';

export interface ExtensionBrowser {
  context: BrowserContext;
  close(): Promise<void>;
}

export async function launchWithExtension(found: FoundBrowser, proxyUrl: string): Promise<ExtensionBrowser> {
  const { folder, remove } = temporaryFolder();
  process.env['EXTENSION_PROXY_URL'] = proxyUrl;
  const outcomes = await Promise.all(buildExtension(`${folder}/extension`));
  delete process.env['EXTENSION_PROXY_URL'];
  const failed = outcomes.find(({ ok }) => !ok);
  if (failed) throw new Error(failed.output);
  const context = await chromium.launchPersistentContext(`${folder}/profile`, {
    executablePath: found.executablePath,
    headless: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...found.args,
      '--headless=new',
      `--disable-extensions-except=${folder}/extension`,
      `--load-extension=${folder}/extension`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
    ],
  });
  if (!context.serviceWorkers().length) await context.waitForEvent('serviceworker');
  return {
    context,
    async close() {
      await context.close();
      remove();
    },
  };
}
