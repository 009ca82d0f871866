/** Writes what the gallery is compared with, after a change of the look or the words: `npm run references`. Build first. */
import { writeFileSync } from 'node:fs';
import { findBrowser, launchBrowser, NO_BROWSER } from '../support/browser.ts';
import { openGallery } from '../support/gallery.ts';
import { TREES, treesOf } from '../support/trees.ts';

const found = await findBrowser();
if (!found) throw new Error(NO_BROWSER);
const browser = await launchBrowser(found);
const gallery = await openGallery(browser);

writeFileSync(TREES, await treesOf(gallery));

await gallery.close();
await browser.close();
