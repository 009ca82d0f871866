/**
 * A list of candidates with a chip in each row, on a machine four times slower than this one: what the browser does in one
 * go, and what is asked of the proxy. 500 and 1,000 rows, so that the cost of a row can be seen to be constant. Beside it
 * the same page without the script, whose table alone is long work: what is the page's own can be told from what is ours.
 */

import { createRecruiterClient } from '../support/api-client.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { type Browser, expect, type Page } from '../support/page.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../support/proxy.ts';
import { type BenchResult, median } from './figures.ts';

const ROWS = [500, 1_000];
const ROUNDS = 5;
/** As the longest task is, the browser answers a key or a click; the bound is that of `longtask` itself. */
const BOUND = 50;
const PROJECT = 'proj_abc123';
/** Milliseconds. */
const PATIENCE = 60_000;
const LOOK_EVERY = 250;

/** Milliseconds. */
interface Work {
  /** The longest task; what the page did before there was anything of ours does not count beside the elements. */
  longest: number;
  /** The longest that the browser took to lay out and paint one frame, in which no task is counted. */
  frame: number;
}

/** An entry of `long-animation-frame`, which TypeScript does not know yet. */
interface FrameTiming extends PerformanceEntry {
  /** 0 where nothing was painted. */
  renderStart: number;
}

interface Seen extends Work {
  page: Work;
  queries: number;
  streams: number;
}

export async function measureList(): Promise<BenchResult[]> {
  const found = await findFullBrowser();
  if (!found) {
    console.error(`SKIPPED list: ${NO_BROWSER_MESSAGE}`);
    return [];
  }
  const [evalon, ats] = [await startEvalon(), await startAts()];
  const proxy = await startProxyProcess(buildProxySettings(evalon, { ALLOWED_ORIGINS: ats.url }));
  ats.proxyUrl = proxy.url;
  evalon.webhookUrl = webhookUrl(proxy.url);
  const browser = await launchBrowser(found);
  try {
    const page = await createRecruiterClient(proxy.url);
    for (let n = 0; n < Math.max(...ROWS); n += 2) {
      await page.invite({
        candidate_email: `c${n}@example.com`,
        candidate_name: `Candidate ${n}`,
        project_id: PROJECT,
      });
    }
    const seen = new Map(ROWS.map((rows) => [rows, [] as Seen[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const rows of ROWS) {
        ats.body = `<table>${Array.from({ length: rows }, (_, n) => rowOf(n)).join('')}</table>`;
        const withOurs = await look(browser, ats.url, rows);
        const { proxyUrl } = ats;
        // Where the tag then points, there is no script.
        ats.proxyUrl = ats.url;
        const page = await lookAtPage(browser, ats.url);
        ats.proxyUrl = proxyUrl;
        seen.get(rows)?.push({ ...withOurs, page });
      }
    }
    return figuresOf(seen);
  } finally {
    await browser.close();
    await proxy.kill('SIGKILL');
    await Promise.all([evalon.close(), ats.close()]);
  }
}

function rowOf(n: number): string {
  const chip = `<evalon-status candidate-email="c${n}@example.com" project-id="${PROJECT}"></evalon-status>`;
  return `<tr><td>Candidate ${n}</td><td>${chip}</td></tr>`;
}

async function look(browser: Browser, url: string, rows: number): Promise<Omit<Seen, 'page'>> {
  const page = await slowPage(browser);
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  await page.goto(url);
  // To look for all of them is a long task itself: one is looked at until it is there, the others afterwards.
  await page.waitForFunction(isLastThere, undefined, { timeout: PATIENCE, polling: LOOK_EVERY });
  const { ours } = await worked(page);
  await expect(page.getByText(/^\s*(Invited|Not invited)/)).toHaveCount(rows, { timeout: PATIENCE });
  await page.context().close();
  return {
    ...ours,
    queries: asked.filter((path) => path === '/v1/sessions/query').length,
    streams: asked.filter((path) => path === '/v1/events').length,
  };
}

/** The same page, where the script is not to be had. */
async function lookAtPage(browser: Browser, url: string): Promise<Work> {
  const page = await slowPage(browser);
  await page.goto(url);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
  const { all } = await worked(page);
  await page.context().close();
  return all;
}

async function slowPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    const all = { longest: 0, frame: 0 };
    const ours = { longest: 0, frame: 0 };
    Object.assign(window, { worked: { all, ours } });
    const take = (startTime: number, work: Partial<Work>) => {
      for (const [kind, ms = 0] of Object.entries(work) as [keyof Work, number][]) {
        all[kind] = Math.max(all[kind], ms);
        // What comes before the first element is the page's own.
        if (
          customElements.get('evalon-status') ||
          startTime > (performance.getEntriesByName('dom')[0]?.startTime ?? 1e9)
        )
          ours[kind] = Math.max(ours[kind], ms);
      }
    };
    new PerformanceObserver((entries) => {
      for (const { startTime, duration } of entries.getEntries()) take(startTime, { longest: duration });
    }).observe({ type: 'longtask' });
    new PerformanceObserver((entries) => {
      for (const { startTime, duration, renderStart } of entries.getEntries() as FrameTiming[]) {
        if (renderStart) take(startTime, { frame: startTime + duration - renderStart });
      }
    }).observe({ type: 'long-animation-frame' });
    addEventListener('DOMContentLoaded', () => performance.mark('dom'));
  });
  return page;
}

function worked(page: Page): Promise<Record<'all' | 'ours', Work>> {
  return page.evaluate(() => (window as unknown as { worked: Record<'all' | 'ours', Work> }).worked);
}

/** Runs in the page: whether the chip of the last row has its status. */
function isLastThere(): boolean {
  return /nvited/.test(document.querySelector('tr:last-child evalon-status')?.shadowRoot?.textContent ?? '');
}

function figuresOf(seen: Map<number, Seen[]>): BenchResult[] {
  return [...seen].flatMap(([rows, rounds]): BenchResult[] => [
    {
      name: `${rows} chips, CPU 4 times slower: longest task (0: none over 50 ms)`,
      value: median(rounds.map(({ longest }) => longest)),
      unit: 'ms',
      bound: BOUND,
    },
    {
      name: `${rows} chips, CPU 4 times slower: longest layout and paint of a frame`,
      value: median(rounds.map(({ frame }) => frame)),
      unit: 'ms',
      bound: BOUND,
    },
    {
      name: `${rows} rows without our script: longest task`,
      value: median(rounds.map(({ page }) => page.longest)),
      unit: 'ms',
    },
    {
      name: `${rows} rows without our script: longest layout and paint of a frame`,
      value: median(rounds.map(({ page }) => page.frame)),
      unit: 'ms',
    },
    {
      name: `${rows} chips: queries`,
      value: median(rounds.map(({ queries }) => queries)),
      unit: '',
      bound: rows / 500,
    },
    { name: `${rows} chips: streams`, value: median(rounds.map(({ streams }) => streams)), unit: '', bound: 1 },
  ]);
}
