/** An ATS mounts elements for one candidate after another. A removed element must free everything it used. */
import type { CDPSession } from '@playwright/test';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { PEOPLE } from '../../proxy/sandbox/demo/people/people.ts';
import { MARKETING_JOB } from '../../proxy/sandbox/demo/people/person.ts';
import type { RunningProxy } from '../../proxy/server.ts';
import { startSandbox } from '../support/proxy.ts';
import { expect, test } from './fixtures.ts';

/** The number of mounts before the measurement. They create everything that lasts as long as the page. */
const WARM_UP_COUNT = 5;

interface Mount {
  tag: string;
  attributes: Record<string, string>;
  /** Text of the fully rendered element. */
  expectedText: string;
  /** Selectors of elements to click after the text has appeared. */
  clicks: string[];
}

interface Usage {
  nodes: number;
  listeners: number;
}

let sandbox: RunningProxy;

test.beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.context.sandbox?.seed();
});
test.afterAll(() => sandbox?.close());

for (const times of [3, 50])
  test(`elements that are mounted and removed ${times} times leave no node and no listener`, {
    tag: '@release',
  }, async ({ page }) => {
    const olga = await readCompletedSession('olga-demo');
    const candidate = { 'candidate-email': olga.candidate_email, 'project-id': olga.project_id };
    const namedCandidate = { ...candidate, 'candidate-name': olga.candidate_name };
    const result = { expectedText: "Evalon's summary", clicks: ['summary', '[part=copy-button]'] };
    const mounts: Mount[] = [
      { tag: 'evalon-assessments', attributes: namedCandidate, ...result },
      {
        tag: 'evalon-invite-button',
        attributes: { ...namedCandidate, 'assessment-type': MARKETING_JOB.assessment_type },
        expectedText: 'Completed',
        clicks: [],
      },
      { tag: 'evalon-status', attributes: candidate, expectedText: 'Completed', clicks: [] },
      { tag: 'evalon-scorecard', attributes: { 'session-uuid': olga.session_uuid }, ...result },
      { tag: 'evalon-inbox', attributes: {}, expectedText: olga.candidate_name, clicks: ['[part=row]'] },
    ];

    // This page loads the widget, but contains no element of it.
    await page.goto(`${sandbox.url}/candidates/unknown`);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    await page.evaluate(mountAll, { mounts, times: WARM_UP_COUNT });
    const usageBefore = await readStableUsage(cdp);
    await page.evaluate(mountAll, { mounts, times });
    await expect(async () => {
      const now = await readUsage(cdp);
      expect(now.nodes).toBeLessThanOrEqual(usageBefore.nodes);
      expect(now.listeners).toBeLessThanOrEqual(usageBefore.listeners);
    }).toPass({ timeout: 30_000, intervals: [250] });
  });

async function readCompletedSession(personId: string) {
  const person = PEOPLE.find(({ id }) => id === personId);
  const response = await fetch(`${sandbox.url}${ROUTES.sessionQuery}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ candidates: [{ candidate_email: person?.email }] }),
  });
  const { sessions } = (await response.json()) as { sessions: Record<string, string>[] };
  const { session_uuid = '', candidate_email = '', candidate_name = '', project_id = '' } = sessions[0] ?? {};
  return { session_uuid, candidate_email, candidate_name, project_id };
}

/** Runs in the page. Mounts all elements, waits for their text, clicks, and removes them. */
async function mountAll({ mounts, times }: { mounts: Mount[]; times: number }): Promise<void> {
  const TIMEOUT_MS = 30_000;
  const waitFor = async <T>(what: string, find: () => T | null | undefined | false): Promise<T> => {
    for (const end = performance.now() + TIMEOUT_MS; performance.now() < end; ) {
      const found = find();
      if (found) return found;
      await new Promise(requestAnimationFrame);
    }
    throw new Error(`${what} did not appear`);
  };
  const mount = async ({ tag, attributes, expectedText, clicks }: Mount) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    await waitFor(`“${expectedText}” in ${tag}`, () => element.shadowRoot?.textContent?.includes(expectedText));
    for (const selector of clicks)
      (await waitFor(`${selector} in ${tag}`, () => element.shadowRoot?.querySelector<HTMLElement>(selector))).click();
    element.remove();
  };
  for (let time = 0; time < times; time++) await Promise.all(mounts.map(mount));
}

async function readUsage(cdp: CDPSession): Promise<Usage> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const readMetric = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { nodes: readMetric('Nodes'), listeners: readMetric('JSEventListeners') };
}

/** Returns the usage after it has not changed for three seconds. */
async function readStableUsage(cdp: CDPSession): Promise<Usage> {
  const INTERVAL_MS = 250;
  let usage = await readUsage(cdp);
  let unchangedCount = 0;
  await expect
    .poll(
      async () => {
        const now = await readUsage(cdp);
        unchangedCount = now.nodes === usage.nodes && now.listeners === usage.listeners ? unchangedCount + 1 : 0;
        usage = now;
        return unchangedCount;
      },
      { timeout: 60_000, intervals: [INTERVAL_MS] },
    )
    .toBeGreaterThanOrEqual(3_000 / INTERVAL_MS);
  return usage;
}
