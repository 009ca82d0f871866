/** Many tabs of one browser over HTTP/1.1, which allows six connections to a host. */
import { createRecruiterClient } from '../support/api-client.ts';
import { type BrowserContext, expect, inShortAndFullRun, type Page, test } from './fixtures.ts';
import { expectInvited } from './panel.ts';
import { startE2eStack } from './stack.ts';

const METRICS_TOKEN = 'metrics-token-of-tests';
/** How many of the six connections the widget uses for streams at most. */
const MAX_STREAMS = 4;
/** Shorter than the 30 s between polls, so that only an update over a stream arrives in time. */
const STREAM_OPTIONS = { timeout: 25_000 };

async function countStreams(proxyUrl: string): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const metrics = await (await fetch(`${proxyUrl}/metrics`, { headers })).text();
  return Number(/^evalon_streams (\d+)/m.exec(metrics)?.[1]);
}

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expectInvited(page);
  return page;
}

const panelFor = (email: string, name: string) =>
  `<evalon-assessments candidate-email="${email}" candidate-name="${name}" project-id="proj_abc123"></evalon-assessments>`;

/** Runs in the page before its scripts. Reports every status event and every message between tabs. */
function reportMessages(): void {
  const { report } = window as unknown as { report: (text: string) => void };
  addEventListener('evalon-status', (event) => report(JSON.stringify((event as CustomEvent).detail)));
  const Channel = BroadcastChannel;
  window.BroadcastChannel = class extends Channel {
    constructor(name: string) {
      super(name);
      this.addEventListener('message', ({ data }) => report(JSON.stringify(data)));
    }
  };
}

test.describe('many tabs of one browser', () => {
  for (const [count, testOptions] of inShortAndFullRun(5, 20))
    test(
      `${count} tabs of a recruiter share one stream, and still update after the tab with the stream closes`,
      testOptions,
      async ({ context, cleanup }) => {
        const { evalon, ats, proxy } = await startE2eStack(cleanup, { METRICS_TOKEN });
        const { session_uuid } = (await (await createRecruiterClient(proxy.url)).invite()).body;
        const pages: Page[] = [];
        for (let n = 0; n < count; n++) pages.push(await openTab(context, ats.url));
        await expect.poll(() => countStreams(proxy.url), STREAM_OPTIONS).toBe(1);

        await evalon.sendEvent(session_uuid, 'session.opened');
        for (const page of pages) await expect(page.getByText('Opened').first()).toBeVisible(STREAM_OPTIONS);

        await pages.shift()?.close();
        await expect.poll(() => countStreams(proxy.url), STREAM_OPTIONS).toBe(1);
        await evalon.completeSession(session_uuid);
        for (const page of pages) await expect(page.getByText('Campaign planning')).toBeVisible(STREAM_OPTIONS);
        // If a slow tab loses the leader lock, two tabs have a stream for a moment.
        await expect.poll(() => countStreams(proxy.url), STREAM_OPTIONS).toBe(1);
      },
    );

  for (const [count, testOptions] of inShortAndFullRun(4, 12))
    test(
      `${count} tabs, each with its own candidate’s token, all show the completion, and none receives another candidate’s data`,
      testOptions,
      async ({ context, cleanup }) => {
        const { evalon, ats, proxy } = await startE2eStack(cleanup, { METRICS_TOKEN });
        const recruiter = await createRecruiterClient(proxy.url);
        const tabs: { email: string; page: Page; received: string[]; session_uuid: string }[] = [];
        for (let n = 0; n < count; n++) {
          const email = `person-${n}@example.com`;
          const invited = await recruiter.invite({ candidate_email: email, candidate_name: `Person ${n}` });
          ats.claims = { candidates: [email] };
          ats.body = panelFor(email, `Person ${n}`);
          const received: string[] = [];
          const page = await context.newPage();
          await page.exposeFunction('report', (text: string) => void received.push(text));
          await page.addInitScript(reportMessages);
          await page.goto(ats.url);
          await expectInvited(page);
          tabs.push({ email, page, received, session_uuid: invited.body.session_uuid });
        }
        await expect.poll(() => countStreams(proxy.url), STREAM_OPTIONS).toBe(MAX_STREAMS);

        for (const { session_uuid } of tabs) await evalon.completeSession(session_uuid);
        // Tabs without a stream poll every 30 s.
        for (const { page } of tabs) await expect(page.getByText('Campaign planning')).toBeVisible({ timeout: 35_000 });
        for (const { email, received } of tabs) {
          expect(received.some((text) => text.includes(email) && text.includes('completed'))).toBe(true);
          for (const other of tabs) if (other.email !== email) expect(received.join()).not.toContain(other.email);
        }
      },
    );
});
