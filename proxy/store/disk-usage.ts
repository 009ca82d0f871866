/** How much disk space a database uses, and how much is free. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface DiskUsage {
  /** The database with its write-ahead log. */
  bytes: number;
  free: number;
}

/** Bytes that a user other than root can still write to the folder's disk. */
export async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export async function readDiskUsage(file: string): Promise<DiskUsage> {
  const [database, log, free] = await Promise.all([sizeOf(file), sizeOf(`${file}-wal`), readFreeBytes(dirname(file))]);
  return { bytes: database + log, free };
}

/** Returns 0 if the file does not exist. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return found?.size ?? 0;
}
