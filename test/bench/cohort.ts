/**
 * Measures how soon the widget shows the preview of a CSV file with 2,000 rows, of which 40 are invalid. The CPU is
 * slowed down 4 times.
 */
import { expect, type Page } from '@playwright/test';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { buildProxySettings, startProxyProcess } from '../support/proxy.ts';
import { type BenchResult, median } from './figures.ts';

const ROWS = 2_000;
const INVALID_ROWS = 40;
const ROUNDS = 5;
const CPU_SLOWDOWN = 4;
const MAX_PREVIEW_MS = 1_000;

export async function measureCohort(): Promise<BenchResult[]> {
  const launchOptions = await findFullBrowser();
  if (!launchOptions) {
    console.error(`SKIPPED cohort: ${NO_BROWSER_MESSAGE}`);
    return [];
  }
  const [evalon, ats] = [await startEvalon(), await startAts()];
  const proxy = await startProxyProcess(buildProxySettings(evalon, { ALLOWED_ORIGINS: ats.url }));
  ats.proxyUrl = proxy.url;
  ats.body = '<evalon-cohort project-id="proj_abc123" assessment-type="marketing"></evalon-cohort>';
  const browser = await launchBrowser(launchOptions);
  try {
    const previewTimes: number[] = [];
    const longestTasks: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await browser.newPage();
      await page.goto(ats.url);
      const { previewMs, longestTaskMs } = await measurePreview(page);
      previewTimes.push(previewMs);
      longestTasks.push(longestTaskMs);
      await page.close();
    }
    return [
      {
        name: `time from choosing a CSV file of ${ROWS} rows to its preview`,
        value: median(previewTimes),
        unit: 'ms',
        bound: MAX_PREVIEW_MS,
      },
      { name: `longest task until the preview of ${ROWS} rows`, value: median(longestTasks), unit: 'ms' },
    ];
  } finally {
    await browser.close();
    await proxy.kill();
    await Promise.all([evalon.close(), ats.close()]);
  }
}

async function measurePreview(page: Page): Promise<{ previewMs: number; longestTaskMs: number }> {
  await expect(page.getByLabel('Choose a CSV file')).toBeAttached();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  // An email without a domain is invalid.
  const lines = Array.from({ length: ROWS }, (_, n) => `Person ${n},p${n}@${n < INVALID_ROWS ? '' : 'example.com'}`);
  await page.evaluate(
    ([csv, expectedText]) =>
      new Promise<void>((resolve) => {
        const shadow = document.querySelector('evalon-cohort')?.shadowRoot as ShadowRoot;
        const fileInput = shadow.querySelector('input[type=file]') as HTMLInputElement;
        const measured = { start: performance.now(), previewMs: 0, longestTaskMs: 0 };
        Object.assign(window, { measured });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries())
            measured.longestTaskMs = Math.max(measured.longestTaskMs, duration);
        }).observe({ type: 'longtask' });
        const transfer = new DataTransfer();
        transfer.items.add(new File([csv], 'candidates.csv'));
        fileInput.files = transfer.files;
        fileInput.dispatchEvent(new Event('change'));
        const check = () => {
          if (!shadow.textContent?.includes(expectedText)) return void requestAnimationFrame(check);
          measured.previewMs = performance.now() - measured.start;
          // The browser reports a long task a little after its end.
          setTimeout(resolve, 100);
        };
        check();
      }),
    [`Name,Email\n${lines.join('\n')}`, `Needs correction ${INVALID_ROWS}`] as const,
  );
  return page.evaluate(
    () => (window as unknown as { measured: { previewMs: number; longestTaskMs: number } }).measured,
  );
}
