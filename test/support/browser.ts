/**
 * Finds a Chromium for tests: Playwright's own, or else one on the path. If neither exists, installs one. If the
 * installation fails, returns null, and the tests are skipped. TEST_BROWSER and TEST_FULL_BROWSER (a path, or `none`)
 * replace the search.
 */
import { spawn } from 'node:child_process';
import { basename, delimiter, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { isExecutable } from './find-executable.ts';

export interface BrowserLaunchOptions {
  executablePath: string;
  args: string[];
}

/** The parts of the machine that the search reads and changes. */
export interface Machine {
  environment: Record<string, string | undefined>;
  platform: string;
  isRoot: boolean;
  /** Where Playwright would install its Chromium. */
  playwrightPath: string;
  isExecutable(path: string): boolean;
  /** Returns whether the command succeeded within `timeoutMs`. */
  runCommand(command: string, args: string[], timeoutMs: number): Promise<boolean>;
}

export const NO_BROWSER_MESSAGE = 'no Chromium was found, and none could be installed';

/** Flags that disable background traffic, and QUIC, which some networks drop silently. */
const ARGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
];
const HEADLESS_SHELL = 'chromium-headless-shell';
const FULL_BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const APT_GET = '/usr/bin/apt-get';
const PLAYWRIGHT_CLI = join(import.meta.dirname, '../../node_modules/playwright/cli.js');

const APT_TIMEOUT_MS = 300_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;
const VERSION_TIMEOUT_MS = 30_000;

/**
 * Finds a browser for pages. Without Playwright's Chromium, prefers the headless shell to a full browser: the
 * end-to-end tests take 40 % less time with it.
 */
export async function findBrowser(machine: Machine = getThisMachine()): Promise<BrowserLaunchOptions | null> {
  const { environment, playwrightPath, isExecutable } = machine;
  const configured = environment['TEST_BROWSER'];
  if (configured !== undefined) return toLaunchOptions(configured, machine);
  if (isExecutable(playwrightPath)) return toLaunchOptions(playwrightPath, machine);
  const shell = findOnPath([HEADLESS_SHELL], machine);
  if (shell !== undefined) return toLaunchOptions(shell, machine);
  const full = await findFullBrowser(machine);
  if (!full || full.executablePath === playwrightPath) return full;
  const installed = await installPackage(HEADLESS_SHELL, machine);
  return installed === undefined ? full : toLaunchOptions(installed, machine);
}

/** Finds a browser that supports extensions. */
export async function findFullBrowser(machine: Machine = getThisMachine()): Promise<BrowserLaunchOptions | null> {
  const path = machine.environment['TEST_FULL_BROWSER'] ?? findInstalled(machine) ?? (await install(machine));
  return path === undefined ? null : toLaunchOptions(path, machine);
}

export function launchBrowser(options: BrowserLaunchOptions): Promise<Browser> {
  return chromium.launch(options);
}

function toLaunchOptions(executablePath: string, { isRoot }: Machine): BrowserLaunchOptions | null {
  if (executablePath === 'none') return null;
  // Chromium refuses to run as root with its sandbox.
  return { executablePath, args: isRoot ? ['--no-sandbox', ...ARGS] : ARGS };
}

function findInstalled(machine: Machine): string | undefined {
  const { playwrightPath, platform, isExecutable } = machine;
  if (isExecutable(playwrightPath)) return playwrightPath;
  return (
    findOnPath(FULL_BROWSERS, machine) ?? (platform === 'darwin' && isExecutable(MAC_CHROME) ? MAC_CHROME : undefined)
  );
}

function findOnPath(names: string[], { environment, isExecutable }: Machine): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Downloads Playwright's Chromium. If that cannot start, for example without its system libraries, installs Debian's.
 */
async function install(machine: Machine): Promise<string | undefined> {
  const { playwrightPath, runCommand } = machine;
  const playwright = (...args: string[]) =>
    runCommand(process.execPath, [PLAYWRIGHT_CLI, ...args], DOWNLOAD_TIMEOUT_MS);
  if (await playwright('install', 'chromium')) {
    if (await runCommand(playwrightPath, ['--version'], VERSION_TIMEOUT_MS)) return playwrightPath;
    // Otherwise the next search would find the Chromium that cannot start.
    await playwright('uninstall');
  }
  return installPackage('chromium', machine);
}

/** Installs a package as root, for example in a container. Returns the path of the program with the package's name. */
async function installPackage(name: string, machine: Machine): Promise<string | undefined> {
  const { platform, isRoot, isExecutable, runCommand } = machine;
  if (platform !== 'linux' || !isRoot || !isExecutable(APT_GET)) return undefined;
  const isInstalled =
    (await runCommand(APT_GET, ['update', '-qq'], APT_TIMEOUT_MS)) &&
    (await runCommand(APT_GET, ['install', '-y', '-qq', '--no-install-recommends', name], APT_TIMEOUT_MS));
  return isInstalled ? findOnPath([name], machine) : undefined;
}

function getThisMachine(): Machine {
  return {
    environment: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    playwrightPath: chromium.executablePath(),
    isExecutable,
    runCommand,
  };
}

function runCommand(command: string, args: string[], timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    process.stderr.write(`Installing a browser for tests: ${[basename(command), ...args].join(' ')}\n`);
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}
