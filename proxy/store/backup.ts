/**
 * A copy of the whole database as it is at one moment, made while it is written to, in a thread of its own, so that
 * nobody waits. It lies beside the database until it is taken, and a start removes what a crash has left.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { Unavailable } from '../util/errors.ts';
import { readDiskUsage } from './disk-usage.ts';

export interface Backup {
  file: string;
  bytes: number;
  /** In base64. */
  sha256: string;
  /** Removes the file. */
  discard(): Promise<void>;
}

interface Task {
  from: string;
  to: string;
}

/** Bytes that a copy leaves free on the disk that the proxy writes to. */
const LEFT_FREE = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const NAME = /^\.copying-[0-9a-f]{12}(-journal)?$/;

/**
 * Copies the database `file`, which somebody may be writing to.
 * @throws Unavailable where there is not room enough; SqliteError of better-sqlite3.
 */
export async function copyDatabase(file: string): Promise<Backup> {
  const from = realpathSync(file);
  await demandRoom(from);
  const to = `${from}.copying-${randomBytes(6).toString('hex')}`;
  const discard = () => rm(to, { force: true });
  try {
    const worker = new Worker(new URL(import.meta.url), { workerData: { from, to } satisfies Task });
    const [made] = (await once(worker, 'message')) as [Pick<Backup, 'bytes' | 'sha256'>];
    return { file: to, ...made, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function demandRoom(file: string): Promise<void> {
  const { bytes, free } = await readDiskUsage(file);
  if (free >= bytes + LEFT_FREE) return;
  throw new Unavailable('There is not enough room beside the database for a copy of it. Make room, then try again.');
}

/** Removes copies that nobody took. Nobody may be making one. */
export function removeStaleCopies(file: string): void {
  const whole = realpathSync(file);
  for (const name of readdirSync(dirname(whole))) {
    const isCopy = name.startsWith(basename(whole)) && NAME.test(name.slice(basename(whole).length));
    if (isCopy) rmSync(join(dirname(whole), name));
  }
}

function copy({ from, to }: Task): Pick<Backup, 'bytes' | 'sha256'> {
  closeSync(openSync(to, 'wx', 0o600));
  const source = new Database(from, { readonly: true, timeout: 2_000 });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
  const made = new Database(to);
  try {
    // It is another file than the one that is served, and whoever starts from it has to know (see sqlite.ts).
    made.pragma('user_version = 0');
    const fault = made.pragma('integrity_check(1)', { simple: true });
    if (fault !== 'ok') throw new Database.SqliteError(`the copy is broken: ${fault}`, 'SQLITE_CORRUPT');
  } finally {
    made.close();
  }
  return digestOf(to);
}

function digestOf(file: string): Pick<Backup, 'bytes' | 'sha256'> {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK);
  const opened = openSync(file, 'r');
  try {
    let bytes = 0;
    for (let read = -1; read !== 0; bytes += read) {
      read = readSync(opened, chunk);
      hash.update(chunk.subarray(0, read));
    }
    return { bytes, sha256: hash.digest('base64') };
  } finally {
    closeSync(opened);
  }
}

if (!isMainThread && typeof (workerData as Task | null)?.to === 'string') parentPort?.postMessage(copy(workerData));
