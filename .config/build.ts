/**
 * `npm run build`: builds dist/widget, dist/docs, dist/proxy, dist/extension and dist/gallery. Writes a stamp with a
 * hash of the sources last, so that an interrupted build counts as stale.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createBuildFolder } from './build-folder.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, 'sources.sha256');
const SOURCES = ['.config', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'proxy', 'widget'];

/** Languages of the gallery only. pseudo-languages.ts makes them from the English texts. */
const PSEUDO_LANGUAGES = ['long', 'mirrored'];

/** The extensions of the static files in the proxy's folder. */
const ASSET_EXTENSIONS = new Set(['.css', '.html', '.ico', '.js', '.json', '.png', '.svg']);

/**
 * The public key of the enterprise build, which gives the extension the same id on every machine. Its private key does
 * not exist. Stores refuse a manifest with a key.
 */
const ENTERPRISE_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApBYql34cyp5mw4YNBLwHbdMeb/lk+lUWCoT/NqH24omlmVqTUV28t/WfWdA8SMwhBqu/rVytDL3mAkYI3JOr2J2pdBsQKV20nkxfq1graZSoTfIVQfqFuRSC1+YQ3iWhFpcDebKxYA4Vuo1VYLFicwaXYAuHv2Cccswr+pI3Yi8xqcyIetsR6NI6j49lmt7bKecWbNfPgZisapTkXTtiKmvllizVR664952t0Q55wEz4JaiMbMeLRrUwfQU6exzhpzxaU2tymwSbez0CAkNZWx1/qTjqH7OBm52YbV2EP7KBlqH8gBY5DISbloSu8KJSCX89qhKMsQUdoCS9Ildn6QIDAQAB';

const TOOLS = {
  tsc: join(ROOT, 'node_modules/typescript/bin/tsc'),
  vite: join(ROOT, 'node_modules/vite/bin/vite.js'),
};

/** Builds dist/ if the sources changed. Without the build tools (`npm ci --omit=dev`), accepts an older build. */
export async function buildIfStale(): Promise<void> {
  const builtHash = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined;
  if (builtHash !== undefined && (!existsSync(join(ROOT, 'proxy')) || builtHash === hashSources())) return;
  if (Object.values(TOOLS).every((path) => existsSync(path))) {
    process.stderr.write('Building…\n');
    return build((hash) => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash);
  }
  if (builtHash === undefined) {
    process.stderr.write(
      'dist/ is not built, and the tools to build it are not installed: run "npm ci && npm start".\n',
    );
    process.exit(78);
  }
  process.stderr.write(
    'dist/ is older than the sources, and the tools to build it are not installed: starting dist/.\n',
  );
}

/**
 * Builds into a temporary folder and then replaces dist/. Exits with 1 if a tool fails.
 * @param isBuilt returns whether another process has built these sources in the meantime. By default, builds always.
 */
async function build(isBuilt = (_hash: string) => false): Promise<void> {
  const folder = join(DIST, '.building');
  mkdirSync(DIST, { recursive: true });
  await createBuildFolder(folder);
  const hash = hashSources();
  if (isBuilt(hash)) return rmSync(folder, { recursive: true });
  try {
    // Vite removes types, so it does not notice that a language lacks a text.
    await run('tsc', ['-p', 'widget/strings']);
    await Promise.all([
      buildWidget(join(folder, 'widget')),
      run('tsc', ['-p', 'proxy', '--noEmit', 'false', '--outDir', join(folder, 'proxy')]),
      buildExtension(join(folder, 'extension')),
      buildGalleryLanguages(join(folder, 'gallery')),
    ]);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  }
  copyAssets(join(ROOT, 'proxy'), join(folder, 'proxy'));
  copyReferenceFiles(join(folder, 'docs'));
  compressFiles(join(folder, 'widget'));
  compressFiles(join(folder, 'docs'));
  rmSync(STAMP, { force: true });
  for (const part of ['widget', 'docs', 'proxy', 'extension', 'gallery']) {
    rmSync(join(DIST, part), { recursive: true, force: true });
    renameSync(join(folder, part), join(DIST, part));
  }
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(STAMP, hash);
}

async function buildWidget(folder: string): Promise<void> {
  await run('vite', ['build', '--logLevel', 'warn', '--outDir', folder, '--emptyOutDir']);
  const languages = readdirSync(join(ROOT, 'widget/strings'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'en')
    .map(({ name }) => name);
  for (const mode of ['result-page', 'pinned', ...languages]) {
    await run('vite', ['build', '--logLevel', 'warn', '--mode', mode, '--outDir', folder]);
  }
}

/** Builds the widget in each pseudo-language. Releases and images do not contain this folder. */
async function buildGalleryLanguages(folder: string): Promise<void> {
  for (const language of PSEUDO_LANGUAGES) {
    const outDir = join(folder, language);
    await run('vite', ['build', '--logLevel', 'warn', '--mode', `pseudo-${language}`, '--outDir', outDir]);
  }
}

/**
 * Builds the extension for the proxy in `EXTENSION_PROXY_URL`: `store/` for the stores of Chrome and Edge, `firefox/`
 * for Firefox, and `enterprise/`, whose id is the same on every machine.
 */
export async function buildExtension(folder: string, proxyUrl = process.env['EXTENSION_PROXY_URL']): Promise<void> {
  const store = join(folder, 'store');
  const modes = ['extension', 'content'];
  const options = ['--logLevel', 'warn', '--outDir', store];
  const env = { EXTENSION_PROXY_URL: proxyUrl };
  await Promise.all(modes.map((mode) => run('vite', ['build', '--mode', mode, ...options], env)));
  // Not a static import, because a release contains this file without the sources of the widget.
  const { toFirefoxManifest } = await import('../widget/extension/manifest.ts');
  const manifest = JSON.parse(readFileSync(join(store, 'manifest.json'), 'utf8'));
  const manifests = { enterprise: { ...manifest, key: ENTERPRISE_KEY }, firefox: toFirefoxManifest(manifest) };
  for (const [name, changed] of Object.entries(manifests)) {
    cpSync(store, join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'manifest.json'), `${JSON.stringify(changed, null, 2)}\n`);
  }
}

/**
 * Runs a tool with this process's Node and prints its output.
 * @throws an error with the output if the tool fails.
 */
async function run(tool: keyof typeof TOOLS, args: string[], extraEnv: NodeJS.ProcessEnv = {}): Promise<void> {
  const env = { ...process.env, ...extraEnv };
  const child = spawn(process.execPath, [TOOLS[tool], ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const output = Buffer.concat(chunks).toString('utf8').trim();
  if (code !== 0) throw new Error(output);
  if (output) process.stderr.write(`${output}\n`);
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(listFiles)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function listFiles(source: string): string[] {
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
    else if (ASSET_EXTENSIONS.has(extname(entry.name)) && entry.name !== 'tsconfig.json') {
      mkdirSync(to, { recursive: true });
      cpSync(source, target);
    }
  }
}

/** Copies what the proxy's API reference at `/docs` loads, so that a production proxy needs no further package. */
function copyReferenceFiles(to: string): void {
  const from = join(ROOT, 'node_modules/swagger-ui-dist');
  mkdirSync(to, { recursive: true });
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css', 'swagger-ui-bundle.js.LICENSE.txt', 'LICENSE']) {
    cpSync(join(from, name), join(to, name));
  }
}

/**
 * Compresses scripts and styles at build time, so that the proxy need not compress them for each request. Leaves out
 * pinned files: the proxy serves them from its database, and compresses them itself.
 */
function compressFiles(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const served = files.filter((file) => dirname(file) !== 'embed' && ['.js', '.css'].includes(extname(file)));
  for (const name of served) {
    const content = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

if (process.argv[1] === import.meta.filename) {
  process.stderr.write('Building dist/, which takes a minute or two…\n');
  await build();
  process.stderr.write('Built dist/.\n');
}
