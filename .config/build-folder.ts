/** The folder in which a build collects its results. Only one process at a time has it: the others wait. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const OWNER = 'pid';
const RETRY_MS = 200;
const MAX_WAIT_MS = 10 * 60_000;
/** The longest time between the creation of the folder and that of the file with its owner. */
const MAX_CREATION_MS = 5_000;

/**
 * Creates the folder once no other process has it. Removes the folder of a process that was killed.
 * @throws an error if another process has it for ten minutes.
 */
export async function createBuildFolder(folder: string): Promise<void> {
  for (const startedAt = Date.now(); Date.now() - startedAt < MAX_WAIT_MS; await setTimeout(RETRY_MS)) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, OWNER), String(process.pid));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
  }
  throw new Error(`Another process builds for more than ten minutes. If that is wrong, remove ${folder}.`);
}

function isAbandoned(folder: string): boolean {
  const created = statSync(folder, { throwIfNoEntry: false });
  if (!created) return false;
  const pid = readOwner(folder);
  if (pid === undefined) return Date.now() - created.mtimeMs > MAX_CREATION_MS;
  // In a container, a killed process may have had the id of this one.
  return pid === process.pid || !isRunning(pid);
}

/** Returns undefined if the file does not exist yet, is still empty, or was removed. */
function readOwner(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, OWNER), 'utf8')) || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
