/** Starts several proxies (nodes) in child processes, with one PostgreSQL database and one Evalon. */
import type { TestEvalon } from '../evalon.ts';
import { findFreePort } from '../free-port.ts';
import { buildProxySettings, type ProxyProcess, type Settings, startProxyProcess } from '../proxy.ts';

export interface Nodes {
  /** A node keeps its address when it restarts. */
  readonly urls: readonly string[];
  readonly size: number;
  settings(index: number): Settings;
  /** @throws an error if the node does not run */
  process(index: number): ProxyProcess;
  /** Starts a node, also after `kill`. */
  start(index: number): Promise<void>;
  kill(index: number, signal?: NodeJS.Signals): Promise<number | null>;
  /** Kills all nodes. */
  close(): Promise<void>;
}

/** Long, because several nodes start at the same time. */
const START_TIMEOUT_MS = 120_000;

/** Starts the first node before the others, so that it holds the lease of the background jobs. */
export async function startNodes(
  evalon: TestEvalon,
  { size, databaseUrl, settings = {} }: { size: number; databaseUrl: string; settings?: Settings },
): Promise<Nodes> {
  const ports: number[] = [];
  for (let index = 0; index < size; index++) ports.push(await findFreePort());
  const running: (ProxyProcess | undefined)[] = [];
  const buildSettings = (index: number) =>
    buildProxySettings(evalon, {
      LOG_LEVEL: 'error',
      ...settings,
      DATABASE_URL: databaseUrl,
      PORT: String(ports[index]),
    });
  const nodes: Nodes = {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    size,
    settings: buildSettings,
    process(index) {
      const process = running[index];
      if (!process) throw new Error(`node ${index} does not run`);
      return process;
    },
    async start(index) {
      running[index] = await startProxyProcess(buildSettings(index), { startTimeoutMs: START_TIMEOUT_MS });
    },
    async kill(index, signal = 'SIGKILL') {
      const process = nodes.process(index);
      running[index] = undefined;
      return process.kill(signal);
    },
    async close() {
      await Promise.all(running.map((process) => process?.kill('SIGKILL')));
    },
  };
  try {
    await nodes.start(0);
    await Promise.all(ports.slice(1).map((_, index) => nodes.start(index + 1)));
    return nodes;
  } catch (error) {
    await nodes.close();
    throw error;
  }
}
