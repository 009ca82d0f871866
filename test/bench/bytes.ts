/** Measures what a browser downloads for a profile, before and with a result, compressed with brotli. */
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { createRecruiterClient } from '../support/api-client.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { startProxy } from '../support/proxy.ts';
import type { BenchResult } from './figures.ts';

const LOADER_BUDGET_BYTES = 1_024;
const PROFILE_BUDGET_BYTES = 20 * 1_024;

export async function measureDownload(): Promise<BenchResult[]> {
  const found = await findFullBrowser();
  if (!found) throw new Error(NO_BROWSER_MESSAGE);
  const [evalon, ats, browser] = [await startEvalon(), await startAts(), await launchBrowser(found)];
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: ats.url });
  ats.proxyUrl = proxy.url;
  try {
    const { body } = await (await createRecruiterClient(proxy.url)).invite();
    const before = await measureScripts(browser, ats.url, 'Invited');
    await evalon.completeSession(body.session_uuid);
    const withResult = await measureScripts(browser, ats.url, 'Campaign planning');
    return [
      { name: 'loader, brotli', value: before.get('/embed.js') ?? Number.NaN, unit: 'B', bound: LOADER_BUDGET_BYTES },
      { name: 'profile before a result, brotli', value: sumNonStream(before), unit: 'B', bound: PROFILE_BUDGET_BYTES },
      { name: 'profile with a result, brotli', value: sumNonStream(withResult), unit: 'B' },
      { name: 'live updates, loaded after the first paint, brotli', value: sumStream(before), unit: 'B' },
    ];
  } finally {
    await browser.close();
    await proxy.close();
    await Promise.all([evalon.close(), ats.close()]);
  }
}

/** Returns the compressed size of each script that the page loads until it shows `text`. */
async function measureScripts(browser: Browser, url: string, text: string): Promise<Map<string, number>> {
  const page = await browser.newPage();
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/^\/(embed\.js|widget\/)/.test(pathname))
      sizes.set(
        pathname,
        response.body().then((body) => brotliCompressSync(body).length),
      );
  });
  await page.goto(url);
  await page.getByText(text).first().waitFor();
  const entries = await Promise.all([...sizes].map(async ([path, size]) => [path, await size] as const));
  await page.close();
  return new Map(entries);
}

const isStream = (path: string) => /-stream-/.test(path);

/** Returns the size of all scripts except those of live updates. */
function sumNonStream(sizes: Map<string, number>): number {
  return [...sizes].reduce((total, [path, size]) => (isStream(path) ? total : total + size), 0);
}

function sumStream(sizes: Map<string, number>): number {
  return [...sizes].reduce((total, [path, size]) => (isStream(path) ? total + size : total), 0);
}
