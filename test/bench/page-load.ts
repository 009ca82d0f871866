/**
 * What a page pays for holding a widget, on a machine four times slower than this one: ours with a finished result, beside
 * three peers, in turn on the same page. Milliseconds of script, the first paint, what shifts, and what stays in memory.
 */
import { MARKETING_JOB } from '../../proxy/sandbox/demo/people/person.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import type { Browser } from '../support/page.ts';
import { createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { type BenchResult, median } from './figures.ts';
import { BARE_PAGE, type HostPage, PEER_PAGES, startHostPages, WIDGET_PAGE } from './hosts/host.ts';

const ROUNDS = 9;
const SLOWER = 4;
const PATIENCE = 60_000;
/** Milliseconds: to look costs script, too. */
const LOOK_EVERY = 250;

interface Cost {
  /** Milliseconds. */
  script: number;
  paint: number;
  shift: number;
  /** KiB after a collection. */
  heap: number;
}

const NAMES: Record<keyof Cost, [what: string, unit: string]> = {
  script: ['script', 'ms'],
  paint: ['first paint', 'ms'],
  shift: ['layout shift', ''],
  heap: ['heap', 'KiB'],
};

export async function measureHosting(): Promise<BenchResult[]> {
  const found = await findFullBrowser();
  if (!found) {
    console.error(`SKIPPED hosting: ${NO_BROWSER_MESSAGE}`);
    return [];
  }
  const hosts = [WIDGET_PAGE, ...PEER_PAGES, BARE_PAGE];
  const { folder, remove } = createTempFolder();
  const site = await startHostPages(hosts, MARKETING_JOB.project_id);
  const settings = {
    PORT: '0',
    DATABASE_URL: `file:${folder}/sandbox.db`,
    ALLOWED_ORIGINS: site.url,
    LOG_LEVEL: 'warn',
  };
  const proxy = await startProxyProcess(settings, { limit: PATIENCE });
  site.embed(proxy.url);
  const browser = await launchBrowser(found);
  const costs = new Map(hosts.map(({ name }) => [name, [] as Cost[]]));
  try {
    // The first round warms the machine up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const host of hosts) {
        const cost = await costOf(browser, `${site.url}/${host.name}`, host);
        if (round) costs.get(host.name)?.push(cost);
      }
    }
  } finally {
    await browser.close();
    await proxy.kill('SIGKILL');
    site.close();
    remove();
  }
  return figuresOf(costs);
}

async function costOf(browser: Browser, address: string, { readySelector: last }: HostPage): Promise<Cost> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await cdp.send('Performance.enable');
  await page.addInitScript(watchShifts);
  await page.goto(address, { waitUntil: 'load' });
  if (last) await page.waitForFunction(isThere, last, { timeout: PATIENCE, polling: LOOK_EVERY });
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  const metric = async (name: string) =>
    (await cdp.send('Performance.getMetrics')).metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const script = (await metric('ScriptDuration')) * 1_000;
  const { paint, shift } = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    shift: window.shifted,
  }));
  await cdp.send('HeapProfiler.collectGarbage');
  const heap = (await metric('JSHeapUsedSize')) / 1_024;
  await context.close();
  return { script, paint, shift, heap };
}

declare global {
  interface Window {
    shifted: number;
  }
}

/** Runs in the page, before all else. */
function watchShifts(): void {
  window.shifted = 0;
  new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) window.shifted += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Runs in the page: whether something lies at the end of a path through shadow roots. */
function isThere(path: string): boolean {
  let root: ParentNode | null | undefined = document;
  let box: Element | null | undefined;
  for (const selector of path.split(' >>> ')) {
    box = root?.querySelector(selector);
    root = box?.shadowRoot;
  }
  return !!box;
}

function figuresOf(costs: Map<string, Cost[]>): BenchResult[] {
  const bare = costs.get(BARE_PAGE.name) ?? [];
  /** Round by round, without what the page itself costs. */
  const rounds = (name: string, what: keyof Cost) =>
    (costs.get(name) ?? []).map((cost, round) => cost[what] - (bare[round]?.[what] ?? 0));
  const whats = Object.keys(NAMES) as (keyof Cost)[];
  return whats.flatMap((what) => {
    const [name, unit] = NAMES[what];
    const ours = rounds(WIDGET_PAGE.name, what);
    return [
      {
        name: `hosting, ${name}: ours`,
        value: median(ours),
        unit,
        ...(what === 'shift' && { bound: 0 }),
      },
      ...PEER_PAGES.flatMap((peer) => {
        const theirs = rounds(peer.name, what);
        const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
        return [
          { name: `hosting, ${name}: ${peer.name}`, value: median(theirs), unit },
          ...(what === 'shift'
            ? []
            : [
                {
                  name: `hosting, ${name}: ours beside ${peer.name}, median of ratios`,
                  value: median(ratios),
                  unit: 'x',
                },
              ]),
        ];
      }),
    ];
  });
}
