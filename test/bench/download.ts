/**
 * Measures the size of the scripts, compressed with brotli, that a browser downloads for a candidate's profile: until
 * the first paint, and until the profile shows a candidate who is not invited, is invited, or has a result.
 */
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Response } from '@playwright/test';
import { createRecruiterClient } from '../support/api-client.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { startProxy } from '../support/proxy.ts';
import type { BenchResult } from './figures.ts';

const LOADER = '/embed.js';
const LOADER_BUDGET_BYTES = 1_024;
/** The code for details, the choice of an assessment and live updates loads after the first paint. */
const FIRST_PAINT_BUDGET_BYTES = 20 * 1_024;

export async function measureDownload(): Promise<BenchResult[]> {
  const launchOptions = await findFullBrowser();
  if (!launchOptions) throw new Error(NO_BROWSER_MESSAGE);
  const [evalon, ats, browser] = [await startEvalon(), await startAts(), await launchBrowser(launchOptions)];
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: ats.url });
  ats.proxyUrl = proxy.url;
  try {
    const notInvited = await measureScripts(browser, ats.url, '[part~=invite-button]');
    const { body } = await (await createRecruiterClient(proxy.url)).invite();
    const invited = await measureScripts(browser, ats.url, '[part~=copy-button]');
    await evalon.completeSession(body.session_uuid);
    const withResult = await measureScripts(browser, ats.url, '[part~=section]');
    const firstPaint = notInvited.filter(({ path }) => path === LOADER || /\/panel-/.test(path));
    const loader = firstPaint.filter(({ path }) => path === LOADER);
    return [
      { name: 'loader, brotli', value: sumBytes(loader), unit: 'B', bound: LOADER_BUDGET_BYTES },
      {
        name: 'profile until its first paint, brotli',
        value: sumBytes(firstPaint),
        unit: 'B',
        bound: FIRST_PAINT_BUDGET_BYTES,
      },
      { name: 'profile, not invited, brotli', value: sumBytes(notInvited), unit: 'B' },
      { name: 'profile, invited, brotli', value: sumBytes(invited), unit: 'B' },
      { name: 'profile with a result, brotli', value: sumBytes(withResult), unit: 'B' },
    ];
  } finally {
    await browser.close();
    await proxy.close();
    await Promise.all([evalon.close(), ats.close()]);
  }
}

interface Script {
  path: string;
  bytes: number;
}

/** Returns the scripts that the page loads until it shows `selector` and has loaded the code for live updates. */
async function measureScripts(browser: Browser, url: string, selector: string): Promise<Script[]> {
  const page = await browser.newPage();
  const responses: Response[] = [];
  page.on('response', (response) => void responses.push(response));
  const streamCode = page.waitForResponse((response) => /-stream-/.test(response.url()));
  await page.goto(url);
  await page.locator(selector).first().waitFor();
  await streamCode;
  const scripts = await Promise.all(
    responses.filter(isScript).map(async (response) => ({
      path: getPath(response),
      bytes: brotliCompressSync(await response.body()).length,
    })),
  );
  await page.close();
  return scripts;
}

function getPath(response: Response): string {
  return new URL(response.url()).pathname;
}

function isScript(response: Response): boolean {
  const path = getPath(response);
  return path === LOADER || path.startsWith('/widget/');
}

function sumBytes(scripts: readonly Script[]): number {
  return scripts.reduce((total, { bytes }) => total + bytes, 0);
}
