/** Real reverse proxies before ours, as docs/deploy.md configures them, where they are installed. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './eventually.ts';
import { createTempFolder, findFreePort } from './proxy.ts';

export interface Gateway {
  url: string;
  stop(): Promise<void>;
}

const PROGRAMS = { nginx: '/usr/sbin/nginx', haproxy: '/usr/sbin/haproxy' };
export type GatewayKind = keyof typeof PROGRAMS;

export function isInstalled(kind: GatewayKind): boolean {
  return existsSync(PROGRAMS[kind]);
}

/**
 * Starts what the documentation shows before the server at `target`, on a free port and without TLS.
 * @param idleSeconds how long it lets a connection be silent; as documented where undefined.
 */
export function startGateway(kind: GatewayKind, target: string, idleSeconds?: number): Promise<Gateway> {
  const documented = documentedConfig(kind)
    .replaceAll('127.0.0.1:8787', new URL(target).host)
    .replaceAll('60s', idleSeconds ? `${idleSeconds}s` : '60s');
  if (kind === 'nginx') {
    return startNginx((port) => documented.replace('443 ssl', `127.0.0.1:${port}`).replaceAll(/^\s*ssl_.*\n/gm, ''));
  }
  return startWith(
    kind,
    (port) => documented.replace(/bind .*/, `bind 127.0.0.1:${port}`),
    (file) => ['-f', file],
  );
}

/** @param servers its `server` blocks, listening on that port. */
export function startNginx(servers: (port: number) => string, modules = ''): Promise<Gateway> {
  const temporary = (folder: string) =>
    ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${join(folder, of)};`).join(' ');
  return startWith(
    'nginx',
    (port, folder) => `${modules}
      worker_processes 1; daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'log')}; worker_rlimit_nofile 20000;
      events { worker_connections 12000; }
      http { access_log off; ${temporary(folder)} ${servers(port)} }`,
    (file, folder) => ['-c', file, '-e', join(folder, 'log')],
  );
}

async function startWith(
  kind: GatewayKind,
  config: (port: number, folder: string) => string,
  options: (file: string, folder: string) => string[],
): Promise<Gateway> {
  const port = await findFreePort();
  const { folder, remove } = createTempFolder();
  const file = join(folder, 'config');
  writeFileSync(file, `${config(port, folder)}\n`);
  const child = spawn(PROGRAMS[kind], options(file, folder), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await waitFor(() => fetch(url)).catch((cause: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${kind} does not serve: ${said}`, { cause });
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      remove();
    },
  };
}

function documentedConfig(kind: GatewayKind): string {
  const text = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
  const [, block] = new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 's').exec(text) ?? [];
  if (!block) throw new Error(`docs/deploy.md shows no configuration of ${kind}`);
  return block;
}
