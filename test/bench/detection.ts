/**
 * Measures what the extension's candidate detection costs a page of 100,000 nodes that changes 1,000 times a second.
 * Compares the page with and without the extension.
 */
import type { BrowserContext, CDPSession } from '@playwright/test';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { buildUnpackedExtension, launchWithExtension } from '../support/extension.ts';
import { findChip } from '../support/extension-panel.ts';
import { type BenchResult, median } from './figures.ts';

const NODES = 100_000;
const MUTATIONS_PER_SECOND = 1_000;
const ROUNDS = 5;
const ROUND_MS = 4_000;
const MAX_MS_PER_SECOND = 20;
const ADDRESS = 'https://hire.lever.co/candidates/11111111-1111-4111-8111-111111111111';
/** A page adapter with one selector. */
const ADAPTER = {
  name: 'lever',
  ats: 'lever',
  hosts: ['hire.lever.co'],
  ids: { opportunity: 'uuid' },
  addresses: ['/candidates/{opportunity}/**'],
  email: ['.email'],
};

/** The global object of the extension's API, in its service worker. */
declare const chrome: { storage: { local: { set(values: object): Promise<void> } } };

export async function measureDetection(): Promise<BenchResult[]> {
  const launchOptions = await findFullBrowser();
  if (!launchOptions) {
    console.error(`SKIPPED detection: ${NO_BROWSER_MESSAGE}`);
    return [];
  }
  const proxyUrl = 'http://127.0.0.1:8787';
  const unpacked = await buildUnpackedExtension(proxyUrl);
  const extendedBrowser = await launchWithExtension(launchOptions, unpacked);
  const plainBrowser = await launchBrowser(launchOptions);
  try {
    const worker = await extendedBrowser.getServiceWorker();
    await worker.evaluate((values) => chrome.storage.local.set(values), { proxyAdapters: { [proxyUrl]: [ADAPTER] } });
    const withExtension = await openBusyPage(extendedBrowser.context);
    await findChip(withExtension.page).waitFor();
    const withoutExtension = await openBusyPage(await plainBrowser.newContext());
    const costs = { with: [] as number[], without: [] as number[], net: [] as number[] };
    // The first round warms up the machine.
    for (let round = 0; round <= ROUNDS; round++) {
      const withMs = await measureMsPerSecond(withExtension.cdp);
      const withoutMs = await measureMsPerSecond(withoutExtension.cdp);
      if (!round) continue;
      costs.with.push(withMs);
      costs.without.push(withoutMs);
      costs.net.push(withMs - withoutMs);
    }
    const unit = 'ms per second';
    return [
      { name: 'detection, main thread: the page with the extension', value: median(costs.with), unit },
      { name: 'detection, main thread: the page without the extension', value: median(costs.without), unit },
      { name: 'detection, main thread: the difference', value: median(costs.net), unit, bound: MAX_MS_PER_SECOND },
    ];
  } finally {
    await plainBrowser.close();
    await extendedBrowser.close();
    unpacked.remove();
  }
}

async function openBusyPage(context: BrowserContext) {
  await context.route(`${new URL(ADDRESS).origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>ATS</title><p class="email"></p>' }),
  );
  const page = await context.newPage();
  await page.goto(ADDRESS);
  await page.evaluate(makeBusy, { nodes: NODES, perSecond: MUTATIONS_PER_SECOND });
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  return { page, cdp };
}

/** Runs in the page: adds the nodes, and then changes one node after another, each in its own task. */
function makeBusy({ nodes, perSecond }: { nodes: number; perSecond: number }): void {
  const list = document.createElement('section');
  for (let node = 0; node < nodes; node++) list.append(document.createElement('i'));
  list.style.display = 'none';
  document.body.append(list);
  let changes = 0;
  const start = performance.now();
  const { port1, port2 } = new MessageChannel();
  const change = () => {
    const item = list.children[changes % nodes];
    item?.replaceChildren(`${changes}`);
    changes++;
  };
  port1.onmessage = change;
  setInterval(() => {
    const dueChanges = Math.floor(((performance.now() - start) * perSecond) / 1_000);
    for (let next = changes; next < dueChanges; next++) port2.postMessage(null);
  }, 10);
}

/** Returns how many milliseconds of processor time the main thread uses in each second. */
async function measureMsPerSecond(cdp: CDPSession): Promise<number> {
  const read = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const getMetric = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { threadTime: getMetric('ThreadTime'), timestamp: getMetric('Timestamp') };
  };
  const before = await read();
  await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  const after = await read();
  return ((after.threadTime - before.threadTime) / (after.timestamp - before.timestamp)) * 1_000;
}
