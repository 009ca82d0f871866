/** Reads and clicks the extension's side panel and its chip in a page of an ATS, as a recruiter does. */
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** Options for content that comes from a server. */
export const WAIT_OPTIONS = { timeout: 30_000 };
export const POLL_OPTIONS = { ...WAIT_OPTIONS, intervals: [50] };

/** The chip that opens the side panel. */
export const findChip = (page: Page): Locator => page.locator('[data-evalon-extension]');

/** Waits until the side panel shows this text. */
export async function waitForPanelText(panel: Page, text: string): Promise<void> {
  await expect.poll(() => readPanelText(panel), POLL_OPTIONS).toContain(text);
}

/** Returns the visible text of the side panel, or '' while it reloads. */
export const readPanelText = (panel: Page): Promise<string> =>
  panel
    .evaluate(() => {
      const read = (node: Node): string => {
        if (node instanceof HTMLElement && !node.checkVisibility()) return '';
        if (node instanceof HTMLStyleElement) return '';
        const children = [...((node as Element).shadowRoot ?? node).childNodes];
        return children.length ? children.map(read).join(' ') : (node.nodeValue ?? '');
      };
      return read(document.body);
    })
    .catch(() => '');

export const inviteButton = (panel: Page): Locator => panel.getByRole('button', { name: /^Invite/ }).first();

/** Waits until Invite can be clicked. */
export async function waitForInvite(panel: Page): Promise<void> {
  await inviteButton(panel).waitFor(WAIT_OPTIONS);
  await expect
    .poll(() => inviteButton(panel).evaluate((button: HTMLElement) => button.inert), POLL_OPTIONS)
    .toBe(false);
}

/** Changes the URL without a navigation, as a single-page ATS does. */
export const navigateInPlace = (page: Page, address: string): Promise<void> =>
  page.evaluate(async (next) => {
    history.pushState({}, '', next);
    await new Promise(requestAnimationFrame);
  }, address);

/** Clicks and returns the tab or window that opens. */
export async function waitForNewPage(context: BrowserContext, click: () => Promise<void>): Promise<Page> {
  const [opened] = await Promise.all([context.waitForEvent('page', WAIT_OPTIONS), click()]);
  return opened;
}

/** Signs in at the company's identity provider, in the window that the side panel opens. */
export async function signIn(context: BrowserContext, panel: Page): Promise<void> {
  const opened = await waitForNewPage(context, () =>
    panel.getByRole('button', { name: 'Sign in' }).click(WAIT_OPTIONS),
  );
  await opened.getByRole('button', { name: 'Continue' }).click(WAIT_OPTIONS);
}
