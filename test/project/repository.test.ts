/** The rules for the repository's root, its lock file and its CI script. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

const REQUIRED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package-lock.json',
  'package.json',
  'proxy',
  'test',
  'tsconfig.json',
  'vite.config.ts',
  'widget',
];
const OPTIONAL = ['deploy', 'docs'];
const IGNORED = ['coverage', 'data', 'dist', 'node_modules'];

interface Manifest {
  optionalDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  optionalDependencies?: Record<string, string>;
}

const manifest = readJson<Manifest>('package.json');
const locked = readJson<{ packages: Record<string, LockedPackage> }>('package-lock.json').packages;

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;
}

function getMajorVersion(version = ''): string {
  return version.split('.')[0] ?? '';
}

test('the root contains only the permitted files and folders', () => {
  const permitted = [...REQUIRED, ...OPTIONAL, ...IGNORED];
  const unexpected = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !permitted.includes(name));
  assert.deepEqual(unexpected, []);
});

test('the root contains every required file and folder', () => {
  const names = readdirSync(ROOT);
  assert.deepEqual(
    REQUIRED.filter((name) => !names.includes(name)),
    [],
  );
});

test('every entry in the lock file has an integrity hash', () => {
  const installed = Object.entries(locked).filter(([path]) => path !== '');
  assert.ok(installed.length > 0);
  const unhashed = installed.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([path]) => path);
  assert.deepEqual(unhashed, []);
});

test('the lock file names no registry', () => {
  const resolved = Object.keys(locked).filter((path) => locked[path]?.resolved !== undefined);
  assert.deepEqual(resolved, []);
});

test('the lock file has the packages of every platform, which `npm ci` requires', () => {
  const missing = Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !locked[`node_modules/${name}`] && !locked[`${path}/node_modules/${name}`],
    ),
  );
  assert.deepEqual(missing, []);
});

test('every platform gets the same major version of Node, and the types match it', () => {
  const platforms = Object.keys(manifest.optionalDependencies).filter((name) => name.startsWith('node-'));
  assert.ok(platforms.length >= 5, platforms.join());
  const majors = new Set(platforms.map((name) => getMajorVersion(locked[`node_modules/${name}`]?.version)));
  majors.add(getMajorVersion(manifest.devDependencies['@types/node']));
  assert.equal(majors.size, 1, `major versions of Node: ${[...majors].join(', ')}`);
});

test('CI runs the command that the README documents', () => {
  assert.match(readFileSync(join(ROOT, '.ci/run'), 'utf8'), /^npm ci && npm test$/m);
  assert.match(readFileSync(join(ROOT, 'README.md'), 'utf8'), /npm ci && npm test/);
});
