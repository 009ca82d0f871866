/** Writes what the gallery is compared with, after a change of the look or the words: `npm run references`. Build first. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { TREES, treesOf } from '../support/aria-snapshot.ts';
import { findBrowser, launchBrowser, NO_BROWSER } from '../support/browser.ts';
import { lookAt, openGalleries } from '../support/gallery.ts';
import {
  KEPT_LOOKS,
  keptPicture,
  LOOKS,
  looksOf,
  PICTURES,
  PICTURES_FOLDER,
  pictureOf,
  STEADY,
} from '../support/pictures.ts';
import { boxFont } from '../support/test-font.ts';

const found = await findBrowser();
if (!found) throw new Error(NO_BROWSER);
const browser = await launchBrowser({ ...found, args: [...found.args, ...STEADY] });

const words = await openGalleries(browser);
writeFileSync(TREES, await treesOf(words));
for (const gallery of words) await gallery.close();

const boxes = await openGalleries(browser, boxFont());
writeFileSync(KEPT_LOOKS, (await looksOf(boxes, LOOKS)).join('\n'));
rmSync(PICTURES_FOLDER, { recursive: true, force: true });
mkdirSync(PICTURES_FOLDER);
await lookAt(boxes, PICTURES, async (gallery, picture) =>
  writeFileSync(keptPicture(picture), await pictureOf(gallery, picture)),
);
for (const gallery of boxes) await gallery.close();

await browser.close();
