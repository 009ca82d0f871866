/** Checks the database without creating or changing it. */
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isPostgresUrl } from '../config/database-url.ts';
import { readFreeBytes } from '../store/disk-usage.ts';
import { inspectSqlite } from '../store/inspect-sqlite.ts';
import type { Clock } from '../util/clock.ts';
import { type CheckResult, describeError, fail, ok, runCheck, warn } from './check-result.ts';
import { checkPostgres } from './postgres.ts';

const GIB = 1024 ** 3;
const MIN_FREE_BYTES = GIB;

/** @param evalon the Evalon that the database must belong to: `EVALON_BASE_URL`, or `sandbox`. */
export function checkDatabase(database: string, evalon: string, clock: Clock): Promise<CheckResult[]> {
  if (isPostgresUrl(database)) return runCheck(clock, 'PostgreSQL', () => checkPostgres(database, evalon));
  return runCheck(clock, database, () => checkSqlite(database, evalon));
}

async function checkSqlite(file: string, evalon: string): Promise<CheckResult[]> {
  if (file === ':memory:') {
    return [warn('DATABASE_URL keeps all data in memory: it is lost when the proxy stops', 'name a file')];
  }
  const folder = nearestExistingFolder(file);
  return [await checkFile(file, folder, evalon), await checkFreeSpace(folder)];
}

async function checkFile(file: string, folder: string, evalon: string): Promise<CheckResult> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    if (!existsSync(file)) return ok(`database ${file} does not exist yet; the proxy can create it`);
    await access(file, constants.W_OK);
  } catch (error) {
    return fail(
      `DATABASE_URL names ${file}, which this user cannot write (${describeError(error)})`,
      'let the user of the service write the folder and the file, and run the doctor as that user',
    );
  }
  try {
    const { isServed, evalon: owner = evalon, schema } = inspectSqlite(file);
    if (owner !== evalon) {
      return fail(
        `DATABASE_URL names ${file}, which belongs to ${owner}, not to ${evalon}`,
        'use a separate database for each Evalon',
      );
    }
    if (schema === 'newer') {
      return fail(
        `DATABASE_URL names ${file}, which a newer release has written`,
        'start that release, or restore an older backup (docs/deploy.md, Upgrade and roll back)',
      );
    }
    if (schema === 'older') {
      return warn(
        `database ${file} was written by an older release. The first start of this release migrates it irreversibly`,
        'make a backup first',
      );
    }
    return ok(`database ${file} belongs to this Evalon${isServed ? '; the proxy is running and uses it' : ''}`);
  } catch (error) {
    return fail(
      `DATABASE_URL names ${file}, which is not a valid database (${describeError(error)})`,
      'restore it from a backup, or name another file',
    );
  }
}

async function checkFreeSpace(folder: string): Promise<CheckResult> {
  const freeBytes = await readFreeBytes(folder);
  const message = `${(freeBytes / GIB).toFixed(1)} GiB are free in ${folder}`;
  return freeBytes < MIN_FREE_BYTES
    ? warn(message, 'free some space: the proxy refuses webhooks that it cannot store')
    : ok(message);
}

function nearestExistingFolder(file: string): string {
  let folder = dirname(resolve(file));
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}
