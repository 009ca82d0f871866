/** Shows the gallery's stories of the panel one after the other, in any engine. */
import { type ElementStory, getExpectedText, hasPendingResponse, PANEL } from '../../../proxy/sandbox/gallery/story.ts';
import { buildStoryUrl, type StoryVariant } from '../../../proxy/sandbox/gallery/story-page.ts';
import { waitFor } from '../eventually.ts';
import { ELEMENT_STORIES, findStory } from '../gallery.ts';
import { findLayoutFaults } from '../layout-check.ts';
import { type EnginePage, writeCall } from './engine-page.ts';
import { readText, replaceStory } from './in-page.ts';

export const PANEL_STORIES = ELEMENT_STORIES.filter(({ element }) => element === PANEL);
const NARROW_PX = 280;

export type ShowStory = (id: string, variant?: Partial<StoryVariant>) => Promise<void>;

/** Returns a function that shows a story and waits until the panel has reached the story's state. */
export function createStoryPlayer(page: EnginePage, sandboxUrl: string): ShowStory {
  let runs = 0;
  let needsLoad = true;
  return async (id, { theme = 'light', width = NARROW_PX, dir = 'ltr' } = {}) => {
    const entry = findStory(PANEL, id);
    const { story } = entry;
    const url = sandboxUrl + buildStoryUrl({ ...entry, theme, width, dir, language: 'en' });
    // A story with one of these would affect the next story on the same page.
    const needsOwnPage = Boolean(story.browserCondition || story.visibleAfterMs) || hasPendingResponse(story);
    if (needsLoad || needsOwnPage) await page.goto(url);
    else await page.evaluate(writeCall(replaceStory, url, ++runs));
    needsLoad = needsOwnPage;
    // The page removes each click from this list after it has made the click.
    await waitFor(() => page.evaluate(`!!document.querySelector('main[data-clicks="[]"]')`));
    if (story.visibleAfterMs) {
      await waitFor(() => page.evaluate(writeCall(hasLoaded, PANEL)));
      await page.evaluate(writeCall(advanceTime, story.visibleAfterMs));
    }
    await waitFor(async () => checkText(String(await page.evaluate(writeCall(readText, PANEL))), entry));
  };
}

/** Lists what sticks out, is cut off or overlaps in the shown story, right to left and left to right. */
export async function listLayoutFaults(page: EnginePage): Promise<string[]> {
  const faults: string[] = [];
  for (const dir of ['rtl', 'ltr']) {
    const options = JSON.stringify({ width: NARROW_PX, dir });
    const found = await page.evaluate(`(${findLayoutFaults})(document.querySelector('${PANEL}'), ${options})`);
    faults.push(...(found as string[]).map((fault) => `${dir}: ${fault}`));
  }
  return faults;
}

/** @throws an error with the shown text, if the story's expected text is missing. */
function checkText(shown: string, entry: ElementStory): true {
  const expected = getExpectedText(entry);
  const isShown =
    typeof expected === 'string' ? shown.toLowerCase().includes(expected.toLowerCase()) : expected.test(shown);
  if (!isShown) throw new Error(`expected ${expected} in: ${shown}`);
  return true;
}

/** Runs in the page. */
function hasLoaded(selector: string): boolean {
  const root = document.querySelector(selector)?.shadowRoot;
  return Boolean(root?.childElementCount) && !root?.querySelector('.skeleton');
}

/** Runs in the page. */
function advanceTime(ms: number): void {
  const start = Date.now() + ms;
  window.Date.now = () => start;
}
