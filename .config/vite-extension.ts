/** Vite's configuration for the browser extension: one build for the content script, and one for the other scripts. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnv, type Plugin, type UserConfig } from 'vite';
import { BUILT_IN_ADAPTERS } from '../proxy/contract/built-in-page-adapters.ts';
import { buildManifest, validateProxyUrl } from '../widget/extension/manifest.ts';
import { includeLanguages, writeLocales } from './extension-languages.ts';
import { isolateLit } from './isolate-lit.ts';

const ROOT = join(import.meta.dirname, '..');
const EXTENSION = join(ROOT, 'widget/extension');

/** Does not minify, so that reviewers can read the extension. */
export function extension(mode: 'extension' | 'content'): UserConfig {
  const proxyUrl = validateProxyUrl(loadEnv(mode, ROOT, 'EXTENSION_')['EXTENSION_PROXY_URL'] ?? '');
  const names = mode === 'content' ? ['content'] : ['background', 'options', 'panel'];
  const entry = names.map((name) => join(EXTENSION, `${name}.ts`));
  return {
    publicDir: false,
    define: { PROXY_URL: JSON.stringify(proxyUrl), ADAPTERS: JSON.stringify(BUILT_IN_ADAPTERS) },
    build: {
      outDir: 'dist/extension',
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: { entry, formats: [mode === 'content' ? 'iife' : 'es'], name: 'content' },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' } },
    },
    plugins: mode === 'content' ? [] : [includeLanguages(), isolateLit(), addExtensionFiles(proxyUrl)],
  };
}

/** Adds the manifest, the languages, the documents and the icons to the extension. */
function addExtensionFiles(proxyUrl: string): Plugin {
  return {
    name: 'extension-files',
    async writeBundle({ dir = '' }) {
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
      cpSync(join(ROOT, 'widget/extension/static'), dir, { recursive: true });
      await writeLocales(dir);
      writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(buildManifest(version, proxyUrl), null, 2)}\n`);
    },
  };
}
