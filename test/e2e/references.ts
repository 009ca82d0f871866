/** Writes what the gallery is compared with, after a change of the look or the words: `npm run references`. Build first. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { ARIA_SNAPSHOT_FILE, takeAriaSnapshot } from '../support/aria-snapshot.ts';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { mapStories, openGalleryPages } from '../support/gallery.ts';
import {
  LAYOUT_SNAPSHOT_FILE,
  LAYOUT_STORIES,
  SCREENSHOT_FOLDER,
  SCREENSHOT_STORIES,
  STABLE_RENDERING_ARGS,
  screenshotPath,
  snapshotLayouts,
  takeScreenshot,
} from '../support/pictures.ts';
import { buildTestFont } from '../support/test-font.ts';

const found = await findBrowser();
if (!found) throw new Error(NO_BROWSER_MESSAGE);
const browser = await launchBrowser({ ...found, args: [...found.args, ...STABLE_RENDERING_ARGS] });

const words = await openGalleryPages(browser);
writeFileSync(ARIA_SNAPSHOT_FILE, await takeAriaSnapshot(words));
for (const gallery of words) await gallery.close();

const boxes = await openGalleryPages(browser, buildTestFont());
writeFileSync(LAYOUT_SNAPSHOT_FILE, (await snapshotLayouts(boxes, LAYOUT_STORIES)).join('\n'));
rmSync(SCREENSHOT_FOLDER, { recursive: true, force: true });
mkdirSync(SCREENSHOT_FOLDER);
await mapStories(boxes, SCREENSHOT_STORIES, async (gallery, picture) =>
  writeFileSync(screenshotPath(picture), await takeScreenshot(gallery, picture)),
);
for (const gallery of boxes) await gallery.close();

await browser.close();
