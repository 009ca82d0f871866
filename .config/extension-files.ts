import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { buildManifest } from '../widget/extension/manifest.ts';

const ROOT = join(import.meta.dirname, '..');

/** Adds the manifest, the documents and the icons to the extension. */
export function addExtensionFiles(proxyUrl: string): Plugin {
  return {
    name: 'extension-files',
    writeBundle({ dir = '' }) {
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
      cpSync(join(ROOT, 'widget/extension/static'), dir, { recursive: true });
      writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(buildManifest(version, proxyUrl), null, 2)}\n`);
    },
  };
}
