/**
 * Measures the time from a completion webhook until a page with an open stream has painted “Completed”. In between, the
 * proxy reads the scorecard. One of the results excludes the time of this read.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../support/proxy.ts';
import { type BenchResult, measureMs, median } from './figures.ts';

const WARM_UP_ROUNDS = 3;
const ROUNDS = 21;
/** The highest acceptable latency without the scorecard read. */
const MAX_LATENCY_MS = 100;

export async function measureLatency(): Promise<BenchResult[]> {
  const launchOptions = await findFullBrowser();
  if (!launchOptions) throw new Error(NO_BROWSER_MESSAGE);
  const [evalon, ats, browser] = [await startEvalon(), await startAts(''), await launchBrowser(launchOptions)];
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const proxy = await startProxyProcess(
    buildProxySettings(evalon, {
      DATABASE_URL: `file:${folder}/evalon.db`,
      ALLOWED_ORIGINS: ats.url,
      LOG_LEVEL: 'warn',
    }),
  );
  ats.proxyUrl = proxy.url;
  evalon.webhookUrl = webhookUrl(proxy.url);
  const recruiter = await createRecruiterClient(proxy.url);
  const paintDelaysMs: number[] = [];
  const scorecardReadsMs: number[] = [];
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const candidate_email = `candidate-${round}@example.com`;
      const { body } = await recruiter.invite({ ...JANE, candidate_email });
      ats.body = `<evalon-assessments candidate-email="${candidate_email}" candidate-name="Jane Smith" project-id="proj_abc123"></evalon-assessments>`;
      const page = await browser.newPage();
      const streamResponse = page.waitForResponse(
        (response) => response.url().endsWith('/v1/events') && response.request().method() === 'POST',
      );
      await page.goto(ats.url);
      await Promise.all([streamResponse, page.getByText('Invited').first().waitFor()]);
      const paintedAt = page.evaluate(waitForCompletedPaint);
      const sentAt = Date.now();
      await evalon.completeSession(body.session_uuid);
      const paintDelayMs = (await paintedAt) - sentAt;
      const scorecardUrl = `${evalon.url}/api/v1/sessions/${body.session_uuid}/scorecard/`;
      const scorecardReadMs = await measureMs(async () =>
        (await fetch(scorecardUrl, { headers: { authorization: `Bearer ${evalon.apiKey}` } })).json(),
      );
      await page.close();
      if (round < WARM_UP_ROUNDS) continue;
      paintDelaysMs.push(paintDelayMs);
      scorecardReadsMs.push(scorecardReadMs);
    }
  } finally {
    await browser.close();
    await proxy.kill();
    await Promise.all([evalon.close(), ats.close()]);
  }
  return [
    { name: 'time from the webhook to the painted “Completed”, median', value: median(paintDelaysMs), unit: 'ms' },
    { name: 'time of the scorecard read, median', value: median(scorecardReadsMs), unit: 'ms' },
    {
      name: 'time from the webhook to the painted “Completed” without the scorecard read, median',
      value: median(paintDelaysMs) - median(scorecardReadsMs),
      unit: 'ms',
      bound: MAX_LATENCY_MS,
    },
  ];
}

/** Runs in the page. Returns the time at which the browser has painted “Completed”. */
function waitForCompletedPaint(): Promise<number> {
  return new Promise((resolve) => {
    const root = document.querySelector('evalon-assessments')?.shadowRoot;
    const check = () => {
      if (!root?.textContent?.includes('Completed')) return;
      observer.disconnect();
      // The next task after a frame runs after the paint.
      requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    };
    const observer = new MutationObserver(check);
    if (root) observer.observe(root, { subtree: true, childList: true, characterData: true });
    check();
  });
}
