/** Runs the development tools that the lock file names, with the Node that runs this. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

const TOOLS = {
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
} as const;

type Tool = keyof typeof TOOLS;

export interface Outcome {
  ok: boolean;
  /** Everything that the tool printed. */
  output: string;
}

/** Whether a tool is installed; `npm ci --omit=dev` leaves all of them out. */
export function has(tool: Tool): boolean {
  return existsSync(pathOf(tool));
}

/** The command line that starts a tool, for whoever keeps it running. */
export function commandOf(tool: Tool, ...args: string[]): [command: string, args: string[]] {
  return [process.execPath, [pathOf(tool), ...args]];
}

/** Runs a tool at the root to its end. */
export function run(tool: Tool, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(...commandOf(tool, ...args), { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8').trim() }));
  });
}

function pathOf(tool: Tool): string {
  return join(ROOT, 'node_modules', TOOLS[tool]);
}
