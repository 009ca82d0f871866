/** The systemd unit in deploy/ and the cron line in docs/deploy.md are valid. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTempFolder } from '../support/proxy.ts';

/** systemd's unit checker. The test that runs it is skipped if it is not installed. */
const SYSTEMD_ANALYZE = 'systemd-analyze';
const ROOT = join(import.meta.dirname, '../..');
const UNIT = readFileSync(join(ROOT, 'deploy/systemd/evalon-proxy.service'), 'utf8');

function isSystemdInstalled(): boolean {
  try {
    execFileSync(SYSTEMD_ANALYZE, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('systemd-analyze verifies the unit without warnings', {
  skip: isSystemdInstalled() ? false : 'systemd-analyze is not installed',
}, (context) => {
  const { folder, remove } = createTempFolder();
  context.after(remove);
  const file = join(folder, 'evalon-proxy.service');
  writeFileSync(file, UNIT.replaceAll('/opt/evalon/node_modules/.bin/node', process.execPath));
  const { stdout, stderr } = spawnSync(SYSTEMD_ANALYZE, ['verify', file], { encoding: 'utf8' });
  const warnings = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('evalon-proxy'));
  assert.deepEqual(warnings, []);
});

test('the unit starts the built proxy, gives it time to stop, and does not restart it with invalid settings', () => {
  assert.match(UNIT, /^ExecStart=\S+\/node_modules\/\.bin\/node \S+\/dist\/proxy\/main\.js$/m);
  assert.match(UNIT, /^RestartPreventExitStatus=78$/m);
  assert.match(UNIT, /^TimeoutStopSec=30$/m);
});

test('the unit waits until the proxy serves, and restarts a proxy that sends no watchdog signal', () => {
  assert.match(UNIT, /^Type=notify$/m);
  assert.match(UNIT, /^NotifyAccess=all$/m);
  assert.match(UNIT, /^WatchdogSec=\d+$/m);
});

test('the cron line names a user, changes the folder, and escapes %, which cron reads as a line break', () => {
  const document = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');
  const lines = /^```cron\n(.*?)^```$/ms.exec(document)?.[1]?.trim().split('\n') ?? [];
  assert.equal(lines.length, 1);
  for (const line of lines) {
    assert.match(line, /^(?:[\d*]+ ){5} evalon {2}cd \/opt\/evalon && /);
    assert.doesNotMatch(line, /(?<!\\)%/);
  }
});
