/**
 * Measures what a widget costs its page, with the CPU slowed down 4 times: script time, first paint, layout shift,
 * heap. Compares the panel, which shows a finished result, with widgets of three other libraries.
 */
import type { Browser } from '@playwright/test';
import { MARKETING_JOB } from '../../proxy/sandbox/demo/people/person.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { type BenchResult, median } from './figures.ts';
import { BARE_PAGE, type HostPage, PEER_PAGES, startHostPages, WIDGET_PAGE } from './hosts/host.ts';

const ROUNDS = 9;
const CPU_SLOWDOWN = 4;
const TIMEOUT_MS = 60_000;
/** The interval of the checks whether the page is ready. Each check costs script time. */
const POLL_MS = 250;

interface Cost {
  scriptMs: number;
  paintMs: number;
  shift: number;
  /** After a garbage collection. */
  heapKib: number;
}

const LABELS: Record<keyof Cost, [what: string, unit: string]> = {
  scriptMs: ['script', 'ms'],
  paintMs: ['first paint', 'ms'],
  shift: ['layout shift', ''],
  heapKib: ['heap', 'KiB'],
};

declare global {
  interface Window {
    layoutShift: number;
  }
}

export async function measureHosting(): Promise<BenchResult[]> {
  const launchOptions = await findFullBrowser();
  if (!launchOptions) {
    console.error(`SKIPPED hosting: ${NO_BROWSER_MESSAGE}`);
    return [];
  }
  const pages = [WIDGET_PAGE, ...PEER_PAGES, BARE_PAGE];
  const { folder, remove } = createTempFolder();
  const site = await startHostPages(pages, MARKETING_JOB.project_id);
  const settings = {
    PORT: '0',
    DATABASE_URL: `file:${folder}/sandbox.db`,
    ALLOWED_ORIGINS: site.url,
    LOG_LEVEL: 'warn',
  };
  const proxy = await startProxyProcess(settings, { startTimeoutMs: TIMEOUT_MS });
  site.setProxyUrl(proxy.url);
  const browser = await launchBrowser(launchOptions);
  const costs = new Map(pages.map(({ name }) => [name, [] as Cost[]]));
  try {
    // The first round warms up the machine.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const hostPage of pages) {
        const cost = await measureCost(browser, `${site.url}/${hostPage.name}`, hostPage);
        if (round) costs.get(hostPage.name)?.push(cost);
      }
    }
  } finally {
    await browser.close();
    await proxy.kill('SIGKILL');
    site.close();
    remove();
  }
  return summarize(costs);
}

async function measureCost(browser: Browser, url: string, { readySelector }: HostPage): Promise<Cost> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await cdp.send('Performance.enable');
  await page.addInitScript(observeShifts);
  await page.goto(url, { waitUntil: 'load' });
  if (readySelector) await page.waitForFunction(hasElement, readySelector, { timeout: TIMEOUT_MS, polling: POLL_MS });
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const readMetric = async (name: string) =>
    (await cdp.send('Performance.getMetrics')).metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const scriptMs = (await readMetric('ScriptDuration')) * 1_000;
  const { paintMs, shift } = await page.evaluate(() => ({
    paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    shift: window.layoutShift,
  }));
  await cdp.send('HeapProfiler.collectGarbage');
  const heapKib = (await readMetric('JSHeapUsedSize')) / 1_024;
  await context.close();
  return { scriptMs, paintMs, shift, heapKib };
}

/** Runs in the page before its scripts. */
function observeShifts(): void {
  window.layoutShift = 0;
  new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries())
      window.layoutShift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Runs in the page. In the path, ` >>> ` enters a shadow root. */
function hasElement(path: string): boolean {
  let root: ParentNode | null | undefined = document;
  let element: Element | null | undefined;
  for (const selector of path.split(' >>> ')) {
    element = root?.querySelector(selector);
    root = element?.shadowRoot;
  }
  return !!element;
}

function summarize(costs: Map<string, Cost[]>): BenchResult[] {
  const bareCosts = costs.get(BARE_PAGE.name) ?? [];
  /** Returns each round's cost without the cost of the page itself. */
  const netCosts = (name: string, kind: keyof Cost) =>
    (costs.get(name) ?? []).map((cost, round) => cost[kind] - (bareCosts[round]?.[kind] ?? 0));

  return (Object.keys(LABELS) as (keyof Cost)[]).flatMap((kind) => {
    const [what, unit] = LABELS[kind];
    const widgetCosts = netCosts(WIDGET_PAGE.name, kind);
    const results: BenchResult[] = [
      { name: `hosting, ${what}: the widget`, value: median(widgetCosts), unit, ...(kind === 'shift' && { bound: 0 }) },
    ];
    for (const peer of PEER_PAGES) {
      const peerCosts = netCosts(peer.name, kind);
      const peerMedian = median(peerCosts);
      results.push({ name: `hosting, ${what}: ${peer.name}`, value: peerMedian, unit });
      // The player of media-chrome paints no content before it has a video, so its first paint is 0.
      if (kind === 'shift' || peerMedian === 0) continue;
      const ratios = widgetCosts.map((value, round) => value / (peerCosts[round] ?? Number.NaN));
      results.push({
        name: `hosting, ${what}: the widget relative to ${peer.name}, median of ratios`,
        value: median(ratios),
        unit: 'x',
      });
    }
    return results;
  });
}
