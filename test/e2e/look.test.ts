/** The look of the gallery, in a font of boxes: other machines' fonts change nothing, another colour or two pixels do. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser, launchBrowser, NO_BROWSER } from '../support/browser.ts';
import { exhibit, type Gallery, lookAt, openGalleries } from '../support/gallery.ts';
import { lookDifferences, lookOf } from '../support/layout-snapshot.ts';
import type { Browser } from '../support/page.ts';
import {
  KEPT_LOOKS,
  keptPicture,
  LOOKS,
  looksOf,
  nameOf,
  PICTURES,
  pictureDiffers,
  pictureOf,
  STEADY,
} from '../support/pictures.ts';
import { boxFont } from '../support/test-font.ts';

/** Milliseconds for a walk, on a machine that has much else to do. */
const WALK_LIMIT = 600_000;
const RENEW = 'where it is meant, run npm run references';

const found = await findBrowser();
let browser: Browser;
let galleries: Gallery[] = [];

describe('the look of the gallery', { skip: found ? false : NO_BROWSER }, () => {
  before(async () => {
    if (!found) return;
    browser = await launchBrowser({ ...found, args: [...found.args, ...STEADY] });
    galleries = await openGalleries(browser, boxFont());
  });
  after(async () => {
    await Promise.all(galleries.map((gallery) => gallery.close()));
    await browser?.close();
  });

  it('has every box and every colour that is kept in looks.txt', { timeout: WALK_LIMIT }, async () => {
    const kept = new Map(textsIn(readFileSync(KEPT_LOOKS, 'utf8')));
    const now = await looksOf(galleries, LOOKS);
    const changed = textsIn(now.join('\n')).flatMap(([name, lines]) =>
      lookDifferences(kept.get(name) ?? [], lines).map((difference) => `${name}: ${difference}`),
    );
    assert.deepEqual(changed, [], RENEW);
    assert.equal(now.length, kept.size, RENEW);
  });

  it('is that of the kept pictures', { timeout: WALK_LIMIT }, async () => {
    const changes = await lookAt(galleries, PICTURES, async (gallery, picture) => {
      const now = await pictureOf(gallery, picture);
      const difference = pictureDiffers(readFileSync(keptPicture(picture)), now);
      return difference && `${nameOf(picture)}: ${difference}, see ${save(nameOf(picture), now)}`;
    });
    assert.deepEqual(
      changes.filter((change) => change),
      [],
      RENEW,
    );
  });

  it('is pictured at most eighty times, so that each two of exhibit, theme, width and direction meet', () => {
    assert.ok(PICTURES.length <= 80);
    const factors = [
      new Set(PICTURES.map(({ element, state }) => `${element} ${state.id}`)),
      new Set(PICTURES.map(({ theme }) => theme)),
      new Set(PICTURES.map(({ width }) => width)),
      new Set(PICTURES.map(({ dir }) => dir)),
    ];
    const rows = PICTURES.map(({ element, state, theme, width, dir }) => [`${element} ${state.id}`, theme, width, dir]);
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
        ...exhibit('evalon-assessments', 'not-invited'),
        theme: 'light',
        width: 420,
        dir: 'ltr',
      } as const;
      const [gallery] = galleries;
      assert.ok(gallery);
      const [look] = await looksOf([gallery], [shown]);
      const picture = await pictureOf(gallery, shown);
      await gallery.page.locator(shown.element).evaluate((element, sheet) => {
        const added = new CSSStyleSheet();
        added.replaceSync(sheet);
        element.shadowRoot?.adoptedStyleSheets.push(added);
      }, css);
      assert.notDeepEqual(
        lookDifferences(textsIn(look ?? '')[0]?.[1] ?? [], await gallery.page.locator(shown.element).evaluate(lookOf)),
        [],
      );
      assert.ok(pictureDiffers(picture, await gallery.page.locator(shown.element).screenshot()));
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
