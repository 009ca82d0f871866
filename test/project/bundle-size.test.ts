/**
 * Limits what a page downloads: the loader, a profile without a result, the code for an invited candidate, the inbox,
 * and the pinned file. Sizes are in bytes after compression with brotli.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { parseSync } from 'vite';
import { buildIfStale } from '../../.config/build.ts';

await buildIfStale();

const WIDGET = join(import.meta.dirname, '../../dist/widget');
const LOADER = 'embed.js';

/** The widget should stay a tenth below each budget, so that a bug fix always fits. */
const MARGIN = 0.1;
const LOADER_BUDGET_BYTES = 1_024;
const PROFILE_BUDGET_BYTES = 20 * 1_024;
/** Loads after the first paint, while the widget queries the sessions. */
const INVITED_BUDGET_BYTES = 5 * 1_024;
const INBOX_BUDGET_BYTES = 8 * 1_024;
/** Contains everything that a page may show before a result. */
const PINNED_BUDGET_BYTES = 36 * 1_024;
const PINNED_RESULT_BUDGET_BYTES = 7 * 1_024;

function readFile(file: string): string {
  return readFileSync(join(WIDGET, file), 'utf8');
}

function brotliSize(file: string): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(readFile(file), { params }).byteLength;
}

function findChunk(name: string): string {
  const chunk = readdirSync(join(WIDGET, 'widget')).find((file) => new RegExp(`^${name}-[\\w-]+\\.js$`).test(file));
  assert.ok(chunk, `dist/widget/widget has no ${name}-<hash>.js`);
  return `widget/${chunk}`;
}

/** Returns a file and everything that it imports statically. */
function withStaticImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const { staticImports, staticExports } = parseSync(file, readFile(file)).module;
  const requests = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])),
  ];
  for (const request of requests) withStaticImports(join(dirname(file), request), found);
  return found;
}

function listDynamicImports(file: string): string[] {
  const code = readFile(file);
  return parseSync(file, code).module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    join(dirname(file), code.slice(start + 1, end - 1)),
  );
}

function listProfileFiles(): string[] {
  return [LOADER, ...withStaticImports(findChunk('panel'))];
}

function assertWithinBudget(context: TestContext, files: string[], budget: number): void {
  const sizes = files.map((file) => ({ file, size: brotliSize(file) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const report = `${total} of ${budget} bytes (${sizes.map(({ file, size }) => `${file}: ${size}`).join(', ')})`;
  context.diagnostic(total > budget * (1 - MARGIN) ? `less than 10 % left: ${report}` : report);
  assert.ok(total <= budget, report);
}

/** Returns the modules that a file was built from. */
function listSources(file: string): string[] {
  return (JSON.parse(readFile(`${file}.map`)) as { sources: string[] }).sources;
}

test('the loader imports nothing and stays within its budget', (context) => {
  assert.deepEqual([...withStaticImports(LOADER)], [LOADER]);
  assertWithinBudget(context, [LOADER], LOADER_BUDGET_BYTES);
});

test('the diagnosis loads on demand and imports no other file', () => {
  const diagnosis = findChunk('diagnose');
  assert.deepEqual([...withStaticImports(diagnosis)], [diagnosis]);
  assert.ok(listDynamicImports(LOADER).includes(diagnosis));
});

test('all code of a profile without a result stays within its budget', (context) => {
  assertWithinBudget(context, listProfileFiles(), PROFILE_BUDGET_BYTES);
});

test('the code for an invited candidate loads on demand and stays within its budget', (context) => {
  const profile = listProfileFiles();
  const added = [...withStaticImports(findChunk('session-details'))].filter((file) => !profile.includes(file));
  assertWithinBudget(context, added, INVITED_BUDGET_BYTES);
  for (const file of profile) assert.doesNotMatch(readFile(file), /Copy message/);
});

test('the code of a history loads when the recruiter opens it', () => {
  const loadedBefore = [...listProfileFiles(), ...withStaticImports(findChunk('session-details'))];
  const history = [...withStaticImports(findChunk('evalon-history'))].filter((file) => !loadedBefore.includes(file));
  assert.match(history.map(readFile).join('\n'), /Result read/);
  for (const file of loadedBefore) assert.doesNotMatch(readFile(file), /Result read/);
});

test('the inbox stays within its budget, and a profile page loads none of the inbox’s code', (context) => {
  const profile = listProfileFiles();
  const added = [...withStaticImports(findChunk('evalon-inbox'))].filter((file) => !profile.includes(file));
  assertWithinBudget(context, added, INBOX_BUDGET_BYTES);
  const read = (files: string[]) => files.map(readFile).join('\n');
  for (const text of [/Assessment inbox/, /evalon-inbox \$\{/, /evalon-open/, /-updated_at/]) {
    assert.match(read(added), text);
    assert.doesNotMatch(read(profile), text);
  }
});

test('a profile page never loads the code of another element or of the sandbox', () => {
  const otherCode = /inbox|sandbox|builder|elements\/evalon-(?!assessments)/;
  const profile = listProfileFiles();
  const loadedLater = profile
    .filter((file) => file !== LOADER)
    .flatMap(listDynamicImports)
    .filter((file) => !basename(file).startsWith('evalon-'));
  assert.ok(loadedLater.length);
  assert.deepEqual(
    [...profile, ...loadedLater].flatMap(listSources).filter((source) => otherCode.test(source)),
    [],
  );
  assert.ok(listSources(findChunk('evalon-inbox')).some((source) => otherCode.test(source)));
});

test('the pinned file and its parts import nothing, and the part for a result stays small', (context) => {
  const names = readdirSync(join(WIDGET, 'embed')).filter((name) => name.endsWith('.js'));
  const result = `embed/${names.find((name) => name.endsWith('.result.part.js'))}`;
  const module = result.replace('.result.part', '');
  assert.equal(names.length, 3);
  for (const name of names) assert.deepEqual([...withStaticImports(`embed/${name}`)], [`embed/${name}`]);
  assertWithinBudget(context, [module], PINNED_BUDGET_BYTES);
  assertWithinBudget(context, [result], PINNED_RESULT_BUDGET_BYTES);
});
