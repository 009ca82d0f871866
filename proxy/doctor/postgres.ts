/** Checks the PostgreSQL database without changing it. */
import { inspectPostgres, type PostgresFacts } from '../store/inspect-postgres.ts';
import { type CheckResult, describeError, fail, ok } from './check-result.ts';

const MIN_VERSION = 180_000;

/** @param evalon the Evalon that the database must belong to. */
export async function checkPostgres(url: string, evalon: string): Promise<CheckResult[]> {
  let facts: PostgresFacts;
  try {
    facts = await inspectPostgres(url);
  } catch (error) {
    return [
      fail(
        `DATABASE_URL names a PostgreSQL database that cannot be used (${describeError(error)})`,
        'make sure that the server runs, and that the user, the password and the database exist',
      ),
    ];
  }
  const { name, version, encoding, canWrite, evalon: owner = evalon } = facts;
  if (owner !== evalon) {
    return [
      fail(`the database ${name} belongs to ${owner}, not to ${evalon}`, 'use a separate database for each Evalon'),
    ];
  }
  if (version < MIN_VERSION) {
    return [fail(`the database ${name} runs on PostgreSQL ${Math.floor(version / 10_000)}`, 'upgrade it to 18')];
  }
  if (encoding !== 'UTF8') {
    return [fail(`the database ${name} has the encoding ${encoding}`, "create it with: encoding 'UTF8'")];
  }
  if (!canWrite) {
    return [fail(`the user of ${name} cannot create tables`, 'grant create on the schema to the user')];
  }
  return [ok(`database ${name} is PostgreSQL ${Math.floor(version / 10_000)} and belongs to this Evalon`)];
}
