/** Shows the gallery's stories one after the other in one browser page, with a fixed time and language. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page, Request } from '@playwright/test';
import { ACCENTS } from '../../.config/pseudo-languages.ts';
import { FIXED_NOW } from '../../proxy/sandbox/gallery/fixtures.ts';
import { ELEMENT_STORIES } from '../../proxy/sandbox/gallery/stories/stories.ts';
import {
  type ElementStory,
  getExpectedText,
  hasPendingResponse,
  type Language,
} from '../../proxy/sandbox/gallery/story.ts';
import { buildStoryUrl, type StoryVariant } from '../../proxy/sandbox/gallery/story-page.ts';
import { systemClock } from '../../proxy/util/clock.ts';
import { startSandbox } from './proxy.ts';

export { ELEMENT_STORIES };

/** The space around the element, in CSS pixels. */
export const MARGIN_PX = 16;

/** The widget's requests, except its event streams. */
const PROXY_REQUEST = /\/gallery\/proxy\/.*(?<!events)$/;

/** Brackets and directional marks around a text in a pseudo-language. A shown text can consist of several texts. */
const PSEUDO_MARKS = '[\\[\\]\\u200f\\u202c\\u202e]*';

/** The font of `testFont`. */
const TEST_FONT = fileURLToPath(import.meta.resolve('@fontsource/roboto/files/roboto-latin-400-normal.woff2'));

/** Defaults: light theme, 420 px, left to right, English. */
export type StoryOptions = ElementStory & Partial<StoryVariant>;

export interface Gallery {
  page: Page;
  /** Shows a story and waits until the element has reached the story's state. */
  showStory(options: StoryOptions): Promise<Locator>;
  close(): Promise<void>;
}

/** @throws if the element has no such story. */
export function findStory(element: string, id: string): ElementStory {
  const found = ELEMENT_STORIES.find((entry) => entry.element === element && entry.story.id === id);
  if (!found) throw new Error(`the gallery has no story ${id} of ${element}`);
  return found;
}

/** @param options.testFont renders the widget's text in a font that is the same on every machine. */
export async function openGallery(browser: Browser, { testFont = false } = {}): Promise<Gallery> {
  // With this clock, the gallery leaves the stories' times unchanged, so that pictures do not change.
  const sandbox = await startSandbox({ ...systemClock, now: () => Date.parse(FIXED_NOW) });
  const font = testFont ? [...readFileSync(TEST_FONT)] : undefined;
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 932, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  /** The language whose chunks the page has loaded. */
  let loadedLanguage: Language | undefined;
  const pendingRequests = new Set<Request>();
  page.on('request', (request) => void (PROXY_REQUEST.test(request.url()) && pendingRequests.add(request)));
  const removeRequest = (request: Request) => void pendingRequests.delete(request);
  page.on('requestfinished', removeRequest);
  page.on('requestfailed', removeRequest);
  const waitForResponses = async () => {
    do {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    } while (pendingRequests.size);
  };

  /** Loads the chunks of a result, so that no story depends on the stories before it. */
  const warmUp = async (language: Language) => {
    const entry = findStory('evalon-assessments', 'completed-unfolded');
    const url = buildStoryUrl({ ...entry, theme: 'light', width: 420, dir: 'ltr', language });
    await page.goto(sandbox.url + url, { waitUntil: 'commit' });
    await page.locator('[part=print-button]').first().waitFor();
    await waitForResponses();
  };

  return {
    page,
    async showStory({ element, story, theme = 'light', width = 420, dir = 'ltr', language = 'en' }) {
      const url = sandbox.url + buildStoryUrl({ element, story, theme, width, dir, language });
      // A story with one of these would affect the next story on the same page.
      const needsOwnPage = story.browserCondition !== undefined || hasPendingResponse(story);
      await page.setViewportSize({ width: width + 2 * MARGIN_PX, height: 900 });
      await page.clock.setFixedTime(FIXED_NOW);
      if (needsOwnPage) await page.goto(url, { waitUntil: 'commit' });
      else {
        if (loadedLanguage !== language) await warmUp(language);
        await page.evaluate(replaceStory, url);
      }
      if (font) await page.locator('main').evaluate(applyFont, font);
      loadedLanguage = needsOwnPage ? undefined : language;
      const locator = page.locator(element);
      // The page removes each click from this list after it has made the click.
      await page.locator('main[data-clicks="[]"]').waitFor();
      await locator.locator('*').first().waitFor({ state: 'attached' });
      if (story.visibleAfterMs) {
        await locator.locator('.skeleton').waitFor({ state: 'detached' });
        await page.clock.setFixedTime(Date.parse(FIXED_NOW) + story.visibleAfterMs);
      }
      const expectedText = getExpectedText({ element, story });
      const hasText = language === 'en' ? expectedText : matchPseudoText(expectedText);
      await locator.filter({ hasText }).waitFor({ state: 'attached' });
      if (!hasPendingResponse(story)) await waitForResponses();
      return locator;
    },
    async close() {
      await context.close();
      await sandbox.close();
    },
  };
}

/**
 * Matches the translation of an English text into a pseudo-language, where names stay English. A pattern may contain
 * only alternatives (`a|b`) and both cases of a letter (`[Aa]`).
 */
function matchPseudoText(text: string | RegExp): RegExp {
  const texts = typeof text === 'string' ? [text] : text.source.replace(/\[(\w)\w\]/g, '$1').split('|');
  const toPattern = (letter: string) =>
    /[a-z]/i.test(letter) ? `(?:${letter}|${ACCENTS[letter] ?? letter})` : letter.replace(/\W/, '\\$&');
  return new RegExp(texts.map((alternative) => [...alternative].map(toPattern).join(PSEUDO_MARKS)).join('|'), 'i');
}

/** Runs in the page. Replaces the story without a navigation, as a single-page ATS does. */
async function replaceStory(url: string): Promise<void> {
  const next = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
  const { dir, dataset } = next.documentElement;
  document.documentElement.dir = dir;
  document.documentElement.dataset['theme'] = dataset['theme'];
  const main = document.adoptNode(next.querySelector('main') as HTMLElement);
  document.querySelector('main')?.replaceWith(main);
  const script = '/sandbox/story.js';
  ((await import(script)) as { play(main: HTMLElement): void }).play(main);
}

/** Runs in the page. Loads the font from its bytes, because the page's CSP allows no font source. */
async function applyFont(main: HTMLElement | SVGElement, bytes: number[]): Promise<void> {
  const family = 'Test font';
  main.style.setProperty('--evalon-font-family', `"${family}"`);
  if ([...document.fonts].some((face) => face.family.includes(family))) return;
  document.fonts.add(await new FontFace(family, Uint8Array.from(bytes), { weight: '1 1000' }).load());
}
