/** The extension over a working day: candidates who change in place, two tabs, an update, the toolbar. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findWholeBrowser, NO_BROWSER } from '../support/browser.ts';
import { type Unpacked, unpackExtension } from '../support/extension.ts';
import {
  cover,
  framesOf,
  inviteIn,
  LOOK,
  lure,
  PATIENCE,
  panelFor,
  panelOf,
  signIn,
  switchTo,
  textOf,
} from '../support/extension-panel.ts';
import { expect, type Page } from '../support/page.ts';
import { ATSS, browseHosted, emailOf, type Hosted, type HostedBrowser, startHosted } from './hosted-pages.ts';

/** As the extension's background has it. */
declare const chrome: {
  action: { getBadgeText(of: object): Promise<string> };
  alarms: { create(name: string, when: object): Promise<void> };
};

const found = await findWholeBrowser();
const ends: (() => unknown)[] = [];
const ending = { after: (end: () => unknown) => void ends.push(end) };
let hosted: Hosted;
let browser: HostedBrowser;
let unpacked: Unpacked;

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
  hosted = await startHosted(ending, [LIST]);
  unpacked = await unpackExtension(hosted.company.proxy.url);
  ends.push(unpacked.remove);
  browser = await browseHosted(found, unpacked);
  ends.push(() => browser.close());
  const page = await browser.open(hosted.known.lever('First'));
  await signIn(page, await panelOf(page));
  await panelFor(page, emailOf('First'));
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
const badge = async () => (await browser.background()).evaluate(() => chrome.action.getBadgeText({}));

describe('the extension over a working day', { skip: found ? false : NO_BROWSER }, () => {
  for (const ats of ATSS) {
    it(`never shows or invites another than the page names in ${ats}, over 50 switches, back, forward, a reload and an answer too late`, async () => {
      const names = ['Berta', 'Carl', 'Dora'].map((name) => name + ats);
      const addresses = names.map(hosted.known[ats]);
      const email = (turn: number) => emailOf(names[turn % 3] ?? '');
      const page = await browser.open(addresses[0] ?? '');
      await panelFor(page, email(0));
      const assertNobodyElse = async (turn: number) => {
        const others = names.map((_, n) => email(n)).filter((one) => one !== email(turn));
        const shown = (await Promise.all(framesOf(page).map(textOf))).join();
        assert.deepEqual(
          others.filter((one) => shown.includes(one)),
          [],
          `switch ${turn}`,
        );
      };
      for (let turn = 0; turn < 50; ) {
        const hasty = [...Array(9)].map(() => addresses[++turn % 3] ?? '');
        assert.deepEqual(await switchHastily(page, hasty), []);
        await switchTo(page, addresses[++turn % 3] ?? '');
        await assertNobodyElse(turn);
        await panelFor(page, email(turn));
        await assertNobodyElse(turn);
      }
      await page.goBack();
      await panelFor(page, email(49));
      await page.goForward();
      await panelFor(page, email(50));

      const api = hosted.fakes[ats];
      const late = hosted.known[ats](`Late${ats}`);
      const [id = ''] = /[\w-]+(?=(\/feed|\.htmld)?$)/.exec(late) ?? [];
      api.instead = () => ({ body: undefined });
      await switchTo(page, late);
      await expect.poll(() => JSON.stringify(api.calls.at(-1)), LOOK).toContain(id);
      await page.evaluate((next) => history.replaceState({}, '', next), addresses[0] ?? '');
      api.instead = undefined;
      await page.reload();
      await hosted.invite(await panelFor(page, email(0)), email(0));
      await assertNobodyElse(0);
      for (const other of [email(1), email(2), emailOf(`Late${ats}`)])
        assert.equal(hosted.isInvited(other), false, other);
      await page.close();
    });
  }

  it('invites nobody where the page shows somebody else by the time that the invite is confirmed', async () => {
    const [kim, lee] = ['Kim', 'Lee'].map((name) => new URL(hosted.known.lever(name)).pathname.split('/').at(-1));
    const page = await browser.open('https://hire.lever.co/list');
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
    const panel = await panelFor(page, emailOf('Kim'));
    await panel.getByRole('button', { name: 'Yes, show the assessments' }).click();
    await inviteIn(panel).waitFor(PATIENCE);
    await cover(page, panel);
    const asked = await lure(page, panel, emailOf('Kim'));
    await pick(lee);
    await asked.getByRole('button', { name: 'Invite Kim' }).click();
    await panelFor(page, emailOf('Lee'));
    for (const name of ['Kim', 'Lee']) assert.equal(hosted.isInvited(emailOf(name)), false, name);
    await page.close();
  });

  it('counts new results on the toolbar’s icon, also while no page is open, until the inbox is looked at', async () => {
    for (const name of ['Nora', 'Otto']) {
      const page = await browser.open(hosted.known.lever(name));
      await hosted.invite(await panelFor(page, emailOf(name)), emailOf(name));
      if (name === 'Nora') {
        await hosted.complete(emailOf(name));
        await expect.poll(badge, LOOK).toBe('1');
      }
      await page.close();
    }
    await hosted.complete(emailOf('Otto'));
    await (await browser.background()).evaluate(() => chrome.alarms.create('now', { when: Date.now() }));
    await expect.poll(badge, LOOK).toBe('2');
    const inbox = await browser.open(`chrome-extension://${unpacked.id}/inbox.html`);
    await expect(inbox.getByText('Nora').first()).toBeVisible(PATIENCE);
    await expect(inbox.getByText('Otto').first()).toBeVisible();
    await expect.poll(badge, LOOK).toBe('');
    await inbox.close();
  });

  it('leaves one panel, for whom the page shows, where it is updated under an open page', async () => {
    const page = await browser.open(hosted.known.lever('Uma'));
    const old = await panelFor(page, emailOf('Uma'));
    assert.equal(await browser.update('9.9.9'), '9.9.9');
    await expect.poll(() => old.isDetached(), LOOK).toBe(true);
    await panelFor(page, emailOf('Uma'));
    assert.equal(page.frames().length, 2);
    await switchTo(page, hosted.known.lever('Vera'));
    await hosted.invite(await panelFor(page, emailOf('Vera')), emailOf('Vera'));
    assert.equal(page.frames().length, 2);
    assert.equal(hosted.isInvited(emailOf('Uma')), false);
    await page.close();
  });

  it('shows each of two tabs its own candidate, live in both; signing out in one takes the other out too', async () => {
    const names = ['Left', 'Right'];
    const pages: Page[] = [];
    for (const name of names) {
      const page = await browser.open(hosted.known.lever(name));
      await hosted.invite(await panelFor(page, emailOf(name)), emailOf(name));
      pages.push(page);
    }
    for (const name of names) await hosted.complete(emailOf(name));
    for (const [n, page] of pages.entries()) {
      const panel = await panelOf(page);
      await expect(panel.getByText('Completed').first()).toBeVisible(PATIENCE);
      const text = await textOf(panel);
      assert.ok(text.includes(emailOf(names[n] ?? '')));
      assert.ok(!text.includes(emailOf(names[1 - n] ?? '')));
    }
    const [left, right] = pages as [Page, Page];
    await (await panelOf(left)).getByRole('button', { name: 'Sign out' }).click();
    for (const page of pages)
      assert.ok(!(await textOf(await panelFor(page, 'Sign in to see assessments.'))).includes('@'));
    await expect.poll(badge, LOOK).toBe('');
    // The company's provider still knows them, and asks nothing.
    await (await panelOf(right)).getByRole('button', { name: 'Sign in' }).click();
    for (const [n, page] of pages.entries()) await panelFor(page, emailOf(names[n] ?? ''));
    await Promise.all([left.close(), right.close()]);
  });
});
