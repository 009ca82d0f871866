/** Puts a session's change into the outbox for each order of an ATS, in the same transaction as the change. */
import type { PartnerOrder, SessionRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { toFacts } from './enqueue-ats-writes.ts';

/**
 * @param session as it is after the change.
 * @param orders of this session.
 */
export async function enqueuePartnerUpdates(
  { outbox }: Queries,
  session: SessionRow,
  orders: readonly PartnerOrder[],
): Promise<void> {
  const { session_uuid, status } = session;
  for (const { order_id, ats, cancelled_at } of orders) {
    // Greenhouse needs an update only when a result exists, and then fetches the result.
    const needsUpdate = ats !== 'greenhouse' || status === 'completed';
    if (cancelled_at !== null || !needsUpdate) continue;
    const facts = JSON.stringify(toFacts(session));
    await outbox.add({
      session_uuid,
      channel: 'partner',
      target: order_id,
      occasion: 'status',
      facts,
      state: 'pending',
    });
  }
}
