/**
 * Measures a list of candidates with a status chip in each row, with the CPU slowed down 4 times: long tasks, frames
 * and requests. Compares 500 and 1,000 rows, each with and without the widget's script.
 */
import { type Browser, expect, type Page } from '@playwright/test';
import { createRecruiterClient } from '../support/api-client.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../support/proxy.ts';
import { type BenchResult, median } from './figures.ts';

const ROW_COUNTS = [500, 1_000];
const ROUNDS = 5;
/** The highest acceptable duration of a task or frame. The browser reports only longer tasks. */
const MAX_TASK_MS = 50;
const ROWS_PER_QUERY = 500;
const CPU_SLOWDOWN = 4;
const PROJECT = 'proj_abc123';
const TIMEOUT_MS = 60_000;
const POLL_MS = 250;

/** The longest durations in a page, in milliseconds. */
interface Durations {
  /** 0 if the browser reported no long task. */
  task: number;
  /** Layout and paint of a frame, which no task includes. */
  frame: number;
}

interface Measurement extends Durations {
  pageAlone: Durations;
  queries: number;
  streams: number;
}

/** An entry of `long-animation-frame`, which TypeScript's types lack. */
interface FrameTiming extends PerformanceEntry {
  /** 0 if nothing was painted. */
  renderStart: number;
}

export async function measureList(): Promise<BenchResult[]> {
  const launchOptions = await findFullBrowser();
  if (!launchOptions) {
    console.error(`SKIPPED list: ${NO_BROWSER_MESSAGE}`);
    return [];
  }
  const [evalon, ats] = [await startEvalon(), await startAts()];
  const proxy = await startProxyProcess(buildProxySettings(evalon, { ALLOWED_ORIGINS: ats.url }));
  ats.proxyUrl = proxy.url;
  evalon.webhookUrl = webhookUrl(proxy.url);
  const browser = await launchBrowser(launchOptions);
  try {
    await inviteEverySecondCandidate(proxy.url);
    const measured = new Map(ROW_COUNTS.map((rowCount) => [rowCount, [] as Measurement[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const rowCount of ROW_COUNTS) {
        ats.body = `<table>${Array.from({ length: rowCount }, (_, n) => renderRow(n)).join('')}</table>`;
        const withWidget = await measureWithWidget(browser, ats.url, rowCount);
        // The ATS does not serve the widget's script. So the page loads no widget if it requests the script there.
        ats.proxyUrl = ats.url;
        const pageAlone = await measurePageAlone(browser, ats.url);
        ats.proxyUrl = proxy.url;
        measured.get(rowCount)?.push({ ...withWidget, pageAlone });
      }
    }
    return [...measured].flatMap(([rowCount, rounds]) => summarize(rowCount, rounds));
  } finally {
    await browser.close();
    await proxy.kill('SIGKILL');
    await Promise.all([evalon.close(), ats.close()]);
  }
}

async function inviteEverySecondCandidate(proxyUrl: string): Promise<void> {
  const recruiter = await createRecruiterClient(proxyUrl);
  for (let n = 0; n < Math.max(...ROW_COUNTS); n += 2) {
    await recruiter.invite({
      candidate_email: `c${n}@example.com`,
      candidate_name: `Candidate ${n}`,
      project_id: PROJECT,
    });
  }
}

function renderRow(n: number): string {
  const chip = `<evalon-status candidate-email="c${n}@example.com" project-id="${PROJECT}"></evalon-status>`;
  return `<tr><td>Candidate ${n}</td><td>${chip}</td></tr>`;
}

async function measureWithWidget(
  browser: Browser,
  url: string,
  rowCount: number,
): Promise<Omit<Measurement, 'pageAlone'>> {
  const page = await openSlowPage(browser);
  const paths: string[] = [];
  page.on('request', (request) => void paths.push(new URL(request.url()).pathname));
  await page.goto(url);
  // A search through all rows is a long task too, so wait for the last row first.
  await page.waitForFunction(hasLastStatus, undefined, { timeout: TIMEOUT_MS, polling: POLL_MS });
  const { widget: durations } = await readDurations(page);
  await expect(page.getByText(/^\s*(Invited|Not invited)/)).toHaveCount(rowCount, { timeout: TIMEOUT_MS });
  await page.context().close();
  return {
    ...durations,
    queries: paths.filter((path) => path === '/v1/sessions/query').length,
    streams: paths.filter((path) => path === '/v1/events').length,
  };
}

async function measurePageAlone(browser: Browser, url: string): Promise<Durations> {
  const page = await openSlowPage(browser);
  await page.goto(url);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
  const { page: durations } = await readDurations(page);
  await page.context().close();
  return durations;
}

async function openSlowPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(observeDurations);
  return page;
}

/**
 * Runs in the page before its scripts. `page` includes all tasks and frames. `widget` includes those after the page was
 * parsed or the widget was loaded.
 */
function observeDurations(): void {
  const durations = { page: { task: 0, frame: 0 }, widget: { task: 0, frame: 0 } };
  Object.assign(window, { durations });
  const record = (startTime: number, kind: keyof Durations, ms: number) => {
    durations.page[kind] = Math.max(durations.page[kind], ms);
    const parsedAt = performance.getEntriesByName('parsed')[0]?.startTime ?? Number.POSITIVE_INFINITY;
    const isWidgetLoaded = customElements.get('evalon-status') !== undefined;
    if (isWidgetLoaded || startTime > parsedAt) durations.widget[kind] = Math.max(durations.widget[kind], ms);
  };
  new PerformanceObserver((entries) => {
    for (const { startTime, duration } of entries.getEntries()) record(startTime, 'task', duration);
  }).observe({ type: 'longtask' });
  new PerformanceObserver((entries) => {
    for (const { startTime, duration, renderStart } of entries.getEntries() as FrameTiming[])
      if (renderStart) record(startTime, 'frame', startTime + duration - renderStart);
  }).observe({ type: 'long-animation-frame' });
  addEventListener('DOMContentLoaded', () => performance.mark('parsed'));
}

function readDurations(page: Page): Promise<Record<'page' | 'widget', Durations>> {
  return page.evaluate(() => (window as unknown as { durations: Record<'page' | 'widget', Durations> }).durations);
}

/** Runs in the page. Returns whether the last row shows “Invited” or “Not invited”. */
function hasLastStatus(): boolean {
  return /nvited/.test(document.querySelector('tr:last-child evalon-status')?.shadowRoot?.textContent ?? '');
}

function summarize(rowCount: number, rounds: Measurement[]): BenchResult[] {
  const medianOf = (read: (round: Measurement) => number) => median(rounds.map(read));
  return [
    {
      name: `${rowCount} chips, CPU 4 times slower: longest task (0: none over 50 ms)`,
      value: medianOf(({ task }) => task),
      unit: 'ms',
      bound: MAX_TASK_MS,
    },
    {
      name: `${rowCount} chips, CPU 4 times slower: longest layout and paint of a frame`,
      value: medianOf(({ frame }) => frame),
      unit: 'ms',
      bound: MAX_TASK_MS,
    },
    {
      name: `${rowCount} rows without the widget: longest task`,
      value: medianOf(({ pageAlone }) => pageAlone.task),
      unit: 'ms',
    },
    {
      name: `${rowCount} rows without the widget: longest layout and paint of a frame`,
      value: medianOf(({ pageAlone }) => pageAlone.frame),
      unit: 'ms',
    },
    {
      name: `${rowCount} chips: queries`,
      value: medianOf(({ queries }) => queries),
      unit: '',
      bound: rowCount / ROWS_PER_QUERY,
    },
    { name: `${rowCount} chips: streams`, value: medianOf(({ streams }) => streams), unit: '', bound: 1 },
  ];
}
