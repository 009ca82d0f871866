/** Starts the real proxy for tests: in this process, or in a child process that a test can kill. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../proxy/config/config.ts';
import { webhookPath } from '../../proxy/contract/routes.ts';
import { type RunningProxy, startProxy as start } from '../../proxy/server.ts';
import type { Clock } from '../../proxy/util/clock.ts';
import type { TestEvalon } from './evalon.ts';
import { assertNoSecretLeak } from './secret-leak-check.ts';
import { toTestDatabase } from './test-database.ts';
import { HOST_TOKEN_SECRET } from './token.ts';

export const WEBHOOK_TOKEN = 'webhook-token-of-tests';

/** Environment variables of the proxy. An undefined variable is unset. */
export type Settings = Record<string, string | undefined>;

/** Adds the variables of this process that every program needs, and the compile cache for a faster start. */
export function buildChildEnv(settings: Settings): Settings {
  const { PATH, SystemRoot, NODE_COMPILE_CACHE } = process.env;
  return { PATH, SystemRoot, NODE_COMPILE_CACHE, ...settings };
}

/** Signs the webhooks of an Evalon. The proxy does not limit how often it reads results after signed webhooks. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a webhook secret of tests').toString('base64')}`;

/** Returns production settings for the test Evalon, a free port and an in-memory database. */
export function buildProxySettings(evalon: TestEvalon, changes: Settings = {}): Settings {
  return {
    PORT: '0',
    EVALON_BASE_URL: evalon.url,
    EVALON_API_KEY: evalon.apiKey,
    EVALON_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    EVALON_RATE_PER_MINUTE: '6000',
    EVALON_WEBHOOK_SECRET: evalon.webhookSecret,
    HOST_TOKEN_SECRET,
    ASSESSMENTS: JSON.stringify(
      ['proj_abc123', 'proj_other', 'proj_two'].flatMap((project_id) => [
        { project_id, assessment_type: 'marketing', label: 'Marketing' },
        { project_id, assessment_type: 'sales', label: 'Sales' },
      ]),
    ),
    DATABASE_URL: 'file::memory:',
    LOG_LEVEL: 'silent',
    ...changes,
  };
}

/** Returns the URL that Evalon sends its webhooks to. */
export function webhookUrl(proxyUrl: string, token = WEBHOOK_TOKEN): string {
  return `${proxyUrl}${webhookPath(token)}`;
}

/** Starts the proxy in this process, and makes the test Evalon send its webhooks to it. */
export async function startProxy(evalon: TestEvalon, changes: Settings = {}, clock?: Clock): Promise<RunningProxy> {
  const config = readConfig(buildProxySettings(evalon, changes));
  const proxy = await start({ ...config, database: await toTestDatabase(config.database) }, clock);
  evalon.webhookUrl = webhookUrl(proxy.url);
  return proxy;
}

/** Starts the sandbox in this process, without demo candidates. */
export function startSandbox(clock?: Clock, changes: Settings = {}): Promise<RunningProxy> {
  return start(readConfig({ PORT: '0', DATABASE_URL: 'file::memory:', LOG_LEVEL: 'silent', ...changes }), clock);
}

export interface ProxyProcess {
  url: string;
  pid: number;
  /** Returns stdout and stderr so far. When the process has ended, a leaked secret in them fails the test. */
  output(): string;
  /** Sends a signal that does not end the process. */
  sendSignal(signal: NodeJS.Signals): void;
  /** Sends the signal, SIGINT by default. Returns the exit code, or null if the signal ended the process. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

const DEFAULT_START_TIMEOUT_MS = 20_000;
const MAIN = join(import.meta.dirname, '../../proxy/main.ts');

/**
 * Starts the proxy in a child process, with the environment of `buildChildEnv`, and waits until it serves.
 * @param options.commandPrefix a command that runs the rest of its command line elsewhere, such as on another disk.
 * @param options.main the entry point, such as that of another release.
 * @param options.startTimeoutMs milliseconds after which a proxy that does not serve is killed.
 * @throws an error with all output, if the process ends before it serves.
 */
export async function startProxyProcess(
  settings: Settings,
  {
    commandPrefix = [],
    main = MAIN,
    startTimeoutMs = DEFAULT_START_TIMEOUT_MS,
  }: { commandPrefix?: readonly string[]; main?: string; startTimeoutMs?: number } = {},
): Promise<ProxyProcess> {
  const { kill, readyUrl, ...proxy } = spawnProxyProcess(settings, commandPrefix, main);
  const timer = setTimeout(() => void kill('SIGKILL'), startTimeoutMs);
  try {
    return { ...proxy, kill, url: await readyUrl };
  } finally {
    clearTimeout(timer);
  }
}

export interface SpawnedProxy extends Omit<ProxyProcess, 'url'> {
  /** Resolves to the URL when the proxy serves. Rejects if the process ends before that. */
  readyUrl: Promise<string>;
}

/** Starts the proxy in a child process without waiting until it serves. */
export function spawnProxyProcess(
  settings: Settings,
  commandPrefix: readonly string[] = [],
  main = MAIN,
): SpawnedProxy {
  const { child, output, ended } = spawnProxy(settings, [...commandPrefix, process.execPath, main]);
  const ready = Promise.withResolvers<string>();
  // Prevents an unhandled rejection if a test does not await `readyUrl`.
  ready.promise.catch(() => {});
  child.stdout.on('data', () => {
    const url = /(?:listening on|Open) (https?:\S+)/.exec(output())?.[1];
    if (url) ready.resolve(url);
  });
  ended.then((code) => ready.reject(new Error(`the proxy exited with ${code}: ${output()}`)));
  return {
    readyUrl: ready.promise,
    pid: Number(child.pid),
    output,
    sendSignal: (signal) => void child.kill(signal),
    async kill(signal = 'SIGINT') {
      child.kill(signal);
      return ended;
    },
  };
}

function spawnProxy(settings: Settings, [command = process.execPath, ...args]: readonly string[]) {
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

/** Creates a temporary folder, such as for a database. */
export function createTempFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'evalon-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
