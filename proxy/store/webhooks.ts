/**
 * Queries on acknowledged webhooks. A webhook is stored once by its dedupe key, and stays pending until it is
 * applied.
 */
import { type Kysely, sql } from 'kysely';
import { countUpTo, MAX_COUNTED } from './count-up-to.ts';
import type { NewWebhook, Tables, WebhookRow } from './schema.ts';

export type WebhookQueries = ReturnType<typeof webhookQueries>;

export function webhookQueries(db: Kysely<Tables>) {
  return {
    /**
     * Stores webhooks as pending. A repeat changes nothing, except in these cases, in which the stored row becomes
     * pending again:
     * - The row is a dead letter.
     * - The event is `completionEvent`. The proxy may have dropped the claim of the first webhook.
     * - `dedupe_until` has passed. Then the webhook is a new event and reuses the row.
     *
     * In these cases the row gets a new id, so that ids are in the order of arrival, whatever the nodes' clocks show.
     */
    async insert(webhooks: readonly NewWebhook[], completionEvent: string): Promise<void> {
      const byKey = new Map<string, NewWebhook>();
      for (const webhook of webhooks) if (!byKey.has(webhook.dedupe_key)) byKey.set(webhook.dedupe_key, webhook);
      if (!byKey.size) return;
      await db
        .insertInto('webhooks')
        .values([...byKey.values()].map((webhook) => ({ ...webhook, state: 'pending' })))
        .onConflict((conflict) =>
          conflict
            .column('dedupe_key')
            .doUpdateSet(({ ref }) => ({
              id: ref('excluded.id'),
              state: 'pending',
              attempts: 0,
              received_at: ref('excluded.received_at'),
              dedupe_until: ref('excluded.dedupe_until'),
            }))
            .where(({ or, and, eb, ref }) =>
              or([
                eb('webhooks.dedupe_until', '<=', ref('excluded.received_at')),
                // The clock was set back. Clocks of nodes differ by less than the time until `dedupe_until`.
                eb('webhooks.received_at', '>', ref('excluded.dedupe_until')),
                eb('webhooks.state', '=', 'failed'),
                and([eb('webhooks.state', '=', 'applied'), eb('webhooks.event', '=', completionEvent)]),
              ]),
            ),
        )
        .execute();
    },

    /** Pending webhooks in the order of their arrival. */
    listPending: (limit: number): Promise<WebhookRow[]> =>
      db
        .selectFrom('webhooks')
        .selectAll()
        // A literal, because the database uses no partial index if the state is a parameter.
        .where('state', '=', sql.lit('pending' as const))
        .orderBy('id')
        .limit(limit)
        .execute(),

    /** Counts up to MAX_COUNTED. */
    countByState: (state: WebhookRow['state']): Promise<number> =>
      countUpTo(db, MAX_COUNTED, db.selectFrom('webhooks').select('id').where('state', '=', state)),

    /** When the newest webhook arrived; undefined if none is stored. */
    async getLastReceivedAt(): Promise<string | undefined> {
      const row = await db
        .selectFrom('webhooks')
        .select('received_at')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.received_at;
    },

    async setState(ids: readonly number[], state: WebhookRow['state']): Promise<void> {
      if (ids.length) await db.updateTable('webhooks').set({ state }).where('id', 'in', ids).execute();
    },

    /**
     * Counts a failed attempt. After `maxAttempts`, moves the webhook to the dead letters. Returns the number of
     * attempts.
     */
    async recordFailure(id: number, maxAttempts: number): Promise<number> {
      const { attempts } = await db
        .updateTable('webhooks')
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
        .where('id', '=', id)
        .returning('attempts')
        .executeTakeFirstOrThrow();
      if (attempts >= maxAttempts)
        await db.updateTable('webhooks').set({ state: 'failed' }).where('id', '=', id).execute();
      return attempts;
    },

    /** Changes the webhooks that wait for this session to pending. */
    async requeueWaiting(sessionUuid: string): Promise<void> {
      await db
        .updateTable('webhooks')
        .set({ state: 'pending' })
        .where('session_uuid', '=', sessionUuid)
        .where('state', '=', 'waiting')
        .execute();
    },

    /** Erases these sessions' webhooks. Returns how many it erased. */
    async erase(sessionUuids: readonly string[]): Promise<number> {
      if (!sessionUuids.length) return 0;
      const { numDeletedRows } = await db
        .deleteFrom('webhooks')
        .where('session_uuid', 'in', sessionUuids)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /**
     * Deletes up to `limit` webhooks that are older than `before`, and up to `limit` waiting ones that are older than
     * the newest `maxCount` webhooks. Returns how many it deleted. Pending webhooks stay.
     */
    async prune(before: string, maxCount: number, limit: number): Promise<number> {
      const { newest } = await db
        .selectFrom('webhooks')
        .select(({ fn }) => fn.max('id').as('newest'))
        .executeTakeFirstOrThrow();
      // A repeat takes a new id, so ids have gaps. Because of the gaps, fewer than `maxCount` webhooks may stay.
      const newestExcess = db
        .selectFrom('webhooks')
        .select('received_at')
        .where('id', '<=', (newest ?? 0) - maxCount)
        .orderBy('id', 'desc')
        .limit(1);
      const webhooks = db.selectFrom('webhooks').select('id').limit(limit);
      const expired = webhooks.where('state', 'in', ['waiting', 'applied', 'failed']).where('received_at', '<', before);
      const excess = webhooks.where('state', '=', 'waiting').where('received_at', '<', newestExcess);
      let deleted = 0n;
      for (const ids of [expired, excess]) {
        deleted += (await db.deleteFrom('webhooks').where('id', 'in', ids).executeTakeFirst()).numDeletedRows;
      }
      return Number(deleted);
    },
  };
}
