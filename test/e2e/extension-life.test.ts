/** The extension over a working day: changing candidates, two tabs, an update, the toolbar. */
import { buildUnpackedExtension, type UnpackedExtension } from '../support/extension.ts';
import {
  clickCoveredInvite,
  coverPage,
  findExtensionFrames,
  inviteButton,
  navigateInPlace,
  POLL_OPTIONS,
  readPanelText,
  signIn,
  WAIT_OPTIONS,
  waitForPanel,
  waitForPanelText,
} from '../support/extension-panel.ts';
import { createFileCleanup, expect, inTwoSizes, type Page, test } from './fixtures.ts';
import {
  ATS_NAMES,
  type AtsName,
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  launchHostedBrowser,
  startHostedAts,
} from './hosted-pages.ts';

/** The API in the extension's background. */
declare const chrome: {
  action: { getBadgeText(details: object): Promise<string> };
  alarms: { create(name: string, info: object): Promise<void> };
};

const cleanup = createFileCleanup();
let hosted: HostedAtsStack;
let browser: HostedBrowser;
let unpacked: UnpackedExtension;

/** A page with a list of candidates. Neither its address nor its elements change with the selection. */
const LIST = {
  name: 'list',
  ats: 'lever',
  hosts: ['hire.lever.co'],
  ids: { opportunity: 'uuid' },
  addresses: ['/list'],
  marks: [{ id: 'opportunity', selector: 'input:checked', attribute: 'value' }],
};

test.beforeAll(async ({ launchOptions }) => {
  if (!launchOptions.executablePath) return;
  hosted = await startHostedAts(cleanup, [LIST]);
  unpacked = await buildUnpackedExtension(hosted.stack.proxy.url);
  cleanup.after(unpacked.remove);
  browser = await launchHostedBrowser(launchOptions, unpacked);
  cleanup.after(() => browser.close());
  const page = await browser.openTab(hosted.addCandidate.lever('First'));
  await signIn(page, await waitForPanel(page));
  await waitForPanelText(page, emailFor('First'));
  await page.close();
});

/** Switches candidates at each frame. Returns the addresses at which the old panel was still present. */
const switchAtEachFrame = (page: Page, addresses: string[]) =>
  page.evaluate(async (nexts) => {
    const stale: string[] = [];
    for (const next of nexts) {
      const panel = document.querySelector('body > div');
      history.pushState({}, '', next);
      if (!panel || panel.isConnected) stale.push(next);
      await new Promise(requestAnimationFrame);
    }
    return stale;
  }, addresses);

interface Switching {
  rounds: number;
  /** Switches in each round: all but the last follow each other at each frame. */
  switches: number;
}

/** Switches candidates in one tab, goes back and forward, and reloads while a response about another candidate is late. */
async function expectOnlyThePagesCandidate(ats: AtsName, { rounds, switches }: Switching): Promise<void> {
  const count = rounds * switches;
  const names = ['Berta', 'Carl', 'Dora'].map((name) => name + ats);
  const addresses = names.map(hosted.addCandidate[ats]);
  const emailAt = (index: number) => emailFor(names[index % 3] ?? '');
  const page = await browser.openTab(addresses[0] ?? '');
  await waitForPanelText(page, emailAt(0));
  const expectNoOtherCandidate = async (index: number) => {
    const others = names.map((_, n) => emailAt(n)).filter((one) => one !== emailAt(index));
    const shown = (await Promise.all(findExtensionFrames(page).map(readPanelText))).join();
    expect(
      others.filter((one) => shown.includes(one)),
      `switch ${index}`,
    ).toEqual([]);
  };
  for (let index = 0; index < count; ) {
    const next = Array.from({ length: switches - 1 }, () => addresses[++index % 3] ?? '');
    expect(await switchAtEachFrame(page, next)).toEqual([]);
    await navigateInPlace(page, addresses[++index % 3] ?? '');
    await expectNoOtherCandidate(index);
    await waitForPanelText(page, emailAt(index));
    await expectNoOtherCandidate(index);
  }
  await page.goBack();
  await waitForPanelText(page, emailAt(count - 1));
  await page.goForward();
  await waitForPanelText(page, emailAt(count));

  const api = hosted.fakes[ats];
  const late = hosted.addCandidate[ats](`Late${ats}`);
  const [id = ''] = /[\w-]+(?=(\/feed|\.htmld)?$)/.exec(late) ?? [];
  api.override = () => ({ body: undefined });
  await navigateInPlace(page, late);
  await expect.poll(() => JSON.stringify(api.requests.at(-1)), POLL_OPTIONS).toContain(id);
  await page.evaluate((next) => history.replaceState({}, '', next), addresses[0] ?? '');
  api.override = undefined;
  await page.reload();
  await hosted.invite(await waitForPanelText(page, emailAt(0)), emailAt(0));
  await expectNoOtherCandidate(0);
  for (const other of [emailAt(1), emailAt(2), emailFor(`Late${ats}`)]) expect(hosted.isInvited(other)).toBe(false);
  await page.close();
}

/** Returns the text on the toolbar icon, '' if none. */
const readBadge = async () => (await browser.getServiceWorker()).evaluate(() => chrome.action.getBadgeText({}));

test.describe('the extension over a working day', () => {
  for (const [{ atsNames, ...size }, details] of inTwoSizes<Switching & { atsNames: readonly AtsName[] }>(
    { rounds: 2, switches: 4, atsNames: ['lever', 'workday'] },
    { rounds: 5, switches: 10, atsNames: ATS_NAMES },
  ))
    for (const ats of atsNames)
      test(
        `shows and invites only the page’s candidate in ${ats} over ${size.rounds * size.switches} switches, back, forward, reload and a late response`,
        details,
        () => expectOnlyThePagesCandidate(ats, size),
      );

  test('sends no invite if the page shows another candidate when the recruiter confirms', async () => {
    const [kim, lee] = ['Kim', 'Lee'].map((name) =>
      new URL(hosted.addCandidate.lever(name)).pathname.split('/').at(-1),
    );
    const page = await browser.openTab('https://hire.lever.co/list');
    const pick = (id: string | undefined) =>
      page.evaluate(
        (value) => Object.assign(document.querySelector(`[value="${value}"]`) as object, { checked: true }),
        id,
      );
    await page.evaluate(
      (values) => {
        for (const value of values) {
          document.body.append(
            Object.assign(document.createElement('input'), { type: 'radio', name: 'candidate', value }),
          );
        }
      },
      [kim, lee],
    );
    await pick(kim);
    await page.evaluate(() => document.body.append(''));
    const panel = await waitForPanelText(page, emailFor('Kim'));
    await panel.getByRole('button', { name: 'Yes, show the assessments' }).click();
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    await coverPage(page, panel);
    const tab = await clickCoveredInvite(page, panel, emailFor('Kim'));
    await pick(lee);
    await tab.getByRole('button', { name: 'Invite Kim' }).click();
    await waitForPanelText(page, emailFor('Lee'));
    for (const name of ['Kim', 'Lee']) expect(hosted.isInvited(emailFor(name))).toBe(false);
    await page.close();
  });

  test('counts new results on the toolbar icon until the recruiter opens the inbox', async () => {
    for (const name of ['Nora', 'Otto']) {
      const page = await browser.openTab(hosted.addCandidate.lever(name));
      await hosted.invite(await waitForPanelText(page, emailFor(name)), emailFor(name));
      if (name === 'Nora') {
        await hosted.complete(emailFor(name));
        await expect.poll(readBadge, POLL_OPTIONS).toBe('1');
      }
      await page.close();
    }
    await hosted.complete(emailFor('Otto'));
    await (await browser.getServiceWorker()).evaluate(() => chrome.alarms.create('now', { when: Date.now() }));
    await expect.poll(readBadge, POLL_OPTIONS).toBe('2');
    const inbox = await browser.openTab(`chrome-extension://${unpacked.id}/inbox.html`);
    await expect(inbox.getByText('Nora').first()).toBeVisible(WAIT_OPTIONS);
    await expect(inbox.getByText('Otto').first()).toBeVisible();
    await expect.poll(readBadge, POLL_OPTIONS).toBe('');
    await inbox.close();
  });

  test('keeps one panel for the page’s candidate after an update under an open page', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Uma'));
    const old = await waitForPanelText(page, emailFor('Uma'));
    expect(await browser.updateExtension('9.9.9')).toBe('9.9.9');
    await expect.poll(() => old.isDetached(), POLL_OPTIONS).toBe(true);
    await waitForPanelText(page, emailFor('Uma'));
    expect(page.frames().length).toBe(2);
    await navigateInPlace(page, hosted.addCandidate.lever('Vera'));
    await hosted.invite(await waitForPanelText(page, emailFor('Vera')), emailFor('Vera'));
    expect(page.frames().length).toBe(2);
    expect(hosted.isInvited(emailFor('Uma'))).toBe(false);
    await page.close();
  });

  test('shows each of two tabs its own candidate live, and signs out of both', async () => {
    const names = ['Left', 'Right'];
    const pages: Page[] = [];
    for (const name of names) {
      const page = await browser.openTab(hosted.addCandidate.lever(name));
      await hosted.invite(await waitForPanelText(page, emailFor(name)), emailFor(name));
      pages.push(page);
    }
    for (const name of names) await hosted.complete(emailFor(name));
    for (const [n, page] of pages.entries()) {
      const panel = await waitForPanel(page);
      await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
      const text = await readPanelText(panel);
      expect(text).toContain(emailFor(names[n] ?? ''));
      expect(text).not.toContain(emailFor(names[1 - n] ?? ''));
    }
    const [left, right] = pages as [Page, Page];
    await (await waitForPanel(left)).getByRole('button', { name: 'Sign out' }).click();
    for (const page of pages)
      expect(await readPanelText(await waitForPanelText(page, 'Sign in to see assessments.'))).not.toContain('@');
    await expect.poll(readBadge, POLL_OPTIONS).toBe('');
    // The company's provider still has its session and shows no form.
    await (await waitForPanel(right)).getByRole('button', { name: 'Sign in' }).click();
    for (const [n, page] of pages.entries()) await waitForPanelText(page, emailFor(names[n] ?? ''));
    await Promise.all([left.close(), right.close()]);
  });
});
