/** Unpacks the release archive in a plain folder, and runs the product from there. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createRecruiterClient } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { waitFor } from '../support/eventually.ts';
import { findFreePort } from '../support/free-port.ts';
import { buildChildEnv, buildProxySettings, createTempFolder, webhookUrl } from '../support/proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUILD_TIMEOUT_MS = 600_000;
const START_OPTIONS = { timeoutMs: 60_000, intervalMs: 100 };
const { version, devDependencies, dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

interface Component {
  purl: string;
  hashes?: object[];
}

describe('the release archive', () => {
  const { folder: output, remove } = createTempFolder();
  let folder: string;
  let sbom: { bomFormat: string; components: Component[] };

  before(
    () => {
      execFileSync(process.execPath, [join(ROOT, '.config/release.ts'), output], { stdio: 'pipe' });
      const archive = readdirSync(output).find((name) => name.endsWith('.tar.gz')) ?? '';
      assert.equal(archive, `evalon-ats-${version}-${process.platform}-${process.arch}.tar.gz`);
      execFileSync('tar', ['-xzf', join(output, archive), '-C', output]);
      folder = join(output, `evalon-ats-${version}`);
      sbom = JSON.parse(readFileSync(join(output, `evalon-ats-${version}-sbom.json`), 'utf8'));
    },
    { timeout: BUILD_TIMEOUT_MS },
  );
  after(remove);

  it('has the widget, but not the gallery with its pseudo-languages', () => {
    assert.ok(existsSync(join(folder, 'dist/widget')));
    assert.ok(!existsSync(join(folder, 'dist/gallery')));
  });

  it('has checksums that sha256sum accepts, until a digit is changed', () => {
    const check = (text: string) => spawnSync('sha256sum', ['--check'], { cwd: output, input: text }).status;
    const sums = readFileSync(join(output, 'SHA256SUMS'), 'utf8');
    const [archiveSum, sbomSum, ...otherSums] = sums.trim().split('\n');
    assert.ok(archiveSum && sbomSum && !otherSums.length, sums);
    assert.equal(check(sums), 0);
    assert.notEqual(check(sums.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))), 0);
  });

  it('has a bill of materials of exactly its packages, without build tools', () => {
    assert.equal(sbom.bomFormat, 'CycloneDX');
    const listed = new Set(sbom.components.map(({ purl }) => decodeURIComponent(purl.replace(/^pkg:npm\//, ''))));
    for (const [name, pinned] of Object.entries(dependencies)) assert.ok(listed.has(`${name}@${pinned}`), name);
    const installed = globSync('**/node_modules/{*,@*/*}/package.json', { cwd: folder }).map((path) => {
      const { name, version: installedVersion } = JSON.parse(readFileSync(join(folder, path), 'utf8'));
      return `${name}@${installedVersion}`;
    });
    assert.ok(installed.length > 50, `${installed.length} packages`);
    assert.deepEqual(new Set(installed), listed);
    for (const name of Object.keys(devDependencies))
      assert.equal(existsSync(join(folder, 'node_modules', name)), false);
  });

  it('has the script tag of the pinned file, with its hash, in the changelog', () => {
    const file = readFileSync(join(folder, `dist/widget/embed/${version}.js`));
    const integrity = `sha384-${createHash('sha384').update(file).digest('base64')}`;
    const tag = `<script type="module" src="https://evalon.example.com/embed/${version}.js" integrity="${integrity}"></script>`;
    const [, section = ''] = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8').split(`## [${version}]`);
    assert.ok(section.split('## [')[0]?.includes(tag));
  });

  it('starts with npm start, serves the widget, invites, and drains on SIGTERM, without build tools', async (context) => {
    const evalon = await startEvalon();
    context.after(() => evalon.close());
    const port = String(await findFreePort());
    const settings = buildProxySettings(evalon, {
      PORT: port,
      DATABASE_URL: 'file:./data/evalon.db',
      LOG_LEVEL: 'info',
    });
    const child = spawn('npm', ['start'], { cwd: folder, env: buildChildEnv(settings), stdio: 'pipe' });
    context.after(() => child.kill('SIGKILL'));
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk));
    const url = `http://127.0.0.1:${port}`;
    evalon.webhookUrl = webhookUrl(url);
    await waitFor(async () => (await fetch(`${url}/readyz`)).ok, START_OPTIONS).catch(() => assert.fail(log));
    assert.match(await (await fetch(`${url}/embed.js`)).text(), /evalon-assessments/);
    assert.equal((await fetch(`${url}/docs`)).status, 200);

    const recruiter = await createRecruiterClient(url);
    const { session_uuid } = (await recruiter.invite()).body;
    await evalon.completeSession(session_uuid);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    assert.ok(existsSync(join(folder, 'data/evalon.db')));

    child.kill('SIGTERM');
    await once(child, 'close');
    assert.equal(child.exitCode, 0, log);
  });

  it('runs the doctor and the admin command', () => {
    const run = (script: string, ...args: string[]) =>
      spawnSync('npm', ['run', '--silent', script, '--', ...args], {
        cwd: folder,
        env: buildChildEnv({}),
        encoding: 'utf8',
      });
    const doctor = run('doctor');
    assert.match(doctor.stdout + doctor.stderr, /EVALON_BASE_URL|sandbox/);
    const usageError = 64;
    assert.equal(run('admin').status, usageError);
  });

  it('has the extension of the same version, and the deployment files', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'dist/extension/store/manifest.json'), 'utf8'));
    assert.equal(manifest.version, version);
    for (const path of ['deploy/systemd/evalon-proxy.service', 'docs/deploy.md', 'LICENSE', 'CHANGELOG.md'])
      assert.ok(existsSync(join(folder, path)), path);
  });
});
