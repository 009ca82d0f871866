/** What the extension shows in pages of an ATS, as a recruiter sees and clicks it. */
import { expect, type Frame, type Locator, type Page } from './page.ts';

/** For all that has to come from a server. */
export const PATIENCE = { timeout: 30_000 };
export const LOOK = { ...PATIENCE, intervals: [50] };

/** All frames of the extension, be they in the page or about to go. */
export const framesOf = (page: Page): Frame[] =>
  page.frames().filter((frame) => frame.url().startsWith('chrome-extension:'));

/** The one panel on the page. */
export async function panelOf(page: Page): Promise<Frame> {
  await expect.poll(() => framesOf(page).length, LOOK).toBe(1);
  return framesOf(page)[0] as Frame;
}

/** The panel, once it shows this person, or this sentence. */
export async function panelFor(page: Page, text: string): Promise<Frame> {
  await expect.poll(async () => textOf(await panelOf(page)), LOOK).toContain(text);
  return panelOf(page);
}

/** All that a panel shows; nothing where it is gone. */
export const textOf = (frame: Frame): Promise<string> =>
  frame
    .evaluate(
      () => `${document.body.textContent} ${document.querySelector('evalon-assessments')?.shadowRoot?.textContent}`,
    )
    .catch(() => '');

export const inviteIn = (frame: Frame): Locator => frame.getByRole('button', { name: /^Invite/ }).first();

/** As a page does that shows the next candidate in place. */
export const switchTo = (page: Page, address: string): Promise<void> =>
  page.evaluate(async (next) => {
    history.pushState({}, '', next);
    await new Promise(requestAnimationFrame);
  }, address);

/** Clicks what opens a tab or a window of the browser, and answers that. */
export async function openedBy(page: Page, click: () => Promise<void>): Promise<Page> {
  const [opened] = await Promise.all([page.context().waitForEvent('page', PATIENCE), click()]);
  return opened;
}

/** Signs in at the company's provider, in the window that this document of the extension opens. */
export async function signIn(page: Page, document: Frame | Page): Promise<void> {
  const opened = await openedBy(page, () => document.getByRole('button', { name: 'Sign in' }).click(PATIENCE));
  await opened.getByRole('button', { name: 'Continue' }).click(PATIENCE);
}

/** Milliseconds after which the panel has been told by the browser what lies over it. */
const NOTICED = 200;

/** Lies over all of the page without taking its clicks, as luring pages do; and waits until the panel knows. */
export async function cover(page: Page, panel: Frame): Promise<void> {
  await page.evaluate(() => {
    const curtain = document.createElement('section');
    curtain.textContent = 'Win a prize';
    curtain.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none';
    document.documentElement.append(curtain);
  });
  await panel.evaluate(async (noticed) => {
    const isSeen = () =>
      new Promise<unknown>((resolve) => {
        const sight = new IntersectionObserver(
          ([entry]) => {
            sight.disconnect();
            resolve((entry as { isVisible?: boolean }).isVisible);
          },
          { trackVisibility: true, delay: 100 } as IntersectionObserverInit,
        );
        sight.observe(document.body);
      });
    while (await isSeen());
    const since = performance.now();
    do await isSeen();
    while (performance.now() - since < noticed);
  }, NOTICED);
}

/** Clicks Invite in a page that was covered: answers the tab in which the extension asks. */
export async function lure(page: Page, panel: Frame, email: string): Promise<Page> {
  const opened = page.context().waitForEvent('page', PATIENCE);
  // As long as the browser has not told what lies over the button, the panel asks for another click.
  do await inviteIn(panel).click({ ...PATIENCE, force: true });
  while (await panel.getByText(/^Click once more/).isVisible());
  const tab = await opened;
  await tab.getByText(email).waitFor(PATIENCE);
  return tab;
}
