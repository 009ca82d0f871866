/** Queries about webhooks that were acknowledged: stored first, told apart and applied afterwards. */
import { type Kysely, sql } from 'kysely';
import type { NewWebhook, Tables, WebhookRow } from './schema.ts';

const COLUMNS = ['dedupe_key', 'session_uuid', 'event', 'received_at'] as const;

/** Rows as one value: however many they are, it is the same statement, which is prepared once. */
function valuesOf(rows: readonly NewWebhook[]) {
  const fields = COLUMNS.map((_, index) => sql`value ->> ${sql.lit(index)}`);
  const values = JSON.stringify(rows.map((row) => COLUMNS.map((column) => row[column])));
  return sql<never>`select ${sql.join(fields)} from json_each(${values})`;
}

/** As the index of those that wait has it: with a value bound later, SQLite would not know that it may use that. */
const WAITING = sql.lit('waiting' as const);

export type WebhookQueries = ReturnType<typeof webhookQueries>;

export function webhookQueries(db: Kysely<Tables>) {
  return {
    /** Stores webhooks as they come. */
    async insert(rows: readonly NewWebhook[]): Promise<void> {
      if (rows.length) await db.insertInto('arrivals').columns(COLUMNS).expression(valuesOf(rows)).execute();
    },

    /** Whether nothing that was acknowledged is still to be applied. */
    async isDrained(): Promise<boolean> {
      const arrived = await db.selectFrom('arrivals').select('id').limit(1).executeTakeFirst();
      const pending = await db
        .selectFrom('inbox')
        .select('id')
        .where('state', '=', 'pending')
        .limit(1)
        .executeTakeFirst();
      return !arrived && !pending;
    },

    /**
     * Takes at most so many of those that came into the inbox, in their order and each once; answers how many it were.
     * A repeat changes nothing of the one that is there, which keeps its place; but what was set aside is tried again,
     * and `claim`, the event that claims a completion, gets a second look: its claim may have been given up.
     */
    async dedupeArrivals(most: number, claim: string): Promise<number> {
      const taken = await db.selectFrom('arrivals').select('id').orderBy('id').limit(most).execute();
      const last = taken.at(-1);
      if (!last) return 0;
      await db
        .insertInto('inbox')
        .columns([...COLUMNS, 'state'])
        .expression((eb) =>
          eb
            .selectFrom('arrivals')
            .select([...COLUMNS, sql.lit('pending' as const).as('state')])
            .where('id', '<=', last.id)
            .orderBy('id'),
        )
        .onConflict((conflict) =>
          conflict
            .column('dedupe_key')
            .doUpdateSet(({ ref }) => ({
              state: 'pending',
              attempts: 0,
              received_at: ref('excluded.received_at'),
            }))
            .where((where) =>
              where.or([
                where('inbox.state', '=', 'failed'),
                where.and([where('inbox.state', '=', 'done'), where('inbox.event', '=', claim)]),
              ]),
            ),
        )
        .execute();
      await db.deleteFrom('arrivals').where('id', '<=', last.id).execute();
      return taken.length;
    },

    /** The webhooks that are still to be applied, in the order they came. */
    listPending: (limit: number): Promise<WebhookRow[]> =>
      db
        .selectFrom('inbox')
        .selectAll()
        .where('state', '=', 'pending')
        .orderBy('received_at')
        .orderBy('id')
        .limit(limit)
        .execute(),

    /** How many acknowledged webhooks are in a state; by default, how many are still to be applied, repeats among them. */
    async countByState(state: WebhookRow['state'] = 'pending'): Promise<number> {
      const { count } = await db
        .selectFrom('inbox')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('state', '=', state)
        .executeTakeFirstOrThrow();
      if (state !== 'pending') return count;
      const arrived = await db
        .selectFrom('arrivals')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count + arrived.count;
    },

    /** When the newest webhook came; undefined where none is kept. */
    async getLastReceivedAt(): Promise<string | undefined> {
      for (const table of ['arrivals', 'inbox'] as const) {
        const row = await db
          .selectFrom(table)
          .select(({ fn }) => fn.max('received_at').as('at'))
          .executeTakeFirst();
        if (row?.at) return row.at;
      }
      return undefined;
    },

    async setState(ids: readonly number[], state: WebhookRow['state']): Promise<void> {
      if (ids.length) await db.updateTable('inbox').set({ state }).where('id', 'in', ids).execute();
    },

    /** Counts a try that failed; after `most` of them the webhook is set aside. Answers how many there were. */
    async recordFailure(id: number, most: number): Promise<number> {
      const { attempts } = await db
        .updateTable('inbox')
        .set(({ eb, ref }) => ({ attempts: eb(ref('attempts'), '+', 1) }))
        .where('id', '=', id)
        .returning('attempts')
        .executeTakeFirstOrThrow();
      if (attempts >= most) await db.updateTable('inbox').set({ state: 'failed' }).where('id', '=', id).execute();
      return attempts;
    },

    /** A session became known: what waited for it is to be applied. */
    async requeueWaiting(sessionUuid: string): Promise<void> {
      await db
        .updateTable('inbox')
        .set({ state: 'pending' })
        .where('session_uuid', '=', sessionUuid)
        .where('state', '=', WAITING)
        .execute();
    },

    /** Erases what is kept about these sessions, and answers how much that was. */
    async erase(sessionUuids: readonly string[]): Promise<number> {
      let erased = 0n;
      for (const table of ['arrivals', 'inbox'] as const) {
        const { numDeletedRows } = await db
          .deleteFrom(table)
          .where('session_uuid', 'in', sessionUuids)
          .executeTakeFirst();
        erased += numDeletedRows;
      }
      return Number(erased);
    },

    /**
     * Forgets at most so many of what is older than `before` and of the oldest waiting beyond `keep`, and answers how many
     * there were; pending ones stay.
     */
    async prune(before: string, keep: number, most: number): Promise<number> {
      const old = db
        .selectFrom('inbox')
        .select('id')
        .where('state', 'in', ['waiting', 'done', 'failed'])
        .where('received_at', '<', before)
        .limit(most);
      const aged = await db.deleteFrom('inbox').where('id', 'in', old).executeTakeFirst();
      const beyond = db
        .selectFrom('inbox')
        .select('id')
        .where('state', '=', 'waiting')
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc')
        .offset(keep)
        .limit(most);
      const crowded = await db.deleteFrom('inbox').where('id', 'in', beyond).executeTakeFirst();
      return Number(aged.numDeletedRows + crowded.numDeletedRows);
    },
  };
}
