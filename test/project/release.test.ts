/** The version, the changelog and the release procedure agree. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version, scripts } = JSON.parse(readText('package.json'));
const CHANGELOG = readText('CHANGELOG.md');

test('the version follows semantic versioning, and the lock file has the same version', () => {
  assert.match(version, /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/);
  const lock = JSON.parse(readText('package-lock.json'));
  assert.deepEqual([lock.version, lock.packages[''].version], [version, version]);
});

test('the newest release in the changelog has the version of package.json and a date', () => {
  const releases = [...CHANGELOG.matchAll(/^## \[(\d\S*)\] - (\d{4}-\d{2}-\d{2})$/gm)];
  assert.equal(releases[0]?.[1], version);
});

test('the changelog has no section but those of Keep a Changelog', () => {
  const titles = [...CHANGELOG.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
  const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
  assert.deepEqual(
    titles.filter((title) => !known.includes(String(title))),
    [],
  );
});

test('the release procedure names only commands that exist', () => {
  const commands = [...readText('docs/contributing.md').matchAll(/npm run ([\w:]+)/g)];
  assert.ok(commands.some(([, name]) => name === 'release'));
  for (const [text, name = ''] of commands) assert.ok(name in scripts, text);
});
