/** The service file in deploy/, as systemd itself reads it, and what docs/deploy.md gives to other programs of the machine. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTempFolder } from '../support/proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const SYSTEMD_ANALYZE = 'systemd-analyze';
const UNIT = readFileSync(join(ROOT, 'deploy/systemd/evalon-proxy.service'), 'utf8');

function hasSystemd(): boolean {
  try {
    execFileSync(SYSTEMD_ANALYZE, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('the service file has nothing that systemd does not know', {
  skip: hasSystemd() ? false : 'systemd-analyze is not installed',
}, (context) => {
  const { folder, remove } = createTempFolder();
  context.after(remove);
  const file = join(folder, 'evalon-proxy.service');
  writeFileSync(file, UNIT.replaceAll('/opt/evalon/node_modules/.bin/node', process.execPath));
  const { stdout, stderr } = spawnSync(SYSTEMD_ANALYZE, ['verify', file], { encoding: 'utf8' });
  const said = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('evalon-proxy'));
  assert.deepEqual(said, []);
});

test('the service file starts what the build makes, in time to end, and not again where the settings cannot work', () => {
  assert.match(UNIT, /^ExecStart=\S+\/node_modules\/\.bin\/node \S+\/dist\/proxy\/main\.js$/m);
  assert.match(UNIT, /^RestartPreventExitStatus=78$/m);
  assert.match(UNIT, /^TimeoutStopSec=30$/m);
});

test('the line for cron names a user, goes into the folder, and ends nowhere at a bare %', () => {
  const document = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');
  const lines = /^```cron\n(.*?)^```$/ms.exec(document)?.[1]?.trim().split('\n') ?? [];
  assert.equal(lines.length, 1);
  for (const line of lines) {
    assert.match(line, /^(?:[\d*]+ ){5} evalon {2}cd \/opt\/evalon && /);
    assert.doesNotMatch(line, /(?<!\\)%/);
  }
});
