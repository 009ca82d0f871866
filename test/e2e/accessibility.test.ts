/** Every exhibit of the gallery, as WCAG 2.2 AA asks for it. One walk through the gallery looks at everything. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { violationsIn } from '../support/axe.ts';
import { findBrowser, launchBrowser, NO_BROWSER } from '../support/browser.ts';
import { EXHIBITS, type Gallery, MARGIN, openGallery } from '../support/gallery.ts';
import { boxesOf, layoutFaults, spaceText } from '../support/layout.ts';
import type { Browser, Locator, Page } from '../support/page.ts';
import { paintFaults } from '../support/paint.ts';
import { keptTrees, treesOf } from '../support/trees.ts';

/** Milliseconds for the walk, on a machine that has much else to do. */
const WALK_LIMIT = 300_000;
const NARROW = 280;

type Look = (shown: Locator, page: Page, element: string) => Promise<string[]>;

/** What is looked at, in this order. Each leaves the page as it found it, the last aside. */
const LOOKS = {
  async axe(_shown, page, element) {
    const faults: string[] = [];
    for (const theme of ['dark', 'light']) {
      await page.evaluate((to) => document.documentElement.setAttribute('data-theme', to), theme);
      faults.push(...(await violationsIn(page, element)).map((fault) => `${theme}: ${fault}`));
    }
    return faults;
  },

  async motion(shown, page) {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const moving = await shown.evaluate((element) => element.shadowRoot?.getAnimations().length);
    await page.emulateMedia({ reducedMotion: null });
    return moving ? [`${moving} animations`] : [];
  },

  async forcedColors(shown, page) {
    const faults: string[] = [];
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'auto'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ forcedColors: 'active', colorScheme });
      faults.push(...(await shown.evaluate(paintFaults)).map((fault) => `${colorScheme}: ${fault}`));
    }
    await page.emulateMedia({ forcedColors: null, colorScheme: null });
    return faults;
  },

  async narrow(shown, page) {
    await page.evaluate((width) => document.querySelector('main')?.setAttribute('class', `w${width}`), NARROW);
    await page.setViewportSize({ width: NARROW + 2 * MARGIN, height: 900 });
    const faults: string[] = [];
    for (const dir of ['rtl', 'ltr']) {
      await page.evaluate((to) => document.documentElement.setAttribute('dir', to), dir);
      faults.push(...(await shown.evaluate(layoutFaults, NARROW)).map((fault) => `${dir}: ${fault}`));
    }
    return faults;
  },

  async rootFont(shown, page) {
    const boxes = await shown.evaluate(boxesOf);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '62.5%'));
    const follows = (await shown.evaluate(boxesOf)) !== boxes;
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
    return follows ? ['it follows the page’s root font'] : [];
  },

  async zoom(shown, page) {
    await page.setViewportSize({ width: 2 * (NARROW + 2 * MARGIN), height: 900 });
    await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
    const faults = await shown.evaluate(layoutFaults, 2 * NARROW);
    await page.evaluate(() => document.documentElement.style.removeProperty('zoom'));
    await page.setViewportSize({ width: NARROW + 2 * MARGIN, height: 900 });
    return faults;
  },

  async spacing(shown) {
    await shown.evaluate(spaceText);
    return shown.evaluate(layoutFaults, NARROW);
  },
} satisfies Record<string, Look>;

const found = await findBrowser();
let browser: Browser;
let gallery: Gallery;
const faults = Object.fromEntries(Object.keys(LOOKS).map((look) => [look, []])) as unknown as Record<
  keyof typeof LOOKS,
  string[]
>;

describe('every exhibit of the gallery', { skip: found ? false : NO_BROWSER }, () => {
  before(
    async () => {
      if (!found) return;
      browser = await launchBrowser(found);
      gallery = await openGallery(browser);
      for (const exhibit of EXHIBITS) {
        const shown = await gallery.show(exhibit);
        for (const [look, find] of Object.entries<Look>(LOOKS)) {
          for (const fault of await find(shown, gallery.page, exhibit.element))
            faults[look as keyof typeof LOOKS].push(`${exhibit.element} ${exhibit.state.id}, ${fault}`);
        }
      }
    },
    { timeout: WALK_LIMIT },
  );
  after(async () => {
    await gallery?.close();
    await browser?.close();
  });

  it('passes axe for WCAG 2.2 A and AA, in light and dark', () => {
    assert.deepEqual(faults.axe, []);
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
    const [kept, now] = [keptTrees().split('\n\n'), (await treesOf(gallery)).split('\n\n')];
    for (const [index, tree] of now.entries()) assert.equal(tree, kept[index]);
    assert.equal(now.length, kept.length);
  });
});
