/** Queries on handovers. A handover records that a recruiter passed on a candidate's link. */
import type { Kysely } from 'kysely';
import type { NewHandover, StoredHandover, Tables } from './schema.ts';

export type HandoverQueries = ReturnType<typeof handoverQueries>;

/** The fields that identical handovers of one recruiter share. */
type HandoverKey = Pick<StoredHandover, 'session_uuid' | 'kind' | 'channel' | 'recruiter_id'>;

export function handoverQueries(db: Kysely<Tables>) {
  return {
    async insert(handover: NewHandover): Promise<void> {
      await db.insertInto('handovers').values(handover).execute();
    },

    async existsByIdempotencyHash(hash: string): Promise<boolean> {
      const query = db.selectFrom('handovers').select('id').where('idempotency_hash', '=', hash);
      return (await query.executeTakeFirst()) !== undefined;
    },

    /** Returns the newest handover with these fields. */
    getNewest: ({ session_uuid, kind, channel, recruiter_id }: HandoverKey): Promise<StoredHandover | undefined> =>
      db
        .selectFrom('handovers')
        .selectAll()
        .where('session_uuid', '=', session_uuid)
        .where('kind', '=', kind)
        .where('channel', '=', channel)
        .where('recruiter_id', '=', recruiter_id)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),

    /** Returns a session's newest handovers, oldest first. */
    async listNewest(sessionUuid: string, limit: number): Promise<StoredHandover[]> {
      const rows = await db
        .selectFrom('handovers')
        .selectAll()
        .where('session_uuid', '=', sessionUuid)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.reverse();
    },

    /** Returns all of a session's handovers, oldest first. */
    list: (sessionUuid: string): Promise<StoredHandover[]> =>
      db.selectFrom('handovers').selectAll().where('session_uuid', '=', sessionUuid).orderBy('id').execute(),

    /** Erases the handovers of these sessions. */
    async erase(sessionUuids: readonly string[]): Promise<void> {
      if (!sessionUuids.length) return;
      await db.deleteFrom('handovers').where('session_uuid', 'in', sessionUuids).execute();
    },
  };
}
