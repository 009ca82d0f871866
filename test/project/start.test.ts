/** What `npm start` does with an old Node, without a build, or without the build tools. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';

const CONFIG = join(import.meta.dirname, '../../.config');
/** A module that makes Node report an old version. */
const OLD_NODE = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });",
)}`;

describe('the npm scripts', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'start-'));
    cpSync(CONFIG, join(root, '.config'), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function start({ nodeOptions = [], args = [] }: { nodeOptions?: string[]; args?: string[] } = {}): {
    status: number | null;
    stdout: string;
    stderr: string;
  } {
    return spawnSync(process.execPath, [...nodeOptions, join(root, '.config/start.js'), ...args], { encoding: 'utf8' });
  }

  function writeDist({ isComplete = true } = {}): void {
    mkdirSync(join(root, 'dist/proxy/cli'), { recursive: true });
    writeFileSync(join(root, 'dist/proxy/main.js'), "console.log('serving');");
    if (isComplete) writeFileSync(join(root, 'dist/sources.sha256'), 'the hash of other sources');
  }

  test('npm start refuses an old Node with one sentence', () => {
    const { status, stdout, stderr } = start({ nodeOptions: ['--import', OLD_NODE] });
    assert.equal(status, 78);
    assert.equal(stdout, '');
    assert.match(stderr, /^Node 22\.18 or newer is needed[^\n]*\n$/);
  });

  test('npm start serves a build without its sources', () => {
    writeDist();
    const { status, stdout, stderr } = start();
    assert.equal(status, 0);
    assert.equal(stdout, 'serving\n');
    assert.equal(stderr, '');
  });

  test('npm start serves an older build with a warning if the build tools are missing', () => {
    writeDist();
    mkdirSync(join(root, 'proxy'));
    const { stdout, stderr } = start();
    assert.equal(stdout, 'serving\n');
    assert.match(stderr, /^dist\/ is older than the sources[^\n]*\n$/);
  });

  test('npm start prints the command to run if both the build and the build tools are missing', () => {
    const { status, stderr } = start();
    assert.equal(status, 78);
    assert.match(stderr, /^dist\/ is not built[^\n]*npm ci && npm start[^\n]*\n$/);
  });

  test('npm start refuses an interrupted build', () => {
    writeDist({ isComplete: false });
    const { status, stdout } = start();
    assert.equal(status, 78);
    assert.equal(stdout, '');
  });

  test('npm start forwards SIGTERM to the proxy, and npm waits until the proxy has drained', {
    skip: process.platform === 'win32' ? 'Windows has no SIGTERM' : false,
  }, async () => {
    writeDist();
    const manifest = JSON.parse(readFileSync(join(CONFIG, '../package.json'), 'utf8'));
    writeFileSync(
      join(root, 'package.json'),
      JSON.stringify({ type: 'module', scripts: { start: manifest.scripts.start } }),
    );
    writeFileSync(
      join(root, 'dist/proxy/main.js'),
      `process.once('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(0); }, 300));
    setInterval(() => {}, 1_000);
    console.log('serving as ' + process.pid);`,
    );
    const npm = process.env['npm_execpath'];
    const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
    const child = spawn(command, [...args, 'start'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (/serving as \d+/.test(text)) child.kill('SIGTERM');
    });
    await once(child, 'close');
    assert.match(output, /drained/);
    const pid = Number(/serving as (\d+)/.exec(output)?.[1]);
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });

  test('npm run doctor starts the doctor instead of the proxy', () => {
    writeDist();
    writeFileSync(join(root, 'dist/proxy/cli/doctor.js'), "console.log('examining');");
    const { stdout } = start({ args: ['doctor'] });
    assert.equal(stdout, 'examining\n');
  });
});
