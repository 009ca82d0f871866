/** The translations are complete, and texts in right-to-left languages begin on the right. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LOCALES } from '../../proxy/contract/locales.ts';
import * as arabic from '../../widget/strings/ar/index.ts';
import { readWords } from '../support/glossary.ts';
import { createTempFolder } from '../support/proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const STRINGS = join(ROOT, 'widget/strings');
const LITERAL = /'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
const INTERPOLATION_OR_TAG = /\$\{[^}]*\}|<[^>]*>/g;
/** Texts that a test removes: a text of an element, of an error code and of a list, and one form of a plural. */
const REMOVED_TEXTS: [locale: string, file: string, pattern: RegExp, property: string][] = [
  ['ja', 'common.ts', /^export const panelTitle.*$/m, 'panelTitle'],
  ['de', 'common.ts', /^ {2}timeout: .*$/m, 'timeout'],
  ['fr', 'cohort.ts', /^ {2}duplicate: .*$/m, 'duplicate'],
  ['ar', 'cohort.ts', /^ {2}many: .*$/m, 'many'],
];
/** The message of an invite and of a reminder. */
const MESSAGES_WITH_LINK = 2;
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

function readLiterals(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(LITERAL)].map(([, text, template]) => text ?? template ?? '');
}

/** Copies the texts, next to links to everything that they import. */
function copyStrings(): { folder: string; remove: () => void } {
  const { folder, remove } = createTempFolder();
  mkdirSync(join(folder, 'widget'));
  for (const name of ['node_modules', 'proxy', 'tsconfig.json']) symlinkSync(join(ROOT, name), join(folder, name));
  for (const name of readdirSync(join(ROOT, 'widget'))) {
    const [from, to] = [join(ROOT, 'widget', name), join(folder, 'widget', name)];
    if (name === 'strings') cpSync(from, to, { recursive: true });
    else symlinkSync(from, to);
  }
  return { folder, remove };
}

/** Runs the command with which the build checks the texts. */
function checkStrings(folder: string): { status: number | null; stdout: string } {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['-p', 'widget/strings', '--preserveSymlinks'];
  return spawnSync(process.execPath, [tsc, ...options], { cwd: folder, encoding: 'utf8' });
}

describe('the translations', () => {
  it('fail the build if a language lacks a text', (test) => {
    const { folder, remove } = copyStrings();
    test.after(remove);
    for (const [locale, file, pattern] of REMOVED_TEXTS) {
      const path = join(folder, 'widget/strings', locale, file);
      const code = readFileSync(path, 'utf8');
      assert.match(code, pattern);
      writeFileSync(path, code.replace(pattern, ''));
    }
    const { status, stdout } = checkStrings(folder);
    assert.notEqual(status, 0);
    for (const [, , , property] of REMOVED_TEXTS) {
      assert.match(stdout, new RegExp(`Property '${property}' is missing`), property);
    }
  });

  it('use the words of the glossary', async () => {
    const glossary = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8');
    const english = await readWords('en');
    for (const locale of LOCALES.filter((other) => other !== 'en')) {
      const [, section = ''] = glossary.split(new RegExp(`^## .*\\(\`${locale}\`\\)$`, 'm'));
      const [table = ''] = section.split(/^## /m);
      const words = await readWords(locale);
      const rows = words.map((word, index) => `| ${english[index]} | ${word} |`);
      const headingLines = 2;
      assert.deepEqual(table.match(/^\| .* \|$/gm)?.slice(headingLines), rows, locale);
    }
  });

  it('have exactly one folder for each language', () => {
    const folders = readdirSync(STRINGS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), [...LOCALES].sort());
  });

  it('have each plural form of Arabic, and scores in Latin digits', () => {
    const forms = new Map<number, string>([
      [0, 'دعوة 0 مرشح'],
      [1, 'دعوة مرشح واحد'],
      [2, 'دعوة مرشحَين'],
      [3, 'دعوة 3 مرشحين'],
      [11, 'دعوة 11 مرشحًا'],
      [100, 'دعوة 100 مرشح'],
    ]);
    for (const [count, text] of forms) assert.equal(arabic.cohort.inviteCount(count), text);
    assert.equal(arabic.common.formatScore(82), '82');
    assert.equal(arabic.common.formatScore(7.5, 10), '7.5/10');
    assert.match(arabic.common.formatDate('2026-11-29T12:00:00.000Z'), /2026/);
  });

  it('put the link of each message on its own line, so that it never takes the direction of the text', () => {
    for (const locale of LOCALES) {
      const code = readFileSync(join(ROOT, `proxy/config/messages/${locale}.ts`), 'utf8');
      assert.equal(code.match(/\n\n\{link\}\n\n/g)?.length, MESSAGES_WITH_LINK, locale);
      assert.equal(code.match(/\{link\}/g)?.length, MESSAGES_WITH_LINK, locale);
    }
  });

  it('begin each line in Arabic or Hebrew with a letter of its script, which sets the direction of a paragraph', () => {
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
