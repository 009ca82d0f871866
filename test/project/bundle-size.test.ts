/**
 * Limits the size of what a page downloads: the loader, a profile until its first paint, the code for an invited
 * candidate, the inbox, and the pinned file. Sizes are in bytes after compression with brotli.
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

/** The fraction of each budget that should stay free for bug fixes. A test only prints a note if less is free. */
const MARGIN = 0.1;
const LOADER_BUDGET_BYTES = 1_024;
const PROFILE_BUDGET_BYTES = 20 * 1_024;
/** Limits the code for an invited candidate, which loads after the first paint, while the widget queries sessions. */
const INVITED_BUDGET_BYTES = 5 * 1_024;
const INBOX_BUDGET_BYTES = 8 * 1_024;
/** Limits the pinned file, which contains everything that a page may show before a result. */
const PINNED_BUDGET_BYTES = 36 * 1_024;
const PINNED_RESULT_BUDGET_BYTES = 7 * 1_024;

function readFile(file: string): string {
  return readFileSync(join(WIDGET, file), 'utf8');
}

function getBrotliSize(file: string): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(readFile(file), { params }).byteLength;
}

function findChunk(name: string): string {
  const chunk = readdirSync(join(WIDGET, 'widget')).find((file) => new RegExp(`^${name}-[\\w-]+\\.js$`).test(file));
  assert.ok(chunk, `dist/widget/widget has no ${name}-<hash>.js`);
  return `widget/${chunk}`;
}

/** Returns a file and the files that load with it, because of static imports. */
function listLoadedFiles(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const { staticImports, staticExports } = parseSync(file, readFile(file)).module;
  const requests = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])),
  ];
  for (const request of requests) listLoadedFiles(join(dirname(file), request), found);
  return found;
}

function listDynamicImports(file: string): string[] {
  const code = readFile(file);
  return parseSync(file, code).module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    // Without the quotes around the path.
    join(dirname(file), code.slice(start + 1, end - 1)),
  );
}

function listProfileFiles(): string[] {
  return [LOADER, ...listLoadedFiles(findChunk('panel'))];
}

function assertWithinBudget(context: TestContext, files: string[], budgetBytes: number): void {
  const sizes = files.map((file) => ({ file, size: getBrotliSize(file) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const report = `${total} of ${budgetBytes} bytes (${sizes.map(({ file, size }) => `${file}: ${size}`).join(', ')})`;
  context.diagnostic(total > budgetBytes * (1 - MARGIN) ? `less than 10 % left: ${report}` : report);
  assert.ok(total <= budgetBytes, report);
}

/** Returns the source modules that a built file contains. */
function listSources(file: string): string[] {
  return (JSON.parse(readFile(`${file}.map`)) as { sources: string[] }).sources;
}

test('the loader imports nothing and stays within its budget', (context) => {
  assert.deepEqual([...listLoadedFiles(LOADER)], [LOADER]);
  assertWithinBudget(context, [LOADER], LOADER_BUDGET_BYTES);
});

test('the diagnosis loads on demand and imports no other file', () => {
  const diagnosis = findChunk('diagnose');
  assert.deepEqual([...listLoadedFiles(diagnosis)], [diagnosis]);
  assert.ok(listDynamicImports(LOADER).includes(diagnosis));
});

test('the code that a profile needs until its first paint stays within its budget', (context) => {
  assertWithinBudget(context, listProfileFiles(), PROFILE_BUDGET_BYTES);
});

test('the code for an invited candidate loads on demand and stays within its budget', (context) => {
  const profile = listProfileFiles();
  const added = [...listLoadedFiles(findChunk('session-details'))].filter((file) => !profile.includes(file));
  assertWithinBudget(context, added, INVITED_BUDGET_BYTES);
  // A text that only this code contains.
  for (const file of profile) assert.doesNotMatch(readFile(file), /Copy message/);
});

test('the code of a history loads when the recruiter opens it', () => {
  const loadedBefore = [...listProfileFiles(), ...listLoadedFiles(findChunk('session-details'))];
  const history = [...listLoadedFiles(findChunk('evalon-history'))].filter((file) => !loadedBefore.includes(file));
  // A text that only the history contains.
  assert.match(history.map(readFile).join('\n'), /Result read/);
  for (const file of loadedBefore) assert.doesNotMatch(readFile(file), /Result read/);
});

test('the inbox stays within its budget, and a profile page loads none of the inbox’s code', (context) => {
  const profile = listProfileFiles();
  const added = [...listLoadedFiles(findChunk('evalon-inbox'))].filter((file) => !profile.includes(file));
  assertWithinBudget(context, added, INBOX_BUDGET_BYTES);
  const joinCode = (files: string[]) => files.map(readFile).join('\n');
  // A title, a storage key, an event and a sort order that only the inbox has.
  for (const inboxCode of [/Assessment inbox/, /evalon-inbox \$\{/, /evalon-open/, /-updated_at/]) {
    assert.match(joinCode(added), inboxCode);
    assert.doesNotMatch(joinCode(profile), inboxCode);
  }
});

test('a profile page never loads the code of another element or of the sandbox', () => {
  const otherCode = /inbox|sandbox|builder|elements\/evalon-(?!assessments)/;
  const profile = listProfileFiles();
  const loadedLater = profile
    .filter((file) => file !== LOADER)
    .flatMap(listDynamicImports)
    // Other elements, which load only if the page uses them or the recruiter opens them.
    .filter((file) => !basename(file).startsWith('evalon-'));
  assert.ok(loadedLater.length);
  assert.deepEqual(
    [...profile, ...loadedLater].flatMap(listSources).filter((source) => otherCode.test(source)),
    [],
  );
  assert.ok(listSources(findChunk('evalon-inbox')).some((source) => otherCode.test(source)));
});

test('the pinned file and its two parts import nothing, and the file and the result part stay small', (context) => {
  const names = readdirSync(join(WIDGET, 'embed')).filter((name) => name.endsWith('.js'));
  const resultPart = `embed/${names.find((name) => name.endsWith('.result.part.js'))}`;
  const pinnedFile = resultPart.replace('.result.part', '');
  assert.equal(names.length, 3);
  for (const name of names) assert.deepEqual([...listLoadedFiles(`embed/${name}`)], [`embed/${name}`]);
  assertWithinBudget(context, [pinnedFile], PINNED_BUDGET_BYTES);
  assertWithinBudget(context, [resultPart], PINNED_RESULT_BUDGET_BYTES);
});
