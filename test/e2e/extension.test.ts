import { randomUUID } from 'node:crypto';
import { cloneForProxy, launchWithExtension, type UnpackedExtension } from '../support/extension.ts';
import {
  findChip,
  inviteButton,
  navigateInPlace,
  POLL_OPTIONS,
  readPanelText,
  WAIT_OPTIONS,
  waitForInvite,
  waitForPanelText,
} from '../support/extension-panel.ts';
import { startSandbox } from '../support/proxy.ts';
import { createFileCleanup, expect, type Page, test } from './fixtures.ts';
import { emailFor, type HostedAtsStack, type HostedBrowser, startSignedInExtension } from './hosted-pages.ts';

const CHANGED_MESSAGE = 'The page changed to another candidate, so no invite was sent.';

/** The API in the extension's background. */
declare const chrome: {
  action: {
    getBadgeText(details: { tabId?: number | undefined }): Promise<string>;
    getTitle(details: { tabId?: number | undefined }): Promise<string>;
  };
  tabs: { query(filter: object): Promise<{ id?: number }[]> };
};

/** After this time, the extension regards the candidate of a page as stable. */
const STABLE_AFTER_MS = 3_000;

/** The adapter for a page with a list of candidates. A selection changes neither the page's URL nor its elements. */
const LIST_ADAPTER = {
  name: 'list',
  ats: 'lever',
  hosts: ['hire.lever.co'],
  ids: { opportunity: 'uuid' },
  addresses: ['/list'],
  marks: [{ id: 'opportunity', selector: 'input:checked', attribute: 'value' }],
};

const cleanup = createFileCleanup();
let hosted: HostedAtsStack;
let browser: HostedBrowser;
let unpacked: UnpackedExtension;
let panel: Page;

test.beforeAll(async ({ launchOptions }) => {
  // Without a browser, every test is skipped.
  if (!launchOptions.executablePath) return;
  ({ hosted, unpacked, browser, panel } = await startSignedInExtension(launchOptions, cleanup, [
    { name: 'greenhouse', email: ['.email'] },
    LIST_ADAPTER,
  ]));
});

/** Returns the text and the title of the toolbar icon in the active tab. */
const readToolbar = async (): Promise<string[]> =>
  (await browser.getServiceWorker()).evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    return [await chrome.action.getBadgeText({ tabId: tab?.id }), await chrome.action.getTitle({ tabId: tab?.id })];
  });

test.describe('the browser extension', () => {
  test('invites the candidate in Lever’s URL and shows the result live', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Ada'));
    await waitForPanelText(panel, emailFor('Ada'));
    await hosted.invite(panel, emailFor('Ada'));
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
    test(`invites the candidate in the URL of ${ats} without another sign-in`, async () => {
      const page = await browser.openTab(hosted.addCandidate[ats](name));
      await waitForPanelText(panel, emailFor(name));
      await expect(findChip(page)).toHaveCount(1);
      await hosted.invite(panel, emailFor(name));
      await hosted.complete(emailFor(name));
      await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
      await page.close();
    });
  }

  test('asks for the candidate if the ATS finds no candidate, no email or two candidates, and invites the entered candidate', async () => {
    const [oneUrl, otherUrl] = [
      new URL(hosted.addCandidate.greenhouse('One')),
      new URL(hosted.addCandidate.greenhouse('Other')),
    ];
    const unidentifiedUrls = [
      // The ATS finds no candidate, a candidate without an email, and different candidates for the two ids of the URL.
      `https://hire.lever.co/candidates/${randomUUID()}`,
      hosted.addLeverCandidate('Mute', []),
      oneUrl.origin + oneUrl.pathname + otherUrl.search,
    ];
    for (const address of unidentifiedUrls) {
      const page = await browser.openTab(address);
      await waitForPanelText(panel, "Can't identify this candidate");
      await expect(inviteButton(panel)).toHaveCount(0);
      await page.close();
    }
    const page = await browser.openTab(unidentifiedUrls[0] ?? '');
    await panel.getByLabel('Email').fill('typed@example.com', WAIT_OPTIONS);
    await panel.getByLabel('Name').fill('Typed Person');
    await panel.getByRole('button', { name: 'This is the candidate' }).click();
    await waitForPanelText(panel, 'typed@example.com');
    expect(hosted.isInvited('typed@example.com')).toBe(false);
    await hosted.invite(panel, 'typed@example.com');
    await page.close();
  });

  test('shows the candidate’s status on the toolbar icon, also without the side panel, and no status for another candidate', async () => {
    const address = hosted.addCandidate.lever('Toolbar');
    const page = await browser.openTab(address);
    await waitForPanelText(panel, emailFor('Toolbar'));
    await hosted.invite(panel, emailFor('Toolbar'));
    await expect.poll(readToolbar, POLL_OPTIONS).toEqual(['…', 'Evalon assessments. This candidate: Invited']);
    await hosted.complete(emailFor('Toolbar'));
    await expect.poll(readToolbar, POLL_OPTIONS).toEqual(['✓', 'Evalon assessments. This candidate: Completed']);
    await panel.close();
    await navigateInPlace(page, hosted.addCandidate.lever('Uninvited'));
    await expect.poll(async () => (await readToolbar()).join(), POLL_OPTIONS).not.toMatch(/✓|This candidate/);
    await navigateInPlace(page, address);
    await expect.poll(readToolbar, POLL_OPTIONS).toEqual(['✓', 'Evalon assessments. This candidate: Completed']);
    panel = await browser.openPanel(page);
    await waitForPanelText(panel, emailFor('Toolbar'));
    await page.close();
  });

  test('looks up only the candidates that stay on the page', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Stays'));
    await waitForPanelText(panel, emailFor('Stays'));
    const addresses = Array.from({ length: 9 }, (_, n) => hosted.addCandidate.lever(`Passes${n}`));
    for (const address of addresses) await navigateInPlace(page, address);
    await waitForPanelText(panel, emailFor('Passes8'));
    const requested = hosted.fakes.lever.requests.map(({ path }) => path).join();
    // The extension looks up the first candidate at once, because no other switch came shortly before. The last
    // candidate stays.
    const passedIds = addresses.slice(1, -1).map((address) => address.split('/').at(-1) ?? '');
    expect(passedIds.filter((id) => requested.includes(id))).toEqual([]);
    await page.close();
  });

  test('identifies a merged person in Greenhouse by the application', async () => {
    const page = await browser.openTab(hosted.addCandidate.greenhouse('Merged').replace(/people\/\d+/, 'people/1'));
    await waitForPanelText(panel, emailFor('Merged'));
    await page.close();
  });

  test('identifies no candidate if the page shows another candidate without a new URL', async () => {
    const page = await browser.openTab(hosted.addCandidate.greenhouse('Hopper'));
    const showEmail = (email: string) =>
      page.evaluate((text) => Object.assign(document.querySelector('.email') as object, { textContent: text }), email);
    await showEmail(emailFor('Hopper'));
    await waitForPanelText(panel, emailFor('Hopper'));
    await page.waitForFunction((stableMs) => performance.now() > stableMs, STABLE_AFTER_MS);
    await showEmail('eve@example.com');
    await waitForPanelText(panel, "Can't identify this candidate");
    await expect(inviteButton(panel)).toHaveCount(0);
    expect(hosted.isInvited('eve@example.com')).toBe(false);
    await page.close();
  });

  test('clears the candidate that the recruiter entered when the URL changes', async () => {
    const page = await browser.openTab('https://hire.lever.co/candidates/ada-lovelace');
    const ada = 'lovelace@example.com';
    await panel.getByLabel('Email').fill(ada, WAIT_OPTIONS);
    await panel.getByLabel('Name').fill('Ada Lovelace');
    await panel.getByRole('button', { name: 'This is the candidate' }).click();
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    await navigateInPlace(page, '/candidates/bob-builder');
    await expect.poll(() => readPanelText(panel)).not.toContain('ovelace');
    await expect(panel.getByLabel('Email')).toHaveValue('', WAIT_OPTIONS);
    await navigateInPlace(page, '/candidates/ada-lovelace');
    await expect(panel.getByLabel('Email')).toHaveValue('', WAIT_OPTIONS);
    await expect(inviteButton(panel)).toHaveCount(0);
    expect(hosted.isInvited(ada)).toBe(false);
    await page.close();
  });

  test('shows nothing on a page without a candidate, and follows the active tab', async () => {
    const first = await browser.openTab(hosted.addCandidate.lever('First'));
    await waitForPanelText(panel, emailFor('First'));
    const other = await browser.openTab('https://hire.lever.co/dashboard');
    await waitForPanelText(panel, 'Open a candidate in your ATS');
    await expect(findChip(other)).toHaveCount(0);
    expect(await readPanelText(panel)).not.toContain('@');
    await first.bringToFront();
    await waitForPanelText(panel, emailFor('First'));
    await other.close();
    await first.close();
  });

  test('cancels an invite if the page changes while the pointer is down', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Pressed'));
    await waitForPanelText(panel, emailFor('Pressed'));
    await waitForInvite(panel);
    await inviteButton(panel).hover(WAIT_OPTIONS);
    await panel.mouse.down();
    await navigateInPlace(page, hosted.addCandidate.lever('Next'));
    await waitForPanelText(panel, CHANGED_MESSAGE);
    await panel.mouse.up();
    await waitForPanelText(panel, emailFor('Next'));
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    for (const name of ['Pressed', 'Next']) expect(hosted.isInvited(emailFor(name))).toBe(false);
    await page.close();
  });

  test('disables the Invite of another candidate until the button has been painted for half a second', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Early'));
    await waitForPanelText(panel, emailFor('Early'));
    await waitForInvite(panel);
    // Runs in the panel: returns for how long the frames showed the next candidate's button disabled.
    const disabledMs = panel.evaluate(async () => {
      const old = document.querySelector('evalon-assessments');
      const findButton = () => {
        const current = document.querySelector('evalon-assessments');
        return current === old ? null : current?.shadowRoot?.querySelector<HTMLElement>('[part=invite-button]');
      };
      const nextFrame = () => new Promise<number>(requestAnimationFrame);
      let firstMs = await nextFrame();
      while (!findButton()) firstMs = await nextFrame();
      let lastMs = firstMs;
      while (findButton()?.inert) lastMs = await nextFrame();
      return lastMs - firstMs;
    });
    await navigateInPlace(page, hosted.addCandidate.lever('Changed'));
    expect(await disabledMs).toBeGreaterThanOrEqual(500);
    await page.close();
  });

  test('rereads the page before it sends an invite, and sends none if the page shows another candidate', async () => {
    const [kimId, leeId] = ['Kim', 'Lee'].map((name) =>
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
      [kimId, leeId],
    );
    await pick(kimId);
    // A selection does not mutate the page, so the extension would not read it.
    await page.evaluate(() => document.body.append(''));
    await waitForPanelText(panel, emailFor('Kim'));
    await panel.getByRole('button', { name: 'Yes, show the assessments' }).click();
    await waitForInvite(panel);
    await pick(leeId);
    await inviteButton(panel).click();
    await waitForPanelText(panel, CHANGED_MESSAGE);
    await waitForPanelText(panel, emailFor('Lee'));
    for (const name of ['Kim', 'Lee']) expect(hosted.isInvited(emailFor(name))).toBe(false);
    await page.close();
  });

  test('invites with the keyboard alone', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Keys'));
    await waitForPanelText(panel, emailFor('Keys'));
    await waitForInvite(panel);
    await inviteButton(panel).press('Enter');
    await expect.poll(() => hosted.isInvited(emailFor('Keys'))).toBe(true);
    await page.close();
  });

  test('reports that the proxy is down and shows the candidate after a retry', async () => {
    const resolveUrl = `${hosted.stack.proxy.url}/v1/candidates/resolve`;
    await panel.route(resolveUrl, (route) => route.abort());
    const page = await browser.openTab(hosted.addCandidate.lever('Patient'));
    await expect(panel.getByText("Can't reach the assessment server.")).toBeVisible(WAIT_OPTIONS);
    await panel.unroute(resolveUrl);
    await panel.getByRole('button', { name: 'Retry' }).click();
    await waitForPanelText(panel, emailFor('Patient'));
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
      const firstName = await page.getByRole('heading', { level: 2 }).textContent();
      const sandboxPanel = await sandboxBrowser.openPanel(page);
      await waitForPanelText(sandboxPanel, firstName ?? '');
      await page.getByRole('link', { name: 'Next' }).click();
      await expect(page.getByRole('heading', { level: 2 })).not.toHaveText(firstName ?? '');
      await waitForPanelText(sandboxPanel, (await page.getByRole('heading', { level: 2 }).textContent()) ?? '');
    }
  });
});
