/**
 * Takes a backup from the running proxy into a file for its owner only. It has another name until it is whole and
 * proven, so that whatever has the name is a backup.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Answers a sentence about the file.
 * @param ask asks the proxy for it.
 * @throws where the file is there already, cannot be written, or did not come whole.
 */
export async function downloadBackup(file: string, ask: () => Promise<Response>): Promise<string> {
  const target = resolve(file);
  if (existsSync(target)) throw new Error(`${target} is there already: name a new file.`);
  const partial = `${target}.partial`;
  const handle = await open(partial, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${partial} cannot be made (${error.code}): name a file in a folder that you may write.`);
  });
  try {
    const response = await ask();
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await handle.writeFile(chunk);
    }
    if (response.headers.get('repr-digest') !== `sha-256=:${hash.digest('base64')}:`) {
      throw new Error('The backup did not come as it was sent: try again.');
    }
    await handle.sync();
    await handle.close();
    await rename(partial, target);
    await syncFolder(dirname(target));
    return `Backed up to ${target} (${bytes} bytes).\n`;
  } catch (error) {
    await handle.close();
    await rm(partial, { force: true });
    throw error;
  }
}

/** The name lasts, too. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
