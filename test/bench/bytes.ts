/** What a browser downloads for a profile page that shows a finished assessment, compressed as a server would. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { createRecruiterClient } from '../support/api-client.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../support/proxy.ts';
import type { BenchResult } from './figures.ts';

const LOADER_BOUND = 1_024;
const PROFILE_BOUND = 15 * 1_024;

export async function measureDownload(): Promise<BenchResult[]> {
  const found = await findFullBrowser();
  if (!found) throw new Error(NO_BROWSER_MESSAGE);
  const [evalon, ats, browser] = [await startEvalon(), await startAts(), await launchBrowser(found)];
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const proxy = await startProxyProcess(
    buildProxySettings(evalon, { DATABASE_URL: `file:${folder}/evalon.db`, ALLOWED_ORIGINS: ats.url }),
  );
  ats.proxyUrl = proxy.url;
  evalon.webhookUrl = webhookUrl(proxy.url);
  const sizes = new Map<string, number>();
  try {
    const { body } = await (await createRecruiterClient(proxy.url)).invite();
    await evalon.completeSession(body.session_uuid);
    const page = await browser.newPage();
    page.on('response', async (response) => {
      if (/\/(embed\.js|widget\/)/.test(response.url())) {
        sizes.set(new URL(response.url()).pathname, brotliCompressSync(await response.body()).length);
      }
    });
    await page.goto(ats.url);
    await page.getByText('Campaign planning').first().waitFor();
  } finally {
    await browser.close();
    await proxy.kill();
    await Promise.all([evalon.close(), ats.close()]);
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return [
    { name: 'loader, brotli', value: sizes.get('/embed.js') ?? Number.NaN, unit: 'B', bound: LOADER_BOUND },
    { name: 'all of a profile page, brotli', value: total, unit: 'B', bound: PROFILE_BOUND },
  ];
}
