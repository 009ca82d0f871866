/**
 * Copies a snapshot of the SQLite database while the proxy serves. A worker thread writes the copy next to the
 * database. The caller must delete the copy with `discard`. After a crash, the next start deletes the copy.
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

interface Copy {
  bytes: number;
  /** Digest of the file, in base64. */
  sha256: string;
}

export interface Backup extends Copy {
  file: string;
  /** Deletes the file. */
  discard(): Promise<void>;
}

interface WorkerTask {
  from: string;
  to: string;
}

/** Free disk space that must remain for the proxy. */
const RESERVED_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const LOCK_TIMEOUT_MS = 2_000;
const COPY_SUFFIX = /^\.copying-[0-9a-f]{12}(-journal)?$/;

/** @throws Unavailable if the disk has too little free space; SqliteError of better-sqlite3 */
export async function copyDatabase(file: string): Promise<Backup> {
  const from = realpathSync(file);
  await assertFreeSpace(from);
  const to = `${from}.copying-${randomBytes(6).toString('hex')}`;
  const discard = () => rm(to, { force: true });
  try {
    const worker = new Worker(new URL(import.meta.url), { workerData: { from, to } satisfies WorkerTask });
    const [copy] = (await once(worker, 'message')) as [Copy];
    return { file: to, ...copy, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function assertFreeSpace(file: string): Promise<void> {
  const { bytes, freeBytes } = await readDiskUsage(file);
  if (freeBytes >= bytes + RESERVED_BYTES) return;
  throw new Unavailable('The disk has too little free space for a copy of the database. Free some, then try again.');
}

/** Deletes copies that a crash left behind. No backup may run at the same time. */
export function removeStaleCopies(file: string): void {
  const path = realpathSync(file);
  for (const name of readdirSync(dirname(path))) {
    const isCopy = name.startsWith(basename(path)) && COPY_SUFFIX.test(name.slice(basename(path).length));
    if (isCopy) rmSync(join(dirname(path), name));
  }
}

function writeCopy({ from, to }: WorkerTask): Copy {
  closeSync(openSync(to, 'wx', 0o600));
  const source = new Database(from, { readonly: true, timeout: LOCK_TIMEOUT_MS });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    // Resets the generation, so that a start from the copy begins a new epoch (sqlite.ts).
    copy.pragma('user_version = 0');
    const result = copy.pragma('integrity_check(1)', { simple: true });
    if (result !== 'ok') throw new Database.SqliteError(`the copy is corrupt: ${result}`, 'SQLITE_CORRUPT');
  } finally {
    copy.close();
  }
  return measureFile(to);
}

function measureFile(file: string): Copy {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    let bytes = 0;
    for (let bytesRead = -1; bytesRead !== 0; bytes += bytesRead) {
      bytesRead = readSync(descriptor, chunk);
      hash.update(chunk.subarray(0, bytesRead));
    }
    return { bytes, sha256: hash.digest('base64') };
  } finally {
    closeSync(descriptor);
  }
}

if (!isMainThread && typeof (workerData as WorkerTask | null)?.to === 'string') {
  parentPort?.postMessage(writeCopy(workerData as WorkerTask));
}
