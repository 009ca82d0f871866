/** Packs the npm packages, and installs the examples of docs/examples with them in a folder outside the repository. */
import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPackages } from '../../.config/build-packages.ts';
import { createTempFolder } from './proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLES = join(ROOT, 'docs/examples');

export const EXAMPLE_NAMES = readdirSync(EXAMPLES);

export interface InstalledExamples {
  /** Paths of the packed files, by package name. */
  packages: Record<string, string>;
  /** Returns the folder of an example. */
  getFolder(name: string): string;
  /** Runs a script of an example. If the script fails, rejects with the script's output. */
  runScript(name: string, script: string, env?: Record<string, string>): Promise<void>;
  remove(): void;
}

export async function installExamples(): Promise<InstalledExamples> {
  await buildPackages();
  const temp = createTempFolder();
  const folder = realpathSync(temp.folder);
  const packages: Record<string, string> = {};
  for (const name of ['widget', 'proxy']) {
    const { stdout } = await runNpm(join(ROOT, 'dist/npm', name), ['pack', '--json', '--pack-destination', folder]);
    // The format depends on npm's version: a list, or an object with an entry for each package.
    const [packed] = Object.values(JSON.parse(stdout) as Record<string, { name: string; filename: string }>);
    if (!packed) throw new Error(`npm has packed nothing: ${stdout}`);
    packages[packed.name] = join(folder, packed.filename);
  }
  const getFolder = (name: string) => join(folder, 'examples', name);
  cpSync(EXAMPLES, join(folder, 'examples'), { recursive: true });
  for (const name of EXAMPLE_NAMES) requirePackedFiles(join(getFolder(name), 'package.json'), packages);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces: ['examples/*'] }));
  await runNpm(folder, ['install', '--ignore-scripts', '--no-audit', '--no-fund']);
  return {
    packages,
    getFolder,
    async runScript(name, script, env = {}) {
      await runNpm(getFolder(name), ['run', script], env);
    },
    remove: temp.remove,
  };
}

/** Replaces the versions of the packages in a manifest by the packed files. */
function requirePackedFiles(manifestPath: string, packages: Record<string, string>): void {
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  for (const [name, path] of Object.entries(packages)) {
    if (manifest.dependencies[name]) manifest.dependencies[name] = `file:${path}`;
  }
  writeFileSync(manifestPath, JSON.stringify(manifest));
}

/** @throws an error with the output, if npm fails. */
async function runNpm(cwd: string, args: string[], env: Record<string, string> = {}): Promise<{ stdout: string }> {
  try {
    return await promisify(execFile)('npm', args, { cwd, env: { ...process.env, ...env } });
  } catch (error) {
    const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string };
    throw new Error([message, stdout, stderr].join('\n'), { cause: error });
  }
}
