import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type FoundBrowser, findWholeBrowser, NO_BROWSER } from '../support/browser.ts';
import { EXTENSION_ID, launchWithExtension, unpackExtension } from '../support/extension.ts';
import {
  cover,
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
import { expect } from '../support/page.ts';
import { freePort, spawnProxy, temporaryFolder } from '../support/proxy.ts';
import { browseHosted, emailOf, type Hosted, type HostedBrowser, startHosted } from './hosted-pages.ts';

const found = await findWholeBrowser();
const ends: (() => unknown)[] = [];
const ending = { after: (end: () => unknown) => void ends.push(end) };
let hosted: Hosted;
let browser: HostedBrowser;

before(async () => {
  if (!found) return;
  hosted = await startHosted(ending, [{ name: 'greenhouse', email: ['.email'] }]);
  const unpacked = await unpackExtension(hosted.company.proxy.url);
  ends.push(unpacked.remove);
  browser = await browseHosted(found, unpacked);
  ends.push(() => browser.close());
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

describe('the browser extension', { skip: found ? false : NO_BROWSER }, () => {
  it('signs in by the browser’s own window, invites whom Lever’s address names, and shows the result live', async () => {
    const page = await browser.open(hosted.known.lever('Ada'));
    const panel = await panelOf(page);
    await expect(panel.getByText('Sign in to see assessments.')).toBeVisible(PATIENCE);
    await signIn(page, panel);
    await hosted.invite(await panelFor(page, emailOf('Ada')), emailOf('Ada'));
    await expect(panel.getByText(/^\s*Invited/).first()).toBeVisible(PATIENCE);
    await hosted.complete(emailOf('Ada'));
    await expect(panel.getByText('Completed').first()).toBeVisible(PATIENCE);
    await expect(panel.getByText(/^82$/).first()).toBeVisible(PATIENCE);
    await page.close();
  });

  for (const [ats, name] of [
    ['greenhouse', 'Grace'],
    ['ashby', 'Alan'],
    ['workday', 'Wendy'],
  ] as const) {
    it(`invites whom the address names in ${ats}, without signing in anew`, async () => {
      const page = await browser.open(hosted.known[ats](name));
      const panel = await panelFor(page, emailOf(name));
      await hosted.invite(panel, emailOf(name));
      await hosted.complete(emailOf(name));
      await expect(panel.getByText('Completed').first()).toBeVisible(PATIENCE);
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
      const page = await browser.open(address);
      const panel = await panelFor(page, 'Cannot identify this candidate');
      await expect(inviteIn(panel)).toHaveCount(0);
      await page.close();
    }
    const page = await browser.open(nameless[0] ?? '');
    const panel = await panelOf(page);
    await panel.getByLabel('Email').fill('typed@example.com', PATIENCE);
    await panel.getByLabel('Name').fill('Typed Person');
    await panel.getByRole('button', { name: 'This is the candidate' }).click();
    await panelFor(page, 'typed@example.com');
    assert.equal(hosted.isInvited('typed@example.com'), false);
    await hosted.invite(panel, 'typed@example.com');
    await page.close();
  });

  it('goes by the application where Greenhouse has merged the person', async () => {
    const page = await browser.open(hosted.known.greenhouse('Merged').replace(/people\/\d+/, 'people/1'));
    await panelFor(page, emailOf('Merged'));
    await page.close();
  });

  it('names nobody where the page shows somebody else without a new address', async () => {
    const page = await browser.open(hosted.known.greenhouse('Hopper'));
    const showEmail = (email: string) =>
      page.evaluate((text) => Object.assign(document.querySelector('.email') as object, { textContent: text }), email);
    await showEmail(emailOf('Hopper'));
    await panelFor(page, emailOf('Hopper'));
    await page.waitForFunction(() => performance.now() > 3_000);
    await showEmail('eve@example.com');
    await expect(inviteIn(await panelFor(page, 'Cannot identify this candidate'))).toHaveCount(0);
    assert.equal(hosted.isInvited('eve@example.com'), false);
    await page.close();
  });

  it('gives a page of the ATS neither token nor result, and takes no message of it', async () => {
    const page = await browser.open(hosted.known.lever('Walled'));
    const panel = await panelFor(page, 'walled@example.com');
    await inviteIn(panel).waitFor(PATIENCE);
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
    await expect.poll(() => page.frames().at(-1)?.url(), LOOK).toMatch(/^chrome-error:/);
    for (const frame of page.frames().filter((one) => one !== panel)) {
      assert.doesNotMatch(await textOf(frame), /walled@example\.com/);
    }
    await page.close();
    assert.equal(hosted.isInvited('walled@example.com'), false);
  });

  it('does not let a page invite by a click that it has lured: the extension’s own tab asks, and the page is looked at again', async () => {
    const page = await browser.open(hosted.known.lever('Lured'));
    const [lured, other] = [emailOf('Lured'), emailOf('Other')];
    const panel = await panelFor(page, lured);
    await inviteIn(panel).waitFor(PATIENCE);
    await cover(page, panel);
    await panel.evaluate(() =>
      document
        .querySelector('evalon-assessments')
        ?.shadowRoot?.querySelector<HTMLElement>('[part=invite-button]')
        ?.click(),
    );
    await (await lure(page, panel, lured)).getByRole('button', { name: 'Cancel' }).click();
    await expect(panel.getByText('Nobody was invited.')).toBeVisible(PATIENCE);
    assert.equal(hosted.isInvited(lured), false);

    const asked = await lure(page, panel, lured);
    await switchTo(page, hosted.known.lever('Other'));
    await panelFor(page, other);
    await asked
      .getByRole('button', { name: 'Invite Lured' })
      .click(PATIENCE)
      .catch(() => {});
    await page.bringToFront();
    await panelFor(page, other);
    for (const email of [lured, other]) assert.equal(hosted.isInvited(email), false, email);
    await page.close();
  });

  it('says that the proxy is down, and shows the candidate after a retry', async () => {
    const resolve = `${hosted.company.proxy.url}/v1/candidates/resolve`;
    await browser.context.route(resolve, (route) => route.abort());
    const page = await browser.open(hosted.known.lever('Patient'));
    const panel = await panelOf(page);
    await expect(panel.getByText('Assessments cannot be reached.')).toBeVisible(PATIENCE);
    await browser.context.unroute(resolve);
    await panel.getByRole('button', { name: 'Retry' }).click();
    await panelFor(page, emailOf('Patient'));
    await page.close();
  });

  it('works in the sandbox, on imitations of all four, while candidates change in place', async (test) => {
    const { folder, remove } = temporaryFolder();
    const proxy = await spawnProxy({ PORT: String(await freePort()), DATABASE_URL: `file:${folder}/sandbox.db` });
    const unpacked = await unpackExtension(proxy.url);
    const tried = await launchWithExtension(found as FoundBrowser, unpacked);
    test.after(async () => {
      await tried.close();
      await proxy.kill('SIGKILL');
      unpacked.remove();
      remove();
    });
    const page = await tried.context.newPage();
    for (const name of ['Greenhouse', 'Lever', 'Ashby', 'Workday']) {
      await page.goto(`${proxy.url}/imitation`);
      await page.getByRole('link', { name: `Imitation of ${name}` }).click();
      const first = await page.getByRole('heading', { level: 2 }).textContent();
      await panelFor(page, first ?? '');
      await page.getByRole('link', { name: 'Next' }).click();
      await expect(page.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '');
      await panelFor(page, (await page.getByRole('heading', { level: 2 }).textContent()) ?? '');
    }
  });
});
