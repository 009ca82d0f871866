/** How much disk space a database uses, and how much is free. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface DiskUsage {
  /** Size of the database and its write-ahead log. */
  bytes: number;
  /** NaN for PostgreSQL, whose disk the proxy can't see. */
  freeBytes: number;
}

/** Bytes that a user other than root can still write to the folder's disk. */
export async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export async function readDiskUsage(file: string): Promise<DiskUsage> {
  const [databaseBytes, logBytes, freeBytes] = await Promise.all([
    getSize(file),
    getSize(`${file}-wal`),
    readFreeBytes(dirname(file)),
  ]);
  return { bytes: databaseBytes + logBytes, freeBytes };
}

/** Returns 0 if the file does not exist. */
async function getSize(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return found?.size ?? 0;
}
