/** Reads tables of the documentation, for tests that compare them with the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Returns the cells of the table whose first heading is `heading`. The first row contains the headings. */
export function readTable(document: string, heading: string): string[][] {
  const lines = readFileSync(join(ROOT, document), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start < 0) throw new Error(`${document} has no table that begins with | ${heading} |`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  const [headings = '', , ...rows] = lines.slice(start, end < 0 ? undefined : end);
  return [headings, ...rows].map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

export function extractCodeSpans(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}
