/** How the test suite finds or installs its browsers, on simulated machines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBrowser, findFullBrowser, type Machine } from '../support/browser.ts';

const PLAYWRIGHT = '/cache/chrome';
const CHROMIUM = '/usr/bin/chromium';
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
const APT_GET = '/usr/bin/apt-get';

interface SimulatedMachine {
  files?: string[];
  environment?: Record<string, string>;
  isRoot?: boolean;
  /** The files that a command creates, by a part of its command line. Other commands fail. */
  commands?: Record<string, readonly string[]>;
}

/** Returns the machine, and a log of the command lines that it ran. */
function simulate({ files = [], environment, isRoot = true, commands = {} }: SimulatedMachine) {
  const present = new Set(files);
  const log: string[] = [];
  const machine: Machine = {
    environment: { PATH: '/usr/local/bin:/usr/bin', ...environment },
    platform: 'linux',
    isRoot,
    playwrightPath: PLAYWRIGHT,
    isExecutable: (path) => present.has(path),
    async runCommand(command, args) {
      const line = [command, ...args].join(' ');
      log.push(line);
      const created = Object.entries(commands).find(([part]) => line.includes(part))?.[1];
      for (const file of created ?? []) present.add(file);
      return created !== undefined;
    },
  };
  return { machine, log };
}

/** Returns the paths of the browser for pages and of the browser for extensions. */
async function findPaths(machine: Machine): Promise<(string | undefined)[]> {
  const [forPages, forExtensions] = [await findBrowser(machine), await findFullBrowser(machine)];
  return [forPages?.executablePath, forExtensions?.executablePath];
}

test("the browser search prefers Playwright's Chromium to the system's Chromium", async () => {
  const { machine, log } = simulate({ files: [PLAYWRIGHT, CHROMIUM, HEADLESS_SHELL] });
  assert.deepEqual(await findPaths(machine), [PLAYWRIGHT, PLAYWRIGHT]);
  assert.deepEqual(log, []);
});

test('the browser search finds a browser on the path', async () => {
  const { machine } = simulate({ files: ['/usr/bin/google-chrome'] });
  assert.deepEqual(await findPaths(machine), ['/usr/bin/google-chrome', '/usr/bin/google-chrome']);
});

test("the browser search uses the system's headless shell for pages and the full browser for extensions", async () => {
  const { machine, log } = simulate({ files: [CHROMIUM, HEADLESS_SHELL] });
  assert.deepEqual(await findPaths(machine), [HEADLESS_SHELL, CHROMIUM]);
  assert.deepEqual(log, []);
});

test('the browser search installs the headless shell next to a full browser, as root on Debian', async () => {
  const commands = { 'apt-get update': [], 'recommends chromium-headless-shell': [HEADLESS_SHELL] };
  const { machine, log } = simulate({ files: [APT_GET, CHROMIUM], commands });
  assert.deepEqual(await findPaths(machine), [HEADLESS_SHELL, CHROMIUM]);
  assert.equal(log.length, Object.keys(commands).length);
});

test('the browser search uses the full browser for pages if there is no headless shell', async () => {
  const { machine } = simulate({ files: [APT_GET, CHROMIUM] });
  assert.deepEqual(await findPaths(machine), [CHROMIUM, CHROMIUM]);
});

test('the browser search disables the browser sandbox only as root', async () => {
  const asRoot = await findBrowser(simulate({ files: [CHROMIUM] }).machine);
  const asUser = await findBrowser(simulate({ files: [CHROMIUM], isRoot: false }).machine);
  assert.ok(asRoot?.args.includes('--no-sandbox'));
  assert.ok(asUser && !asUser.args.includes('--no-sandbox'));
});

test("the browser search installs Playwright's Chromium if there is no browser", async () => {
  // `--version` succeeds: the machine has the system libraries that the browser needs.
  const commands = { 'install chromium': [PLAYWRIGHT], '--version': [] };
  const { machine, log } = simulate({ files: [APT_GET], commands });
  assert.deepEqual(await findPaths(machine), [PLAYWRIGHT, PLAYWRIGHT]);
  assert.equal(log.length, Object.keys(commands).length);
});

for (const [problem, download] of [
  ['cannot be downloaded', {}],
  ['lacks system libraries', { 'cli.js install chromium': [PLAYWRIGHT] }],
] as const) {
  test(`the browser search installs Debian's Chromium as root if Playwright's ${problem}`, async () => {
    const commands = { ...download, 'apt-get update': [], 'recommends chromium': [CHROMIUM] };
    const { machine, log } = simulate({ files: [APT_GET], commands });
    assert.equal((await findFullBrowser(machine))?.executablePath, CHROMIUM);
    const isDownloadRemoved = log.some((line) => line.endsWith('uninstall'));
    assert.equal(isDownloadRemoved, problem === 'lacks system libraries');
  });
}

test('the browser search runs the package manager only as root', async () => {
  const { machine, log } = simulate({ files: [APT_GET], isRoot: false });
  assert.equal(await findBrowser(machine), null);
  assert.ok(log.every((line) => !line.includes('apt-get')));
});

test('the browser search returns null if no browser can be installed', async () => {
  assert.equal(await findBrowser(simulate({}).machine), null);
});

test('the browser search uses the configured browser', async () => {
  const environment = { TEST_BROWSER: '/elsewhere/shell', TEST_FULL_BROWSER: '/elsewhere/chrome' };
  assert.deepEqual(await findPaths(simulate({ files: [PLAYWRIGHT], environment }).machine), [
    '/elsewhere/shell',
    '/elsewhere/chrome',
  ]);
});

test('the browser search finds no browser if the configuration says “none”', async () => {
  const environment = { TEST_BROWSER: 'none', TEST_FULL_BROWSER: 'none' };
  assert.deepEqual(await findPaths(simulate({ files: [PLAYWRIGHT], environment }).machine), [undefined, undefined]);
});
