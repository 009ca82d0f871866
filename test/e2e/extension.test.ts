import { randomUUID } from 'node:crypto';
import {
  buildUnpackedExtension,
  cloneForProxy,
  EXTENSION_ID,
  launchWithExtension,
  type UnpackedExtension,
} from '../support/extension.ts';
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
import { startSandbox } from '../support/proxy.ts';
import { createFileCleanup, expect, test } from './fixtures.ts';
import {
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  launchHostedBrowser,
  startHostedAts,
} from './hosted-pages.ts';

const cleanup = createFileCleanup();
let hosted: HostedAtsStack;
let browser: HostedBrowser;
let unpacked: UnpackedExtension;

test.beforeAll(async ({ launchOptions }) => {
  if (!launchOptions.executablePath) return;
  hosted = await startHostedAts(cleanup, [{ name: 'greenhouse', email: ['.email'] }]);
  unpacked = await buildUnpackedExtension(hosted.stack.proxy.url);
  cleanup.after(unpacked.remove);
  browser = await launchHostedBrowser(launchOptions, unpacked);
  cleanup.after(() => browser.close());
});

test.describe('the browser extension', () => {
  test('signs in by the browser’s window, invites the candidate in Lever’s address and shows the result live', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Ada'));
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
    test(`invites the candidate in the address of ${ats} without another sign-in`, async () => {
      const page = await browser.openTab(hosted.addCandidate[ats](name));
      const panel = await waitForPanelText(page, emailFor(name));
      await hosted.invite(panel, emailFor(name));
      await hosted.complete(emailFor(name));
      await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
      await page.close();
    });
  }

  test('asks for the candidate if the ATS finds none, no email or two, and invites the one the recruiter enters', async () => {
    const [one, other] = [
      new URL(hosted.addCandidate.greenhouse('One')),
      new URL(hosted.addCandidate.greenhouse('Other')),
    ];
    const unidentified = [
      `https://hire.lever.co/candidates/${randomUUID()}`,
      hosted.addLeverCandidate('Mute', []),
      one.origin + one.pathname + other.search,
    ];
    for (const address of unidentified) {
      const page = await browser.openTab(address);
      const panel = await waitForPanelText(page, 'Cannot identify this candidate');
      await expect(inviteButton(panel)).toHaveCount(0);
      await page.close();
    }
    const page = await browser.openTab(unidentified[0] ?? '');
    const panel = await waitForPanel(page);
    await panel.getByLabel('Email').fill('typed@example.com', WAIT_OPTIONS);
    await panel.getByLabel('Name').fill('Typed Person');
    await panel.getByRole('button', { name: 'This is the candidate' }).click();
    await waitForPanelText(page, 'typed@example.com');
    expect(hosted.isInvited('typed@example.com')).toBe(false);
    await hosted.invite(panel, 'typed@example.com');
    await page.close();
  });

  test('identifies a merged person in Greenhouse by the application', async () => {
    const page = await browser.openTab(hosted.addCandidate.greenhouse('Merged').replace(/people\/\d+/, 'people/1'));
    await waitForPanelText(page, emailFor('Merged'));
    await page.close();
  });

  test('identifies no candidate if the page shows another one without a new address', async () => {
    const page = await browser.openTab(hosted.addCandidate.greenhouse('Hopper'));
    const showEmail = (email: string) =>
      page.evaluate((text) => Object.assign(document.querySelector('.email') as object, { textContent: text }), email);
    await showEmail(emailFor('Hopper'));
    await waitForPanelText(page, emailFor('Hopper'));
    await page.waitForFunction(() => performance.now() > 3_000);
    await showEmail('eve@example.com');
    await expect(inviteButton(await waitForPanelText(page, 'Cannot identify this candidate'))).toHaveCount(0);
    expect(hosted.isInvited('eve@example.com')).toBe(false);
    await page.close();
  });

  test('exposes neither token nor result to the ATS page, and ignores its messages', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Walled'));
    const panel = await waitForPanelText(page, 'walled@example.com');
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    const findings = await page.evaluate(async (id) => {
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
      for (const message of [{ ask: 'invite' }, { type: 'detect-candidate' }, { confirmed: true }]) {
        own.contentWindow?.postMessage(message, '*');
      }
      const databases = await indexedDB.databases();
      const addresses = performance.getEntries().filter(({ name }) => name.startsWith('chrome-extension:'));
      const showsEmail = document.documentElement.outerHTML.includes('walled@example.com');
      return [...attempts, databases.length, addresses.length, showsEmail];
    }, EXTENSION_ID);
    expect(findings).toEqual(['undefined', 'undefined', 'null', 0, 0, false]);
    await expect.poll(() => page.frames().at(-1)?.url(), POLL_OPTIONS).toMatch(/^chrome-error:/);
    for (const frame of page.frames().filter((one) => one !== panel)) {
      expect(await readPanelText(frame)).not.toMatch(/walled@example\.com/);
    }
    await page.close();
    expect(hosted.isInvited('walled@example.com')).toBe(false);
  });

  test('asks for confirmation in a new tab if the page covers the button, and checks the candidate again', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Lured'));
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
    await expect(panel.getByText('No invite was sent.')).toBeVisible(WAIT_OPTIONS);
    expect(hosted.isInvited(lured)).toBe(false);

    const tab = await clickCoveredInvite(page, panel, lured);
    await navigateInPlace(page, hosted.addCandidate.lever('Other'));
    await waitForPanelText(page, other);
    await tab
      .getByRole('button', { name: 'Invite Lured' })
      .click(WAIT_OPTIONS)
      .catch(() => {});
    await page.bringToFront();
    await waitForPanelText(page, other);
    for (const email of [lured, other]) expect(hosted.isInvited(email)).toBe(false);
    await page.close();
  });

  test('reports that the proxy is down and shows the candidate after a retry', async () => {
    const resolve = `${hosted.stack.proxy.url}/v1/candidates/resolve`;
    await browser.context.route(resolve, (route) => route.abort());
    const page = await browser.openTab(hosted.addCandidate.lever('Patient'));
    const panel = await waitForPanel(page);
    await expect(panel.getByText("Can't reach the assessment server.")).toBeVisible(WAIT_OPTIONS);
    await browser.context.unroute(resolve);
    await panel.getByRole('button', { name: 'Retry' }).click();
    await waitForPanelText(page, emailFor('Patient'));
    await page.close();
  });

  test('works on the sandbox’s mock pages of all four ATSs', { tag: '@release' }, async ({
    launchOptions,
    cleanup,
  }) => {
    const names = ['Greenhouse', 'Lever', 'Ashby', 'Workday'];
    const sandbox = await startSandbox();
    cleanup.after(() => sandbox.close());
    await sandbox.context.sandbox?.seed();
    const clone = cloneForProxy(unpacked, hosted.stack.proxy.url, sandbox.url);
    cleanup.after(clone.remove);
    const sandboxBrowser = await launchWithExtension(launchOptions, clone);
    cleanup.after(() => sandboxBrowser.close());
    const page = await sandboxBrowser.context.newPage();
    for (const name of names) {
      await page.goto(`${sandbox.url}/mock-ats`);
      await page.getByRole('link', { name: `Mock ${name}` }).click();
      const first = await page.getByRole('heading', { level: 2 }).textContent();
      await waitForPanelText(page, first ?? '');
      await page.getByRole('link', { name: 'Next' }).click();
      await expect(page.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '');
      await waitForPanelText(page, (await page.getByRole('heading', { level: 2 }).textContent()) ?? '');
    }
  });
});
