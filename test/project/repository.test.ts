/** The repository as somebody finds it: a short list at the root, and a lock file that names no host. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

const TRACKED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'deploy',
  'docs',
  'package-lock.json',
  'package.json',
  'proxy',
  'test',
  'tsconfig.json',
  'vite.config.ts',
  'widget',
];
const IGNORED = ['coverage', 'data', 'dist', 'node_modules'];

test('keeps the root to what the house allows', () => {
  const unexpected = readdirSync(ROOT).filter(
    (name) => !name.startsWith('.') && !TRACKED.includes(name) && !IGNORED.includes(name),
  );
  assert.deepEqual(unexpected, []);
});

test('has what the root must have', () => {
  const optional = ['deploy', 'docs'];
  const names = readdirSync(ROOT);
  assert.deepEqual(
    TRACKED.filter((name) => !optional.includes(name) && !names.includes(name)),
    [],
  );
});

interface Locked {
  resolved?: string;
  integrity?: string;
  optional?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
}

const locked = (
  JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
).packages;

test('locks packages by integrity, other platforms aside, and names no registry', () => {
  const installed = Object.entries(locked).filter(([path]) => path !== '');
  assert.ok(installed.length > 0);
  for (const [path, { resolved, integrity, optional, os }] of installed) {
    assert.equal(resolved, undefined, path);
    if (!(optional && os) || integrity) assert.match(integrity ?? '', /^sha512-/, path);
  }
});

test('locks the packages of every platform, without which `npm ci` refuses the lock file', () => {
  const missing = Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !locked[`node_modules/${name}`] && !locked[`${path}/node_modules/${name}`],
    ),
  );
  assert.deepEqual(missing, []);
});

test('runs in continuous integration what the README tells to run', () => {
  assert.match(readFileSync(join(ROOT, '.ci/run'), 'utf8'), /^npm ci && npm test$/m);
  assert.match(readFileSync(join(ROOT, 'README.md'), 'utf8'), /npm ci && npm test/);
});
