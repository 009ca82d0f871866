/** From the sending of a completion's webhook to the painted text, less the scorecard read that lies between. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../support/proxy.ts';
import { type BenchResult, measureMs, median } from './figures.ts';

const WARM_UP = 3;
const ROUNDS = 21;
/** Milliseconds that the issue allows beyond the scorecard read. */
const BOUND = 100;

export async function measureLatency(): Promise<BenchResult[]> {
  const found = await findFullBrowser();
  if (!found) throw new Error(NO_BROWSER_MESSAGE);
  const [evalon, ats, browser] = [await startEvalon(), await startAts(''), await launchBrowser(found)];
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
  const painted: number[] = [];
  const reads: number[] = [];
  try {
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const candidate_email = `candidate-${round}@example.com`;
      const { body } = await recruiter.invite({ ...JANE, candidate_email });
      ats.body = `<evalon-assessments candidate-email="${candidate_email}" candidate-name="Jane Smith" project-id="proj_abc123"></evalon-assessments>`;
      const page = await browser.newPage();
      await page.goto(ats.url);
      await page.getByText('Invited').first().waitFor();
      const completed = page.evaluate(paintOfCompleted);
      const sent = Date.now();
      await evalon.completeSession(body.session_uuid);
      const shown = (await completed) - sent;
      const address = `${evalon.url}/api/v1/sessions/${body.session_uuid}/scorecard/`;
      const read = await measureMs(async () =>
        (await fetch(address, { headers: { authorization: `Bearer ${evalon.apiKey}` } })).json(),
      );
      await page.close();
      if (round < WARM_UP) continue;
      painted.push(shown);
      reads.push(read);
    }
  } finally {
    await browser.close();
    await proxy.kill();
    await Promise.all([evalon.close(), ats.close()]);
  }
  return [
    { name: 'webhook sent to “Completed” painted, median', value: median(painted), unit: 'ms' },
    { name: 'scorecard read, median', value: median(reads), unit: 'ms' },
    {
      name: 'webhook to paint beyond the read, median',
      value: median(painted) - median(reads),
      unit: 'ms',
      bound: BOUND,
    },
  ];
}

/** Runs in the page: answers when the frame that shows the text has been painted. */
function paintOfCompleted(): Promise<number> {
  return new Promise((resolve) => {
    const root = document.querySelector('evalon-assessments')?.shadowRoot;
    const look = () => {
      if (!root?.textContent?.includes('Completed')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    };
    const observer = new MutationObserver(look);
    if (root) observer.observe(root, { subtree: true, childList: true, characterData: true });
    look();
  });
}
