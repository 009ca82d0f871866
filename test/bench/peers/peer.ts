/** Starts the servers that the benchmarks compare with the proxy, each in its own process. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../support/eventually.ts';
import { isInstalled, type ReverseProxy, startNginx } from '../../support/reverse-proxies.ts';

export interface Peer {
  url: string;
  pid: number;
  stop(): void;
}

/**
 * @param name the server's file in this folder
 * @param settings the whole environment of the new process. Default: the environment of this process.
 */
export async function startNodePeer(
  name: 'bare' | 'better-sse' | 'no-store',
  settings?: Readonly<Record<string, string | undefined>>,
): Promise<Peer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    ...(settings && { env: settings }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const url = (await waitFor(() => /listening on (\S+)/.exec(output), { timeoutMs: 60_000 }))[1] ?? '';
  return { url, pid: Number(child.pid), stop: () => void child.kill() };
}

const NCHAN_MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so';
export const NO_NCHAN_MESSAGE =
  'nginx with nchan is not installed (Debian: apt-get install -y nginx libnginx-mod-nchan)';

/**
 * Starts nginx with one nchan channel: `/publish` writes to it, `/events` reads it. Returns undefined without nchan.
 */
export async function startNchan(): Promise<ReverseProxy | undefined> {
  if (!existsSync(NCHAN_MODULE) || !isInstalled('nginx')) return undefined;
  return startNginx(
    (port) => `server { listen 127.0.0.1:${port} backlog=4096;
      location = /publish { nchan_publisher; nchan_channel_id c; }
      location = /events { nchan_subscriber eventsource; nchan_channel_id c; nchan_subscriber_first_message newest; }
    }`,
    `load_module ${NCHAN_MODULE};`,
  );
}

/** Returns a process's resident memory. */
export function readRssBytes(pid: number): number {
  if (existsSync(`/proc/${pid}/status`)) {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}
