/**
 * Queries on webhooks that the proxy does not understand. `insert` deletes the oldest webhooks if there are too many,
 * or if all webhooks together are too large.
 */
import { type Kysely, sql } from 'kysely';
import type { NewUnrecognizedWebhook, Tables, UnrecognizedWebhook } from './schema.ts';

export type UnrecognizedWebhookQueries = ReturnType<typeof unrecognizedWebhookQueries>;

export interface StorageLimits {
  maxRows: number;
  maxBytes: number;
}

const DEFAULT_LIMITS: StorageLimits = { maxRows: 1_000, maxBytes: 10_000_000 };

export function unrecognizedWebhookQueries(db: Kysely<Tables>) {
  /** Deletes the oldest rows beyond the limits. */
  async function enforceLimits({ maxRows, maxBytes }: StorageLimits): Promise<void> {
    const newestFirst = sql`(order by id desc)`;
    const ranked = db
      .selectFrom('unrecognized_webhooks')
      .select(['id', sql<number>`row_number() over ${newestFirst}`.as('position')])
      .select(sql<number>`sum(body_bytes) over ${newestFirst}`.as('bytes'));
    const excess = db
      .selectFrom(ranked.as('ranked'))
      .select('id')
      .where(({ or, eb }) => or([eb('position', '>', maxRows), eb('bytes', '>', maxBytes)]));
    await db.deleteFrom('unrecognized_webhooks').where('id', 'in', excess).execute();
  }

  return {
    /**
     * Stores webhooks within the limits. Ignores an identical webhook until `dedupe_until`. After that, an identical
     * webhook renews the id and the times of the stored row. So ids are in the order of arrival.
     */
    async insert(webhooks: readonly NewUnrecognizedWebhook[], limits = DEFAULT_LIMITS): Promise<void> {
      for (const webhook of webhooks) {
        await db
          .insertInto('unrecognized_webhooks')
          .values(webhook)
          .onConflict((conflict) =>
            conflict
              .column('dedupe_key')
              .doUpdateSet(({ ref }) => ({
                id: ref('excluded.id'),
                received_at: ref('excluded.received_at'),
                dedupe_until: ref('excluded.dedupe_until'),
              }))
              .where(({ eb, ref }) => eb('unrecognized_webhooks.dedupe_until', '<=', ref('excluded.received_at'))),
          )
          .execute();
      }
      if (webhooks.length) await enforceLimits(limits);
    },

    /** Webhooks that were not parsed with this version of the field map yet, oldest first. */
    listUnparsed: (fieldMapVersion: string, limit: number): Promise<UnrecognizedWebhook[]> =>
      db
        .selectFrom('unrecognized_webhooks')
        .selectAll()
        .where('field_map_version', '!=', fieldMapVersion)
        .orderBy('id')
        .limit(limit)
        .execute(),

    /** A page of all webhooks, by id. */
    listAfter: (id: number, limit: number): Promise<Pick<UnrecognizedWebhook, 'id' | 'body' | 'received_at'>[]> =>
      db
        .selectFrom('unrecognized_webhooks')
        .select(['id', 'body', 'received_at'])
        .where('id', '>', id)
        .orderBy('id')
        .limit(limit)
        .execute(),

    async setFieldMapVersion(ids: readonly number[], field_map_version: string): Promise<void> {
      if (ids.length)
        await db.updateTable('unrecognized_webhooks').set({ field_map_version }).where('id', 'in', ids).execute();
    },

    async delete(ids: readonly number[]): Promise<void> {
      if (ids.length) await db.deleteFrom('unrecognized_webhooks').where('id', 'in', ids).execute();
    },

    async count(): Promise<number> {
      const { count } = await db
        .selectFrom('unrecognized_webhooks')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** Deletes up to `limit` webhooks older than `before`. Returns how many it deleted. */
    async prune(before: string, limit: number): Promise<number> {
      const expired = db
        .selectFrom('unrecognized_webhooks')
        .select('id')
        .where('received_at', '<', before)
        .limit(limit);
      const { numDeletedRows } = await db
        .deleteFrom('unrecognized_webhooks')
        .where('id', 'in', expired)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
