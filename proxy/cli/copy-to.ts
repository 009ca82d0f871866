/** `npm run admin -- copy-to`: copies the SQLite database of a stopped proxy into an empty PostgreSQL database. */
import { readDatabase } from '../config/config.ts';
import { isPostgresUrl } from '../config/database-url.ts';
import { database } from '../config/setting-types.ts';
import { checkPostgres } from '../doctor/postgres.ts';
import { copyToPostgres } from '../store/copy-to-postgres.ts';
import { systemClock } from '../util/clock.ts';
import { SettingsError } from '../util/errors.ts';
import { promptLine } from './prompt.ts';

/**
 * Prints a line for each table.
 * @param target the URL of the PostgreSQL database. Without it, reads the URL from standard input.
 */
export async function copyTo(target?: string): Promise<void> {
  const file = readDatabase();
  if (isPostgresUrl(file)) {
    throw new SettingsError(['DATABASE_URL names a PostgreSQL database: set it to the SQLite file to copy']);
  }
  const url = parseUrl(target ?? (await promptLine('The URL of the PostgreSQL database: ')));
  // If the proxy cannot use the database, `checkPostgres` returns only the failure.
  const [result] = await checkPostgres(url);
  if (result?.level === 'fail') throw new SettingsError([`${result.message}: ${result.fix}`]);
  const postgresName = await copyToPostgres({
    file,
    url,
    clock: systemClock,
    onTable: (table, rows) => void process.stdout.write(`Copied and compared ${table}: ${rows} rows.\n`),
  });
  process.stdout.write(
    `${postgresName} now contains everything in ${file}. Set DATABASE_URL to this database, and don't start the proxy with the file again.\n`,
  );
}

/** @throws SettingsError, which does not contain the URL, because the URL contains a password. */
function parseUrl(text: string): string {
  const { data, success } = database.safeParse(text);
  if (success && isPostgresUrl(data)) return data;
  throw new SettingsError([
    'The target is not the URL of a PostgreSQL database: enter a URL such as postgres://user:password@db.example.com/evalon',
  ]);
}
