/** Many tabs of one browser, over HTTP/1.1, whose six connections to a host are all that they have. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRecruiterClient } from '../support/api-client.ts';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { waitFor } from '../support/eventually.ts';
import { type Browser, type BrowserContext, expect as expectSoon } from '../support/page.ts';
import { startE2eStack } from './stack.ts';

const METRICS_TOKEN = 'metrics-token-of-tests';
/** Milliseconds for what only a stream brings: tabs without one ask every 30 s, and twenty of them share the machine. */
const LIVE = 25_000;
const expect = expectSoon.configure({ timeout: LIVE });
const found = await findBrowser();
let browser: Browser;

before(async () => {
  if (found) browser = await launchBrowser(found);
});
after(() => browser?.close());

async function streamsAt(proxyUrl: string): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const metrics = await (await fetch(`${proxyUrl}/metrics`, { headers })).text();
  return Number(/^evalon_streams (\d+)/m.exec(metrics)?.[1]);
}

async function openTab(context: BrowserContext, url: string) {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
  return page;
}

const panelOf = (email: string, name: string) =>
  `<evalon-assessments candidate-email="${email}" candidate-name="${name}" project-id="proj_abc123"></evalon-assessments>`;

describe('many tabs of one browser', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('20 of one recruiter work, have one stream, and all turn live, also after the one with the stream was closed', async (test) => {
    const { evalon, ats, proxy } = await startE2eStack(test, { METRICS_TOKEN });
    const { session_uuid } = (await (await createRecruiterClient(proxy.url)).invite()).body;
    const context = await browser.newContext();
    test.after(() => context.close());
    const pages = [];
    for (let n = 0; n < 20; n++) pages.push(await openTab(context, ats.url));
    await waitFor(async () => (await streamsAt(proxy.url)) === 1, { deadline: LIVE });

    await evalon.sendEvent(session_uuid, 'session.opened');
    for (const page of pages) await expect(page.getByText('Opened').first()).toBeVisible();

    await pages.shift()?.close();
    await waitFor(async () => (await streamsAt(proxy.url)) === 1, { deadline: LIVE });
    await evalon.completeSession(session_uuid);
    for (const page of pages) await expect(page.getByText('Campaign planning')).toBeVisible();
    // A tab that was slow to answer may have lost the lead meanwhile: then there are two for a moment.
    await waitFor(async () => (await streamsAt(proxy.url)) === 1, { deadline: LIVE });
  });

  it('12 with a token for one candidate each all load and complete, and none is told of another’s', async (test) => {
    const { evalon, ats, proxy } = await startE2eStack(test, { METRICS_TOKEN });
    const all = await createRecruiterClient(proxy.url);
    const context = await browser.newContext();
    test.after(() => context.close());
    const tabs = [];
    for (let n = 0; n < 12; n++) {
      const email = `person-${n}@example.com`;
      const { session_uuid } = (await all.invite({ candidate_email: email, candidate_name: `Person ${n}` })).body;
      ats.claims = { candidates: [email] };
      ats.body = panelOf(email, `Person ${n}`);
      const heard: string[] = [];
      const page = await context.newPage();
      await page.exposeFunction('hear', (text: string) => void heard.push(text));
      await page.addInitScript(() => {
        const { hear } = window as unknown as { hear: (text: string) => void };
        addEventListener('evalon-status', (event) => hear(JSON.stringify((event as CustomEvent).detail)));
        const Channel = BroadcastChannel;
        window.BroadcastChannel = class extends Channel {
          constructor(name: string) {
            super(name);
            this.addEventListener('message', ({ data }) => hear(JSON.stringify(data)));
          }
        };
      });
      await page.goto(ats.url);
      await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
      tabs.push({ email, page, heard, session_uuid });
    }
    await waitFor(async () => (await streamsAt(proxy.url)) === 4, { deadline: LIVE });

    for (const { session_uuid } of tabs) await evalon.completeSession(session_uuid);
    // Those without a stream ask every 30 s.
    for (const { page } of tabs) await expect(page.getByText('Campaign planning')).toBeVisible({ timeout: 35_000 });
    for (const { email, heard } of tabs) {
      assert.ok(heard.some((text) => text.includes(email) && text.includes('completed')));
      for (const other of tabs) if (other.email !== email) assert.ok(!heard.join().includes(other.email));
    }
  });
});
