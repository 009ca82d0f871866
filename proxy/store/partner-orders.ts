/** Queries on assessments that recruiters ordered in their ATS. */
import type { Kysely } from 'kysely';
import type { PartnerOrder, Tables } from './schema.ts';

export type PartnerOrderQueries = ReturnType<typeof partnerOrderQueries>;

export function partnerOrderQueries(db: Kysely<Tables>) {
  return {
    get: (orderId: string): Promise<PartnerOrder | undefined> =>
      db.selectFrom('partner_orders').selectAll().where('order_id', '=', orderId).executeTakeFirst(),

    /** Returns a session's orders, oldest first. */
    list: (sessionUuid: string): Promise<PartnerOrder[]> =>
      db
        .selectFrom('partner_orders')
        .selectAll()
        .where('session_uuid', '=', sessionUuid)
        .orderBy('created_at')
        .execute(),

    async insert(order: PartnerOrder): Promise<void> {
      await db.insertInto('partner_orders').values(order).execute();
    },

    async cancel(orderId: string, cancelled_at: string): Promise<void> {
      await db.updateTable('partner_orders').set({ cancelled_at }).where('order_id', '=', orderId).execute();
    },

    async erase(sessionUuids: readonly string[]): Promise<void> {
      if (sessionUuids.length)
        await db.deleteFrom('partner_orders').where('session_uuid', 'in', sessionUuids).execute();
    },
  };
}
