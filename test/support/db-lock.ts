/** Locks a database from another process, as a shell or a backup tool does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { isPostgresUrl } from '../../proxy/config/database-url.ts';
import { WRITE_LOCK } from '../../proxy/store/postgres-dialect.ts';
import { toTestDatabase } from './test-database.ts';

const HOLD_TRANSACTION = `
  import Database from 'better-sqlite3';
  const [file, begin] = process.argv.slice(1);
  const connection = new Database(file, { timeout: 10_000 });
  connection.exec(begin);
  process.stdout.write('locked');
  process.stdin.resume().once('end', () => connection.close());
`;

/**
 * Begins the transaction, and returns a function that ends it.
 * @param begin such as `BEGIN IMMEDIATE`
 */
export async function lockDatabase(test: TestContext, file: string, begin: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', HOLD_TRANSACTION, file, begin], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  test.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    await once(child, 'exit');
  };
}

/** Blocks writes to the database of a test, on SQLite and on PostgreSQL. Returns a function that ends the block. */
export async function blockWrites(test: TestContext, file: string): Promise<() => Promise<void>> {
  const database = await toTestDatabase(file);
  if (!isPostgresUrl(database)) return lockDatabase(test, file, 'BEGIN IMMEDIATE');
  const client = new pg.Client(database);
  await client.connect();
  await client.query(`select pg_advisory_lock(${WRITE_LOCK})`);
  const release = () => client.end();
  test.after(release);
  return release;
}
