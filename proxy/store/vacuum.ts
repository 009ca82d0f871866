/**
 * Rewrites an SQLite file without traces of deleted rows. `secure_delete` overwrites a deleted row. But SQLite
 * sometimes moves rows between pages, and the old copy stays in unused space until a VACUUM. A VACUUM takes about a
 * second per 100 MB, so a worker thread runs it.
 */
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const LOCK_TIMEOUT_MS = 2_000;

interface WorkerTask {
  vacuum: string;
}

/**
 * No query may run at the same time.
 * @throws SqliteError of better-sqlite3, such as `SQLITE_FULL`, or `SQLITE_BUSY` while a backup reads the file
 */
export async function vacuumFile(file: string): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { vacuum: file } satisfies WorkerTask });
  await once(worker, 'exit');
}

function vacuum(file: string): void {
  const connection = new Database(file, { timeout: LOCK_TIMEOUT_MS });
  try {
    connection.pragma('secure_delete = ON');
    connection.exec('VACUUM');
    const [{ busy } = { busy: 0 }] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (busy) throw new Database.SqliteError('another connection reads the write-ahead log', 'SQLITE_BUSY');
  } finally {
    connection.close();
  }
}

if (!isMainThread && typeof (workerData as WorkerTask | null)?.vacuum === 'string') {
  vacuum((workerData as WorkerTask).vacuum);
}
