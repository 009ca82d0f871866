/**
 * The gallery's stories meet WCAG 2.2 AA and match their documentation. `npm test` checks the main stories.
 * `npm run test:release` checks all stories.
 */
import {
  BUTTON,
  CHIP,
  COHORT,
  type ElementName,
  INBOX,
  PANEL,
  RESULTS,
  SCORECARD,
} from '../../proxy/sandbox/gallery/story.ts';
import { findAxeViolations } from '../support/axe.ts';
import { findContrastFaults } from '../support/contrast.ts';
import { ELEMENT_TAGS, listExposedParts, readDocumentedNames } from '../support/documented-parts.ts';
import { ELEMENT_STORIES, findStory, type Gallery, MARGIN_PX, openGallery } from '../support/gallery.ts';
import { applyTextSpacing, findLayoutFaults, snapshotBoxes } from '../support/layout-check.ts';
import { expect, inShortAndFullRun, type Locator, type Page, test } from './fixtures.ts';

/** Enough to check all stories of an element. */
const TIMEOUT_MS = 600_000;
const NARROW_PX = 280;

/**
 * Stories that together show every control, shape and kind of text of an element. Stories that need a page load are
 * last.
 */
const MAIN_STORIES: Record<ElementName, readonly string[]> = {
  [PANEL]: [
    'several-offers',
    'many-offers',
    'invited',
    'completed-unfolded',
    'compared',
    'expired',
    'several-projects',
    'sign-in',
    'invite-failed',
    'environment',
    'hostile-result',
    'inviting',
    'no-clipboard',
  ],
  [BUTTON]: ['not-invited', 'invited', 'completed', 'invite-failed'],
  [CHIP]: ['not-invited', 'completed', 'denied'],
  [SCORECARD]: ['scoring', 'completed-unfolded', 'result-failed'],
  [INBOX]: ['inbox-first', 'inbox-news', 'fault'],
  [RESULTS]: ['results-open', 'results-compare-four'],
  [COHORT]: ['cohort-start', 'cohort-edit', 'cohort-running', 'cohort-finished'],
};

const STORY_SELECTIONS = inShortAndFullRun(
  {
    which: 'each main story',
    stories: Object.entries(MAIN_STORIES).flatMap(([element, ids]) => ids.map((id) => findStory(element, id))),
  },
  { which: 'every story', stories: ELEMENT_STORIES },
);

interface Shown {
  element: Locator;
  page: Page;
  tag: string;
}

/**
 * Returns the faults of a story on screen. Keep the order: some checks use the theme and width that an earlier check
 * set.
 */
type Check = (shown: Shown) => Promise<string[]>;

const CHECKS_FOR_EVERY_STORY: Record<string, Check> = {
  async 'passes axe in light and dark'({ page, tag }) {
    const light = await findAxeViolations(page, tag);
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    // Only colors differ in dark.
    const dark = await findAxeViolations(page, tag, { only: ['color-contrast'] });
    return [...light, ...dark.map((fault) => `dark: ${fault}`)];
  },

  async 'exposes only documented parts'({ element, tag }) {
    const documented = readDocumentedNames(tag, 'csspart');
    return (await element.evaluate(listExposedParts)).filter((part) => !documented.includes(part));
  },
};

/** Elements that show the same story look alike, so these checks run only for the first element of a story. */
const CHECKS_ONCE_PER_STORY: Record<string, Check> = {
  async 'has no animation and no transition under reduced motion'({ element }) {
    return element.evaluate(({ shadowRoot }) =>
      [...(shadowRoot?.querySelectorAll('*') ?? [])].flatMap((child) => {
        const { animationName, transitionDuration } = getComputedStyle(child);
        return animationName === 'none' && transitionDuration === '0s' ? [] : `${child.localName}.${child.className}`;
      }),
    );
  },

  async 'keeps controls and shapes visible in forced colors'({ element, page }) {
    const faults: string[] = [];
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'auto'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ forcedColors: 'active', colorScheme });
      faults.push(...(await element.evaluate(findContrastFaults)).map((fault) => `${colorScheme}: ${fault}`));
    }
    await page.emulateMedia({ forcedColors: null, colorScheme: null });
    return faults;
  },

  async 'is readable and clickable at 280 px, left-to-right and right-to-left'({ element, page }) {
    await page.evaluate((width) => document.querySelector('main')?.setAttribute('class', `w${width}`), NARROW_PX);
    await page.setViewportSize({ width: NARROW_PX + 2 * MARGIN_PX, height: 900 });
    const rightToLeft = await element.evaluate(findLayoutFaults, { width: NARROW_PX, dir: 'rtl' });
    const leftToRight = await element.evaluate(findLayoutFaults, { width: NARROW_PX, dir: 'ltr' });
    return [...rightToLeft.map((fault) => `rtl: ${fault}`), ...leftToRight];
  },

  async 'ignores the page’s root font size'({ element }) {
    const normal = await element.evaluate(snapshotBoxes);
    const smallRoot = await element.evaluate(snapshotBoxes, { 'font-size': '62.5%' });
    return normal === smallRoot ? [] : ['the boxes follow the root font size'];
  },

  async 'is readable and clickable at 280 px and 200 % zoom'({ element, page }) {
    await page.setViewportSize({ width: 2 * (NARROW_PX + 2 * MARGIN_PX), height: 900 });
    await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
    const faults = await element.evaluate(findLayoutFaults, { width: 2 * NARROW_PX });
    await page.evaluate(() => document.documentElement.style.removeProperty('zoom'));
    await page.setViewportSize({ width: NARROW_PX + 2 * MARGIN_PX, height: 900 });
    return faults;
  },

  async 'is readable at 280 px with the text spacing of WCAG 1.4.12'({ element }) {
    await element.evaluate(applyTextSpacing);
    return element.evaluate(findLayoutFaults, { width: NARROW_PX });
  },
};

let gallery: Gallery;

test.describe.configure({ mode: 'parallel' });
test.beforeAll(async ({ browser }) => {
  gallery = await openGallery(browser);
});
test.afterAll(() => gallery?.close());

for (const [{ which, stories }, testOptions] of STORY_SELECTIONS)
  for (const tag of ELEMENT_TAGS)
    test(`${which} of ${tag} is accessible and fits its space`, testOptions, async () => {
      test.setTimeout(TIMEOUT_MS);
      for (const entry of stories.filter(({ element }) => element === tag)) {
        const isFirstElement = stories.find(({ story }) => story.id === entry.story.id) === entry;
        const element = await gallery.showStory(entry);
        const checks = isFirstElement
          ? { ...CHECKS_FOR_EVERY_STORY, ...CHECKS_ONCE_PER_STORY }
          : CHECKS_FOR_EVERY_STORY;
        for (const [name, check] of Object.entries(checks)) {
          const faults = await check({ element, page: gallery.page, tag });
          expect.soft(faults, `${entry.story.id} ${name}`).toEqual([]);
        }
      }
    });
