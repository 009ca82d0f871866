/**
 * The browser for tests: found, else installed, else null, and then whoever needs it skips loudly. The search is made
 * once: `npm test` hands its result to the test files in TEST_BROWSER (a path, or `none`).
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright';

export interface FoundBrowser {
  executablePath: string;
  args: string[];
}

/** What the search needs to know of the machine. */
export interface Machine {
  environment: Record<string, string | undefined>;
  platform: string;
  isRoot: boolean;
  /** Where Playwright keeps its own Chromium, there or not. */
  playwrightPath: string;
  /** Whether this path can be executed. */
  executable(path: string): boolean;
  /** Runs a command to its end, within `deadline` milliseconds; answers whether it worked. */
  run(command: string, args: string[], deadline: number): Promise<boolean>;
}

export const NO_BROWSER = 'no Chromium was found, and none could be installed';

/** Silent: no update, no sync, no QUIC, which some networks swallow. Tests visit only this machine. */
const ARGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
];
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Milliseconds for the package manager, and for Playwright's download. */
const APT_DEADLINE = 300_000;
const DOWNLOAD_DEADLINE = 120_000;

/** Finds a Chromium, installs one where there is none, or answers null. */
export async function findBrowser(machine: Machine = thisMachine()): Promise<FoundBrowser | null> {
  const known = machine.environment['TEST_BROWSER'];
  if (known === 'none') return null;
  const path = known ?? present(machine) ?? ((await install(machine)) ? present(machine) : undefined);
  return path ? { executablePath: path, args: machine.isRoot ? ['--no-sandbox', ...ARGS] : ARGS } : null;
}

/** Starts the browser that `findBrowser` found. */
export async function launchBrowser({ executablePath, args }: FoundBrowser): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}

function present({ environment, playwrightPath, platform, executable }: Machine): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [playwrightPath, ...onPath, ...(platform === 'darwin' ? [MAC_CHROME] : [])].find(executable);
}

/** Debian's own package first where we may install it: it brings its libraries along. */
async function install(machine: Machine): Promise<boolean> {
  const { platform, isRoot, executable, run } = machine;
  if (platform === 'linux' && isRoot && executable('/usr/bin/apt-get')) {
    const updated = await run('apt-get', ['update', '-qq'], APT_DEADLINE);
    const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
    if (updated && (await run('apt-get', packages, APT_DEADLINE)) && present(machine)) return true;
  }
  const cli = join(import.meta.dirname, '../../node_modules/playwright/cli.js');
  return run(process.execPath, [cli, 'install', 'chromium'], DOWNLOAD_DEADLINE);
}

function thisMachine(): Machine {
  return {
    environment: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    playwrightPath: chromium.executablePath(),
    executable: isExecutable,
    run: runWithin,
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}

function runWithin(command: string, args: string[], deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    process.stderr.write(`No Chromium here, so: ${[basename(command), ...args].join(' ')}\n`);
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: deadline,
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}
