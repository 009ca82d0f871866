/**
 * Takes every trace of deleted rows out of an SQLite file. `secure_delete` overwrites the rows themselves, but what
 * SQLite moved between pages before that stays behind in their unused parts: only writing the file anew (VACUUM) ends it.
 * That takes a second for each 100 MB or so, in a thread of its own, so that the process goes on answering.
 */
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

interface Task {
  wipe: string;
}

/**
 * Nobody may use the file meanwhile.
 * @throws SqliteError of better-sqlite3, such as `SQLITE_FULL` or, while a backup reads the file, `SQLITE_BUSY`.
 */
export async function vacuumFile(file: string): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { wipe: file } satisfies Task });
  await once(worker, 'exit');
}

function rewrite(file: string): void {
  const connection = new Database(file, { timeout: 2_000 });
  try {
    connection.pragma('secure_delete = ON');
    connection.exec('VACUUM');
    const [{ busy } = { busy: 0 }] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (busy) throw new Database.SqliteError('the write-ahead log is being read', 'SQLITE_BUSY');
  } finally {
    connection.close();
  }
}

if (!isMainThread && typeof (workerData as Task | null)?.wipe === 'string') rewrite((workerData as Task).wipe);
