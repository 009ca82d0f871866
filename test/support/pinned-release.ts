/** Builds an earlier release for tests of an upgrade: this proxy, with the pinned file of another version. */
import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRelease } from './nodes/test-release.ts';
import { createTempFolder } from './proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');

export function buildPinnedRelease(version: string): TestRelease {
  const { folder, remove } = createTempFolder();
  cpSync(join(ROOT, 'proxy'), join(folder, 'proxy'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const output = join(folder, 'dist/widget');
  execFileSync(process.execPath, [VITE, 'build', '--mode', 'pinned', '--logLevel', 'warn', '--outDir', output], {
    cwd: ROOT,
    env: { ...process.env, EMBED_VERSION: version },
    stdio: 'pipe',
  });
  return { main: join(folder, 'proxy/main.ts'), remove };
}
