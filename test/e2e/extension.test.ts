import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type BrowserLaunchOptions, findFullBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { buildUnpackedExtension, EXTENSION_ID, launchWithExtension } from '../support/extension.ts';
import {
  clickCoveredInvite,
  coverPage,
  inviteButton,
  navigateInPlace,
  POLL_OPTIONS,
  readPanelText,
  signIn,
  WAIT_OPTIONS,
  waitForPanel,
  waitForPanelText,
} from '../support/extension-panel.ts';
import { expect } from '../support/page.ts';
import { createTempFolder, findFreePort, startProxyProcess } from '../support/proxy.ts';
import {
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  launchHostedBrowser,
  startHostedAts,
} from './hosted-pages.ts';

const found = await findFullBrowser();
const ends: (() => unknown)[] = [];
const ending = { after: (end: () => unknown) => void ends.push(end) };
let hosted: HostedAtsStack;
let browser: HostedBrowser;

before(async () => {
  if (!found) return;
  hosted = await startHostedAts(ending, [{ name: 'greenhouse', email: ['.email'] }]);
  const unpacked = await buildUnpackedExtension(hosted.company.proxy.url);
  ends.push(unpacked.remove);
  browser = await launchHostedBrowser(found, unpacked);
  ends.push(() => browser.close());
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

describe('the browser extension', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('signs in by the browser’s own window, invites whom Lever’s address names, and shows the result live', async () => {
    const page = await browser.openTab(hosted.known.lever('Ada'));
    const panel = await waitForPanel(page);
    await expect(panel.getByText('Sign in to see assessments.')).toBeVisible(WAIT_OPTIONS);
    await signIn(page, panel);
    await hosted.invite(await waitForPanelText(page, emailFor('Ada')), emailFor('Ada'));
    await expect(panel.getByText(/^\s*Invited/).first()).toBeVisible(WAIT_OPTIONS);
    await hosted.complete(emailFor('Ada'));
    await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
    await expect(panel.getByText(/^82$/).first()).toBeVisible(WAIT_OPTIONS);
    await page.close();
  });

  for (const [ats, name] of [
    ['greenhouse', 'Grace'],
    ['ashby', 'Alan'],
    ['workday', 'Wendy'],
  ] as const) {
    it(`invites whom the address names in ${ats}, without signing in anew`, async () => {
      const page = await browser.openTab(hosted.known[ats](name));
      const panel = await waitForPanelText(page, emailFor(name));
      await hosted.invite(panel, emailFor(name));
      await hosted.complete(emailFor(name));
      await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
      await page.close();
    });
  }

  it('asks who it is where the ATS knows nobody, no email, or two; and invites whom the recruiter then names', async () => {
    const [one, other] = [new URL(hosted.known.greenhouse('One')), new URL(hosted.known.greenhouse('Other'))];
    const nameless = [
      `https://hire.lever.co/candidates/${randomUUID()}`,
      hosted.inLever('Mute', []),
      one.origin + one.pathname + other.search,
    ];
    for (const address of nameless) {
      const page = await browser.openTab(address);
      const panel = await waitForPanelText(page, 'Cannot identify this candidate');
      await expect(inviteButton(panel)).toHaveCount(0);
      await page.close();
    }
    const page = await browser.openTab(nameless[0] ?? '');
    const panel = await waitForPanel(page);
    await panel.getByLabel('Email').fill('typed@example.com', WAIT_OPTIONS);
    await panel.getByLabel('Name').fill('Typed Person');
    await panel.getByRole('button', { name: 'This is the candidate' }).click();
    await waitForPanelText(page, 'typed@example.com');
    assert.equal(hosted.isInvited('typed@example.com'), false);
    await hosted.invite(panel, 'typed@example.com');
    await page.close();
  });

  it('goes by the application where Greenhouse has merged the person', async () => {
    const page = await browser.openTab(hosted.known.greenhouse('Merged').replace(/people\/\d+/, 'people/1'));
    await waitForPanelText(page, emailFor('Merged'));
    await page.close();
  });

  it('names nobody where the page shows somebody else without a new address', async () => {
    const page = await browser.openTab(hosted.known.greenhouse('Hopper'));
    const showEmail = (email: string) =>
      page.evaluate((text) => Object.assign(document.querySelector('.email') as object, { textContent: text }), email);
    await showEmail(emailFor('Hopper'));
    await waitForPanelText(page, emailFor('Hopper'));
    await page.waitForFunction(() => performance.now() > 3_000);
    await showEmail('eve@example.com');
    await expect(inviteButton(await waitForPanelText(page, 'Cannot identify this candidate'))).toHaveCount(0);
    assert.equal(hosted.isInvited('eve@example.com'), false);
    await page.close();
  });

  it('gives a page of the ATS neither token nor result, and takes no message of it', async () => {
    const page = await browser.openTab(hosted.known.lever('Walled'));
    const panel = await waitForPanelText(page, 'walled@example.com');
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    const got = await page.evaluate(async (id) => {
      const inner = window.frames[0];
      const attempts = [
        () => inner,
        () => (globalThis as { chrome?: { storage?: unknown; runtime?: { sendMessage?: unknown } } }).chrome?.storage,
        () => document.querySelector('div')?.shadowRoot,
      ].map((attempt) => {
        try {
          return String(attempt());
        } catch (error) {
          return (error as Error).name;
        }
      });
      const own = document.createElement('iframe');
      own.src = `chrome-extension://${id}/panel.html#forged`;
      const loaded = new Promise((resolve) => own.addEventListener('load', resolve));
      document.body.append(own);
      await loaded;
      for (const message of [{ ask: 'invite' }, { ask: 'who' }, { confirmed: true }]) {
        own.contentWindow?.postMessage(message, '*');
      }
      const databases = await indexedDB.databases();
      const addresses = performance.getEntries().filter(({ name }) => name.startsWith('chrome-extension:'));
      const isTold = document.documentElement.outerHTML.includes('walled@example.com');
      return [...attempts, databases.length, addresses.length, isTold];
    }, EXTENSION_ID);
    assert.deepEqual(got, ['undefined', 'undefined', 'null', 0, 0, false]);
    await expect.poll(() => page.frames().at(-1)?.url(), POLL_OPTIONS).toMatch(/^chrome-error:/);
    for (const frame of page.frames().filter((one) => one !== panel)) {
      assert.doesNotMatch(await readPanelText(frame), /walled@example\.com/);
    }
    await page.close();
    assert.equal(hosted.isInvited('walled@example.com'), false);
  });

  it('does not let a page invite by a click that it has lured: the extension’s own tab asks, and the page is looked at again', async () => {
    const page = await browser.openTab(hosted.known.lever('Lured'));
    const [lured, other] = [emailFor('Lured'), emailFor('Other')];
    const panel = await waitForPanelText(page, lured);
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    await coverPage(page, panel);
    await panel.evaluate(() =>
      document
        .querySelector('evalon-assessments')
        ?.shadowRoot?.querySelector<HTMLElement>('[part=invite-button]')
        ?.click(),
    );
    await (await clickCoveredInvite(page, panel, lured)).getByRole('button', { name: 'Cancel' }).click();
    await expect(panel.getByText('Nobody was invited.')).toBeVisible(WAIT_OPTIONS);
    assert.equal(hosted.isInvited(lured), false);

    const asked = await clickCoveredInvite(page, panel, lured);
    await navigateInPlace(page, hosted.known.lever('Other'));
    await waitForPanelText(page, other);
    await asked
      .getByRole('button', { name: 'Invite Lured' })
      .click(WAIT_OPTIONS)
      .catch(() => {});
    await page.bringToFront();
    await waitForPanelText(page, other);
    for (const email of [lured, other]) assert.equal(hosted.isInvited(email), false, email);
    await page.close();
  });

  it('says that the proxy is down, and shows the candidate after a retry', async () => {
    const resolve = `${hosted.company.proxy.url}/v1/candidates/resolve`;
    await browser.context.route(resolve, (route) => route.abort());
    const page = await browser.openTab(hosted.known.lever('Patient'));
    const panel = await waitForPanel(page);
    await expect(panel.getByText('Assessments cannot be reached.')).toBeVisible(WAIT_OPTIONS);
    await browser.context.unroute(resolve);
    await panel.getByRole('button', { name: 'Retry' }).click();
    await waitForPanelText(page, emailFor('Patient'));
    await page.close();
  });

  it('works in the sandbox, on mock pages of all four ATSs, while candidates change in place', async (test) => {
    const { folder, remove } = createTempFolder();
    const proxy = await startProxyProcess({
      PORT: String(await findFreePort()),
      DATABASE_URL: `file:${folder}/sandbox.db`,
    });
    const unpacked = await buildUnpackedExtension(proxy.url);
    const tried = await launchWithExtension(found as BrowserLaunchOptions, unpacked);
    test.after(async () => {
      await tried.close();
      await proxy.kill('SIGKILL');
      unpacked.remove();
      remove();
    });
    const page = await tried.context.newPage();
    for (const name of ['Greenhouse', 'Lever', 'Ashby', 'Workday']) {
      await page.goto(`${proxy.url}/mock-ats`);
      await page.getByRole('link', { name: `Mock ${name}` }).click();
      const first = await page.getByRole('heading', { level: 2 }).textContent();
      await waitForPanelText(page, first ?? '');
      await page.getByRole('link', { name: 'Next' }).click();
      await expect(page.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '');
      await waitForPanelText(page, (await page.getByRole('heading', { level: 2 }).textContent()) ?? '');
    }
  });
});
