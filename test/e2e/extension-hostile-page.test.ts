/** Pages that attack the extension, or break its chip in the page. Only the side panel can invite. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXTENSION_ID, type UnpackedExtension } from '../support/extension.ts';
import {
  findChip,
  inviteButton,
  readPanelText,
  WAIT_OPTIONS,
  waitForInvite,
  waitForPanelText,
} from '../support/extension-panel.ts';
import { createFileCleanup, expect, type Page, test } from './fixtures.ts';
import {
  ATS_PAGE_HTML,
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  startSignedInExtension,
} from './hosted-pages.ts';

/** Ways in which a page hides, moves or clips the chip, to lure the recruiter into clicking it. */
const DISGUISES: Record<string, string> = {
  masked: 'mask: linear-gradient(transparent, transparent)',
  transparent: 'opacity: 0.01',
  moved: 'inset: 0 auto auto 0',
  enlarged: 'transform: scale(6)',
  cropped: 'clip-path: inset(40%)',
  covered: 'z-index: -1',
};

const DIST = join(import.meta.dirname, '../../dist/extension');
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
  ]));
});

/** Opens a page with this content at a URL of an ATS. */
async function openPage(address: string, body: string, headers: Record<string, string> = {}): Promise<Page> {
  await browser.context.route(address, (route) => route.fulfill({ contentType: 'text/html', headers, body }));
  return browser.openTab(address);
}

/** Restyles the chip, clicks all over it, and moves it under the pointer between press and release. */
async function attackChip(page: Page, style: string): Promise<void> {
  const chip = findChip(page);
  const original = await chip.getAttribute('style');
  await chip.evaluate((host, added) => host.setAttribute('style', `${host.getAttribute('style')};${added}`), style);
  const { x = 0, y = 0, width = 0, height = 0 } = (await chip.boundingBox()) ?? {};
  for (const fraction of [0.1, 0.5, 0.9]) {
    await page.mouse.click(x + width * fraction, y + height / 2, { clickCount: 2 });
    await page.mouse.move(5, 5);
    await page.mouse.down();
    await chip.evaluate((host: HTMLElement) => host.style.setProperty('inset', '0 auto auto 0'));
    await page.mouse.up();
  }
  await chip.evaluate((host: HTMLElement) => {
    host.click();
    host.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
  });
  await chip.evaluate((host, text) => host.setAttribute('style', text ?? ''), original);
}

test.describe('a hostile page', () => {
  test('gets no invite and no confirmation, whatever it does with the chip', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Lured'));
    await waitForPanelText(panel, emailFor('Lured'));
    await waitForInvite(panel);
    const tabCount = browser.context.pages().length;
    for (const style of Object.values(DISGUISES)) await attackChip(page, style);
    expect(page.frames().length).toBe(1);
    await page.close();

    const unreadable = await browser.openTab('https://app.greenhouse.io/people/unreadable');
    await unreadable.evaluate(() =>
      Object.assign(document.querySelector('.email') as object, { textContent: 'attacker@example.com' }),
    );
    await expect(panel.getByLabel('Email')).toHaveValue('attacker@example.com', WAIT_OPTIONS);
    await attackChip(unreadable, DISGUISES['masked'] ?? '');
    await expect(panel.getByRole('button', { name: 'This is the candidate' })).toBeVisible();
    await expect(inviteButton(panel)).toHaveCount(0);
    expect(browser.context.pages().length).toBe(tabCount);
    await unreadable.close();

    // An invite that the attacks caused would have arrived before this one.
    const honest = await browser.openTab(hosted.addCandidate.lever('Honest'));
    await waitForPanelText(panel, emailFor('Honest'));
    await hosted.invite(panel, emailFor('Honest'));
    for (const email of [emailFor('Lured'), 'attacker@example.com']) expect(hosted.isInvited(email)).toBe(false);
    await honest.close();
  });

  test('cannot frame, load or message the extension, and sees neither token nor result', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Walled'));
    await waitForPanelText(panel, emailFor('Walled'));
    const findings = await page.evaluate(async (id) => {
      const frame = document.createElement('iframe');
      frame.src = `chrome-extension://${id}/panel.html`;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
      frame.contentWindow?.postMessage({ type: 'sign-in' }, '*');
      const { chrome } = globalThis as { chrome?: { storage?: unknown; runtime?: { sendMessage?: unknown } } };
      const host = document.querySelector('[data-evalon-extension]');
      const databases = await indexedDB.databases();
      const extensionUrls = performance.getEntries().filter(({ name }) => name.startsWith('chrome-extension:'));
      const showsEmail = document.documentElement.outerHTML.includes('walled@example.com');
      return {
        storage: chrome?.storage,
        sendMessage: chrome?.runtime?.sendMessage,
        shadowRoot: host?.shadowRoot,
        databaseCount: databases.length,
        extensionUrlCount: extensionUrls.length,
        showsEmail,
      };
    }, EXTENSION_ID);
    expect(findings).toEqual({
      storage: undefined,
      sendMessage: undefined,
      shadowRoot: null,
      databaseCount: 0,
      extensionUrlCount: 0,
      showsEmail: false,
    });
    await expect.poll(() => page.frames().at(-1)?.url()).not.toMatch(/panel\.html/);
    const manifest = JSON.parse(readFileSync(join(unpacked.folder, 'manifest.json'), 'utf8'));
    expect(manifest.web_accessible_resources).toBeUndefined();
    expect(manifest.externally_connectable).toBeUndefined();
    expect(manifest.content_security_policy.extension_pages).toContain("frame-ancestors 'none'");
    await page.close();
  });

  test('learns no state from the chip’s size, text and attributes', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Constant'));
    const readChip = async () => [
      await findChip(page).boundingBox(),
      await findChip(page).evaluate((host) => [host.outerHTML, host.scrollHeight, host.textContent]),
    ];
    const first = await readChip();
    await waitForPanelText(panel, emailFor('Constant'));
    const states = [await readChip()];
    await hosted.invite(panel, emailFor('Constant'));
    await waitForPanelText(panel, 'Invited');
    states.push(await readChip());
    await hosted.complete(emailFor('Constant'));
    await waitForPanelText(panel, 'Completed');
    states.push(await readChip());
    await page.evaluate(() => history.pushState({}, '', '/candidates/unreadable'));
    await waitForPanelText(panel, "Can't identify this candidate");
    states.push(await readChip());
    for (const state of states) expect(state).toEqual(first);
    await page.close();
  });

  test('gets the chip back each time it replaces its body', async () => {
    const page = await browser.openTab(hosted.addCandidate.lever('Rendered'));
    await findChip(page).waitFor(WAIT_OPTIONS);
    for (let n = 0; n < 21; n++) {
      await page.evaluate((round) => {
        const body = document.createElement('body');
        body.append(`Render ${round}`);
        document.documentElement.replaceChildren(document.createElement('head'), body);
      }, n);
      await expect(findChip(page)).toHaveCount(1);
    }
    await waitForPanelText(panel, emailFor('Rendered'));
    await page.close();
  });

  test('that isolates itself with Cross-Origin-Embedder-Policy does not stop the extension', async () => {
    const page = await openPage(hosted.addCandidate.lever('Isolated'), ATS_PAGE_HTML, {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await waitForPanelText(panel, emailFor('Isolated'));
    await expect(findChip(page)).toBeVisible();
    await hosted.invite(panel, emailFor('Isolated'));
    await page.close();
  });

  test('achieves nothing with elements that are named like DOM properties and globals', async () => {
    const buildElements = (tag: string, names: string[]) =>
      names.map((name) => `<${tag} id=${name} name=${name}></${tag}>`).join('');
    const body = `<!doctype html><title>ATS</title>
      <form class=email><input name=textContent><input name=getAttribute><input name=matches></form>
      ${buildElements('a', ['evalonStop', 'chrome', 'browser', 'navigation', 'crypto', 'extension'])}
      <a id=browser name=runtime></a>
      ${buildElements('img', ['body', 'documentElement', 'querySelectorAll', 'createElement', 'createElementNS'])}`;
    const page = await openPage(hosted.addCandidate.greenhouse('Clobbered'), body);
    await waitForPanelText(panel, emailFor('Clobbered'));
    await expect(findChip(page)).toHaveCount(1);
    await hosted.invite(panel, emailFor('Clobbered'));
    await page.close();
  });

  test('on a public job board gets nothing: no chip, no candidate and no lookup', async () => {
    const lookupCount = hosted.fakes.greenhouse.requests.length;
    for (const host of ['boards', 'job-boards', 'boards.eu']) {
      const page = await openPage(`https://${host}.greenhouse.io/people/1`, ATS_PAGE_HTML);
      await waitForPanelText(panel, 'Open a candidate in your ATS');
      await expect(findChip(page)).toHaveCount(0);
      expect(await readPanelText(panel)).not.toContain('@');
      await page.close();
    }
    expect(hosted.fakes.greenhouse.requests.length).toBe(lookupCount);
  });
});

test('the store build’s manifest has no key, and otherwise equals the enterprise build’s manifest', () => {
  const readManifest = (build: string) =>
    JSON.parse(readFileSync(join(DIST, build, 'manifest.json'), 'utf8')) as Record<string, unknown>;
  const { key, ...enterprise } = readManifest('enterprise');
  expect(key).toMatch(/^MII/);
  expect(readManifest('store')).toEqual(enterprise);
  expect(Object.keys(enterprise)).toEqual(expect.arrayContaining(['side_panel', 'sidebar_action']));
});
