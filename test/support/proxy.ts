/** The real proxy for tests: in this process, or as a process of its own that can be killed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../proxy/config/config.ts';
import { webhookPath } from '../../proxy/contract/routes.ts';
import { type RunningProxy, startProxy as start } from '../../proxy/server.ts';
import type { Clock } from '../../proxy/util/clock.ts';
import type { TestEvalon } from './evalon.ts';
import { assertNoSecretLeak } from './secret-leak-check.ts';
import { HOST_TOKEN_SECRET } from './token.ts';

export const WEBHOOK_TOKEN = 'webhook-token-of-tests';

/** As the README names them; undefined unsets one. */
export type Settings = Record<string, string | undefined>;

/** These settings, and nothing else of this process but what any program needs; and what makes it start sooner. */
export function buildChildEnv(settings: Settings): Settings {
  const { PATH, SystemRoot, NODE_COMPILE_CACHE } = process.env;
  return { PATH, SystemRoot, NODE_COMPILE_CACHE, ...settings };
}

/** A secret for an Evalon that signs its webhooks: what they claim is then looked at without rationing. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a webhook secret of tests').toString('base64')}`;

/** Production settings that point at the test Evalon, on a free port, with a database in memory. */
export function buildProxySettings(evalon: TestEvalon, changes: Settings = {}): Settings {
  return {
    PORT: '0',
    EVALON_BASE_URL: evalon.url,
    EVALON_API_KEY: evalon.apiKey,
    EVALON_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    EVALON_RATE_PER_MINUTE: '6000',
    EVALON_WEBHOOK_SECRET: evalon.webhookSecret,
    HOST_TOKEN_SECRET,
    ASSESSMENTS: JSON.stringify([
      { project_id: 'proj_abc123', assessment_type: 'marketing', label: 'Marketing' },
      { project_id: 'proj_abc123', assessment_type: 'sales', label: 'Sales' },
    ]),
    DATABASE_URL: 'file::memory:',
    LOG_LEVEL: 'silent',
    ...changes,
  };
}

/** Where Evalon sends its webhooks. */
export function webhookUrl(proxyUrl: string, token = WEBHOOK_TOKEN): string {
  return `${proxyUrl}${webhookPath(token)}`;
}

/** Starts the proxy in this process, and points the test Evalon's webhooks at it. */
export async function startProxy(evalon: TestEvalon, changes: Settings = {}, clock?: Clock): Promise<RunningProxy> {
  const proxy = await start(readConfig(buildProxySettings(evalon, changes)), clock);
  evalon.webhookUrl = webhookUrl(proxy.url);
  return proxy;
}

/** Starts the sandbox in this process, without demo candidates. */
export function startSandbox(): Promise<RunningProxy> {
  return start(readConfig({ PORT: '0', DATABASE_URL: 'file::memory:', LOG_LEVEL: 'silent' }));
}

export interface ProxyProcess {
  url: string;
  pid: number;
  /** Everything it printed so far; once it has ended, the canary in it fails the test. */
  output(): string;
  /** Sends a signal that does not end it. */
  sendSignal(signal: NodeJS.Signals): void;
  /** Sends the signal, SIGINT by itself, and answers the exit code, or null where the signal ended it. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Milliseconds until a proxy has to serve, where a test knows no better. */
const START_LIMIT = 20_000;
const MAIN = join(import.meta.dirname, '../../proxy/main.ts');

/**
 * Starts the proxy as a process with these settings and nothing else of our environment.
 * @param inside the beginning of a command line that runs the rest of it somewhere else, such as on another disk.
 * @param limit milliseconds until it has to serve.
 * @throws with all it printed where it ends before it serves.
 */
export async function startProxyProcess(
  settings: Settings,
  { inside = [], limit = START_LIMIT }: { inside?: readonly string[]; limit?: number } = {},
): Promise<ProxyProcess> {
  const { kill, readyUrl: serving, ...proxy } = spawnProxyProcess(settings, inside);
  const timer = setTimeout(() => void kill('SIGKILL'), limit);
  try {
    return { ...proxy, kill, url: await serving };
  } finally {
    clearTimeout(timer);
  }
}

export interface SpawnedProxy extends Omit<ProxyProcess, 'url'> {
  /** Its address, once it serves; rejects where it ends before that. */
  readyUrl: Promise<string>;
}

/** The same without waiting until it serves. */
export function spawnProxyProcess(settings: Settings, inside: readonly string[] = []): SpawnedProxy {
  const { child, output, ended } = launch(settings, inside);
  const serving = Promise.withResolvers<string>();
  serving.promise.catch(() => {});
  child.stdout.on('data', () => {
    const url = /(?:serves|Open) (https?:\S+)/.exec(output())?.[1];
    if (url) serving.resolve(url);
  });
  ended.then((code) => serving.reject(new Error(`it ended with ${code}: ${output()}`)));
  return {
    readyUrl: serving.promise,
    pid: Number(child.pid),
    output,
    sendSignal: (signal) => void child.kill(signal),
    async kill(signal = 'SIGINT') {
      child.kill(signal);
      return ended;
    },
  };
}

function launch(settings: Settings, inside: readonly string[]) {
  const [command = process.execPath, ...args] = [...inside, process.execPath, MAIN];
  const child = spawn(command, args, {
    env: buildChildEnv(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  const output = () => Buffer.concat(chunks).toString('utf8');
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  child.on('close', () => assertNoSecretLeak(output(), 'what the proxy printed'));
  return { child, output, ended };
}

/**
 * A port that nobody listens on, for a proxy that must come back at the same address. None of those that the system
 * gives to clients: one that keeps asking at such an address while nobody listens there ends up connected to itself.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** A folder of its own for a database, and its removal. */
export function createTempFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'evalon-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
