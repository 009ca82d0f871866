/** Queries about who read a result: the first time of each recruiter and session. */
import type { Kysely } from 'kysely';
import type { ResultRead, Tables } from './schema.ts';

export type ResultReadQueries = ReturnType<typeof resultReadQueries>;

export function resultReadQueries(db: Kysely<Tables>) {
  return {
    async exists(sessionUuid: string, recruiterId: string): Promise<boolean> {
      const row = await db
        .selectFrom('result_reads')
        .select('at')
        .where('session_uuid', '=', sessionUuid)
        .where('recruiter_id', '=', recruiterId)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Keeps an earlier read of the same recruiter. */
    async insertFirst(read: ResultRead): Promise<void> {
      await db
        .insertInto('result_reads')
        .values(read)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** The first reads of a session's result, oldest first. */
    list: (sessionUuid: string, limit: number): Promise<ResultRead[]> =>
      db
        .selectFrom('result_reads')
        .selectAll()
        .where('session_uuid', '=', sessionUuid)
        .orderBy('at')
        .limit(limit)
        .execute(),

    /** Erases the reads of these sessions' results. */
    async erase(sessionUuids: readonly string[]): Promise<void> {
      if (!sessionUuids.length) return;
      await db.deleteFrom('result_reads').where('session_uuid', 'in', sessionUuids).execute();
    },
  };
}
