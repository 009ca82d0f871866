/** The extension during a working day: changing candidates, two tabs, an update, the toolbar icon. */
import {
  findChip,
  navigateInPlace,
  POLL_OPTIONS,
  readPanelText,
  WAIT_OPTIONS,
  waitForPanelText,
} from '../support/extension-panel.ts';
import { createFileCleanup, expect, type Page, test } from './fixtures.ts';
import {
  ATS_NAMES,
  type AtsName,
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  startSignedInExtension,
} from './hosted-pages.ts';

/** The API in the extension's background. */
declare const chrome: {
  action: { getBadgeText(details: object): Promise<string> };
  alarms: { create(name: string, info: object): Promise<void> };
};

const cleanup = createFileCleanup();
let hosted: HostedAtsStack;
let browser: HostedBrowser;
let panel: Page;

test.beforeAll(async ({ launchOptions }) => {
  // Without a browser, every test is skipped.
  if (!launchOptions.executablePath) return;
  ({ hosted, browser, panel } = await startSignedInExtension(launchOptions, cleanup));
});

/** Switches to the next candidate in each animation frame. */
const switchAtEachFrame = (page: Page, addresses: string[]) =>
  page.evaluate(async (urls) => {
    for (const url of urls) {
      history.pushState({}, '', url);
      await new Promise(requestAnimationFrame);
    }
  }, addresses);

interface Switching {
  rounds: number;
  /** All switches of a round except the last are in successive animation frames. */
  switchesPerRound: number;
}

/**
 * Switches candidates in one tab, goes back and forward, and reloads while a response about another candidate is late.
 * Asserts that the panel shows only the candidate of the page.
 */
async function expectOnlyThePagesCandidate(ats: AtsName, { rounds, switchesPerRound }: Switching): Promise<void> {
  const switchCount = rounds * switchesPerRound;
  const names = ['Berta', 'Carl', 'Dora'].map((name) => name + ats);
  const addresses = names.map(hosted.addCandidate[ats]);
  const emailAt = (index: number) => emailFor(names[index % 3] ?? '');
  const page = await browser.openTab(addresses[0] ?? '');
  await waitForPanelText(panel, emailAt(0));
  const expectNoOtherCandidate = async (index: number) => {
    const others = names.map((_, n) => emailAt(n)).filter((email) => email !== emailAt(index));
    const findOthers = async () => {
      const shown = await readPanelText(panel);
      return others.filter((email) => shown.includes(email));
    };
    await expect.poll(findOthers, { message: `switch ${index}` }).toEqual([]);
  };
  for (let index = 0; index < switchCount; ) {
    const next = Array.from({ length: switchesPerRound - 1 }, () => addresses[++index % 3] ?? '');
    await switchAtEachFrame(page, next);
    await navigateInPlace(page, addresses[++index % 3] ?? '');
    await expectNoOtherCandidate(index);
    await waitForPanelText(panel, emailAt(index));
    await expectNoOtherCandidate(index);
  }
  await page.goBack();
  await waitForPanelText(panel, emailAt(switchCount - 1));
  await page.goForward();
  await waitForPanelText(panel, emailAt(switchCount));

  const api = hosted.fakes[ats];
  const lateUrl = hosted.addCandidate[ats](`Late${ats}`);
  // The id is the last part of the URL, except for a fixed ending in Ashby and Workday.
  const [id = ''] = /[\w-]+(?=(\/feed|\.htmld)?$)/.exec(lateUrl) ?? [];
  // The ATS does not respond.
  api.override = () => ({ body: undefined });
  await navigateInPlace(page, lateUrl);
  await expect.poll(() => JSON.stringify(api.requests.at(-1)), POLL_OPTIONS).toContain(id);
  await page.evaluate((next) => history.replaceState({}, '', next), addresses[0] ?? '');
  api.override = undefined;
  await page.reload();
  await waitForPanelText(panel, emailAt(0));
  await hosted.invite(panel, emailAt(0));
  await expectNoOtherCandidate(0);
  for (const other of [emailAt(1), emailAt(2), emailFor(`Late${ats}`)]) expect(hosted.isInvited(other)).toBe(false);
  await page.close();
}

/** Returns the text on the toolbar icon, or '' if there is none. */
const readBadge = async () => (await browser.getServiceWorker()).evaluate(() => chrome.action.getBadgeText({}));

test.describe('the extension over a working day', { tag: '@release' }, () => {
  for (const ats of ATS_NAMES)
    test(`shows and invites only the page’s candidate in ${ats} during 24 switches, back, forward, a reload and a late response`, () =>
      expectOnlyThePagesCandidate(ats, { rounds: 3, switchesPerRound: 8 }));

  test('counts new results on the toolbar icon until the recruiter opens the inbox', async () => {
    for (const name of ['Nora', 'Otto']) {
      const page = await browser.openTab(hosted.addCandidate.lever(name));
      await waitForPanelText(panel, emailFor(name));
      await hosted.invite(panel, emailFor(name));
      if (name === 'Nora') {
        await hosted.complete(emailFor(name));
        await expect.poll(readBadge, POLL_OPTIONS).toBe('1');
      }
      await page.close();
    }
    await hosted.complete(emailFor('Otto'));
    // The extension looks for new results at each alarm.
    await (await browser.getServiceWorker()).evaluate(() => chrome.alarms.create('now', { when: Date.now() }));
    await expect.poll(readBadge, POLL_OPTIONS).toBe('2');
    await panel.getByRole('button', { name: 'Inbox' }).click();
    await expect(panel.getByText('Nora').first()).toBeVisible(WAIT_OPTIONS);
    await expect(panel.getByText('Otto').first()).toBeVisible();
    await expect.poll(readBadge, POLL_OPTIONS).toBe('');
    await panel.getByRole('button', { name: 'Candidate' }).click();
  });

  test('keeps exactly one chip in an open page after the extension is updated', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Uma'));
    await waitForPanelText(panel, emailFor('Uma'));
    expect(await browser.updateExtension('9.9.9')).toBe('9.9.9');
    await expect.poll(() => panel.isClosed(), POLL_OPTIONS).toBe(true);
    await page.bringToFront();
    await expect(async () => {
      await expect(findChip(page)).toHaveCount(1);
      panel = await browser.openPanel(page);
    }).toPass(WAIT_OPTIONS);
    await waitForPanelText(panel, emailFor('Uma'));
    await navigateInPlace(page, hosted.addCandidate.lever('Vera'));
    await waitForPanelText(panel, emailFor('Vera'));
    await hosted.invite(panel, emailFor('Vera'));
    await expect(findChip(page)).toHaveCount(1);
    expect(hosted.isInvited(emailFor('Uma'))).toBe(false);
    await page.close();
  });

  test('shows in each of two tabs that tab’s candidate live, and signs out in both tabs', async () => {
    const names = ['Left', 'Right'];
    const pages: Page[] = [];
    for (const name of names) {
      const page = await browser.openTab(hosted.addCandidate.lever(name));
      await waitForPanelText(panel, emailFor(name));
      await hosted.invite(panel, emailFor(name));
      pages.push(page);
    }
    for (const name of names) await hosted.complete(emailFor(name));
    for (const [n, page] of pages.entries()) {
      await page.bringToFront();
      await waitForPanelText(panel, emailFor(names[n] ?? ''));
      await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
      expect(await readPanelText(panel)).not.toContain(emailFor(names[1 - n] ?? ''));
    }
    await panel.getByRole('button', { name: 'Sign out' }).click();
    await waitForPanelText(panel, 'Sign in to see assessments.');
    expect(await readPanelText(panel)).not.toContain('@');
    await expect.poll(readBadge, POLL_OPTIONS).toBe('');
    // The recruiter is still signed in at the company's identity provider, so the provider shows no form.
    await panel.getByRole('button', { name: 'Sign in' }).click();
    await waitForPanelText(panel, emailFor('Right'));
    for (const page of pages) await page.close();
  });
});
