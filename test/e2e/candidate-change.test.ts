/** An ATS shows one candidate after the other all day: what an element has held goes with it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from 'playwright';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { PEOPLE } from '../../proxy/sandbox/demo/people/people.ts';
import { MARKETING_JOB } from '../../proxy/sandbox/demo/people/person.ts';
import type { RunningProxy } from '../../proxy/server.ts';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import type { Browser } from '../support/page.ts';
import { startSandbox } from '../support/proxy.ts';

const TIMES = 50;
/** Mounts until everything that lasts as long as the page is there: connections, style sheets, chunks. */
const WARM_UP = 5;
/** Milliseconds for what ends by itself, such as the word “Copied” on a button. */
const PATIENCE = 30_000;
const PAUSE = 250;

interface Mount {
  tag: string;
  attributes: Record<string, string>;
  /** A part of what is seen once it is all there. */
  shows: string;
  /** What is clicked then, as selectors. */
  press: string[];
}

interface Held {
  nodes: number;
  listeners: number;
}

const found = await findBrowser();
let browser: Browser;
let sandbox: RunningProxy;

describe('elements that come and go', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  before(async () => {
    if (!found) return;
    browser = await launchBrowser(found);
    sandbox = await startSandbox();
    await sandbox.context.sandbox?.seed();
  });
  after(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  it(`leave no node and no listener behind, mounted and unmounted ${TIMES} times each`, async () => {
    const ines = await finished('ines-demo');
    const person = { 'candidate-email': ines.candidate_email, 'project-id': ines.project_id };
    const named = { ...person, 'candidate-name': ines.candidate_name };
    const result = { shows: 'Evalon’s summary', press: ['summary', '[part=copy-button]'] };
    const mounts: Mount[] = [
      { tag: 'evalon-assessments', attributes: named, ...result },
      {
        tag: 'evalon-invite-button',
        attributes: { ...named, 'assessment-type': MARKETING_JOB.assessment_type },
        shows: 'Completed',
        press: [],
      },
      { tag: 'evalon-status', attributes: person, shows: 'Completed', press: [] },
      { tag: 'evalon-scorecard', attributes: { 'session-uuid': ines.session_uuid }, ...result },
      { tag: 'evalon-inbox', attributes: {}, shows: ines.candidate_name, press: ['[part=row]'] },
    ];

    const page = await browser.newPage();
    await page.goto(`${sandbox.url}/candidates/nobody`);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    await page.evaluate(live, { mounts, times: WARM_UP });
    const before = await steady(cdp);
    await page.evaluate(live, { mounts, times: TIMES });
    const now = await settled(cdp, before);
    const left = { nodes: now.nodes - before.nodes, listeners: now.listeners - before.listeners };
    assert.ok(left.nodes <= 0 && left.listeners <= 0, `left behind: ${JSON.stringify(left)}`);
  });
});

async function finished(id: string) {
  const person = PEOPLE.find((one) => one.id === id);
  const response = await fetch(`${sandbox.url}${ROUTES.sessionQuery}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ candidates: [{ candidate_email: person?.email }] }),
  });
  const { sessions } = (await response.json()) as { sessions: Record<string, string>[] };
  const { session_uuid = '', candidate_email = '', candidate_name = '', project_id = '' } = sessions[0] ?? {};
  return { session_uuid, candidate_email, candidate_name, project_id };
}

/** Runs in the page: mounts all of them, looks, clicks, and takes them away again. */
async function live({ mounts, times }: { mounts: Mount[]; times: number }): Promise<void> {
  const LONGEST = 30_000;
  const until = async <T>(what: string, look: () => T | null | undefined | false): Promise<T> => {
    for (const end = performance.now() + LONGEST; performance.now() < end; ) {
      const seen = look();
      if (seen) return seen;
      await new Promise(requestAnimationFrame);
    }
    throw new Error(`there is no ${what}`);
  };
  const once = async ({ tag, attributes, shows, press }: Mount) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    await until(`“${shows}” in ${tag}`, () => element.shadowRoot?.textContent?.includes(shows));
    for (const selector of press)
      (await until(`${selector} in ${tag}`, () => element.shadowRoot?.querySelector<HTMLElement>(selector))).click();
    element.remove();
  };
  for (let time = 0; time < times; time++) await Promise.all(mounts.map(once));
}

async function held(cdp: CDPSession): Promise<Held> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}

/** What is held once it goes down no more. */
async function steady(cdp: CDPSession): Promise<Held> {
  for (let before = await held(cdp), same = 0; ; ) {
    await wait(PAUSE);
    const now = await held(cdp);
    same = now.nodes === before.nodes && now.listeners === before.listeners ? same + 1 : 0;
    before = now;
    if (same * PAUSE >= 3_000) return now;
  }
}

/** What is held as soon as it is no more than before, or when patience is at its end. */
async function settled(cdp: CDPSession, before: Held): Promise<Held> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const now = await held(cdp);
    if ((now.nodes <= before.nodes && now.listeners <= before.listeners) || Date.now() > end) return now;
    await wait(PAUSE);
  }
}
