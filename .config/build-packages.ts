/** Builds the npm packages: dist/npm/widget (`evalon-ats-widget`) and dist/npm/proxy (`evalon-ats-proxy`). */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { buildIfStale } from './build.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const PACKAGES = join(DIST, 'npm');
const WIDGET = join(PACKAGES, 'widget');
const PROXY = join(PACKAGES, 'proxy');

const CEM_CONFIG = '.config/custom-elements-manifest.config.js';

const TOOLS = {
  tsc: join(ROOT, 'node_modules/typescript/bin/tsc'),
  vite: join(ROOT, 'node_modules/vite/bin/vite.js'),
  cem: join(ROOT, 'node_modules/@custom-elements-manifest/analyzer/cem.js'),
};

/** The repository's dependencies that only the widget's modules contain or import. The proxy's package lacks them. */
const WIDGET_DEPENDENCIES = ['@webcomponents/webcomponentsjs', 'lit', 'papaparse'];
/** Frameworks for which the widget's package has a module without code, which adds the elements to their types. */
const FRAMEWORKS = ['react', 'svelte', 'vue'];

const { version, license, engines, dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  license: string;
  engines: object;
  dependencies: Record<string, string>;
};

const COMMON_FIELDS = { version, license, type: 'module' };

const WIDGET_MANIFEST = {
  name: 'evalon-ats-widget',
  description: "Evalon assessments inside the candidate's profile: custom elements for an ATS.",
  ...COMMON_FIELDS,
  sideEffects: ['./embed.js'],
  customElements: 'custom-elements.json',
  exports: {
    '.': { types: './index.d.ts', default: './index.js' },
    './embed.js': { types: './embed.d.ts', default: './embed.js' },
    ...Object.fromEntries(
      FRAMEWORKS.map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: `./${name}.js` }]),
    ),
    './*.json': './*.json',
  },
  dependencies: pickDependencies((name) => name === 'lit'),
  peerDependencies: { '@types/react': '>=19', svelte: '>=5', vue: '>=3.5' },
  peerDependenciesMeta: {
    '@types/react': { optional: true },
    svelte: { optional: true },
    vue: { optional: true },
  },
};

const PROXY_MANIFEST = {
  name: 'evalon-ats-proxy',
  description: 'Holds the Evalon API key for the Evalon ATS widget: an Express router, or a server of its own.',
  ...COMMON_FIELDS,
  engines,
  exports: {
    '.': { types: './proxy/create-proxy.d.ts', default: './proxy/create-proxy.js' },
    './package.json': './package.json',
  },
  bin: { 'evalon-ats-proxy': './bin.js' },
  dependencies: {
    // The package's declarations import them.
    '@types/node': '*',
    ...pickDependencies((name) => !WIDGET_DEPENDENCIES.includes(name)),
  },
};

const PROXY_BIN = `#!/usr/bin/env node
/** Starts the proxy. A first argument \`doctor\`, \`admin\` or \`simulate-evalon\` runs that command instead. */
const isCommand = ['doctor', 'admin', 'simulate-evalon'].includes(process.argv[2]);
const [command] = isCommand ? process.argv.splice(2, 1) : [];
await import(command ? \`./proxy/cli/\${command}.js\` : './proxy/main.js');
`;

export async function buildPackages(): Promise<void> {
  await buildIfStale();
  rmSync(PACKAGES, { recursive: true, force: true });
  await Promise.all([buildWidgetPackage(), buildProxyPackage()]);
}

async function buildWidgetPackage(): Promise<void> {
  await run('vite', ['build', '--config', '.config/vite-package.config.ts', '--logLevel', 'warn', '--outDir', WIDGET]);
  await Promise.all([
    run('cem', ['analyze', '--config', CEM_CONFIG, '--outdir', relative(ROOT, WIDGET), '--quiet']),
    emitDeclarations('.config/tsconfig.package.json', 'widget/package', WIDGET),
  ]);
  for (const name of FRAMEWORKS) writeFileSync(join(WIDGET, `${name}.js`), 'export {};\n');
  writeFileSync(join(WIDGET, 'embed.d.ts'), "export type * from './index.js';\n");
  completePackage('widget', WIDGET, WIDGET_MANIFEST);
}

async function buildProxyPackage(): Promise<void> {
  for (const folder of ['proxy', 'widget', 'docs']) {
    cpSync(join(DIST, folder), join(PROXY, folder), { recursive: true });
  }
  await emitDeclarations('proxy', '.', join(PROXY, 'proxy'));
  writeFileSync(join(PROXY, 'bin.js'), PROXY_BIN, { mode: 0o755 });
  completePackage('proxy', PROXY, PROXY_MANIFEST);
}

/** Emits a project's declarations, and copies those of one folder. In the copies, imports of `.ts` become `.js`. */
async function emitDeclarations(project: string, folder: string, target: string): Promise<void> {
  const output = mkdtempSync(join(DIST, '.declarations-'));
  try {
    const options = ['--noEmit', 'false', '--noCheck', '--declaration', '--emitDeclarationOnly', '--outDir', output];
    await run('tsc', ['-p', project, ...options]);
    for (const file of readdirSync(join(output, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.d.ts')) continue;
      const text = readFileSync(join(output, folder, file), 'utf8');
      mkdirSync(join(target, file, '..'), { recursive: true });
      writeFileSync(join(target, file), text.replaceAll(/(['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2'));
    }
  } finally {
    rmSync(output, { recursive: true });
  }
}

function completePackage(name: string, folder: string, manifest: object): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(ROOT, `docs/packages/${name}.md`), join(folder, 'README.md'));
}

/** Returns the chosen dependencies of the repository, as ranges that also allow newer compatible versions. */
function pickDependencies(includes: (name: string) => boolean): Record<string, string> {
  const entries = Object.entries(dependencies).filter(([name]) => includes(name));
  return Object.fromEntries(entries.map(([name, exact]) => [name, `^${exact}`]));
}

/** @throws an error with the output if the tool fails. */
async function run(tool: keyof typeof TOOLS, args: string[]): Promise<void> {
  // custom-elements-manifest.config.js writes its files into this folder.
  const env = { ...process.env, PACKAGE_FOLDER: WIDGET };
  const { stderr } = await promisify(execFile)(process.execPath, [TOOLS[tool], ...args], { cwd: ROOT, env });
  if (stderr) process.stderr.write(stderr);
}

if (process.argv[1] === import.meta.filename) await buildPackages();
