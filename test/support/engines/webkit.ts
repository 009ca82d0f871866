/**
 * Debian's WebKitGTK: WebKitWebDriver and its MiniBrowser, which needs a screen. A window manager gives the browser's
 * window the focus. Without the focus, the page would receive no key.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { waitFor } from '../eventually.ts';
import { findExecutable } from '../find-executable.ts';
import { findFreePort } from '../free-port.ts';
import { createTempFolder } from '../proxy.ts';
import type { SendCommand, WebDriverCommand } from './webdriver-page.ts';

/** The driver never responds to a command during which the page navigates away. */
const COMMAND_TIMEOUT_MS = 60_000;
const PROGRAMS = ['WebKitWebDriver', 'Xvfb', 'openbox'];

const PATHS: Record<WebDriverCommand, string> = {
  Back: 'back',
  ExecuteAsyncScript: 'execute/async',
  Navigate: 'url',
  PerformActions: 'actions',
};

export function listMissingPrograms(): string[] {
  return PROGRAMS.filter((name) => !findExecutable(name));
}

export interface WebKit {
  version: string;
  send: SendCommand;
  close(): Promise<void>;
}

/** Starts a screen, a window manager and a browser. */
export async function launchWebKit(): Promise<WebKit> {
  const { folder, remove } = createTempFolder();
  const runtime = `${folder}/runtime`;
  mkdirSync(runtime, { mode: 0o700 });
  const children: ChildProcess[] = [];
  const endProcesses = async () => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    }
    remove();
  };
  try {
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    children.push(screen);
    const [display] = await once(screen.stdio[3] as Readable, 'data');
    const env = {
      ...process.env,
      DISPLAY: `:${String(display).trim()}`,
      GDK_BACKEND: 'x11',
      HOME: folder,
      NO_AT_BRIDGE: '1',
      XDG_RUNTIME_DIR: runtime,
    };
    children.push(spawn('openbox', [], { stdio: 'ignore', env }));
    const port = await findFreePort();
    children.push(spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env }));
    const url = `http://127.0.0.1:${port}`;
    await waitFor(async () => (await fetch(`${url}/status`)).ok);
    const session = (await post(`${url}/session`, {
      capabilities: { alwaysMatch: { browserName: 'MiniBrowser' } },
    })) as { sessionId: string; capabilities: { browserVersion: string } };
    const sessionUrl = `${url}/session/${session.sessionId}`;
    return {
      version: session.capabilities.browserVersion,
      send: (command, parameters) => post(`${sessionUrl}/${PATHS[command]}`, parameters),
      async close() {
        try {
          await fetch(sessionUrl, { method: 'DELETE', signal: AbortSignal.timeout(COMMAND_TIMEOUT_MS) });
        } finally {
          await endProcesses();
        }
      },
    };
  } catch (error) {
    await endProcesses();
    throw error;
  }
}

/** @throws the error of WebDriver, or a timeout. */
async function post(url: string, body: object): Promise<unknown> {
  const signal = AbortSignal.timeout(COMMAND_TIMEOUT_MS);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), signal });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${new URL(url).pathname.split('/').at(-1)}: ${error}: ${message}`);
}
