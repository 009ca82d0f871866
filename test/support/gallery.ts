/** The sandbox's gallery in one browser page, exhibit after exhibit, at a time and in a language that never change. */
import { FIXED_NOW } from '../../proxy/sandbox/gallery/fixtures.ts';
import { ELEMENT_STORIES } from '../../proxy/sandbox/gallery/stories/stories.ts';
import { getExpectedText } from '../../proxy/sandbox/gallery/story.ts';
import { buildStoryUrl, hasPendingResponse, type StoryVariant } from '../../proxy/sandbox/gallery/story-page.ts';
import type { Browser, Locator, Page, Request } from './page.ts';
import { startSandbox } from './proxy.ts';

export { ELEMENT_STORIES };

/** CSS pixels around the element on its stage. */
export const MARGIN_PX = 16;

/** What the widget asks the canned proxy, its streams aside. */
const QUESTION = /\/gallery\/proxy\/.*(?<!events)$/;

/** An exhibit; what is not said is as the gallery shows it. */
export type StoryOptions = Pick<StoryVariant, 'element' | 'state'> & Partial<StoryVariant>;

export interface Gallery {
  page: Page;
  /** Puts an exhibit on the stage and waits for its state. */
  showStory(exhibit: StoryOptions): Promise<Locator>;
  close(): Promise<void>;
}

/** The exhibit of this name; a misspelt one is a fault of the test. */
export function findStory(element: string, state: string): (typeof ELEMENT_STORIES)[number] {
  const found = ELEMENT_STORIES.find((one) => one.element === element && one.state.id === state);
  if (!found) throw new Error(`the gallery has no ${element} in the state ${state}`);
  return found;
}

/** @param font that all text of the widget is set in, where its size has to be the same everywhere. */
async function openGallery(browser: Browser, font?: Uint8Array): Promise<Gallery> {
  const sandbox = await startSandbox();
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 932, height: 900 },
  });
  const page = await context.newPage();
  let isFresh = true;
  const unanswered = new Set<Request>();
  page.on('request', (request) => void (QUESTION.test(request.url()) && unanswered.add(request)));
  const answered = (request: Request) => void unanswered.delete(request);
  page.on('requestfinished', answered);
  page.on('requestfailed', answered);
  /** Waits until all is answered that was asked, and the answers are shown. */
  const settle = async () => {
    do {
      await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
    } while (unanswered.size);
  };

  /** What a result fetches is there from here on: what an exhibit looks like must not depend on those before it. */
  const warmUp = async () => {
    const shown = {
      ...findStory('evalon-assessments', 'completed-unfolded'),
      theme: 'light',
      width: 420,
      dir: 'ltr',
    } as const;
    await page.goto(sandbox.url + buildStoryUrl(shown), { waitUntil: 'commit' });
    await page.locator('[part=print-button]').first().waitFor();
    await settle();
  };

  return {
    page,
    async showStory({ theme = 'light', width = 420, dir = 'ltr', ...exhibit }) {
      const address = sandbox.url + buildStoryUrl({ theme, width, dir, ...exhibit });
      const { element, state } = exhibit;
      // A page that was told what its browser is like, or that has tired of waiting, is of no use for others.
      const isAlone = state.browserCondition !== undefined || hasPendingResponse(state);
      await page.setViewportSize({ width: width + 2 * MARGIN_PX, height: 900 });
      await page.clock.setFixedTime(FIXED_NOW);
      if (isAlone) await page.goto(address, { waitUntil: 'commit' });
      else {
        if (isFresh) await warmUp();
        await page.evaluate(exchange, address);
      }
      if (font) await page.locator('main').evaluate(setIn, [...font]);
      isFresh = isAlone;
      const shown = page.locator(element);
      await page.locator('main[data-press="[]"]').waitFor();
      await shown.locator('*').first().waitFor({ state: 'attached' });
      if (state.visibleAfterMs) {
        await shown.locator('.skeleton').waitFor({ state: 'detached' });
        await page.clock.setFixedTime(Date.parse(FIXED_NOW) + state.visibleAfterMs);
      }
      await shown.filter({ hasText: getExpectedText(element, state) }).waitFor({ state: 'attached' });
      if (!hasPendingResponse(state)) await settle();
      return shown;
    },
    async close() {
      await context.close();
      await sandbox.close();
    },
  };
}

/** Two pages of the gallery: a browser waits more than it works. */
export async function openGalleryPages(browser: Browser, font?: Uint8Array): Promise<Gallery[]> {
  return [await openGallery(browser, font), await openGallery(browser, font)];
}

/** Deals the exhibits out to whichever page is free; the answers come in the order of the exhibits. */
export async function mapStories<Exhibit, Seen>(
  galleries: readonly Gallery[],
  exhibits: readonly Exhibit[],
  look: (gallery: Gallery, exhibit: Exhibit) => Promise<Seen>,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const next = exhibits.entries();
  await Promise.all(
    galleries.map(async (gallery) => {
      for (const [index, exhibit] of next) seen[index] = await look(gallery, exhibit);
    }),
  );
  return seen;
}

/** Runs in the page: takes over another exhibit's stage without a navigation, as a single-page ATS would. */
async function exchange(address: string): Promise<void> {
  const next = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
  const { dir, dataset } = next.documentElement;
  document.documentElement.dir = dir;
  document.documentElement.dataset['theme'] = dataset['theme'];
  const stage = document.adoptNode(next.querySelector('main') as HTMLElement);
  document.querySelector('main')?.replaceWith(stage);
  const script = '/sandbox/stage.js';
  ((await import(script)) as { play(stage: HTMLElement): void }).play(stage);
}

/** Runs in the page: sets the element in a font of its own; nothing is fetched, which the page's policy would not allow. */
async function setIn(stage: HTMLElement | SVGElement, bytes: number[]): Promise<void> {
  const family = 'Boxes';
  stage.style.setProperty('--evalon-font-family', family);
  if ([...document.fonts].some((face) => face.family === family)) return;
  document.fonts.add(await new FontFace(family, Uint8Array.from(bytes), { weight: '1 1000' }).load());
}
