/** Queries about sessions and about the intents that precede them. */
import type { Kysely } from 'kysely';
import type { InviteIntent, SessionRow, Tables } from './schema.ts';

export type SessionQueries = ReturnType<typeof sessionQueries>;

/** A person, in one project or in all. */
export interface CandidateRef {
  candidate_key: string;
  project_id?: string;
}

/** A session whose completion was claimed. */
export type CompletionClaim = Pick<SessionRow, 'session_uuid' | 'candidate_key'>;

/** What an invite has to know of a session that is there already. */
export type ExistingSession = Pick<
  SessionRow,
  'session_uuid' | 'candidate_key' | 'project_id' | 'assessment_type' | 'candidate_url' | 'status'
>;

export function sessionQueries(db: Kysely<Tables>) {
  return {
    get: (sessionUuid: string): Promise<SessionRow | undefined> =>
      db.selectFrom('sessions').selectAll().where('session_uuid', '=', sessionUuid).executeTakeFirst(),

    /** Those of them that are known, by their ids; as many as one statement takes. */
    async getByIds(sessionUuids: readonly string[]): Promise<Map<string, SessionRow>> {
      const rows = await db.selectFrom('sessions').selectAll().where('session_uuid', 'in', sessionUuids).execute();
      return new Map(rows.map((row) => [row.session_uuid, row]));
    },

    /** The newest session of a person in a project. */
    getNewest: ({ candidate_key, project_id }: Required<CandidateRef>): Promise<SessionRow | undefined> =>
      db
        .selectFrom('sessions')
        .selectAll()
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .orderBy('invited_at', 'desc')
        .limit(1)
        .executeTakeFirst(),

    /** The newest session of each of the named people in a project, by their keys; as many as one statement takes. */
    async getNewestByCandidate(projectId: string, keys: readonly string[]): Promise<Map<string, ExistingSession>> {
      const rows = await db
        .selectFrom('sessions')
        .select(['session_uuid', 'candidate_key', 'project_id', 'assessment_type', 'candidate_url', 'status'])
        .where('candidate_key', 'in', keys)
        .where('project_id', '=', projectId)
        .orderBy('invited_at')
        .execute();
      return new Map(rows.map((row) => [row.candidate_key, row]));
    },

    /** Every session of the named people, newest first. */
    listByCandidates: (keys: readonly string[]): Promise<SessionRow[]> =>
      db.selectFrom('sessions').selectAll().where('candidate_key', 'in', keys).orderBy('invited_at', 'desc').execute(),

    /** Whether there is any session of this person. */
    async existsForCandidate(candidateKey: string): Promise<boolean> {
      const row = await db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('candidate_key', '=', candidateKey)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async count(): Promise<number> {
      const { count } = await db
        .selectFrom('sessions')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },

    /** Stores a session, or the new state of one. */
    async upsert(row: SessionRow): Promise<void> {
      const { session_uuid, ...rest } = row;
      await db
        .insertInto('sessions')
        .values(row)
        .onConflict((conflict) => conflict.column('session_uuid').doUpdateSet(rest))
        .execute();
    },

    /** The time of the next read of a claimed completion. */
    getNextReadAt: async (): Promise<string | undefined> => {
      const row = await db
        .selectFrom('sessions')
        .select('read_after')
        .where('read_after', 'is not', null)
        .orderBy('read_after')
        .limit(1)
        .executeTakeFirst();
      return row?.read_after ?? undefined;
    },

    /** Times after `since` at which a read found no scorecard, newest first. */
    listEmptyReadTimes: async (since: string, limit: number): Promise<string[]> => {
      const rows = await db
        .selectFrom('sessions')
        .select('last_empty_read_at')
        .where('last_empty_read_at', '>', since)
        .orderBy('last_empty_read_at', 'desc')
        .limit(limit)
        .execute();
      return rows.flatMap(({ last_empty_read_at }) => last_empty_read_at ?? []);
    },

    /**
     * Claims that are due, the longest due first. With `emptyBefore`: only those without an empty read since then, the
     * least often read first, then the newest.
     */
    listDueClaims: (now: string, emptyBefore: string | undefined, limit: number): Promise<CompletionClaim[]> => {
      const due = db
        .selectFrom('sessions')
        .select(['session_uuid', 'candidate_key'])
        .where('read_after', '<=', now)
        .limit(limit);
      if (emptyBefore === undefined) return due.orderBy('read_after').execute();
      return due
        .where((where) =>
          where.or([where('last_empty_read_at', 'is', null), where('last_empty_read_at', '<=', emptyBefore)]),
        )
        .orderBy('read_attempts')
        .orderBy('read_after', 'desc')
        .execute();
    },

    /** Open sessions at which to look by `now`, those with the newest news first. */
    listDuePolls: (now: string, limit: number): Promise<SessionRow[]> =>
      db
        .selectFrom('sessions')
        .selectAll()
        .where('poll_after', '<=', now)
        .orderBy('updated_at', 'desc')
        .limit(limit)
        .execute(),

    /** When the next look is due. */
    getNextPollAt: async (): Promise<string | undefined> => {
      const row = await db
        .selectFrom('sessions')
        .select('poll_after')
        .where('poll_after', 'is not', null)
        .orderBy('poll_after')
        .limit(1)
        .executeTakeFirst();
      return row?.poll_after ?? undefined;
    },

    /** Makes a look due at all that have one coming. */
    async expeditePolls(at: string): Promise<void> {
      await db.updateTable('sessions').set({ poll_after: at }).where('poll_after', '>', at).execute();
    },

    /** Sessions of which it is to be told by `now` that a claimed completion has no result. */
    listOverdue: (now: string, limit: number): Promise<Pick<SessionRow, 'session_uuid'>[]> =>
      db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('overdue_at', '<=', now)
        .orderBy('overdue_at')
        .limit(limit)
        .execute(),

    /** When that is due next. */
    getNextOverdueAt: async (): Promise<string | undefined> => {
      const row = await db
        .selectFrom('sessions')
        .select('overdue_at')
        .where('overdue_at', 'is not', null)
        .orderBy('overdue_at')
        .limit(1)
        .executeTakeFirst();
      return row?.overdue_at ?? undefined;
    },

    getIntent: ({ candidate_key, project_id }: Required<CandidateRef>): Promise<InviteIntent | undefined> =>
      db
        .selectFrom('invite_intents')
        .selectAll()
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .executeTakeFirst(),

    /**
     * Keeps the first intent for a person and project: what may have reached Evalon first is what counts there.
     * Answers whether this one is the first.
     */
    async insertIntent(intent: InviteIntent): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('invite_intents')
        .values(intent)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Boolean(numInsertedOrUpdatedRows);
    },

    /** How many sessions of a project and type have an overall, how many of them a lower one, and how many the same. */
    countScores: (project_id: string, assessment_type: string, overall: number) =>
      db
        .selectFrom('sessions')
        .select(({ fn }) => [
          fn.countAll<number>().as('all'),
          fn.countAll<number>().filterWhere('overall', '<', overall).as('lower'),
          fn.countAll<number>().filterWhere('overall', '=', overall).as('equal'),
        ])
        .where('project_id', '=', project_id)
        .where('assessment_type', '=', assessment_type)
        .where('overall', 'is not', null)
        .executeTakeFirstOrThrow(),

    /** Erases a person's sessions and intents, in all projects. */
    async erase(candidateKey: string): Promise<void> {
      await db.deleteFrom('sessions').where('candidate_key', '=', candidateKey).execute();
      await db.deleteFrom('invite_intents').where('candidate_key', '=', candidateKey).execute();
    },

    /** People of whom nothing has been heard since `before`, in any project; only this one, where one is named. */
    async listInactiveSince(before: string, limit: number, candidateKey?: string): Promise<string[]> {
      const rows = await db
        .selectFrom(
          db
            .selectFrom('sessions')
            .select(['candidate_key', 'updated_at as at'])
            .unionAll(db.selectFrom('invite_intents').select(['candidate_key', 'invited_at as at']))
            .unionAll(db.selectFrom('batch_rows').select(['candidate_key', 'updated_at as at']))
            .as('news'),
        )
        .select('candidate_key')
        .$if(candidateKey !== undefined, (query) => query.where('candidate_key', '=', String(candidateKey)))
        .groupBy('candidate_key')
        .having((where) => where(where.fn.max('at'), '<', before))
        .limit(limit)
        .execute();
      return rows.map(({ candidate_key }) => candidate_key);
    },

    async deleteIntent({ candidate_key, project_id }: Required<CandidateRef>): Promise<void> {
      await db
        .deleteFrom('invite_intents')
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .execute();
    },
  };
}
