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
const INBOX_LIMIT = 4_608;

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

function fileOf(chunk: string): string {
  const found = readdirSync(WIDGET, { recursive: true, encoding: 'utf8' }).find((file) =>
    new RegExp(`(^|/)${chunk}-[\\w-]+\\.js$`).test(file),
  );
  assert.ok(found, `dist/widget has no ${chunk}-<hash>.js`);
  return found;
}

function profileFiles(): string[] {
  return ['embed.js', ...withImports(fileOf('ui'))];
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

/** The modules that a file was made of. */
function sourcesOf(file: string): string[] {
  const { sources } = JSON.parse(readFileSync(join(WIDGET, `${file}.map`), 'utf8')) as { sources: string[] };
  return sources;
}

test('nothing of inbox, cohort and builder is on a profile page, neither at first nor later', () => {
  const elsewhere = /inbox|cohort|results|builder|sandbox|elements\/(?!evalon-assessments)/;
  const first = profileFiles();
  const later = first
    .filter((file) => file !== 'embed.js')
    .flatMap((file) => readFileSync(join(WIDGET, file), 'utf8').match(/(?<=import\("\.\/)[^"]+/g) ?? []);
  assert.ok(later.length);
  const sources = [...first, ...later].flatMap(sourcesOf);
  assert.deepEqual(
    sources.filter((source) => elsewhere.test(source)),
    [],
  );
  assert.ok(sourcesOf(fileOf('evalon-inbox')).some((source) => elsewhere.test(source)));
});

test(`the inbox is at most ${INBOX_LIMIT} bytes more, and nothing of it is on a profile page`, (context) => {
  const profile = profileFiles();
  const more = [...withImports(fileOf('evalon-inbox'))].filter((file) => !profile.includes(file));
  const size = more.reduce((sum, file) => sum + brotliSize(file), 0);
  context.diagnostic(`${size} bytes (${more.join(', ')})`);
  assert.ok(size <= INBOX_LIMIT, `${size} bytes (${more.join(', ')})`);
  const words = [/Assessment inbox/, /waiting over 5 days/, /evalon-inbox \$\{/, /evalon-open/, /-updated_at/];
  const read = (files: string[]) => files.map((file) => readFileSync(join(WIDGET, file), 'utf8')).join('\n');
  for (const word of words) {
    assert.match(read(more), word);
    assert.doesNotMatch(read(profile), word);
  }
});
