/** Migrates a database to the newest schema. */
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SettingsError } from '../util/errors.ts';
import type { Database } from './database.ts';
import { isTransientError } from './database-errors.ts';
import { getCompatibilityKey, isCompatible } from './migrations/migrations.ts';
import type { Tables } from './schema.ts';

/**
 * Applies the missing migrations. Changes nothing if the next release has already migrated the database. During a
 * deployment, a node of this release works on the newer schema.
 * @throws SettingsError if this release does not work with the database
 */
export async function migrate({ db, migrations }: Pick<Database, 'db' | 'migrations'>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  if (isTransientError(error)) throw error;
  const { message } = error as Error;
  // Kysely's message if the database has a migration that this release does not know.
  if (message.includes('corrupted migrations') && (await worksWithNewerSchema(db, Object.keys(migrations)))) return;
  throw new SettingsError([
    `DATABASE_URL names a database that this release cannot migrate (${message}): a newer release may have written it`,
  ]);
}

async function worksWithNewerSchema(db: Kysely<Tables>, own: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const applied = rows.map(({ name }) => name);
  const recorded = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', getCompatibilityKey(applied.toSorted().at(-1) ?? ''))
    .executeTakeFirst();
  return isCompatible(own, applied, recorded?.value);
}
