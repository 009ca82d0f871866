/** Checks that other users of this machine cannot read files with secrets or candidates' data. */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CheckResult, ok, warn } from './check-result.ts';

/** The mode bits with which every user may read a file, or enter a folder. */
const [READ, ENTER] = [0o004, 0o001];

/** @param files paths. The check skips missing files. */
export async function checkFilePermissions(files: readonly string[]): Promise<CheckResult[]> {
  if (process.platform === 'win32') return [];
  const checkedFiles = await Promise.all(
    files.map(async (file) => ({ file, isReadable: await isWorldReadable(file) })),
  );
  const readableFiles = checkedFiles.filter(({ isReadable }) => isReadable);
  if (!readableFiles.length) return [ok('other users of this machine cannot read the setting files or the database')];
  // The * includes SQLite's other files, such as evalon.db-wal.
  return readableFiles.map(({ file }) => warn(`every user of this machine can read ${file}`, `chmod o-r ${file}*`));
}

async function isWorldReadable(file: string): Promise<boolean> {
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
