/** Queries on tombstones. They are keyed hashes of erased session ids, and identify late webhooks. */
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

export type TombstoneQueries = ReturnType<typeof tombstoneQueries>;

export function tombstoneQueries(db: Kysely<Tables>, now: () => string, hash: (text: string) => string) {
  return {
    async add(sessionUuid: string): Promise<void> {
      await db
        .insertInto('tombstones')
        .values({ hash: hash(sessionUuid), erased_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Returns which of the sessions were erased. */
    async findErased(sessionUuids: readonly string[]): Promise<Set<string>> {
      const uuidByHash = new Map([...new Set(sessionUuids)].map((uuid) => [hash(uuid), uuid]));
      const found = await db
        .selectFrom('tombstones')
        .select('hash')
        .where('hash', 'in', [...uuidByHash.keys()])
        .execute();
      return new Set(found.flatMap((row) => uuidByHash.get(row.hash) ?? []));
    },
  };
}
