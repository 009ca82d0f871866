/** Queries on Evalon's API keys, stored as keyed hashes. */
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

export type ApiKeyQueries = ReturnType<typeof apiKeyQueries>;

export function apiKeyQueries(db: Kysely<Tables>, now: () => string, hash: (text: string) => string) {
  return {
    /** Returns when this database first saw the key. Records the current time for a new key. */
    async recordFirstSeen(apiKey: string): Promise<string> {
      const row = { hash: hash(apiKey), first_seen_at: now() };
      await db
        .insertInto('api_keys')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { first_seen_at } = await db
        .selectFrom('api_keys')
        .select('first_seen_at')
        .where('hash', '=', row.hash)
        .executeTakeFirstOrThrow();
      return first_seen_at;
    },
  };
}
