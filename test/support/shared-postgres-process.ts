/**
 * Runs one PostgreSQL server for all test processes that are connected to a socket, and removes it when the last of
 * them has ended. A second process at the same socket exits at once.
 * Started by postgres.ts: node shared-postgres-process.ts SOCKET
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { startPostgresServer } from './postgres-server.ts';

/** The test runner starts the next file within this time. */
const IDLE_TIMEOUT_MS = 5_000;

const path = process.argv[2] ?? '';
const socketServer = createServer();
if (!(await listen(socketServer))) process.exit();

// Tests of durability start a server of their own.
const postgres = startPostgresServer({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
// Each connection receives the error of a failed start.
postgres.catch(() => {});
let idleTimer = setTimeout(stop, IDLE_TIMEOUT_MS);
let connectionCount = 0;
socketServer.on('connection', (socket) => {
  clearTimeout(idleTimer);
  connectionCount++;
  postgres.then(
    ({ port }) => socket.write(JSON.stringify({ port })),
    (error) => socket.write(JSON.stringify({ error: String(error) })),
  );
  socket.on('error', () => {});
  socket.on('close', () => {
    connectionCount--;
    if (connectionCount === 0) idleTimer = setTimeout(stop, IDLE_TIMEOUT_MS);
  });
  socket.resume();
});
process.on('SIGTERM', stop);

async function stop(): Promise<void> {
  socketServer.close();
  await postgres.then((server) => server.remove()).catch(() => {});
  process.exit();
}

/** Returns whether this process serves the socket. Replaces the socket of a process that was killed. */
async function listen(server: Server): Promise<boolean> {
  try {
    await once(server.listen(path), 'listening');
    return true;
  } catch {
    if (await canConnect()) return false;
    rmSync(path, { force: true });
    await once(server.listen(path), 'listening');
    return true;
  }
}

async function canConnect(): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
