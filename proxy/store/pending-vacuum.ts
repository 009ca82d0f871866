/**
 * A stored flag: the files may still contain traces of deleted rows, so a vacuum must run. The transaction that deletes
 * the rows sets the flag. So the vacuum also runs after a crash.
 */
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

const KEY = 'vacuum_pending_since';

export type PendingVacuumQueries = ReturnType<typeof pendingVacuumQueries>;

export function pendingVacuumQueries(db: Kysely<Tables>, now: () => string) {
  return {
    async set(): Promise<void> {
      await db
        .insertInto('meta')
        .values({ key: KEY, value: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async isSet(): Promise<boolean> {
      return (await db.selectFrom('meta').select('key').where('key', '=', KEY).executeTakeFirst()) !== undefined;
    },

    async clear(): Promise<void> {
      await db.deleteFrom('meta').where('key', '=', KEY).execute();
    },
  };
}
