/** The translations are complete, and texts from right to left begin on the right. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LOCALES } from '../../proxy/contract/locales.ts';

const ROOT = join(import.meta.dirname, '../..');
const STRINGS = join(ROOT, 'widget/strings');
const LITERAL = /'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
const INTERPOLATION_OR_TAG = /\$\{[^}]*\}|<[^>]*>/g;
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

function readLiterals(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(LITERAL)].map(([, text, template]) => text ?? template ?? '');
}

describe('the translations', () => {
  it('have a folder for each language, and no folder more', () => {
    const folders = readdirSync(STRINGS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), [...LOCALES].sort());
  });

  it('begin each text from right to left with a letter of its script, which sets the direction of a paragraph', () => {
    for (const locale of ['ar', 'he']) {
      const paths = readdirSync(join(STRINGS, locale)).map((file) => join(STRINGS, locale, file));
      const literals = [...paths, join(ROOT, `proxy/config/messages/${locale}.ts`)].flatMap(readLiterals);
      const lines = literals.flatMap((text) => text.replace(INTERPOLATION_OR_TAG, '').split(/\n|\\n/));
      const texts = lines.filter((text) => RIGHT_TO_LEFT_LETTER.test(text));
      assert.ok(texts.length > 200, locale);
      assert.deepEqual(
        texts.filter((text) => !RIGHT_TO_LEFT_LETTER.test(text.match(/\p{L}/u)?.[0] ?? '')),
        [],
      );
    }
  });
});
