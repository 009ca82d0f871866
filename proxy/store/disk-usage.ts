/** How much room a database takes, and how much is left where it lies. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes that others than root may still write in a folder. */
export async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Bytes of a database with its write-ahead log, and those that are free on its disk. */
export async function readDiskUsage(file: string): Promise<{ bytes: number; free: number }> {
  const [database, log, free] = await Promise.all([sizeOf(file), sizeOf(`${file}-wal`), readFreeBytes(dirname(file))]);
  return { bytes: database + log, free };
}

/** 0 where there is no such file. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return found?.size ?? 0;
}
