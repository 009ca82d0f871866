/**
 * Runs the steps of `deploy/Dockerfile` in a plain folder, and the result in a sandbox like a container: as process 1,
 * not as root, with a read-only file system. Only the architecture of this machine is tested.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { getArguments, parseCommand, ROOT, readStages } from '../support/dockerfile.ts';
import { startEvalon } from '../support/evalon.ts';
import { waitFor } from '../support/eventually.ts';
import { findFreePort } from '../support/free-port.ts';
import { buildProxySettings, createTempFolder, type Settings } from '../support/proxy.ts';

const USER_ID = 1000;
const WORKDIR = getArguments('WORKDIR');
const DATA = getArguments('VOLUME');

const hasNamespaces =
  spawnSync('bwrap', ['--unshare-user', '--unshare-pid', '--ro-bind', '/', '/', 'true']).status === 0;
const hasRegistry = spawnSync('npm', ['ping', '--fetch-retries=0'], { timeout: 30_000 }).status === 0;
/** Most of this time is for `npm ci`. */
const TIMEOUT_MS = 900_000;
const skip = !hasNamespaces
  ? 'the container is unverified: bwrap cannot create namespaces here'
  : !hasRegistry && 'the container is unverified: the npm registry does not respond';

test('the container becomes healthy, drains on SIGTERM as process 1, and writes only its data', {
  skip,
  timeout: TIMEOUT_MS,
}, async (context) => {
  const { folder, remove } = createTempFolder();
  context.after(remove);
  const image = buildImage(folder);
  const evalon = await startEvalon();
  context.after(() => evalon.close());
  const port = String(await findFreePort());
  const { DATABASE_URL: _, ...settings } = buildProxySettings(evalon, { PORT: port, LOG_LEVEL: 'info' });
  const { process: container, pid, run, output } = await startContainer(context, image, settings);

  await waitFor(() => run(parseCommand('HEALTHCHECK')) === 0, { timeoutMs: 60_000, intervalMs: 250 });
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  assert.match(status, /^NSpid:.*\t1$/m);
  assert.ok(existsSync(join(image, 'data/evalon.db')));
  for (const path of ['/file', `${WORKDIR}/file`, `${WORKDIR}/dist/file`, '/usr/file']) {
    assert.notEqual(run(['node', '-e', `fs.writeFileSync(${JSON.stringify(path)}, '')`]), 0, `${path} is writable`);
  }
  assert.equal(run(['node', '-e', `process.exit(process.getuid() === ${USER_ID} ? 0 : 1)`]), 0);

  process.kill(pid, 'SIGTERM');
  await waitFor(() => run(parseCommand('HEALTHCHECK')) === 1);
  assert.equal(container.exitCode, null, 'exited without draining');
  await once(container, 'close');
  assert.equal(container.exitCode, 0, output());
});

/** Runs the instructions of both stages. Returns the folder of the image's `WORKDIR`. */
function buildImage(folder: string): string {
  const [build, image] = [join(folder, 'build'), join(folder, 'image')];
  const checkout = join(folder, 'checkout');
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, checkout]);
  const [first = [], second = []] = readStages();
  runStage(first, { source: checkout, target: build });
  runStage(second, { source: build, target: image });
  rmSync(build, { recursive: true, force: true });
  return image;
}

function runStage(
  instructions: ReturnType<typeof readStages>[number],
  { source, target }: { source: string; target: string },
) {
  mkdirSync(target);
  for (const { keyword, text } of instructions) {
    if (keyword === 'COPY') {
      const paths = text.split(' ');
      const to = join(target, String(paths.pop()));
      for (const path of paths) copy(join(source, path.replace(WORKDIR, '.')), to);
    }
    // `install` creates the folder for the data. It sets an owner, which only root may do.
    if (keyword === 'RUN' && text.startsWith('install ')) mkdirSync(join(target, DATA.replace(WORKDIR, '.')));
    else if (keyword === 'RUN') execFileSync('sh', ['-c', text], { cwd: target, stdio: 'pipe' });
  }
}

/** Copies a file into a folder, or a folder's content, as `COPY` does. */
function copy(from: string, to: string): void {
  const target = statSync(from).isFile() ? join(to, basename(from)) : to;
  cpSync(from, target, { recursive: true, verbatimSymlinks: true, filter: (path) => basename(path) !== '.git' });
}

async function startContainer(context: TestContext, image: string, settings: Settings) {
  const imageEnvironment = getArguments('ENV')
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]);
  const environment = [...imageEnvironment, ...Object.entries(settings)];
  const sandbox = [
    ...['--unshare-user', '--uid', String(USER_ID), '--gid', String(USER_ID), '--unshare-pid', '--as-pid-1'],
    ...['--unshare-ipc', '--unshare-uts', '--cap-drop', 'ALL', '--die-with-parent', '--clearenv'],
    ...['--ro-bind', '/usr', '/usr', '--symlink', 'usr/bin', '/bin', '--symlink', 'usr/lib', '/lib'],
    ...['--symlink', 'usr/lib64', '/lib64', '--ro-bind', dirname(process.execPath), '/opt/node'],
    ...['--proc', '/proc', '--dev', '/dev', '--ro-bind', image, WORKDIR, '--bind', join(image, 'data'), DATA],
    ...['--remount-ro', '/', '--chdir', WORKDIR, '--setenv', 'PATH', '/opt/node'],
    ...environment.flatMap(([name, value]) => (value === undefined ? [] : ['--setenv', name, value])),
  ];
  const container: ChildProcess = spawn('bwrap', [...sandbox, ...parseCommand('CMD')], { stdio: 'pipe' });
  context.after(() => container.kill('SIGKILL'));
  const chunks: Buffer[] = [];
  for (const stream of [container.stdout, container.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const children = `/proc/${container.pid}/task/${container.pid}/children`;
  const pid = await waitFor(() => Number.parseInt(readFileSync(children, 'utf8'), 10));
  return {
    process: container,
    /** The proxy's process id outside the sandbox. */
    pid,
    /** Runs a command like `docker exec`, and returns its exit code. */
    run: (command: string[]) => spawnSync('bwrap', [...sandbox, ...command], { timeout: 10_000 }).status,
    output: () => Buffer.concat(chunks).toString('utf8'),
  };
}
