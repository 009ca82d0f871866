/** Reads code blocks of the documentation, so that tests can run them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Returns the code blocks of a page in one language, without their indentation in a list. */
export function readCodeBlocks(page: string, language: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^\\1\`\`\`$`, 'gms'));
  return [...blocks].map(([, indent = '', code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** @throws if the page does not have exactly one block in this language. */
export function readCodeBlock(page: string, language: string): string {
  const [block, ...others] = readCodeBlocks(page, language);
  if (block === undefined || others.length) throw new Error(`${page} must have exactly one block in ${language}`);
  return block;
}
