/** Tables of the documents, for tests that hold them to the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The rows of the table whose head begins with `head`, as cells; the head itself is the first row. */
export function readTable(document: string, head: string): string[][] {
  const lines = readFileSync(join(ROOT, document), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  if (start < 0) throw new Error(`${document} has no table that begins with | ${head} |`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  const rows = lines.slice(start, end < 0 ? undefined : end);
  return rows
    .filter((_, index) => index !== 1)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** What stands in backticks. */
export function extractCodeSpans(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}
