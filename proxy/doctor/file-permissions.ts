/** Files with secrets or candidates' data in them that everybody on this machine could read. */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CheckResult, ok, warn } from './check-result.ts';

/** What `others` may do, in a mode. */
const [READ, ENTER] = [0o004, 0o001];

/** @param files paths; those that are not there are passed over. */
export async function checkFilePermissions(files: readonly string[]): Promise<CheckResult[]> {
  if (process.platform === 'win32') return [];
  const open = await Promise.all(files.map(async (file) => ((await isOpenToAll(file)) ? file : undefined)));
  const found = open.filter((file) => file !== undefined);
  if (!found.length) return [ok('no file of settings and no database file can be read by everybody on this machine')];
  return found.map((file) => warn(`${file} can be read by everybody on this machine`, `chmod o-r ${file}*`));
}

async function isOpenToAll(file: string): Promise<boolean> {
  try {
    if (!((await stat(file)).mode & READ)) return false;
    for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
      if (!((await stat(folder)).mode & ENTER)) return false;
      if (folder === dirname(folder)) return true;
    }
  } catch {
    return false;
  }
}
