/** The check of import directions over every source file of proxy/ and widget/. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Outcome, ROOT } from '../tool.ts';
import { violationsIn } from './rules.ts';
import { parseSource } from './source.ts';

/** @param root where proxy/ and widget/ are; a test has its own. */
export function importDirections(root = ROOT): Outcome {
  const violations = ['proxy', 'widget'].flatMap((folder) =>
    sourcesIn(join(root, folder)).flatMap((file) => {
      const path = relative(root, file).split(sep).join('/');
      return violationsIn(parseSource(path, readFileSync(file, 'utf8')));
    }),
  );
  return { ok: violations.length === 0, output: violations.join('\n') };
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
