/**
 * Queries about the calls of Evalon that still count against the rate, whoever makes them, and about the silence that
 * Evalon asked for. A slot stands here before its call goes out.
 */
import type { Kysely } from 'kysely';
import type { StoredPermit, Tables } from './schema.ts';

const SILENT_UNTIL = 'evalon_cooldown_until';

export type SlotQueries = ReturnType<typeof slotQueries>;

export function slotQueries(db: Kysely<Tables>) {
  return {
    /** All that come free after `now`, first those that do so first. */
    held: (now: string): Promise<StoredPermit[]> =>
      db.selectFrom('rate_permits').selectAll().where('free_at', '>', now).orderBy('free_at').execute(),

    async hold(slots: readonly StoredPermit[]): Promise<void> {
      if (slots.length) await db.insertInto('rate_permits').values(slots).execute();
    },

    /** It is known by now when the slot comes free. */
    async free(slot: string, free_at: string): Promise<void> {
      await db.updateTable('rate_permits').set({ free_at }).where('permit', '=', slot).execute();
    },

    /** Forgets those that are free. */
    async forget(now: string): Promise<void> {
      await db.deleteFrom('rate_permits').where('free_at', '<=', now).execute();
    },

    /** Before this no call may go out; undefined where Evalon has not asked for silence. */
    async silentUntil(): Promise<string | undefined> {
      const row = await db.selectFrom('meta').select('value').where('key', '=', SILENT_UNTIL).executeTakeFirst();
      return row?.value;
    },

    async silence(until: string): Promise<void> {
      await db
        .insertInto('meta')
        .values({ key: SILENT_UNTIL, value: until })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: until }))
        .execute();
    },
  };
}
