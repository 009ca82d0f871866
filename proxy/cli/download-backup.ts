/**
 * Downloads a backup into a file that only its owner can read. The file has a temporary name until it is complete and
 * verified. So a file with the final name is always a valid backup.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Returns a message about the file for the administrator.
 * @param requestBackup calls the proxy.
 * @throws if the file already exists or cannot be written, or if the download is incomplete.
 */
export async function downloadBackup(file: string, requestBackup: () => Promise<Response>): Promise<string> {
  const target = resolve(file);
  if (existsSync(target)) throw new Error(`${target} already exists. Name a new file.`);
  const partialFile = `${target}.partial`;
  const handle = await open(partialFile, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${partialFile} cannot be created (${error.code}). Name a file in a folder that you can write to.`);
  });
  try {
    const response = await requestBackup();
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await handle.writeFile(chunk);
    }
    if (response.headers.get('repr-digest') !== `sha-256=:${hash.digest('base64')}:`) {
      throw new Error('The download of the backup is incomplete or damaged. Try again.');
    }
    await handle.sync();
    await handle.close();
    await rename(partialFile, target);
    await syncFolder(dirname(target));
    return `Backed up to ${target} (${bytes} bytes).\n`;
  } catch (error) {
    await handle.close();
    await rm(partialFile, { force: true });
    throw error;
  }
}

/** Makes the file's name durable. Windows cannot sync folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
