/** The extension over a working day: candidates who change in place, two tabs, an update, the toolbar. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findFullBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
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
import { expect, type Page } from '../support/page.ts';
import {
  ATS_NAMES,
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  launchHostedBrowser,
  startHostedAts,
} from './hosted-pages.ts';

/** As the extension's background has it. */
declare const chrome: {
  action: { getBadgeText(of: object): Promise<string> };
  alarms: { create(name: string, when: object): Promise<void> };
};

const found = await findFullBrowser();
const ends: (() => unknown)[] = [];
const ending = { after: (end: () => unknown) => void ends.push(end) };
let hosted: HostedAtsStack;
let browser: HostedBrowser;
let unpacked: UnpackedExtension;

/** A page on which the recruiter picks a candidate from a list: no address names them, and no element changes. */
const LIST = {
  name: 'list',
  ats: 'lever',
  hosts: ['hire.lever.co'],
  ids: { opportunity: 'uuid' },
  addresses: ['/list'],
  marks: [{ id: 'opportunity', selector: 'input:checked', attribute: 'value' }],
};

before(async () => {
  if (!found) return;
  hosted = await startHostedAts(ending, [LIST]);
  unpacked = await buildUnpackedExtension(hosted.company.proxy.url);
  ends.push(unpacked.remove);
  browser = await launchHostedBrowser(found, unpacked);
  ends.push(() => browser.close());
  const page = await browser.openTab(hosted.known.lever('First'));
  await signIn(page, await waitForPanel(page));
  await waitForPanelText(page, emailFor('First'));
  await page.close();
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

/** Switches with each picture; answers before which of them the old panel was still there. */
const switchHastily = (page: Page, addresses: string[]) =>
  page.evaluate(async (nexts) => {
    const late: string[] = [];
    for (const next of nexts) {
      const panel = document.querySelector('body > div');
      history.pushState({}, '', next);
      if (!panel || panel.isConnected) late.push(next);
      await new Promise(requestAnimationFrame);
    }
    return late;
  }, addresses);

/** What the toolbar's icon says; '' where it says nothing. */
const badge = async () => (await browser.getServiceWorker()).evaluate(() => chrome.action.getBadgeText({}));

describe('the extension over a working day', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  for (const ats of ATS_NAMES) {
    it(`never shows or invites another than the page names in ${ats}, over 50 switches, back, forward, a reload and an answer too late`, async () => {
      const names = ['Berta', 'Carl', 'Dora'].map((name) => name + ats);
      const addresses = names.map(hosted.known[ats]);
      const email = (turn: number) => emailFor(names[turn % 3] ?? '');
      const page = await browser.openTab(addresses[0] ?? '');
      await waitForPanelText(page, email(0));
      const assertNobodyElse = async (turn: number) => {
        const others = names.map((_, n) => email(n)).filter((one) => one !== email(turn));
        const shown = (await Promise.all(findExtensionFrames(page).map(readPanelText))).join();
        assert.deepEqual(
          others.filter((one) => shown.includes(one)),
          [],
          `switch ${turn}`,
        );
      };
      for (let turn = 0; turn < 50; ) {
        const hasty = [...Array(9)].map(() => addresses[++turn % 3] ?? '');
        assert.deepEqual(await switchHastily(page, hasty), []);
        await navigateInPlace(page, addresses[++turn % 3] ?? '');
        await assertNobodyElse(turn);
        await waitForPanelText(page, email(turn));
        await assertNobodyElse(turn);
      }
      await page.goBack();
      await waitForPanelText(page, email(49));
      await page.goForward();
      await waitForPanelText(page, email(50));

      const api = hosted.fakes[ats];
      const late = hosted.known[ats](`Late${ats}`);
      const [id = ''] = /[\w-]+(?=(\/feed|\.htmld)?$)/.exec(late) ?? [];
      api.override = () => ({ body: undefined });
      await navigateInPlace(page, late);
      await expect.poll(() => JSON.stringify(api.requests.at(-1)), POLL_OPTIONS).toContain(id);
      await page.evaluate((next) => history.replaceState({}, '', next), addresses[0] ?? '');
      api.override = undefined;
      await page.reload();
      await hosted.invite(await waitForPanelText(page, email(0)), email(0));
      await assertNobodyElse(0);
      for (const other of [email(1), email(2), emailFor(`Late${ats}`)])
        assert.equal(hosted.isInvited(other), false, other);
      await page.close();
    });
  }

  it('invites nobody where the page shows somebody else by the time that the invite is confirmed', async () => {
    const [kim, lee] = ['Kim', 'Lee'].map((name) => new URL(hosted.known.lever(name)).pathname.split('/').at(-1));
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
    const asked = await clickCoveredInvite(page, panel, emailFor('Kim'));
    await pick(lee);
    await asked.getByRole('button', { name: 'Invite Kim' }).click();
    await waitForPanelText(page, emailFor('Lee'));
    for (const name of ['Kim', 'Lee']) assert.equal(hosted.isInvited(emailFor(name)), false, name);
    await page.close();
  });

  it('counts new results on the toolbar’s icon, also while no page is open, until the inbox is looked at', async () => {
    for (const name of ['Nora', 'Otto']) {
      const page = await browser.openTab(hosted.known.lever(name));
      await hosted.invite(await waitForPanelText(page, emailFor(name)), emailFor(name));
      if (name === 'Nora') {
        await hosted.complete(emailFor(name));
        await expect.poll(badge, POLL_OPTIONS).toBe('1');
      }
      await page.close();
    }
    await hosted.complete(emailFor('Otto'));
    await (await browser.getServiceWorker()).evaluate(() => chrome.alarms.create('now', { when: Date.now() }));
    await expect.poll(badge, POLL_OPTIONS).toBe('2');
    const inbox = await browser.openTab(`chrome-extension://${unpacked.id}/inbox.html`);
    await expect(inbox.getByText('Nora').first()).toBeVisible(WAIT_OPTIONS);
    await expect(inbox.getByText('Otto').first()).toBeVisible();
    await expect.poll(badge, POLL_OPTIONS).toBe('');
    await inbox.close();
  });

  it('leaves one panel, for whom the page shows, where it is updated under an open page', async () => {
    const page = await browser.openTab(hosted.known.lever('Uma'));
    const old = await waitForPanelText(page, emailFor('Uma'));
    assert.equal(await browser.updateExtension('9.9.9'), '9.9.9');
    await expect.poll(() => old.isDetached(), POLL_OPTIONS).toBe(true);
    await waitForPanelText(page, emailFor('Uma'));
    assert.equal(page.frames().length, 2);
    await navigateInPlace(page, hosted.known.lever('Vera'));
    await hosted.invite(await waitForPanelText(page, emailFor('Vera')), emailFor('Vera'));
    assert.equal(page.frames().length, 2);
    assert.equal(hosted.isInvited(emailFor('Uma')), false);
    await page.close();
  });

  it('shows each of two tabs its own candidate, live in both; signing out in one takes the other out too', async () => {
    const names = ['Left', 'Right'];
    const pages: Page[] = [];
    for (const name of names) {
      const page = await browser.openTab(hosted.known.lever(name));
      await hosted.invite(await waitForPanelText(page, emailFor(name)), emailFor(name));
      pages.push(page);
    }
    for (const name of names) await hosted.complete(emailFor(name));
    for (const [n, page] of pages.entries()) {
      const panel = await waitForPanel(page);
      await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
      const text = await readPanelText(panel);
      assert.ok(text.includes(emailFor(names[n] ?? '')));
      assert.ok(!text.includes(emailFor(names[1 - n] ?? '')));
    }
    const [left, right] = pages as [Page, Page];
    await (await waitForPanel(left)).getByRole('button', { name: 'Sign out' }).click();
    for (const page of pages)
      assert.ok(!(await readPanelText(await waitForPanelText(page, 'Sign in to see assessments.'))).includes('@'));
    await expect.poll(badge, POLL_OPTIONS).toBe('');
    // The company's provider still knows them, and asks nothing.
    await (await waitForPanel(right)).getByRole('button', { name: 'Sign in' }).click();
    for (const [n, page] of pages.entries()) await waitForPanelText(page, emailFor(names[n] ?? ''));
    await Promise.all([left.close(), right.close()]);
  });
});
