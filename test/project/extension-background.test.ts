/** The extension's background script runs in a service worker, which has no document. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'vite';
import { buildIfStale } from '../../.config/build.ts';

await buildIfStale();

const EXTENSION = join(import.meta.dirname, '../../dist/extension/store');

/** Returns a file and the files that load with it, because of static imports. */
function listLoadedFiles(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const { staticImports } = parseSync(file, readFileSync(join(EXTENSION, file), 'utf8')).module;
  for (const { moduleRequest } of staticImports) listLoadedFiles(join(dirname(file), moduleRequest.value), found);
  return found;
}

test('the background script imports no Lit, which reads the document when it loads', () => {
  const isLit = (file: string) => readFileSync(join(EXTENSION, file), 'utf8').includes('litHtmlVersions');
  assert.ok([...listLoadedFiles('panel.js')].some(isLit), 'the side panel is made with Lit');
  assert.deepEqual([...listLoadedFiles('background.js')].filter(isLit), []);
});
