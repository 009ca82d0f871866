/** What test/e2e/extension.test.ts shows in Chromium, in Firefox: sign-in, the four ATSs, switches, and who is never invited. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  ATS_NAMES,
  ATS_ORIGINS,
  ATS_PAGE_HTML,
  emailFor,
  type HostedAtsStack,
  PROJECT_ID,
  STRICT_CSP,
  startHostedAts,
} from '../e2e/hosted-pages.ts';
import { waitFor } from '../support/eventually.ts';
import { buildUnpackedExtension, type UnpackedExtension } from '../support/extension.ts';
import { type Firefox, findFirefox, launchFirefox, NO_FIREFOX_MESSAGE } from '../support/firefox.ts';

const found = findFirefox();
const PATIENCE = { deadline: 30_000, every: 50 };
const ID = 'assessments@evalon-ats-widget.invalid';
/** As `identity.getRedirectURL()` makes it of the extension's id. */
const ORIGIN = `https://${createHash('sha1').update(ID).digest('hex')}.extensions.allizom.org`;

const pages = { hosts: ATS_ORIGINS, body: ATS_PAGE_HTML, policy: STRICT_CSP };
const ends: (() => unknown)[] = [];
let hosted: HostedAtsStack;
let firefox: Firefox;
let unpacked: UnpackedExtension;

/** What the one panel on the page shows, once this is in it; the panel has the focus then. */
const panelWith = (text: string) =>
  waitFor(async () => {
    const frames = await firefox.readFrames();
    assert.equal(frames.length, 1);
    assert.ok(frames[0]?.includes(text), `${text} in: ${frames[0]}`);
    return true;
  }, PATIENCE);

/** As a page does that shows the next candidate in place. */
async function switchTo(address: string): Promise<void> {
  await firefox.focusTopFrame();
  await firefox.runScript(
    'history.pushState({}, "", arguments[0]); return new Promise((done) => requestAnimationFrame(() => done()));',
    address,
  );
}

/** Clicks Invite and confirms it in the tab that opens, as Firefox always asks; answers to the panel with the focus. */
async function invite(email: string): Promise<void> {
  const page = await firefox.getCurrentTab();
  await panelWith(email);
  await firefox.waitForNewTab(() => firefox.click('Invite'));
  await waitFor(async () => (await firefox.readText()).includes(email), PATIENCE);
  await firefox.click('Invite');
  await firefox.focusTab(page);
  await waitFor(() => hosted.isInvited(email), PATIENCE);
  await panelWith('Invited');
}

/** In the options: allows the extension on this host, as Firefox asks once more. */
async function allow(host: string): Promise<void> {
  await firefox.click(`Allow ${host}`);
  await firefox.acceptPrompt();
  await waitFor(async () => !(await firefox.hasElement(`Allow ${host}`)), PATIENCE);
}

before(async () => {
  if (!found) return;
  hosted = await startHostedAts({ after: (end: () => unknown) => void ends.push(end) }, [], {
    ALLOWED_ORIGINS: ORIGIN,
  });
  firefox = await launchFirefox(found, pages);
  ends.push(() => firefox.close());
  unpacked = await buildUnpackedExtension(hosted.stack.proxy.url);
  ends.push(unpacked.remove);
  assert.equal(await firefox.install(unpacked.folder), ID);
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

describe('the browser extension in Firefox', { skip: found ? false : NO_FIREFOX_MESSAGE }, () => {
  it('may read the ATSs’ pages and reach the proxy as soon as it is installed', async () => {
    const script =
      'return WebExtensionPolicy.getByID(arguments[0]).allowedOrigins.patterns.map(({ pattern }) => pattern)';
    const allowed = (await firefox.runPrivileged(script, ID)) as string[];
    const { host_permissions: asked } = JSON.parse(readFileSync(join(unpacked.folder, 'manifest.json'), 'utf8'));
    for (const pattern of asked) assert.ok(allowed.includes(pattern), pattern);
  });

  it('signs in by the browser’s own window, invites whom Lever’s address names, and shows the result live', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Ada'));
    const page = await firefox.getCurrentTab();
    await panelWith('Sign in to see assessments.');
    await firefox.waitForNewTab(() => firefox.click('Sign in'));
    await firefox.click('Continue');
    await firefox.focusTab(page);
    await panelWith('ada@example.com');
    await invite('ada@example.com');
    await hosted.complete('ada@example.com');
    await panelWith('Completed');
    await panelWith('82');
    await firefox.closeTab();
  });

  it('invites whom the addresses of Greenhouse, Lever, Ashby and Workday name, without signing in anew', async () => {
    for (const ats of ATS_NAMES) {
      const email = emailFor(`In${ats}`);
      await firefox.openTab(hosted.addCandidate[ats](`In${ats}`));
      await invite(email);
      await hosted.complete(email);
      await panelWith('Completed');
      await firefox.closeTab();
    }
  });

  it('never shows or invites another than the page names, over 50 switches, back, forward, a reload and an answer too late', async () => {
    const names = ['Berta', 'Carl', 'Dora'];
    const addresses = names.map((name) => hosted.addCandidate.lever(name));
    const emailAt = (turn: number) => emailFor(names[turn % 3] ?? '');
    const wrong = async (turn: number) => {
      const shown = (await firefox.readFrames()).join();
      return names.map(emailFor).filter((email) => email !== emailAt(turn) && shown.includes(email));
    };
    await firefox.openTab(addresses[0] ?? '');
    await panelWith(emailAt(0));
    for (let turn = 1; turn <= 50; turn++) {
      await switchTo(addresses[turn % 3] ?? '');
      assert.deepEqual(await wrong(turn), [], `switch ${turn}`);
      if (turn % 10) continue;
      await panelWith(emailAt(turn));
    }
    await firefox.focusTopFrame();
    await firefox.navigateHistory('Back');
    await panelWith(emailAt(49));
    await firefox.focusTopFrame();
    await firefox.navigateHistory('Forward');
    await panelWith(emailAt(50));

    const late = hosted.addCandidate.lever('Late');
    hosted.fakes.lever.override = () => ({ body: undefined });
    await switchTo(late);
    await waitFor(() => hosted.fakes.lever.requests.at(-1)?.path.includes(late.split('/').at(-1) ?? '?'), PATIENCE);
    await firefox.focusTopFrame();
    await firefox.runScript('history.replaceState({}, "", arguments[0])', addresses[0]);
    hosted.fakes.lever.override = undefined;
    await firefox.navigateHistory('Refresh');
    await invite(emailAt(0));
    assert.deepEqual(await wrong(0), []);
    for (const email of [emailAt(1), emailAt(2), 'late@example.com'])
      assert.equal(hosted.isInvited(email), false, email);
    await firefox.closeTab();
  });

  it('shows who is named again when the recruiter comes back to a page that the browser has kept', async () => {
    const [first, second] = [hosted.addCandidate.lever('Kept'), hosted.addCandidate.ashby('Second')];
    await firefox.openTab(first);
    await panelWith('kept@example.com');
    await firefox.focusTopFrame();
    await firefox.navigate(second);
    await panelWith('second@example.com');
    await firefox.focusTopFrame();
    await firefox.navigateHistory('Back');
    await invite('kept@example.com');
    await firefox.closeTab();
  });

  it('asks who it is where Lever knows nobody, and invites whom the recruiter then names', async () => {
    await firefox.openTab(`https://hire.lever.co/candidates/${randomUUID()}`);
    await panelWith('Cannot identify this candidate');
    assert.equal(await firefox.hasElement('Invite'), false);
    await firefox.type('Email', 'typed@example.com');
    await firefox.type('Name', 'Typed Person');
    await firefox.click('This is the candidate');
    await panelWith('typed@example.com');
    assert.equal(hosted.isInvited('typed@example.com'), false);
    await invite('typed@example.com');
    await firefox.closeTab();
  });

  it('invites nobody where the confirmation is refused, or the page has moved on meanwhile', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Moved'));
    const page = await firefox.getCurrentTab();
    await panelWith('moved@example.com');
    await firefox.waitForNewTab(() => firefox.click('Invite'));
    await firefox.click('Cancel');
    await firefox.focusTab(page);
    await panelWith('No invite was sent.');

    const asked = await firefox.waitForNewTab(() => firefox.click('Invite'));
    await waitFor(() => firefox.hasElement('Invite'), PATIENCE);
    await firefox.focusTab(page);
    await switchTo(hosted.addCandidate.lever('Other'));
    await panelWith('other@example.com');
    await firefox.focusTab(asked);
    await firefox.click('Invite');
    await firefox.focusTab(page);
    await panelWith('other@example.com');
    for (const email of ['moved@example.com', 'other@example.com']) assert.equal(hosted.isInvited(email), false, email);
    await firefox.closeTab();
  });

  it('signs in from the toolbar’s popup, though that closes as soon as the window opens; signing out counts for the page too', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Popped'));
    const page = await firefox.getCurrentTab();
    await panelWith('popped@example.com');
    await firefox.click('Sign out');
    await panelWith('Sign in to see assessments.');
    await firefox.openPopup(ID);
    // The provider knows the recruiter still, and then Firefox opens no window.
    await firefox.runPrivileged('Services.cookies.removeAll()');
    const opened = await firefox.waitForNewTab(() => firefox.clickInPopup('Sign in'));
    await firefox.focusTab(page);
    await firefox.closePopup();
    await firefox.focusTab(opened);
    await firefox.click('Continue');
    await firefox.focusTab(page);
    await panelWith('popped@example.com');
    await firefox.closeTab();
  });

  it('goes on after Firefox has stopped its background, and after an update while the page is open', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Idle'));
    await panelWith('idle@example.com');
    await firefox.runPrivileged(
      'return WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground({ disableResetIdleForTest: true })',
      ID,
    );
    await switchTo(hosted.addCandidate.lever('Awake'));
    await invite('awake@example.com');
    await firefox.install(unpacked.folder);
    await switchTo(hosted.addCandidate.lever('Updated'));
    await invite('updated@example.com');
    await firefox.closeTab();
  });

  it('gives a page neither token nor result nor its own address', async () => {
    await firefox.openTab(hosted.addCandidate.lever('Walled'));
    await panelWith('walled@example.com');
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

  it('says what the browser keeps from it, and works on pages that are open as soon as the recruiter allows it', async () => {
    await firefox.revokeHosts(ID, ['http://127.0.0.1/*', 'https://hire.lever.co/*']);
    const lever = await firefox.openTab(hosted.addCandidate.lever('Withheld'));
    assert.deepEqual(await firefox.readFrames(), []);
    await firefox.openTab(hosted.addCandidate.ashby('Withheld'));
    await panelWith("blocks access to your company's proxy");
    await firefox.waitForNewTab(() => firefox.click('Open the options'));
    for (const host of ['127.0.0.1', 'hire.lever.co']) await allow(host);
    await firefox.focusTab(lever);
    await panelWith('withheld@example.com');
    await firefox.closeTab();
  });
});

describe('the browser extension in Firefox, with settings by policy', {
  skip: found ? false : NO_FIREFOX_MESSAGE,
}, () => {
  it('takes the proxy’s address from there, and has the recruiter allow it', async () => {
    await firefox.close();
    const managed = { [ID]: { proxyUrl: hosted.stack.proxy.url, projects: [PROJECT_ID] } };
    firefox = await launchFirefox(found ?? '', pages, managed);
    const unbound = await buildUnpackedExtension('');
    ends.push(unbound.remove);
    await firefox.install(unbound.folder);
    const page = await firefox.openTab(hosted.addCandidate.lever('Managed'));
    await panelWith("blocks access to your company's proxy");
    await firefox.waitForNewTab(() => firefox.click('Open the options'));
    await allow('127.0.0.1');
    await firefox.focusTab(page);
    await panelWith('Retry');
    await firefox.click('Retry');
    await panelWith('Sign in to see assessments.');
    await firefox.waitForNewTab(() => firefox.click('Sign in'));
    await firefox.click('Continue');
    await firefox.focusTab(page);
    await invite('managed@example.com');
  });
});
