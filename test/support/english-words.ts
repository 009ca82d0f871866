/** Finds English words on a translated page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../../proxy/contract/locales.ts';

const STRINGS = join(import.meta.dirname, '../../widget/strings');
const LITERAL = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
const IMPORT = /^(import|export) .* from .*$/gm;
/** Placeholders, tags and escapes in a text. */
const CODE = /\$\{[^}]*\}|<[^>]*>|\\./g;
/** Names of people and assessments, and a unit of `Intl`. */
const NAMES = ['min', 'ben', 'doe', 'jane', 'sample', 'smith', 'marketing', 'sales'];
/** Shorter words occur in many languages. */
const WORD = /\p{L}{3,}/gu;

/** Returns the words of the widget's texts in one language. */
function readWords(locale: Locale): Set<string> {
  const folder = join(STRINGS, locale);
  const literals = readdirSync(folder).flatMap((file) => {
    const code = readFileSync(join(folder, file), 'utf8')
      .replace(IMPORT, '')
      .replace(/\/\*.*?\*\//gs, '');
    return [...code.matchAll(LITERAL)].map(([, ...texts]) => texts.join(' ').replace(CODE, ' '));
  });
  return new Set(literals.flatMap(listWords));
}

function listWords(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Returns a function that lists a text's English words, except words that the locale's texts also have. */
export function createEnglishWordFinder(locale: Locale): (text: string) => string[] {
  const ownWords = readWords(locale);
  const months = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  for (let month = 0; month < 12; month++)
    for (const word of listWords(months.format(new Date(2026, month)))) ownWords.add(word);
  const englishWords = [...readWords('en')].filter((word) => !ownWords.has(word) && !NAMES.includes(word));
  const isEnglish = (word: string) => englishWords.includes(word);
  return (text) => [...new Set(listWords(text).filter(isEnglish))];
}

/** Runs in the page. Returns everything that an element shows or that screen readers read, also in shadow roots. */
export function readAllTexts(root: Node): string {
  const texts: string[] = [];
  const visit = (node: Node): void => {
    if (node instanceof HTMLStyleElement) return;
    if (node instanceof Text) texts.push(node.data);
    if (node instanceof Element) {
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(node.getAttribute(name) ?? '');
      if (node.shadowRoot) visit(node.shadowRoot);
    }
    for (const child of node.childNodes) visit(child);
  };
  visit(root);
  return texts.join('\n');
}
