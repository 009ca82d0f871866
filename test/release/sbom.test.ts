/** A release has a complete software bill of materials, and its packages need no install script. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

interface LockedPackage {
  dev?: boolean;
  hasInstallScript?: boolean;
}

const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

test('npm sbom lists every production dependency with its version and hash', () => {
  const { scripts, dependencies } = readJson('package.json');
  const [command = ''] = String(scripts.sbom).split(' > ');
  const npm = process.env['npm_execpath'];
  const args = command.split(' ').slice(1);
  const { stdout, status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  assert.equal(status, 0);
  const { bomFormat, components } = JSON.parse(stdout);
  assert.equal(bomFormat, 'CycloneDX');
  for (const [name, version] of Object.entries(dependencies)) {
    const component = components.find(({ purl }: { purl: string }) =>
      decodeURIComponent(purl).endsWith(`/${name}@${version}`),
    );
    assert.ok(component?.hashes.length, `${name}@${version}`);
  }
});

test('no production package needs an install script: the only package that has one ships its binaries', () => {
  const packages: Record<string, LockedPackage> = readJson('package-lock.json').packages;
  const scripted = Object.entries(packages).filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev);
  assert.deepEqual(
    scripted.map(([path]) => path),
    ['node_modules/better-sqlite3'],
  );
  for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'linuxmusl-x64', 'win32-x64']) {
    assert.ok(existsSync(join(ROOT, `node_modules/better-sqlite3/prebuilds/${platform}.node`)), platform);
  }
});
