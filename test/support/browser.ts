/**
 * The browsers for tests: found, else installed, else null, and then whoever needs it skips loudly. Pages are shown by the
 * headless shell where it can be had, which does a third less work; what only a whole browser can, such as extensions,
 * asks for one. The search is made once: `npm test` hands its results to the test files in TEST_BROWSER and
 * TEST_WHOLE_BROWSER (a path, or `none`).
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright';

export interface BrowserLaunchOptions {
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
  isExecutable(path: string): boolean;
  /** Runs a command to its end, within `deadline` milliseconds; answers whether it worked. */
  runCommand(command: string, args: string[], deadline: number): Promise<boolean>;
}

export const NO_BROWSER_MESSAGE = 'no Chromium was found, and none could be installed';

/** Silent: no update, no sync, no QUIC, which some networks swallow. Tests visit only this machine. */
const ARGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
];
const SHELL = 'chromium-headless-shell';
const WHOLE = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Milliseconds for the package manager, and for Playwright's download. */
const APT_DEADLINE = 300_000;
const DOWNLOAD_DEADLINE = 120_000;

/** Finds a Chromium for pages, installs one where there is none, or answers null. */
export async function findBrowser(machine: Machine = thisMachine()): Promise<BrowserLaunchOptions | null> {
  const { environment, playwrightPath, isExecutable: executable } = machine;
  const known = environment['TEST_BROWSER'];
  if (known !== undefined) return foundAt(known, machine);
  if (executable(playwrightPath)) return foundAt(playwrightPath, machine);
  const shell = onPath([SHELL], machine) ?? ((await installPackage(SHELL, machine)) && onPath([SHELL], machine));
  return shell ? foundAt(shell, machine) : findFullBrowser(machine);
}

/** Finds a Chromium that takes extensions and is what a recruiter has, installs one where there is none, or answers null. */
export async function findFullBrowser(machine: Machine = thisMachine()): Promise<BrowserLaunchOptions | null> {
  const known = machine.environment['TEST_WHOLE_BROWSER'];
  const path = known ?? whole(machine) ?? ((await install(machine)) ? whole(machine) : undefined);
  return path === undefined ? null : foundAt(path, machine);
}

function foundAt(path: string, { isRoot }: Machine): BrowserLaunchOptions | null {
  return path === 'none' ? null : { executablePath: path, args: isRoot ? ['--no-sandbox', ...ARGS] : ARGS };
}

/** Starts the browser that `findBrowser` found. */
export async function launchBrowser({ executablePath, args }: BrowserLaunchOptions): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}

function onPath(names: string[], { environment, isExecutable: executable }: Machine): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
}

function whole(machine: Machine): string | undefined {
  const { playwrightPath, platform, isExecutable: executable } = machine;
  if (executable(playwrightPath)) return playwrightPath;
  return onPath(WHOLE, machine) ?? (platform === 'darwin' && executable(MAC_CHROME) ? MAC_CHROME : undefined);
}

/** Installs a package of Debian's where we may: it brings its libraries along. */
async function installPackage(
  name: string,
  { platform, isRoot, isExecutable: executable, runCommand: run }: Machine,
): Promise<boolean> {
  if (platform !== 'linux' || !isRoot || !executable('/usr/bin/apt-get')) return false;
  const updated = await run('apt-get', ['update', '-qq'], APT_DEADLINE);
  return updated && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], APT_DEADLINE);
}

async function install(machine: Machine): Promise<boolean> {
  if ((await installPackage('chromium', machine)) && whole(machine)) return true;
  const { runCommand: run } = machine;
  const cli = join(import.meta.dirname, '../../node_modules/playwright/cli.js');
  return run(process.execPath, [cli, 'install', 'chromium'], DOWNLOAD_DEADLINE);
}

function thisMachine(): Machine {
  return {
    environment: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    playwrightPath: chromium.executablePath(),
    isExecutable: isExecutable,
    runCommand: runWithin,
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
