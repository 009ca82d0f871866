/** The search for a browser, on machines that are made up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBrowser, findFullBrowser, type Machine } from '../support/browser.ts';

interface MadeUp {
  present?: string[];
  environment?: Record<string, string>;
  platform?: string;
  isRoot?: boolean;
  /** What a command leaves behind; a command that is not here fails. */
  installs?: Record<string, string>;
}

function machineWith({ present = [], environment, platform = 'linux', isRoot = true, installs = {} }: MadeUp) {
  const files = new Set(present);
  const commands: string[] = [];
  const machine: Machine = {
    environment: { PATH: '/usr/local/bin:/usr/bin', ...environment },
    platform,
    isRoot,
    playwrightPath: '/cache/chrome',
    isExecutable: (path) => files.has(path),
    async runCommand(command, args) {
      const line = [command, ...args].join(' ');
      commands.push(line);
      const known = Object.entries(installs).find(([part]) => `${line} `.includes(part));
      if (known) files.add(known[1]);
      return known !== undefined;
    },
  };
  return { machine, commands };
}

test("takes Playwright's own Chromium before the system's", async () => {
  const { machine, commands } = machineWith({ present: ['/cache/chrome', '/usr/bin/chromium'] });
  assert.equal((await findBrowser(machine))?.executablePath, '/cache/chrome');
  assert.deepEqual(commands, []);
});

test('takes a browser of the system', async () => {
  const { machine } = machineWith({ present: ['/usr/bin/google-chrome'] });
  assert.equal((await findBrowser(machine))?.executablePath, '/usr/bin/google-chrome');
  assert.equal((await findFullBrowser(machine))?.executablePath, '/usr/bin/google-chrome');
});

test("takes the system's headless shell for pages, and a whole browser for whoever asks for one", async () => {
  const { machine, commands } = machineWith({ present: ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'] });
  assert.equal((await findBrowser(machine))?.executablePath, '/usr/bin/chromium-headless-shell');
  assert.equal((await findFullBrowser(machine))?.executablePath, '/usr/bin/chromium');
  assert.deepEqual(commands, []);
});

test('gives up the browser sandbox only as root', async () => {
  const present = ['/usr/bin/chromium'];
  const asRoot = await findBrowser(machineWith({ present }).machine);
  const asUser = await findBrowser(machineWith({ present, isRoot: false }).machine);
  assert.ok(asRoot?.args.includes('--no-sandbox'));
  assert.ok(!asUser?.args.includes('--no-sandbox'));
});

test("installs the distribution's headless shell and Chromium as root on Debian", async () => {
  const { machine, commands } = machineWith({
    present: ['/usr/bin/apt-get'],
    installs: {
      'apt-get update': '/var/lib/apt',
      'recommends chromium-headless-shell': '/usr/bin/chromium-headless-shell',
      'recommends chromium': '/usr/bin/chromium',
    },
  });
  assert.equal((await findBrowser(machine))?.executablePath, '/usr/bin/chromium-headless-shell');
  assert.equal(commands.length, 2);
  assert.equal((await findFullBrowser(machine))?.executablePath, '/usr/bin/chromium');
  assert.equal(commands.length, 4);
});

test('shows pages in the whole Chromium where the distribution has no headless shell', async () => {
  const { machine } = machineWith({ present: ['/usr/bin/apt-get', '/usr/bin/chromium'] });
  assert.equal((await findBrowser(machine))?.executablePath, '/usr/bin/chromium');
  const bare = machineWith({
    present: ['/usr/bin/apt-get'],
    installs: { 'apt-get update': '/var/lib/apt', 'recommends chromium ': '/usr/bin/chromium' },
  });
  assert.equal((await findBrowser(bare.machine))?.executablePath, '/usr/bin/chromium');
});

test("lets Playwright download where the system's package cannot be had", async () => {
  const { machine } = machineWith({
    present: ['/usr/bin/apt-get'],
    installs: { 'cli.js install': '/cache/chrome' },
  });
  assert.equal((await findBrowser(machine))?.executablePath, '/cache/chrome');
});

test('does not touch the package manager of somebody who is not root', async () => {
  const { machine, commands } = machineWith({ present: ['/usr/bin/apt-get'], isRoot: false });
  assert.equal(await findBrowser(machine), null);
  assert.ok(commands.every((line) => !line.startsWith('apt-get')));
});

test('answers null where nothing can be had', async () => {
  assert.equal(await findBrowser(machineWith({}).machine), null);
});

test('believes what an earlier search has found', async () => {
  const found = machineWith({ environment: { TEST_BROWSER: '/elsewhere/chrome' } });
  const none = machineWith({ present: ['/cache/chrome'], environment: { TEST_BROWSER: 'none' } });
  assert.equal((await findBrowser(found.machine))?.executablePath, '/elsewhere/chrome');
  assert.equal(await findBrowser(none.machine), null);
  const whole = machineWith({ environment: { TEST_WHOLE_BROWSER: '/elsewhere/chrome' } });
  assert.equal((await findFullBrowser(whole.machine))?.executablePath, '/elsewhere/chrome');
});
