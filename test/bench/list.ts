/**
 * A list of candidates with a chip in each row, on a machine four times slower than this one: what the browser does in one
 * go, and what is asked of the proxy. 500 and 1,000 rows, so that the cost of a row can be seen to be constant.
 */
import { startAts } from '../support/ats.ts';
import { findBrowser, launchBrowser, NO_BROWSER } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { type Browser, expect } from '../support/page.ts';
import { settingsFor, spawnProxy, webhookUrl } from '../support/proxy.ts';
import { recruiterAt } from '../support/recruiter.ts';
import { type Figure, median } from './figures.ts';

const ROWS = [500, 1_000];
const ROUNDS = 5;
/** As the longest task is, the browser answers a key or a click; the bound is that of `longtask` itself. */
const BOUND = 50;
const PROJECT = 'proj_abc123';
/** Milliseconds. */
const PATIENCE = 60_000;
const LOOK_EVERY = 250;

interface Seen {
  longest: number;
  total: number;
  queries: number;
  streams: number;
}

export async function list(): Promise<Figure[]> {
  const found = await findBrowser();
  if (!found) {
    console.error(`SKIPPED list: ${NO_BROWSER}`);
    return [];
  }
  const [evalon, ats] = [await startEvalon(), await startAts()];
  const proxy = await spawnProxy(settingsFor(evalon, { ALLOWED_ORIGINS: ats.url }));
  ats.proxyUrl = proxy.url;
  evalon.webhookUrl = webhookUrl(proxy.url);
  const browser = await launchBrowser(found);
  try {
    const page = await recruiterAt(proxy.url);
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
        seen.get(rows)?.push(await look(browser, ats.url, rows));
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

async function look(browser: Browser, url: string, rows: number): Promise<Seen> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((entries) => {
      for (const { startTime, duration } of entries.getEntries()) {
        // What comes before the first element is the page's own.
        if (
          customElements.get('evalon-status') ||
          startTime > (performance.getEntriesByName('dom')[0]?.startTime ?? 1e9)
        )
          tasks.push(duration);
      }
    }).observe({ type: 'longtask' });
    addEventListener('DOMContentLoaded', () => performance.mark('dom'));
  });
  await page.goto(url);
  // To look for all of them is a long task itself: one is looked at until it is there, the others afterwards.
  await page.waitForFunction(isLastThere, undefined, { timeout: PATIENCE, polling: LOOK_EVERY });
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  await expect(page.getByText(/^\s*(Invited|Not invited)/)).toHaveCount(rows, { timeout: PATIENCE });
  await context.close();
  return {
    longest: Math.max(0, ...tasks),
    total: tasks.reduce((sum, task) => sum + task, 0),
    queries: asked.filter((path) => path === '/v1/sessions/query').length,
    streams: asked.filter((path) => path === '/v1/events').length,
  };
}

/** Runs in the page: whether the chip of the last row has its status. */
function isLastThere(): boolean {
  return /nvited/.test(document.querySelector('tr:last-child evalon-status')?.shadowRoot?.textContent ?? '');
}

function figuresOf(seen: Map<number, Seen[]>): Figure[] {
  return [...seen].flatMap(([rows, rounds]): Figure[] => [
    {
      name: `${rows} chips, CPU 4 times slower: longest task (0: none over 50 ms)`,
      value: median(rounds.map(({ longest }) => longest)),
      unit: 'ms',
      bound: BOUND,
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
