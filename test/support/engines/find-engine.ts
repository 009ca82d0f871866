/**
 * Finds a browser for each engine. Prefers Playwright's own (`npx playwright install firefox webkit`). Otherwise uses a
 * Firefox on the path, or WebKitGTK with Debian's packages.
 */
import { type Browser, chromium, firefox, webkit } from '@playwright/test';
import { findFullBrowser, NO_BROWSER_MESSAGE } from '../browser.ts';
import { isExecutable } from '../find-executable.ts';
import { findFirefox, NO_FIREFOX_MESSAGE, startFirefox } from '../start-firefox.ts';
import type { EnginePage } from './engine-page.ts';
import { createPlaywrightPage } from './playwright-page.ts';
import { createWebDriverPage } from './webdriver-page.ts';
import { launchWebKit, listMissingPrograms } from './webkit.ts';

export type EngineName = 'Chromium' | 'Firefox' | 'WebKit';

export interface RunningEngine {
  version: string;
  /** The program that drives the browser. */
  driver: string;
  page: EnginePage;
  close(): Promise<void>;
}

/** The function that starts the browser, or what the machine lacks. */
export type FoundEngine = { launch(): Promise<RunningEngine>; missing?: undefined } | { missing: string };

export async function findEngine(name: EngineName): Promise<FoundEngine> {
  if (name === 'Chromium') return findChromium();
  const type = name === 'Firefox' ? firefox : webkit;
  if (isExecutable(type.executablePath())) return { launch: async () => openPage(await type.launch()) };
  return name === 'Firefox' ? findInstalledFirefox() : findWebKitGtk();
}

/** Finds a full Chromium. The headless shell has no back/forward cache. */
async function findChromium(): Promise<FoundEngine> {
  const options = await findFullBrowser();
  if (!options) return { missing: NO_BROWSER_MESSAGE };
  const launchOptions = {
    ...options,
    headless: false,
    args: [...options.args, '--headless=new'],
    // By default, Playwright turns the back/forward cache off.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  };
  return { launch: async () => openPage(await chromium.launch(launchOptions)) };
}

async function openPage(browser: Browser): Promise<RunningEngine> {
  return {
    version: browser.version(),
    driver: 'Playwright',
    page: createPlaywrightPage(await browser.newPage()),
    close: () => browser.close(),
  };
}

function findInstalledFirefox(): FoundEngine {
  const executable = findFirefox();
  if (!executable) return { missing: NO_FIREFOX_MESSAGE };
  return {
    async launch() {
      const { marionette, version, close } = await startFirefox(executable);
      const page = createWebDriverPage(async (command, parameters) => {
        const result = (await marionette.send(`WebDriver:${command}`, parameters)) as { value?: unknown };
        return result.value;
      });
      return { version, driver: 'Marionette', page, close };
    },
  };
}

function findWebKitGtk(): FoundEngine {
  const missing = listMissingPrograms();
  if (missing.length) {
    const packages = 'webkit2gtk-driver xvfb openbox';
    return { missing: `no WebKit was found: ${missing.join(', ')} missing (Debian: apt-get install ${packages})` };
  }
  return {
    async launch() {
      const { version, send, close } = await launchWebKit();
      return { version, driver: 'WebKitWebDriver', page: createWebDriverPage(send), close };
    },
  };
}
