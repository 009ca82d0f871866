/** The image and the compose file for one node are valid and hardened. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { DOCKERFILE, getArguments, parseCommand, ROOT } from '../support/dockerfile.ts';
import { createTempFolder } from '../support/proxy.ts';

const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** The maximum number of seconds that the proxy's shutdown takes. */
const SHUTDOWN_SECONDS = 25;

describe('deploy/Dockerfile', () => {
  it('has no problem that the linter finds', () => {
    assert.deepEqual(validate(DOCKERFILE), []);
  });

  it('is linted: the linter finds a misspelt instruction', () => {
    assert.equal(validate(DOCKERFILE.replace(/^USER/m, 'USR')).length, 1);
  });

  it('runs the built proxy without a shell, not as root, with its data in a volume', () => {
    assert.deepEqual(parseCommand('CMD'), ['node', 'dist/proxy/main.js']);
    assert.equal(getArguments('USER'), 'node');
    assert.equal(getArguments('VOLUME'), `${getArguments('WORKDIR')}/data`);
  });

  it('checks its health with Node, by a request to /readyz', () => {
    const [command, , script] = parseCommand('HEALTHCHECK');
    assert.equal(command, 'node');
    assert.match(String(script), /\/readyz/);
  });

  it('gets every file and folder that the build reads', () => {
    const [, list = ''] = /^const SOURCES = \[(.*)\];$/m.exec(readText('.config/build.ts')) ?? [];
    const sources = [...list.matchAll(/'([^']+)'/g)].map(([, source]) => source);
    const included: string[] = readText('deploy/Dockerfile.dockerignore').match(/(?<=^!).+$/gm) ?? [];
    assert.ok(sources.length > 4);
    assert.deepEqual(
      [...sources, '.config'].filter((source) => !included.includes(String(source))),
      [],
    );
  });
});

describe('deploy/compose', () => {
  const lint = (...files: string[]) =>
    spawnSync(
      process.execPath,
      ['node_modules/dclint/bin/dclint.cjs', '--quiet', '--config', '.config/dclint.json', ...files],
      { cwd: ROOT, encoding: 'utf8' },
    );
  const SINGLE_NODE = 'deploy/compose/compose.single-node.yml';

  it('has no error that the Compose schema or the linter finds', () => {
    const { status, stdout, stderr } = lint(SINGLE_NODE, 'deploy/compose/compose.yml');
    assert.equal(status, 0, `${stdout}${stderr}`);
  });

  it('is linted: the linter finds a misspelt key', (context) => {
    const { folder, remove } = createTempFolder();
    context.after(remove);
    const file = join(folder, 'compose.yml');
    writeFileSync(file, readText(SINGLE_NODE).replace('cap_drop:', 'cap_dropped:'));
    const { status, stdout } = lint(file);
    assert.equal(status, 1);
    assert.match(stdout, /invalid-schema/);
  });
});

describe('deploy/compose/compose.single-node.yml', () => {
  const { services, volumes } = parse(readText('deploy/compose/compose.single-node.yml'));
  const { proxy } = services;

  it('keeps the data in a volume, and the rest of the file system read-only', () => {
    assert.deepEqual(proxy.volumes, [`data:${getArguments('VOLUME')}`]);
    assert.deepEqual(Object.keys(volumes), ['data']);
    assert.equal(proxy.read_only, true);
    assert.deepEqual(proxy.cap_drop, ['ALL']);
  });

  it('is reachable from this machine only, and gives the proxy time to stop', () => {
    assert.deepEqual(proxy.ports, [`127.0.0.1:8787:${getArguments('EXPOSE')}`]);
    assert.ok(Number.parseInt(proxy.stop_grace_period, 10) > SHUTDOWN_SECONDS);
  });
});
