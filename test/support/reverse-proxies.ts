/** Starts nginx or HAProxy in front of a server, with the configuration of deploy/nginx or docs/deploy.md. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCodeBlock } from './code-blocks.ts';
import { waitFor } from './eventually.ts';
import { findFreePort } from './free-port.ts';
import { createTempFolder } from './proxy.ts';

export interface ReverseProxy {
  url: string;
  stop(): Promise<void>;
}

const PROGRAMS = { nginx: '/usr/sbin/nginx', haproxy: '/usr/sbin/haproxy' };
/** As root, nginx needs `user root`: its default user cannot write to the temporary folder. */
const IS_ROOT = process.getuid?.() === 0;
export type ReverseProxyKind = keyof typeof PROGRAMS;

export function isInstalled(kind: ReverseProxyKind): boolean {
  return existsSync(PROGRAMS[kind]);
}

/**
 * Starts the documented reverse proxy in front of the server at `target`, on a free port and without TLS.
 * @param idleSeconds the idle timeout of the reverse proxy. Default: the documented timeout.
 */
export function startReverseProxy(kind: ReverseProxyKind, target: string, idleSeconds?: number): Promise<ReverseProxy> {
  const config = readDocumentedConfig(kind)
    .replaceAll('127.0.0.1:8787', new URL(target).host)
    .replaceAll('60s', idleSeconds ? `${idleSeconds}s` : '60s');
  if (kind === 'nginx') {
    return startNginx((port) => config.replace('443 ssl', `127.0.0.1:${port}`).replaceAll(/^\s*ssl_.*\n/gm, ''));
  }
  return startProgram(
    kind,
    (port) => config.replace(/bind .*/, `bind 127.0.0.1:${port}`),
    (file) => ['-f', file],
  );
}

/**
 * @param buildServers returns the `server` blocks, which listen on the port.
 * @param loadModules the `load_module` directives.
 */
export function startNginx(buildServers: (port: number) => string, loadModules = ''): Promise<ReverseProxy> {
  const tempPaths = (folder: string) =>
    ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${join(folder, name)};`)
      .join(' ');
  return startProgram(
    'nginx',
    (port, folder) => `${loadModules}
      ${IS_ROOT ? 'user root;' : ''} worker_processes 1; daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'log')}; worker_rlimit_nofile 20000;
      events { worker_connections 12000; }
      http { access_log off; ${tempPaths(folder)} ${buildServers(port)} }`,
    (file, folder) => ['-c', file, '-e', join(folder, 'log')],
  );
}

/** Returns what `nginx -t` prints about these `server` blocks. */
export function checkNginxConfig(servers: string): string {
  const { folder, remove } = createTempFolder();
  try {
    const file = join(folder, 'config');
    writeFileSync(file, `pid ${join(folder, 'pid')}; events {} http { access_log off; ${servers} }`);
    return spawnSync(PROGRAMS.nginx, ['-t', '-c', file, '-e', join(folder, 'log')], { encoding: 'utf8' }).stderr;
  } finally {
    remove();
  }
}

async function startProgram(
  kind: ReverseProxyKind,
  buildConfig: (port: number, folder: string) => string,
  buildArguments: (file: string, folder: string) => string[],
): Promise<ReverseProxy> {
  const port = await findFreePort();
  const { folder, remove } = createTempFolder();
  const file = join(folder, 'config');
  writeFileSync(file, `${buildConfig(port, folder)}\n`);
  const child = spawn(PROGRAMS[kind], buildArguments(file, folder), { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await waitFor(() => fetch(url)).catch((cause: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${kind} does not serve: ${stderr}`, { cause });
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

function readDocumentedConfig(kind: ReverseProxyKind): string {
  const root = join(import.meta.dirname, '../..');
  if (kind === 'nginx') return readFileSync(join(root, 'deploy/nginx/evalon-proxy.conf'), 'utf8');
  return readCodeBlock('docs/deploy.md', 'haproxy');
}
