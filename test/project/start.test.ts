/** `npm start` where something is missing: an old Node, the build, or the tools to build with. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

const CONFIG = join(import.meta.dirname, '../../.config');
const OLD_NODE = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });",
)}`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'start-'));
  cpSync(CONFIG, join(root, '.config'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true }));

function start(...options: string[]) {
  return run(options);
}

function run(options: string[], ...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...options, join(root, '.config/start.js'), ...words], { encoding: 'utf8' });
}

function putDist({ stamped = true } = {}): void {
  mkdirSync(join(root, 'dist/proxy/cli'), { recursive: true });
  writeFileSync(join(root, 'dist/proxy/main.js'), "console.log('serving');");
  if (stamped) writeFileSync(join(root, 'dist/sources.sha256'), 'the hash of other sources');
}

test('refuses an old Node in one sentence, whatever else is wrong', () => {
  const { status, stdout, stderr } = start('--import', OLD_NODE);
  assert.equal(status, 78);
  assert.equal(stdout, '');
  assert.match(stderr, /^Node 22\.18 or newer is needed[^\n]*\n$/);
});

test('serves a build that came without its sources', () => {
  putDist();
  const { status, stdout, stderr } = start();
  assert.equal(status, 0);
  assert.equal(stdout, 'serving\n');
  assert.equal(stderr, '');
});

test('serves an older build where the tools are left out, and says so', () => {
  putDist();
  mkdirSync(join(root, 'proxy'));
  const { stdout, stderr } = start();
  assert.equal(stdout, 'serving\n');
  assert.match(stderr, /^dist\/ is older than the sources[^\n]*\n$/);
});

test('says what to run where there is neither a build nor the tools', () => {
  const { status, stderr } = start();
  assert.equal(status, 78);
  assert.match(stderr, /^dist\/ is not built[^\n]*npm ci && npm start[^\n]*\n$/);
});

test('does not take what an interrupted build left for the product', () => {
  putDist({ stamped: false });
  const { status, stdout } = start();
  assert.equal(status, 78);
  assert.equal(stdout, '');
});

test('runs the doctor of the build in the place of the proxy', () => {
  putDist();
  writeFileSync(join(root, 'dist/proxy/cli/doctor.js'), "console.log('examining');");
  const { stdout } = run([], 'doctor');
  assert.equal(stdout, 'examining\n');
});
