/** Queries on result reads: when each recruiter first read a session's result. */
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

    /** Stores a read, unless the recruiter has already read this result. */
    async insertFirst(read: ResultRead): Promise<void> {
      await db
        .insertInto('result_reads')
        .values(read)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Returns when each recruiter first read the session's result, oldest first. */
    list: (sessionUuid: string, limit: number): Promise<ResultRead[]> =>
      db
        .selectFrom('result_reads')
        .selectAll()
        .where('session_uuid', '=', sessionUuid)
        .orderBy('at')
        .limit(limit)
        .execute(),

    /** Erases all reads of these sessions' results. */
    async erase(sessionUuids: readonly string[]): Promise<void> {
      if (!sessionUuids.length) return;
      await db.deleteFrom('result_reads').where('session_uuid', 'in', sessionUuids).execute();
    },
  };
}
