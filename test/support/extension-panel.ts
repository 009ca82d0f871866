/** What the extension shows in pages of an ATS, as a recruiter sees and clicks it. */
import { expect, type Frame, type Locator, type Page } from './page.ts';

/** For all that has to come from a server. */
export const WAIT_OPTIONS = { timeout: 30_000 };
export const POLL_OPTIONS = { ...WAIT_OPTIONS, intervals: [50] };

/** All frames of the extension, be they in the page or about to go. */
export const findExtensionFrames = (page: Page): Frame[] =>
  page.frames().filter((frame) => frame.url().startsWith('chrome-extension:'));

/** The one panel on the page. */
export async function waitForPanel(page: Page): Promise<Frame> {
  await expect.poll(() => findExtensionFrames(page).length, POLL_OPTIONS).toBe(1);
  return findExtensionFrames(page)[0] as Frame;
}

/** The panel, once it shows this person, or this sentence. */
export async function waitForPanelText(page: Page, text: string): Promise<Frame> {
  await expect.poll(async () => readPanelText(await waitForPanel(page)), POLL_OPTIONS).toContain(text);
  return waitForPanel(page);
}

/** All that a panel shows; nothing where it is gone. */
export const readPanelText = (frame: Frame): Promise<string> =>
  frame
    .evaluate(
      () => `${document.body.textContent} ${document.querySelector('evalon-assessments')?.shadowRoot?.textContent}`,
    )
    .catch(() => '');

export const inviteButton = (frame: Frame): Locator => frame.getByRole('button', { name: /^Invite/ }).first();

/** As a page does that shows the next candidate in place. */
export const navigateInPlace = (page: Page, address: string): Promise<void> =>
  page.evaluate(async (next) => {
    history.pushState({}, '', next);
    await new Promise(requestAnimationFrame);
  }, address);

/** Clicks what opens a tab or a window of the browser, and answers that. */
export async function waitForNewPage(page: Page, click: () => Promise<void>): Promise<Page> {
  const [opened] = await Promise.all([page.context().waitForEvent('page', WAIT_OPTIONS), click()]);
  return opened;
}

/** Signs in at the company's provider, in the window that this document of the extension opens. */
export async function signIn(page: Page, document: Frame | Page): Promise<void> {
  const opened = await waitForNewPage(page, () =>
    document.getByRole('button', { name: 'Sign in' }).click(WAIT_OPTIONS),
  );
  await opened.getByRole('button', { name: 'Continue' }).click(WAIT_OPTIONS);
}

/** Milliseconds after which the panel has been told by the browser what lies over it. */
const NOTICED = 200;

/** Lies over all of the page without taking its clicks, as luring pages do; and waits until the panel knows. */
export async function coverPage(page: Page, panel: Frame): Promise<void> {
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
export async function clickCoveredInvite(page: Page, panel: Frame, email: string): Promise<Page> {
  const opened = page.context().waitForEvent('page', WAIT_OPTIONS);
  // As long as the browser has not told what lies over the button, the panel asks for another click.
  do await inviteButton(panel).click({ ...WAIT_OPTIONS, force: true });
  while (await panel.getByText(/^Click once more/).isVisible());
  const tab = await opened;
  await tab.getByText(email).waitFor(WAIT_OPTIONS);
  return tab;
}
