/** The database as it lies there: nothing is made, migrated or stamped by looking at it. */
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readFreeBytes } from '../store/disk-usage.ts';
import { inspectDatabase } from '../store/sqlite.ts';
import { type CheckResult, describeError, fail, ok, warn } from './check-result.ts';

/** Bytes of free space below which somebody should know. */
const MIN_FREE_BYTES = 1024 ** 3;

/** @param evalon what the stamp must say: the base URL, or `sandbox`. */
export async function checkDatabase(file: string, evalon: string): Promise<CheckResult[]> {
  if (file === ':memory:') {
    return [warn('DATABASE_URL keeps everything in memory: it is gone when the proxy ends', 'name a file')];
  }
  const folder = nearestFolder(file);
  return [await checkContent(file, folder, evalon), await checkFreeSpace(folder)];
}

async function checkContent(file: string, folder: string, evalon: string): Promise<CheckResult> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    if (!existsSync(file)) return ok(`database ${file} is not there yet; the proxy can make it`);
    await access(file, constants.W_OK);
  } catch (error) {
    return fail(
      `DATABASE_URL names ${file}, where this user may not write (${describeError(error)})`,
      'let the user of the service write the folder and the file, and run this as that user',
    );
  }
  try {
    const { served, evalon: owner = evalon, form } = inspectDatabase(file);
    if (owner !== evalon) {
      return fail(
        `DATABASE_URL names ${file}, which belongs to ${owner}, not to ${evalon}`,
        'give each Evalon a database of its own',
      );
    }
    if (form === 'newer') {
      return fail(
        `DATABASE_URL names ${file}, which a newer release has written`,
        'start that one, or restore a backup of before (docs/deploy.md, Upgrade and roll back)',
      );
    }
    if (form === 'older') {
      return warn(
        `database ${file} is of an older release, and the start of this one brings it up to date, for good`,
        'take a backup before',
      );
    }
    return ok(`database ${file} belongs to this Evalon${served ? '; a process serves it: the proxy is running' : ''}`);
  } catch (error) {
    return fail(
      `DATABASE_URL names ${file}, which is no usable database (${describeError(error)})`,
      'restore it from a backup, or name another file',
    );
  }
}

async function checkFreeSpace(folder: string): Promise<CheckResult> {
  const free = await readFreeBytes(folder);
  const seen = `${(free / 1024 ** 3).toFixed(1)} GiB are free in ${folder}`;
  return free < MIN_FREE_BYTES ? warn(seen, 'make room: webhooks are refused where they cannot be stored') : ok(seen);
}

/** The folder that the file is in or, where that is still to be made, the one that it would be made in. */
function nearestFolder(file: string): string {
  let folder = dirname(resolve(file));
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}
