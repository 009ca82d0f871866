/** Queries on session timelines. */
import type { Kysely } from 'kysely';
import type { NewHistoryEntry, SessionHistoryEntry, Tables } from './schema.ts';

export type HistoryQueries = ReturnType<typeof historyQueries>;

export function historyQueries(db: Kysely<Tables>) {
  return {
    async append(...entries: readonly NewHistoryEntry[]): Promise<void> {
      if (entries.length)
        await db
          .insertInto('session_history')
          .values([...entries])
          .execute();
    },

    /** Replaces the scores of the newest result. */
    async correctResult(sessionUuid: string, scores: Pick<SessionHistoryEntry, 'overall' | 'overall_max'>) {
      const newest = await db
        .selectFrom('session_history')
        .select('id')
        .where('session_uuid', '=', sessionUuid)
        .where('type', 'in', ['completed', 'regraded'])
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (newest) await db.updateTable('session_history').set(scores).where('id', '=', newest.id).execute();
    },

    /** A session's entries, oldest first. */
    list: (sessionUuid: string): Promise<SessionHistoryEntry[]> =>
      db.selectFrom('session_history').selectAll().where('session_uuid', '=', sessionUuid).orderBy('id').execute(),

    /** Erases these sessions' entries. */
    async erase(sessionUuids: readonly string[]): Promise<void> {
      if (!sessionUuids.length) return;
      await db.deleteFrom('session_history').where('session_uuid', 'in', sessionUuids).execute();
    },
  };
}
