/** The stories of test/e2e/extension.test.ts in Firefox: sign-in, the four ATSs, switches between candidates. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { FIREFOX_ID } from '../../../widget/extension/manifest.ts';
import {
  ATS_NAMES,
  ATS_ORIGINS,
  ATS_PAGE_HTML,
  emailFor,
  type HostedAtsStack,
  PROJECT_ID,
  STRICT_CSP,
  startHostedAts,
} from '../../e2e/hosted-pages.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildUnpackedExtension, type UnpackedExtension } from '../../support/extension.ts';
import { type Firefox, launchFirefox } from '../../support/firefox.ts';
import { findFirefox, NO_FIREFOX_MESSAGE } from '../../support/start-firefox.ts';

const firefoxPath = findFirefox();
if (!firefoxPath) console.log(`SKIPPED the extension in Firefox: ${NO_FIREFOX_MESSAGE}`);
const WAIT_OPTIONS = { timeoutMs: 30_000, intervalMs: 50 };
/** The origin of `identity.getRedirectURL()`, which derives from the extension's id. */
const REDIRECT_ORIGIN = `https://${createHash('sha1').update(FIREFOX_ID).digest('hex')}.extensions.allizom.org`;

const pages = { origins: ATS_ORIGINS, body: ATS_PAGE_HTML, policy: STRICT_CSP };
const cleanups: (() => unknown)[] = [];
let hosted: HostedAtsStack;
let firefox: Firefox;
let unpacked: UnpackedExtension;
let testCount = 0;

/** Waits until the sidebar shows the text. */
const waitForPanel = (text: string) =>
  waitFor(async () => {
    const shown = await firefox.readSidebar();
    assert.ok(shown.includes(text), `${text} in: ${shown}`);
    return true;
  }, WAIT_OPTIONS);

/** Waits until the toolbar icon has this text and title. */
const waitForToolbar = (...expected: [text: string, title: string]) =>
  waitFor(async () => {
    assert.deepEqual(await firefox.readToolbar(FIREFOX_ID), expected);
    return true;
  }, WAIT_OPTIONS);

/** Switches to another candidate without a navigation, like a single-page ATS. */
async function navigateInPlace(address: string): Promise<void> {
  await firefox.focusTopFrame();
  await firefox.runScript(
    'history.pushState({}, "", arguments[0]); return new Promise((done) => requestAnimationFrame(() => done()));',
    address,
  );
}

async function invite(email: string): Promise<void> {
  await waitForPanel(email);
  await firefox.clickInSidebar('Invite');
  await waitFor(() => hosted.isInvited(email), WAIT_OPTIONS);
  await waitForPanel('Invited');
}

/** Signs in at the company's provider, in the window that the sidebar opens. */
async function signIn(page: string): Promise<void> {
  await waitForPanel('Sign in to see assessments.');
  // With the provider's cookies, Firefox would open no window.
  await firefox.runPrivileged('Services.cookies.removeAll()');
  await firefox.waitForNewTab(() => firefox.clickInSidebar('Sign in'));
  await firefox.click('Continue');
  await firefox.focusTab(page);
}

/** Allows the extension on this host in its options, and accepts the prompt of Firefox. */
async function allowHost(host: string): Promise<void> {
  await firefox.click(`Allow ${host}`);
  await firefox.acceptPrompt();
  await waitFor(async () => !(await firefox.hasElement(`Allow ${host}`)), WAIT_OPTIONS);
}

before(async () => {
  if (!firefoxPath) return;
  hosted = await startHostedAts({ after: (cleanUp: () => unknown) => void cleanups.push(cleanUp) }, [], {
    ALLOWED_ORIGINS: REDIRECT_ORIGIN,
  });
  firefox = await launchFirefox(firefoxPath, pages);
  cleanups.push(() => firefox.close());
  unpacked = await buildUnpackedExtension(hosted.stack.proxy.url, 'firefox');
  cleanups.push(unpacked.remove);
  assert.equal(await firefox.install(unpacked.folder), FIREFOX_ID);
});

after(async () => {
  for (const cleanUp of cleanups.reverse()) await cleanUp();
  if (firefoxPath) console.log(`The extension in Firefox ${firefox.version} by Marionette: ${testCount} tests`);
});

afterEach(() => {
  testCount += 1;
});

describe('the browser extension in Firefox', { skip: firefoxPath ? false : NO_FIREFOX_MESSAGE }, () => {
  it('has access to the ATS pages and the proxy after its installation', async () => {
    const script =
      'return WebExtensionPolicy.getByID(arguments[0]).allowedOrigins.patterns.map(({ pattern }) => pattern)';
    const allowed = (await firefox.runPrivileged(script, FIREFOX_ID)) as string[];
    const { host_permissions: requested } = JSON.parse(readFileSync(join(unpacked.folder, 'manifest.json'), 'utf8'));
    for (const pattern of requested) assert.ok(allowed.includes(pattern), pattern);
  });

  it('signs in with the browser’s own window, invites the candidate of a Lever page, and shows the result live', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Ada'));
    await firefox.toggleSidebar(FIREFOX_ID);
    await signIn(await firefox.getCurrentTab());
    await invite('ada@example.com');
    await hosted.complete('ada@example.com');
    await waitForPanel('Completed');
    await waitForPanel('82');
    await firefox.closeTab();
  });

  it('shows the candidate’s status on the toolbar icon, and no status for an uninvited candidate', async () => {
    const address = hosted.addCandidate.lever('Toolbar');
    await firefox.openTab(address);
    await invite(emailFor('Toolbar'));
    await waitForToolbar('…', 'Evalon assessments. This candidate: Invited');
    await hosted.complete(emailFor('Toolbar'));
    await waitForToolbar('✓', 'Evalon assessments. This candidate: Completed');
    await navigateInPlace(hosted.addCandidate.lever('Uninvited'));
    await waitFor(async () => !(await firefox.readToolbar(FIREFOX_ID)).join().match(/✓|candidate/), WAIT_OPTIONS);
    await firefox.closeTab();
  });

  it('invites the candidates of Greenhouse, Lever, Ashby and Workday without another sign-in', async () => {
    for (const ats of ATS_NAMES) {
      const email = emailFor(`In${ats}`);
      await firefox.openTab(hosted.addCandidate[ats](`In${ats}`));
      await invite(email);
      await hosted.complete(email);
      await waitForPanel('Completed');
      await firefox.closeTab();
    }
  });

  it('never shows or invites a candidate that the page does not show, during 50 switches, back, forward, a reload and a late response', async () => {
    const names = ['Berta', 'Carl', 'Dora'];
    const addresses = names.map((name) => hosted.addCandidate.lever(name));
    const emailAt = (step: number) => emailFor(names[step % names.length] ?? '');
    const waitUntilOthersAreHidden = (step: number) =>
      waitFor(async () => {
        const shown = await firefox.readSidebar();
        return !names.map(emailFor).some((email) => email !== emailAt(step) && shown.includes(email));
      }, WAIT_OPTIONS);
    await firefox.openTab(addresses[0] ?? '');
    await waitForPanel(emailAt(0));
    for (let step = 1; step <= 50; step++) {
      await navigateInPlace(addresses[step % names.length] ?? '');
      await waitUntilOthersAreHidden(step);
      if (step % 10) continue;
      await waitForPanel(emailAt(step));
    }
    await firefox.focusTopFrame();
    await firefox.navigateHistory('Back');
    await waitForPanel(emailAt(49));
    await firefox.focusTopFrame();
    await firefox.navigateHistory('Forward');
    await waitForPanel(emailAt(50));

    const lateAddress = hosted.addCandidate.lever('Late');
    // Lever does not respond.
    hosted.fakes.lever.override = () => ({ body: undefined });
    await navigateInPlace(lateAddress);
    await waitFor(
      () => hosted.fakes.lever.requests.at(-1)?.path.includes(lateAddress.split('/').at(-1) ?? '?'),
      WAIT_OPTIONS,
    );
    await firefox.focusTopFrame();
    await firefox.runScript('history.replaceState({}, "", arguments[0])', addresses[0]);
    hosted.fakes.lever.override = undefined;
    await firefox.navigateHistory('Refresh');
    await invite(emailAt(0));
    await waitUntilOthersAreHidden(0);
    for (const email of [emailAt(1), emailAt(2), 'late@example.com'])
      assert.equal(hosted.isInvited(email), false, email);
    await firefox.closeTab();
  });

  it('shows the candidate again after a return to a page from the back/forward cache', async () => {
    const [first, second] = [hosted.addCandidate.lever('Kept'), hosted.addCandidate.ashby('Second')];
    await firefox.openTab(first);
    await waitForPanel('kept@example.com');
    await firefox.focusTopFrame();
    await firefox.navigate(second);
    await waitForPanel('second@example.com');
    await firefox.focusTopFrame();
    await firefox.navigateHistory('Back');
    await invite('kept@example.com');
    await firefox.closeTab();
  });

  it('asks for the candidate if Lever does not know the id, and invites the candidate that the recruiter enters', async () => {
    await firefox.openTab(`https://hire.lever.co/candidates/${randomUUID()}`);
    await waitForPanel("Can't identify this candidate");
    await firefox.typeInSidebar('Email', 'typed@example.com');
    await firefox.typeInSidebar('Name', 'Typed Person');
    await firefox.clickInSidebar('This is the candidate');
    await waitForPanel('typed@example.com');
    assert.equal(hosted.isInvited('typed@example.com'), false);
    await invite('typed@example.com');
    await firefox.closeTab();
  });

  it('signs out and in again, and reminds the recruiter in the page how to open the sidebar', async () => {
    const page = await firefox.openTab(hosted.addCandidate.lever('Again'));
    await waitForPanel('again@example.com');
    await firefox.clickInSidebar('Sign out');
    await signIn(page);
    await waitForPanel('again@example.com');
    const size = await firefox.runScript(`
      const { width, height } = document.querySelector('[data-evalon-extension]').getBoundingClientRect();
      return [width, height].join();
    `);
    // The size of the chip with a hint. A chip with a button is smaller.
    assert.equal(size, '248,52');
    await firefox.closeTab();
  });

  it('continues after Firefox has stopped its background page, and after an update while the page is open', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Idle'));
    await waitForPanel('idle@example.com');
    await firefox.runPrivileged(
      'return WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground({ disableResetIdleForTest: true })',
      FIREFOX_ID,
    );
    await navigateInPlace(hosted.addCandidate.lever('Awake'));
    await invite('awake@example.com');
    await firefox.install(unpacked.folder);
    await firefox.toggleSidebar(FIREFOX_ID);
    await navigateInPlace(hosted.addCandidate.lever('Updated'));
    await invite('updated@example.com');
    await firefox.closeTab();
  });

  it('hides tokens, results and its own URL from the page', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Walled'));
    await waitForPanel('walled@example.com');
    await firefox.focusTopFrame();
    const seen = await firefox.runScript(`
      const seen = [
        performance.getEntries().map(({ name }) => name),
        [globalThis.browser, globalThis.chrome, window[0]].map(String),
        document.documentElement.outerHTML,
      ];
      return indexedDB.databases().then((databases) => JSON.stringify([seen, databases]));
    `);
    assert.match(String(seen), /undefined/);
    assert.doesNotMatch(String(seen), /moz-extension|walled@example|evalon-widget/);
    await firefox.closeTab();
  });

  it('names missing permissions, and works on open pages once the recruiter grants them', async () => {
    await firefox.revokeHosts(FIREFOX_ID, ['http://127.0.0.1/*', 'https://hire.lever.co/*']);
    const lever = await firefox.openTab(hosted.addCandidate.lever('Withheld'));
    await waitForPanel('Open a candidate in your ATS');
    await firefox.openTab(hosted.addCandidate.ashby('Withheld'));
    await waitForPanel("blocks access to your company's proxy");
    await firefox.waitForNewTab(() => firefox.clickInSidebar('Open the options'));
    for (const host of ['127.0.0.1', 'hire.lever.co']) await allowHost(host);
    await firefox.focusTab(lever);
    await waitForPanel('withheld@example.com');
    await firefox.closeTab();
  });
});

describe('the browser extension in Firefox, with settings from a policy', {
  skip: firefoxPath ? false : NO_FIREFOX_MESSAGE,
}, () => {
  it('reads the proxy’s URL from the policy, and asks the recruiter to allow it', async () => {
    await firefox.close();
    const managed = { [FIREFOX_ID]: { proxyUrl: hosted.stack.proxy.url, projects: [PROJECT_ID] } };
    firefox = await launchFirefox(firefoxPath ?? '', pages, managed);
    const withoutProxy = await buildUnpackedExtension('', 'firefox');
    cleanups.push(withoutProxy.remove);
    await firefox.install(withoutProxy.folder);
    const page = await firefox.openTab(hosted.addCandidate.lever('Managed'));
    await firefox.toggleSidebar(FIREFOX_ID);
    await waitForPanel("blocks access to your company's proxy");
    await firefox.waitForNewTab(() => firefox.clickInSidebar('Open the options'));
    await allowHost('127.0.0.1');
    await firefox.focusTab(page);
    await firefox.clickInSidebar('Retry');
    await signIn(page);
    await invite('managed@example.com');
  });
});
