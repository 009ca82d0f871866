/**
 * Builds the extension into `dist/extension/`, unminified, so that whoever reviews it can read it. Twice: the extension's own
 * documents as modules, and (`--mode content`) the pages' script as one classic file.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { BUILT_IN_ADAPTERS } from '../../proxy/contract/built-in-page-adapters.ts';
import { manifestFor } from './manifest.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = join(ROOT, 'widget/extension');
const DOCUMENTS = ['background', 'confirm', 'inbox', 'options', 'panel'];

const proxyUrl = (process.env['EXTENSION_PROXY_URL'] ?? '').replace(/\/+$/, '');
if (proxyUrl && !/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$)/.test(proxyUrl)) {
  throw new Error('EXTENSION_PROXY_URL must be an https address, or http on this machine.');
}

export default defineConfig(({ mode }) => {
  const isContent = mode === 'content';
  const entry = Object.fromEntries(
    (isContent ? ['content'] : DOCUMENTS).map((name) => [name, join(SOURCES, `${name}.ts`)]),
  );
  return {
    root: ROOT,
    publicDir: false,
    define: { PROXY_URL: JSON.stringify(proxyUrl), ADAPTERS: JSON.stringify(BUILT_IN_ADAPTERS) },
    build: {
      outDir: 'dist/extension',
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: { entry, formats: [isContent ? 'iife' : 'es'], name: 'content' },
      rolldownOptions: {
        checks: { bundlerTimings: false },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
      },
    },
    plugins: isContent ? [] : [documents()],
  };
});

/** The manifest and what lies beside the scripts. */
function documents(): Plugin {
  let outDir = '';
  return {
    name: 'documents',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle() {
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
      cpSync(join(SOURCES, 'static'), outDir, { recursive: true });
      writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(manifestFor(version, proxyUrl), null, 2)}\n`);
    },
  };
}
