/** Queries about sessions and about the intents that precede them. */
import type { Kysely } from 'kysely';
import type { Intent, SessionRow, Tables } from './schema.ts';

export type SessionQueries = ReturnType<typeof sessionQueries>;

/** A person, in one project or in all. */
export interface CandidateRef {
  candidate_key: string;
  project_id?: string;
}

export function sessionQueries(db: Kysely<Tables>) {
  return {
    get: (sessionUuid: string): Promise<SessionRow | undefined> =>
      db.selectFrom('sessions').selectAll().where('session_uuid', '=', sessionUuid).executeTakeFirst(),

    /** The newest session of a person in a project. */
    current: ({ candidate_key, project_id }: Required<CandidateRef>): Promise<SessionRow | undefined> =>
      db
        .selectFrom('sessions')
        .selectAll()
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .orderBy('invited_at', 'desc')
        .limit(1)
        .executeTakeFirst(),

    /** Every session of the named people, newest first. */
    ofCandidates: (keys: readonly string[]): Promise<SessionRow[]> =>
      db.selectFrom('sessions').selectAll().where('candidate_key', 'in', keys).orderBy('invited_at', 'desc').execute(),

    /** Stores a session, or the new state of one. */
    async put(row: SessionRow): Promise<void> {
      const { session_uuid, ...rest } = row;
      await db
        .insertInto('sessions')
        .values(row)
        .onConflict((conflict) => conflict.column('session_uuid').doUpdateSet(rest))
        .execute();
    },

    /** Sessions whose claimed completion is to be looked at by `now`, longest due first. */
    toRead: (now: string, limit: number): Promise<SessionRow[]> =>
      db.selectFrom('sessions').selectAll().where('read_after', '<=', now).orderBy('read_after').limit(limit).execute(),

    /** When the next claimed completion is to be looked at. */
    nextRead: async (): Promise<string | undefined> => {
      const row = await db
        .selectFrom('sessions')
        .select('read_after')
        .where('read_after', 'is not', null)
        .orderBy('read_after')
        .limit(1)
        .executeTakeFirst();
      return row?.read_after ?? undefined;
    },

    intent: ({ candidate_key, project_id }: Required<CandidateRef>): Promise<Intent | undefined> =>
      db
        .selectFrom('intents')
        .selectAll()
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .executeTakeFirst(),

    /**
     * Keeps the first intent for a person and project: what may have reached Evalon first is what counts there.
     * Answers whether this one is the first.
     */
    async intend(intent: Intent): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('intents')
        .values(intent)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Boolean(numInsertedOrUpdatedRows);
    },

    async settle({ candidate_key, project_id }: Required<CandidateRef>): Promise<void> {
      await db
        .deleteFrom('intents')
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .execute();
    },
  };
}
