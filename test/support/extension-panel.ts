/** Reads and clicks the extension's panel in a page of an ATS, as a recruiter does. */
import { expect, type Frame, type Locator, type Page } from '@playwright/test';

/** Options for content that comes from a server. */
export const WAIT_OPTIONS = { timeout: 30_000 };
export const POLL_OPTIONS = { ...WAIT_OPTIONS, intervals: [50] };

/** Returns the extension's frames, including those about to be removed. */
export const findExtensionFrames = (page: Page): Frame[] =>
  page.frames().filter((frame) => frame.url().startsWith('chrome-extension:'));

/** Waits until the page has exactly one panel. */
export async function waitForPanel(page: Page): Promise<Frame> {
  await expect.poll(() => findExtensionFrames(page).length, POLL_OPTIONS).toBe(1);
  return findExtensionFrames(page)[0] as Frame;
}

/** Waits until the panel shows this text. */
export async function waitForPanelText(page: Page, text: string): Promise<Frame> {
  await expect.poll(async () => readPanelText(await waitForPanel(page)), POLL_OPTIONS).toContain(text);
  return waitForPanel(page);
}

/** Returns the panel's text, or '' after its removal. */
export const readPanelText = (frame: Frame): Promise<string> =>
  frame
    .evaluate(
      () => `${document.body.textContent} ${document.querySelector('evalon-assessments')?.shadowRoot?.textContent}`,
    )
    .catch(() => '');

export const inviteButton = (frame: Frame): Locator => frame.getByRole('button', { name: /^Invite/ }).first();

/** Changes the address without a navigation, as a single-page ATS does. */
export const navigateInPlace = (page: Page, address: string): Promise<void> =>
  page.evaluate(async (next) => {
    history.pushState({}, '', next);
    await new Promise(requestAnimationFrame);
  }, address);

/** Clicks and returns the tab or window that opens. */
export async function waitForNewPage(page: Page, click: () => Promise<void>): Promise<Page> {
  const [opened] = await Promise.all([page.context().waitForEvent('page', WAIT_OPTIONS), click()]);
  return opened;
}

/** Signs in at the company's provider, in the window that this extension document opens. */
export async function signIn(page: Page, document: Frame | Page): Promise<void> {
  const opened = await waitForNewPage(page, () =>
    document.getByRole('button', { name: 'Sign in' }).click(WAIT_OPTIONS),
  );
  await opened.getByRole('button', { name: 'Continue' }).click(WAIT_OPTIONS);
}

/** Milliseconds until the browser has reported to the panel what covers it. */
const VISIBILITY_REPORT_MS = 200;

/** Covers the page without taking its clicks, as a clickjacking page does, and waits until the panel detects it. */
export async function coverPage(page: Page, panel: Frame): Promise<void> {
  await page.evaluate(() => {
    const cover = document.createElement('section');
    cover.textContent = 'Win a prize';
    cover.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none';
    document.documentElement.append(cover);
  });
  await panel.evaluate(async (reportMs) => {
    const isVisible = () =>
      new Promise<unknown>((resolve) => {
        const observer = new IntersectionObserver(
          ([entry]) => {
            observer.disconnect();
            resolve((entry as { isVisible?: boolean }).isVisible);
          },
          { trackVisibility: true, delay: 100 } as IntersectionObserverInit,
        );
        observer.observe(document.body);
      });
    while (await isVisible());
    const since = performance.now();
    do await isVisible();
    while (performance.now() - since < reportMs);
  }, VISIBILITY_REPORT_MS);
}

/** Clicks Invite in a covered page. Returns the tab in which the extension asks for confirmation. */
export async function clickCoveredInvite(page: Page, panel: Frame, email: string): Promise<Page> {
  const opened = page.context().waitForEvent('page', WAIT_OPTIONS);
  // Until the browser has reported what covers the button, the panel asks for another click.
  do await inviteButton(panel).click({ ...WAIT_OPTIONS, force: true });
  while (await panel.getByText(/^Click once more/).isVisible());
  const tab = await opened;
  await tab.getByText(email).waitFor(WAIT_OPTIONS);
  return tab;
}
