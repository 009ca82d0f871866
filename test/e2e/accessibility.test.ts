/** Every exhibit of the gallery, as WCAG 2.2 AA and whoever styles it ask for. One walk through the gallery looks at everything. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readAriaSnapshot, takeAriaSnapshot } from '../support/aria-snapshot.ts';
import { findAxeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { findContrastFaults } from '../support/contrast.ts';
import { listExposedParts, readDocumentedNames } from '../support/documented-parts.ts';
import { ELEMENT_STORIES, type Gallery, MARGIN_PX, mapStories, openGalleryPages } from '../support/gallery.ts';
import { applyTextSpacing, findLayoutFaults, snapshotBoxes } from '../support/layout-check.ts';
import type { Browser, Locator, Page } from '../support/page.ts';

/** Milliseconds for the walk, on a machine that has much else to do. */
const WALK_LIMIT = 600_000;
const NARROW = 280;

type Look = (shown: Locator, page: Page, element: string) => Promise<string[]>;

/** What is looked at, in this order. Each leaves the page as it found it, the last aside. */
const LOOKS = {
  async axe(_shown, page, element) {
    const light = await findAxeViolations(page, element);
    // Dark, nothing but colours is other.
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    const dark = await findAxeViolations(page, element, { only: ['color-contrast'] });
    return [...light, ...dark.map((fault) => `dark: ${fault}`)];
  },

  async parts(shown, _page, element) {
    const named = readDocumentedNames(element, 'csspart');
    return (await shown.evaluate(listExposedParts)).filter((part) => !named.includes(part));
  },

  async motion(shown) {
    const moving = await shown.evaluate((element) => element.shadowRoot?.getAnimations().length);
    return moving ? [`${moving} animations`] : [];
  },

  async forcedColors(shown, page) {
    const faults: string[] = [];
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'auto'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ forcedColors: 'active', colorScheme });
      faults.push(...(await shown.evaluate(findContrastFaults)).map((fault) => `${colorScheme}: ${fault}`));
    }
    await page.emulateMedia({ forcedColors: null, colorScheme: null });
    return faults;
  },

  async narrow(shown, page) {
    await page.evaluate((width) => document.querySelector('main')?.setAttribute('class', `w${width}`), NARROW);
    await page.setViewportSize({ width: NARROW + 2 * MARGIN_PX, height: 900 });
    const rightToLeft = await shown.evaluate(findLayoutFaults, { width: NARROW, dir: 'rtl' });
    const leftToRight = await shown.evaluate(findLayoutFaults, { width: NARROW, dir: 'ltr' });
    return [...rightToLeft.map((fault) => `rtl: ${fault}`), ...leftToRight];
  },

  async rootFont(shown) {
    const [own, ofSmallRoot] = [
      await shown.evaluate(snapshotBoxes),
      await shown.evaluate(snapshotBoxes, { 'font-size': '62.5%' }),
    ];
    return own === ofSmallRoot ? [] : ['it follows the page’s root font'];
  },

  async zoom(shown, page) {
    await page.setViewportSize({ width: 2 * (NARROW + 2 * MARGIN_PX), height: 900 });
    await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
    const faults = await shown.evaluate(findLayoutFaults, { width: 2 * NARROW });
    await page.evaluate(() => document.documentElement.style.removeProperty('zoom'));
    await page.setViewportSize({ width: NARROW + 2 * MARGIN_PX, height: 900 });
    return faults;
  },

  async spacing(shown) {
    await shown.evaluate(applyTextSpacing);
    return shown.evaluate(findLayoutFaults, { width: NARROW });
  },
} satisfies Record<string, Look>;

/** Other elements in the same state look alike: this much is looked at there too. */
const FOR_ALL = { axe: LOOKS.axe, parts: LOOKS.parts };

function isFirst({ element, story }: (typeof ELEMENT_STORIES)[number]): boolean {
  return element === ELEMENT_STORIES.find((one) => one.story.id === story.id)?.element;
}

const found = await findBrowser();
let browser: Browser;
let galleries: Gallery[] = [];
const faults = Object.fromEntries(Object.keys(LOOKS).map((look) => [look, []])) as unknown as Record<
  keyof typeof LOOKS,
  string[]
>;

describe('every exhibit of the gallery', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  before(
    async () => {
      if (!found) return;
      browser = await launchBrowser(found);
      galleries = await openGalleryPages(browser);
      await Promise.all(galleries.map(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' })));
      await mapStories(galleries, ELEMENT_STORIES, async (gallery, exhibit) => {
        const shown = await gallery.showStory(exhibit);
        for (const [look, find] of Object.entries<Look>(isFirst(exhibit) ? LOOKS : FOR_ALL)) {
          for (const fault of await find(shown, gallery.page, exhibit.element))
            faults[look as keyof typeof LOOKS].push(`${exhibit.element} ${exhibit.story.id}, ${fault}`);
        }
      });
    },
    { timeout: WALK_LIMIT },
  );
  after(async () => {
    await Promise.all(galleries.map((gallery) => gallery.close()));
    await browser?.close();
  });

  it('passes axe for WCAG 2.2 A and AA, in light and dark', () => {
    assert.deepEqual(faults.axe, []);
  });

  it('has no part that the documentation of its element leaves out', () => {
    assert.deepEqual(faults.parts, []);
  });

  it('can be read and hit at 280 px, whichever way the text runs', () => {
    assert.deepEqual(faults.narrow, []);
  });

  it('can be read and hit at 280 px when zoomed to 200 %', () => {
    assert.deepEqual(faults.zoom, []);
  });

  it('can be read and hit at 280 px with the text spacing of WCAG 1.4.12', () => {
    assert.deepEqual(faults.spacing, []);
  });

  it('stays as it is on a page with a root font of 62.5 %', () => {
    assert.deepEqual(faults.rootFont, []);
  });

  it('keeps its controls and shapes visible in the user’s own colours, light and dark', () => {
    assert.deepEqual(faults.forcedColors, []);
  });

  it('moves nothing for who has asked for less motion', () => {
    assert.deepEqual(faults.motion, []);
  });

  it('tells a screen reader in its main states what is kept in trees.txt', async () => {
    const [kept, now] = [readAriaSnapshot().split('\n\n'), (await takeAriaSnapshot(galleries)).split('\n\n')];
    for (const [index, tree] of now.entries()) assert.equal(tree, kept[index]);
    assert.equal(now.length, kept.length);
  });
});
