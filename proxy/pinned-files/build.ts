/** Reads the widget's pinned files from this release's build: the module, and its parts. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page needs to load a version of the widget. */
export interface PinnedVersion {
  version: string;
  /** The value of the script element's attribute `integrity`. */
  integrity: string;
}

export interface PinnedBuild extends PinnedVersion {
  /** The content of each file by its name. */
  files: ReadonlyMap<string, string>;
}

/** Returns undefined if the widget is not built. */
export function readPinnedBuild(widgetFolder: string): PinnedBuild | undefined {
  const folder = join(widgetFolder, 'embed');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.js')) : [];
  const files = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const module = names.find((name) => !name.endsWith('.part.js'));
  const content = files.get(module ?? '');
  return module && content
    ? { version: module.replace(/\.js$/, ''), integrity: hashContent(content), files }
    : undefined;
}

/** Returns the value of `integrity`. */
export function hashContent(content: string): string {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`;
}
