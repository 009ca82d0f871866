/** The look of the gallery, in a font of boxes: other machines' fonts change nothing, another colour or two pixels do. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { findStory, type Gallery, mapStories, openGalleryPages } from '../support/gallery.ts';
import { diffLayouts, snapshotLayout } from '../support/layout-snapshot.ts';
import type { Browser } from '../support/page.ts';
import {
  diffScreenshots,
  LAYOUT_SNAPSHOT_FILE,
  LAYOUT_STORIES,
  SCREENSHOT_STORIES,
  STABLE_RENDERING_ARGS,
  screenshotPath,
  snapshotLayouts,
  storyName,
  takeScreenshot,
} from '../support/pictures.ts';
import { buildTestFont } from '../support/test-font.ts';

/** Milliseconds for a walk, on a machine that has much else to do. */
const WALK_LIMIT = 600_000;
const RENEW = 'where it is meant, run npm run references';

const found = await findBrowser();
let browser: Browser;
let galleries: Gallery[] = [];

describe('the look of the gallery', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  before(async () => {
    if (!found) return;
    browser = await launchBrowser({ ...found, args: [...found.args, ...STABLE_RENDERING_ARGS] });
    galleries = await openGalleryPages(browser, buildTestFont());
  });
  after(async () => {
    await Promise.all(galleries.map((gallery) => gallery.close()));
    await browser?.close();
  });

  it('has every box and every colour that is kept in looks.txt', { timeout: WALK_LIMIT }, async () => {
    const kept = new Map(textsIn(readFileSync(LAYOUT_SNAPSHOT_FILE, 'utf8')));
    const now = await snapshotLayouts(galleries, LAYOUT_STORIES);
    const changed = textsIn(now.join('\n')).flatMap(([name, lines]) =>
      diffLayouts(kept.get(name) ?? [], lines).map((difference) => `${name}: ${difference}`),
    );
    assert.deepEqual(changed, [], RENEW);
    assert.equal(now.length, kept.size, RENEW);
  });

  it('is that of the kept pictures', { timeout: WALK_LIMIT }, async () => {
    const changes = await mapStories(galleries, SCREENSHOT_STORIES, async (gallery, picture) => {
      const now = await takeScreenshot(gallery, picture);
      const difference = diffScreenshots(readFileSync(screenshotPath(picture)), now);
      return difference && `${storyName(picture)}: ${difference}, see ${save(storyName(picture), now)}`;
    });
    assert.deepEqual(
      changes.filter((change) => change),
      [],
      RENEW,
    );
  });

  it('is pictured at most eighty times, so that each two of exhibit, theme, width and direction meet', () => {
    assert.ok(SCREENSHOT_STORIES.length <= 80);
    const factors = [
      new Set(SCREENSHOT_STORIES.map(({ element, story }) => `${element} ${story.id}`)),
      new Set(SCREENSHOT_STORIES.map(({ theme }) => theme)),
      new Set(SCREENSHOT_STORIES.map(({ width }) => width)),
      new Set(SCREENSHOT_STORIES.map(({ dir }) => dir)),
    ];
    const rows = SCREENSHOT_STORIES.map(({ element, story, theme, width, dir }) => [
      `${element} ${story.id}`,
      theme,
      width,
      dir,
    ]);
    for (const [a, valuesOfA] of factors.entries()) {
      for (const [b, valuesOfB] of factors.entries()) {
        if (b <= a) continue;
        const pairs = new Set(rows.map((row) => `${row[a]}, ${row[b]}`));
        assert.equal(pairs.size, valuesOfA.size * valuesOfB.size);
      }
    }
  });

  for (const [what, css] of [
    ['a shift of 2 px', '[part~=assessment] { position: relative; top: 2px }'],
    ['2 px of padding', 'button { padding-inline: 14px !important }'],
    ['another colour of a button', '.primary { background: #4a5ae0 !important }'],
    ['another colour of text', 'p { color: #6a7283 !important }'],
    ['a border that is gone', '.card { border-color: transparent !important }'],
  ] as const) {
    it(`would be noticed with ${what}, by its boxes or colours and by its picture`, async () => {
      const shown = {
        ...findStory('evalon-assessments', 'not-invited'),
        theme: 'light',
        width: 420,
        dir: 'ltr',
      } as const;
      const [gallery] = galleries;
      assert.ok(gallery);
      const [look] = await snapshotLayouts([gallery], [shown]);
      const picture = await takeScreenshot(gallery, shown);
      await gallery.page.locator(shown.element).evaluate((element, sheet) => {
        const added = new CSSStyleSheet();
        added.replaceSync(sheet);
        element.shadowRoot?.adoptedStyleSheets.push(added);
      }, css);
      assert.notDeepEqual(
        diffLayouts(
          textsIn(look ?? '')[0]?.[1] ?? [],
          await gallery.page.locator(shown.element).evaluate(snapshotLayout),
        ),
        [],
      );
      assert.ok(diffScreenshots(picture, await gallery.page.locator(shown.element).screenshot()));
    });
  }
});

/** The texts of a file by their names. */
function textsIn(file: string): [name: string, lines: string[]][] {
  return file
    .split(/^# /m)
    .filter(Boolean)
    .map((text) => {
      const [name = '', ...lines] = text.trimEnd().split('\n');
      return [name, lines];
    });
}

function save(name: string, picture: Buffer): string {
  const folder = join(tmpdir(), 'evalon-pictures');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.png`);
  writeFileSync(file, picture);
  return file;
}
