/** Queries about what is kept as keyed hashes only: erased sessions, and API keys that were seen. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

export type HashQueries = ReturnType<typeof hashQueries>;

/** @param hash the store's own keyed hash. */
export function hashQueries(db: Kysely<Tables>, now: () => string, hash: (text: string) => string) {
  return {
    /** Remembers that a session was erased. */
    async addTombstone(sessionUuid: string): Promise<void> {
      await db
        .insertInto('tombstones')
        .values({ hash: hash(sessionUuid), erased_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Those of the sessions that were erased. However many are asked about, it is the same statement. */
    async listErased(sessionUuids: readonly string[]): Promise<string[]> {
      const named = new Map([...new Set(sessionUuids)].map((uuid) => [hash(uuid), uuid]));
      const rows = await db
        .selectFrom('tombstones')
        .select('hash')
        .where('hash', 'in', sql<string>`(select value from json_each(${JSON.stringify([...named.keys()])}))`)
        .execute();
      return rows.flatMap((row) => named.get(row.hash) ?? []);
    },

    /** Since when an API key has been in use here: from now on, where it is new. */
    async recordApiKey(apiKey: string): Promise<string> {
      const row = { hash: hash(apiKey), first_seen_at: now() };
      await db
        .insertInto('api_keys')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const held = await db
        .selectFrom('api_keys')
        .select('first_seen_at')
        .where('hash', '=', row.hash)
        .executeTakeFirstOrThrow();
      return held.first_seen_at;
    },
  };
}
