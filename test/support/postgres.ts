/** PostgreSQL for tests. All test processes of a working copy share one server, and each test has its own database. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createDatabaseAt, type TestDatabase } from './postgres-server.ts';

const SERVER_PROCESS = join(import.meta.dirname, 'shared-postgres-process.ts');
const SOCKET_HASH = createHash('sha256')
  .update(`${import.meta.dirname} ${userInfo().uid}`)
  .digest('hex')
  .slice(0, 16);
const SOCKET_PATH = join(tmpdir(), `evalon-postgres-${SOCKET_HASH}.sock`);
const CONNECT_ATTEMPTS = 200;
const RETRY_MS = 50;

let sharedPort: Promise<number> | undefined;

/** Creates an empty database on the shared server. The first call starts the server. */
export async function createPostgresDatabase(): Promise<TestDatabase> {
  sharedPort ??= findSharedServer();
  return createDatabaseAt(await sharedPort);
}

/** Returns the port of the shared server, which runs as long as this process is connected to its socket. */
async function findSharedServer(): Promise<number> {
  const socket = await connectToServerProcess();
  const [line] = await once(socket, 'data');
  socket.unref();
  const { port, error } = JSON.parse(String(line));
  if (error) throw new Error(`the shared PostgreSQL did not start: ${error}`);
  return port;
}

async function connectToServerProcess(): Promise<Socket> {
  let isSpawned = false;
  for (let attempt = 0; attempt < CONNECT_ATTEMPTS; attempt++) {
    const socket = connect(SOCKET_PATH);
    try {
      await once(socket, 'connect');
      socket.on('error', () => {});
      return socket;
    } catch {
      if (!isSpawned)
        spawn(process.execPath, [SERVER_PROCESS, SOCKET_PATH], { detached: true, stdio: 'ignore' }).unref();
      isSpawned = true;
      await delay(RETRY_MS);
    }
  }
  throw new Error(`no server at ${SOCKET_PATH}`);
}
