/**
 * dist/: what is in it, and making it. The stamp holds a hash of the sources and is written last, so that what an
 * interrupted build left behind never passes for the product.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { has, type Outcome, ROOT, run } from './tool.ts';

const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, 'sources.sha256');
const SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'proxy', 'widget'];

/** What lies beside the proxy's modules and is served as it is. */
const ASSETS = new Set(['.css', '.html', '.ico', '.js', '.json', '.png', '.svg']);

/** Makes dist/ ready to start: builds what is stale, or, where the tools are left out, takes what is there. */
export async function prepare(): Promise<void> {
  const built = stamped();
  if (built !== undefined && (!existsSync(join(ROOT, 'proxy')) || built === hashOfSources())) return;
  if (has('tsc') && has('vite')) {
    process.stderr.write('Building…\n');
    return await build();
  }
  if (built === undefined) {
    process.stderr.write(
      'dist/ is not built, and the tools to build it are not installed: run "npm ci && npm start".\n',
    );
    process.exit(78);
  }
  process.stderr.write(
    'dist/ is older than the sources, and the tools to build it are not installed: starting dist/.\n',
  );
}

/** Builds dist/widget, dist/proxy and dist/extension anew. Prints the errors and ends the process with 1 when that fails. */
export async function build(): Promise<void> {
  clearAbandoned();
  const hash = hashOfSources();
  const fresh = join(DIST, `.building-${process.pid}`);
  const outcomes = await Promise.all([
    run('vite', 'build', '--logLevel', 'warn', '--outDir', join(fresh, 'widget'), '--emptyOutDir'),
    run('tsc', '-p', 'proxy', '--noEmit', 'false', '--outDir', join(fresh, 'proxy')),
    ...buildExtension(join(fresh, 'extension')),
  ]);
  report(outcomes);
  if (!outcomes.every(({ ok }) => ok)) {
    rmSync(fresh, { recursive: true, force: true });
    process.exit(1);
  }
  copyAssets(join(ROOT, 'proxy'), join(fresh, 'proxy'));
  compress(join(fresh, 'widget'));
  rmSync(STAMP, { force: true });
  for (const part of ['widget', 'proxy', 'extension']) {
    rmSync(join(DIST, part), { recursive: true, force: true });
    renameSync(join(fresh, part), join(DIST, part));
  }
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(STAMP, hash);
}

/** Builds the extension into a folder, for the proxy that `EXTENSION_PROXY_URL` names. */
export function buildExtension(folder: string): Promise<Outcome>[] {
  const options = ['--logLevel', 'warn', '--outDir', folder];
  return ['extension', 'content'].map((mode) => run('vite', 'build', '--mode', mode, ...options));
}

function report(outcomes: Outcome[]): void {
  for (const { output } of outcomes) if (output) process.stderr.write(`${output}\n`);
}

function stamped(): string | undefined {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined;
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesOf(source))) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function filesOf(source: string): string[] {
  if (!existsSync(join(ROOT, source))) return [];
  if (extname(source)) return [source];
  return readdirSync(join(ROOT, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort();
}

function copyAssets(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyAssets(source, target);
    else if (ASSETS.has(extname(entry.name)) && entry.name !== 'tsconfig.json') {
      mkdirSync(to, { recursive: true });
      cpSync(source, target);
    }
  }
}

/** Puts compressed copies beside the widget's scripts: they are made once and served often. */
function compress(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((file) => extname(file) === '.js')) {
    const script = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(script));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(script, { level: 9 }));
  }
}

/** Removes what builds that were killed have left. */
function clearAbandoned(): void {
  if (!existsSync(DIST)) return;
  for (const name of readdirSync(DIST)) {
    const pid = /^\.building-(\d+)$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(DIST, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
