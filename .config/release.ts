/**
 * `npm run release`: packs dist/ and the production packages into an archive for this platform, with a bill of
 * materials and checksums next to it. Nothing needs to be built or downloaded where the archive is unpacked. The
 * archive's changelog has the script tag of the pinned file.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readPinnedBuild } from '../proxy/pinned-files/build.ts';
import { buildIfStale } from './build.ts';

const ROOT = join(import.meta.dirname, '..');
const MAX_SBOM_BYTES = 100 * 1024 * 1024;

/** What the archive contains besides node_modules. */
const CONTENTS = [
  '.config/build-folder.ts',
  '.config/build.ts',
  '.config/start.js',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'deploy',
  'dist/docs',
  'dist/extension',
  'dist/proxy',
  'dist/sources.sha256',
  'dist/widget',
  'docs',
];

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

interface Manifest {
  version: string;
  scripts: Record<string, string>;
  devDependencies?: object;
  overrides?: object;
}

function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/** Returns the archive's package.json: without the build tools and the commands that need them. */
function buildManifest(): Omit<Manifest, 'devDependencies' | 'overrides'> {
  const { devDependencies: _, overrides: __, scripts, ...manifest } = readManifest();
  const { start = '', doctor = '', admin = '' } = scripts;
  return { ...manifest, scripts: { start, doctor, admin } };
}

/** @param outputFolder default: dist/release. */
async function release(outputFolder = join(ROOT, 'dist/release')): Promise<void> {
  await buildIfStale();
  const { version } = readManifest();
  const name = `evalon-ats-${version}`;
  const archive = `${name}-${process.platform}-${process.arch}.tar.gz`;
  const sbom = `${name}-sbom.json`;
  const workFolder = mkdtempSync(join(tmpdir(), 'evalon-release-'));
  try {
    const folder = join(workFolder, name);
    mkdirSync(folder);
    for (const path of CONTENTS) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(buildManifest(), null, 2)}\n`);
    addPinnedTag(join(folder, 'CHANGELOG.md'), version);
    copyProductionPackages(folder);
    const materials = runNpm(folder, ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application']);
    mkdirSync(outputFolder, { recursive: true });
    writeFileSync(join(outputFolder, sbom), materials);
    execFileSync('tar', ['-czf', join(outputFolder, archive), '-C', workFolder, name]);
    writeFileSync(
      join(outputFolder, 'SHA256SUMS'),
      [archive, sbom].map((file) => hashLine(outputFolder, file)).join(''),
    );
    process.stdout.write(`${join(outputFolder, archive)}\n`);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** Adds the script tag of the release's pinned file below the heading of the release. */
function addPinnedTag(changelog: string, version: string): void {
  const build = readPinnedBuild(join(ROOT, 'dist/widget'));
  if (build?.version !== version) throw new Error(`dist/ has no pinned file of version ${version}: run npm run build`);
  const tag = `<script type="module" src="https://evalon.example.com/embed/${version}.js" integrity="${build.integrity}"></script>`;
  const lines = readFileSync(changelog, 'utf8').split('\n');
  const heading = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (heading < 0) throw new Error(`CHANGELOG.md has no heading of version ${version}`);
  writeFileSync(changelog, lines.toSpliced(heading + 1, 0, '', '```html', tag, '```').join('\n'));
  process.stdout.write(`${tag}\n`);
}

/** Copies what `npm ci --omit=dev` installs. Works without a network. */
function copyProductionPackages(to: string): void {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const paths = Object.keys(lock.packages).filter((path) => path && !lock.packages[path]?.dev);
  // Optional packages of other platforms are in the lock file, but not installed.
  for (const path of paths.filter((path) => existsSync(join(ROOT, path)))) {
    const nested = join(ROOT, path, 'node_modules');
    cpSync(join(ROOT, path), join(to, path), { recursive: true, filter: (source) => source !== nested });
  }
  const [programs, links] = [join(ROOT, 'node_modules/.bin'), join(to, 'node_modules/.bin')];
  mkdirSync(links, { recursive: true });
  for (const entry of readdirSync(programs, { withFileTypes: true }).filter((file) => file.isSymbolicLink())) {
    const target = readlinkSync(join(programs, entry.name));
    // Only the programs of packages that were copied.
    if (existsSync(join(links, target))) symlinkSync(target, join(links, entry.name));
  }
}

function runNpm(cwd: string, args: readonly string[]): string {
  const npm = process.env['npm_execpath'];
  const options = { cwd, encoding: 'utf8', maxBuffer: MAX_SBOM_BYTES } as const;
  return npm
    ? execFileSync(process.execPath, [npm, ...args], options)
    : execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** A line that `sha256sum --check` reads. */
function hashLine(folder: string, file: string): string {
  return `${createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex')}  ${file}\n`;
}

await release(process.argv[2] && resolve(process.argv[2]));
