import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertLine, DOCTOR, deploy, ROOT, runDoctorInProcess, runDoctorProcess } from '../../support/doctor.ts';
import { findFreePort } from '../../support/free-port.ts';
import { buildChildEnv } from '../../support/proxy.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';

describe('the doctor', () => {
  it('reports no problem for a running, complete deployment', async (test) => {
    const { settings, runProxy } = await deploy(test);
    await runProxy();
    const report = await runDoctorProcess(settings);
    assert.equal(report.exitCode, 0);
    const isWidgetBuilt = existsSync(join(ROOT, 'dist/widget/embed.js'));
    // Without a build of the widget, the doctor correctly warns that embed.js is missing.
    const isExpected = (line: string) => line.startsWith('ok') || (!isWidgetBuilt && line.includes('/embed.js'));
    assert.deepEqual(
      report.lines.filter((line) => !isExpected(line)),
      [],
    );
    for (const line of [
      /^ok {4}Node \d/,
      /^ok {4}production mode, environment "staging"/,
      /^ok {4}database .* belongs to this Evalon; the proxy is running and uses it$/,
      /^ok {4}[\d.]+ GiB are free/,
      /^ok {4}Evalon accepts EVALON_API_KEY/,
      /^ok {4}this machine's clock is within 30 s/,
      /^ok {4}the proxy responds at http:/,
      /^ok {4}a stream starts immediately/,
    ]) {
      assertLine(report, line);
    }
  });

  it('warns if the proxy is not running, and changes no file', async (test) => {
    const { settings, folder, runProxy } = await deploy(test);
    const reportBeforeFirstStart = await runDoctorInProcess(settings);
    assert.equal(reportBeforeFirstStart.exitCode, 0);
    assertLine(reportBeforeFirstStart, /^ok {4}database .* does not exist yet/);
    assertLine(
      reportBeforeFirstStart,
      /^warn {2}the proxy does not respond at http:\S+ .* \(ECONNREFUSED\) → start the proxy/,
    );
    assert.deepEqual(readdirSync(folder), []);

    await (await runProxy()).stop();
    const hashFiles = () => readdirSync(folder).map((name) => `${name} ${hashFile(join(folder, name))}`);
    const hashesBefore = hashFiles();
    const reportAfterStop = await runDoctorInProcess(settings);
    assertLine(reportAfterStop, /^ok {4}database .* belongs to this Evalon$/);
    assert.deepEqual(hashFiles(), hashesBefore);
  });

  it('calls Evalon once per key and once without a key, for a session that cannot exist', async (test) => {
    const { evalon, settings } = await deploy(test);
    await runDoctorInProcess({ ...settings, EVALON_API_KEY: `eva_former_canary,${CANARY_API_KEY}` });
    const keys = evalon.requests.map(({ headers }) => headers.authorization?.replace('Bearer ', ''));
    assert.deepEqual(new Set(keys), new Set([CANARY_API_KEY, 'eva_former_canary', undefined]));
    assert.equal(keys.length, 3);
    for (const { kind, path } of evalon.requests) {
      assert.equal(kind, 'scorecard');
      assert.match(path, /no-such-session/);
    }
  });

  it('prints one line for every missing or invalid setting, and exits with 78', async () => {
    const report = await runDoctorInProcess({ EVALON_API_KEY: 'eva_wrong_canary', PORT: 'eighty', ASSESSMENTS: '{' });
    assert.equal(report.exitCode, 78);
    for (const name of ['EVALON_BASE_URL', 'EVALON_WEBHOOK_TOKEN', 'HOST_TOKEN_SECRET', 'PORT', 'ASSESSMENTS']) {
      assertLine(report, new RegExp(`^fail {2}${name}\\b.*: .+`));
    }
  });

  it('exits normally if the reader closes the pipe early', async (test) => {
    const { settings } = await deploy(test);
    const child = spawn(process.execPath, [DOCTOR], { env: buildChildEnv(settings) });
    let errorOutput = '';
    child.stderr.on('data', (text) => {
      errorOutput += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
    assert.equal(errorOutput, '');
  });

  it('warns about sandbox mode if nothing is configured', async () => {
    const report = await runDoctorInProcess({
      PORT: String(await findFreePort()),
      DATABASE_URL: `file:${tmpdir()}/none.db`,
    });
    assert.equal(report.exitCode, 0);
    assertLine(report, /^warn {2}sandbox mode: .* → to deploy/);
  });
});

function hashFile(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
