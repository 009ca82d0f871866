/** The quick starts fit on a screen, and their code works. `test/release/quick-start.test.ts` runs a whole trial. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { readConfig } from '../../proxy/config/config.ts';
import { readCodeBlock, readCodeBlocks } from '../support/code-blocks.ts';
import { waitFor } from '../support/eventually.ts';
import { findFreePort } from '../support/free-port.ts';
import { buildChildEnv, createTempFolder } from '../support/proxy.ts';
import { checkNginxConfig, isInstalled, startReverseProxy } from '../support/reverse-proxies.ts';
import { startStack } from '../support/start-stack.ts';
import { HOST_TOKEN_SECRET } from '../support/token.ts';

const ROOT = join(import.meta.dirname, '../..');
const IT_GUIDE = 'docs/quick-start/it.md';
const PRODUCTION_GUIDE = 'docs/quick-start/production.md';
const DEVELOPER_GUIDE = 'docs/quick-start/ats-developer.md';
const MAX_LINES = 45;
const MAX_COLUMNS = 100;

const [WRITE_SETTINGS = ''] = readCodeBlocks(IT_GUIDE, 'sh');
const [INSTALL_SERVICE = '', INSTALL_CONTAINER = ''] = readCodeBlocks(PRODUCTION_GUIDE, 'sh');
const skip = process.platform === 'win32' ? 'Windows has no POSIX shell' : false;

for (const page of globSync('docs/quick-start/*.md', { cwd: ROOT })) {
  it(`${page} fits on a screen`, () => {
    const lines = readFileSync(join(ROOT, page), 'utf8').trimEnd().split('\n');
    assert.ok(lines.length <= MAX_LINES, `${lines.length} lines`);
    assert.deepEqual(
      lines.filter((line) => line.length > MAX_COLUMNS),
      [],
    );
  });
}

describe(`${IT_GUIDE} and ${PRODUCTION_GUIDE}`, { skip }, () => {
  /** Creates a folder with the settings of the first block, and with fake commands that only record their arguments. */
  function prepare(context: TestContext, ...fakeCommands: string[]) {
    const { folder, remove } = createTempFolder();
    context.after(remove);
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    for (const name of fakeCommands) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> ${folder}/calls\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const run = (script: string) =>
      execFileSync('sh', ['-ec', script], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: `${bin}:${process.env['PATH']}` },
      });
    run(WRITE_SETTINGS);
    const readSettings = (file: string) => {
      const lines = run(`set -a; . ${file}; env -0`).split('\0');
      return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
    };
    return { folder, run, readSettings, readCalls: () => readFileSync(join(folder, 'calls'), 'utf8') };
  }

  it('writes valid settings, which other users of the machine cannot read', (context) => {
    const { folder, readSettings } = prepare(context);
    assert.equal(statSync(join(folder, 'proxy.env')).mode & 0o777, 0o600);
    const config = readConfig(readSettings('./proxy.env'));
    assert.equal(config.isSandbox, false);
    assert.equal(config.assessments.length, 1);
    assert.equal(config.webhookSecrets.length, 1);
  });

  it('has values that systemd and Compose read as the shell does', (context) => {
    const { folder } = prepare(context);
    for (const line of readFileSync(join(folder, 'proxy.env'), 'utf8').trimEnd().split('\n')) {
      assert.match(line, /^[A-Z_]+=(?:'[^']*'|[^\s'"$#\\]+)$/);
    }
  });

  it('installs the service: settings, unit and nginx', (context) => {
    const { folder, run, readSettings, readCalls } = prepare(context, 'npm', 'nginx', 'systemctl', 'useradd');
    cpSync(join(ROOT, 'deploy'), join(folder, 'deploy'), { recursive: true });
    for (const path of ['etc/systemd/system', 'etc/nginx/conf.d']) mkdirSync(join(folder, path), { recursive: true });
    // Writes into the temporary folder, as this user: the group evalon does not exist here.
    run(INSTALL_SERVICE.replaceAll(/ (?=\/etc\/)/g, ` ${folder}`).replace(' --group=evalon', ''));

    const config = readConfig(readSettings('./etc/evalon/proxy.env'));
    assert.equal(config.database, '/var/lib/evalon/evalon.db');
    assert.deepEqual(config.trustedProxies, ['127.0.0.1']);
    assert.equal(statSync(join(folder, 'etc/evalon/proxy.env')).mode & 0o777, 0o640);
    const unit = readFileSync(join(folder, 'etc/systemd/system/evalon-proxy.service'), 'utf8');
    assert.match(unit, /^EnvironmentFile=\/etc\/evalon\/proxy\.env$/m);
    assert.match(unit, /^User=evalon$/m);
    assert.deepEqual(globSync('*.conf', { cwd: join(folder, 'etc/nginx/conf.d') }), ['evalon-proxy.conf']);
    assert.match(readCalls(), /^systemctl enable --now evalon-proxy\nnginx -t\nsystemctl reload nginx$/m);
  });

  it('starts the compose file, which finds the settings next to it', (context) => {
    const { folder, run, readSettings, readCalls } = prepare(context, 'docker');
    cpSync(join(ROOT, 'deploy'), join(folder, 'deploy'), { recursive: true });
    run(INSTALL_CONTAINER);
    const [, file = ''] = /--file (\S+) up /.exec(readCalls()) ?? [];
    assert.match(readFileSync(join(folder, 'deploy/compose', file), 'utf8'), /^ +env_file: proxy\.env$/m);
    const config = readConfig(readSettings('./deploy/compose/proxy.env'));
    // The addresses of Docker's networks.
    assert.deepEqual(config.trustedProxies, ['172.16.0.0/12']);
  });
});

describe('deploy/nginx/evalon-proxy.conf', { skip: isInstalled('nginx') ? false : 'nginx is not installed' }, () => {
  it('is valid', async (context) => {
    const { folder, remove } = createTempFolder();
    context.after(remove);
    const [key, certificate] = [join(folder, 'evalon.key'), join(folder, 'evalon.pem')];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=test', '-keyout', key, '-out', certificate],
      { stdio: 'ignore' },
    );
    const servers = readFileSync(join(ROOT, 'deploy/nginx/evalon-proxy.conf'), 'utf8')
      .replaceAll('/etc/ssl', folder)
      .replace('listen 443', `listen 127.0.0.1:${await findFreePort()}`);
    assert.match(checkNginxConfig(servers), /test is successful/);
    assert.match(checkNginxConfig(servers.replace('proxy_pass', 'proxy_pas')), /unknown directive/);
  });

  it('passes requests on to the proxy', async (context) => {
    const { proxy } = await startStack(context);
    const reverseProxy = await startReverseProxy('nginx', proxy.url);
    context.after(reverseProxy.stop);
    assert.equal((await fetch(`${reverseProxy.url}/readyz`)).status, 200);
  });
});

it(`the backend of ${DEVELOPER_GUIDE} does not start without a secret`, () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', readCodeBlock(DEVELOPER_GUIDE, 'js')],
    { cwd: ROOT, env: buildChildEnv({}), encoding: 'utf8' },
  );
  assert.equal(status, 1);
  assert.match(stderr, /Set HOST_TOKEN_SECRET/);
});

it(`the proxy accepts the tokens of ${DEVELOPER_GUIDE}`, async (context) => {
  const { proxy } = await startStack(context);
  const port = await findFreePort();
  const code = readCodeBlock(DEVELOPER_GUIDE, 'js').replace('listen(3000', `listen(${port}`);
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: ROOT,
    env: buildChildEnv({ HOST_TOKEN_SECRET }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  context.after(async () => {
    child.kill();
    await once(child, 'exit');
  });
  const response = await waitFor(() => fetch(`http://127.0.0.1:${port}/evalon-token`, { method: 'POST' }));
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const { token } = (await response.json()) as { token: string };
  const config = await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(config.status, 200);
  assert.deepEqual(((await config.json()) as { scope: string[] }).scope, ['read', 'invite']);
});
