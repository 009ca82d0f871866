/** The servers that the proxy is held against, each a process of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../support/eventually.ts';
import { type Gateway, isInstalled, startNginx } from '../../support/reverse-proxies.ts';

export interface Peer {
  url: string;
  pid: number;
  stop(): void;
}

/** @param settings its whole environment; by default ours. */
export async function startNodePeer(
  name: 'bare' | 'better-sse' | 'storeless',
  settings?: Readonly<Record<string, string | undefined>>,
): Promise<Peer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    ...(settings && { env: settings }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk;
  });
  const url = (await waitFor(() => /listens (\S+)/.exec(printed), { deadline: 60_000 }))[1] ?? '';
  return { url, pid: Number(child.pid), stop: () => void child.kill() };
}

const NCHAN = '/usr/lib/nginx/modules/ngx_nchan_module.so';
export const NO_NCHAN_MESSAGE =
  'nginx with nchan is not installed (Debian: apt-get install -y nginx libnginx-mod-nchan)';

/** nginx with nchan: one channel, published to at `/publish` and read at `/events`; undefined where it is not installed. */
export async function startNchan(): Promise<Gateway | undefined> {
  if (!existsSync(NCHAN) || !isInstalled('nginx')) return undefined;
  return startNginx(
    (port) => `server { listen 127.0.0.1:${port} backlog=4096;
      location = /publish { nchan_publisher; nchan_channel_id c; }
      location = /events { nchan_subscriber eventsource; nchan_channel_id c; nchan_subscriber_first_message newest; }
    }`,
    `load_module ${NCHAN};`,
  );
}

/** Bytes that a process holds in memory. */
export function readRssBytes(pid: number): number {
  if (existsSync(`/proc/${pid}/status`)) {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}
