/** Which test files there are, and which of them somebody asked for. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { ROOT } from '../tool.ts';

/**
 * The test files under test/<part>, as paths from the root.
 * @param asked paths of files or folders; where there are any, only what they name.
 */
export function testFiles(part: string, asked: readonly string[] = []): string[] {
  const folder = join(ROOT, 'test', part);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !asked.length || asked.some((path) => `${file}${sep}`.startsWith(`${resolve(path)}${sep}`)))
    .map((file) => relative(ROOT, file))
    .sort();
}
