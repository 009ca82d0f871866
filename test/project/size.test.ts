/** The byte budget: what a page pays for the loader alone, and for a profile with everything on it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { parseSync } from 'vite';

const WIDGET = join(import.meta.dirname, '../../dist/widget');
const LOADER_LIMIT = 1_024;
const PROFILE_LIMIT = 15 * 1_024;

function brotliSize(file: string): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(readFileSync(join(WIDGET, file)), { params }).byteLength;
}

/** The file and all that it imports at once; what it imports later is loaded only where it is needed. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const { module } = parseSync(file, readFileSync(join(WIDGET, file), 'utf8'));
  const exported = module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest));
  for (const request of [...module.staticImports.map(({ moduleRequest }) => moduleRequest), ...exported]) {
    if (request) withImports(join(dirname(file), request.value), seen);
  }
  return seen;
}

function profileFiles(): string[] {
  const entry = readdirSync(WIDGET, { recursive: true, encoding: 'utf8' }).find((file) =>
    /(^|\/)ui-[\w-]+\.js$/.test(file),
  );
  assert.ok(entry, 'dist/widget has no ui-<hash>.js');
  return ['embed.js', ...withImports(entry)];
}

test(`the loader is at most ${LOADER_LIMIT} bytes`, (context) => {
  const size = brotliSize('embed.js');
  context.diagnostic(`embed.js: ${size} bytes`);
  assert.ok(size <= LOADER_LIMIT, `embed.js has ${size} bytes`);
});

test(`everything that a profile page loads is at most ${PROFILE_LIMIT} bytes`, (context) => {
  const sizes = profileFiles().map((file) => ({ file, size: brotliSize(file) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const list = sizes.map(({ file, size }) => `${file}: ${size}`).join(', ');
  context.diagnostic(`${total} bytes (${list})`);
  assert.ok(total <= PROFILE_LIMIT, `${total} bytes (${list})`);
});

test('every file that the built widget names is there', () => {
  for (const file of profileFiles()) assert.ok(existsSync(join(WIDGET, file)), file);
});
