/** Queries about sessions. */
import type { Kysely } from 'kysely';
import { hasEndedWithoutResult, SESSION_STATUSES } from '../contract/status.ts';
import type { SessionRow, Tables } from './schema.ts';

export type SessionQueries = ReturnType<typeof sessionQueries>;

/** A session whose scorecard a webhook requested to read. */
export type CompletionClaim = Pick<SessionRow, 'session_uuid' | 'candidate_key'>;

/** The fields of an existing session that an invite needs. */
export type ExistingSession = Pick<
  SessionRow,
  'session_uuid' | 'candidate_key' | 'project_id' | 'assessment_type' | 'candidate_url' | 'link_problem' | 'status'
>;

export function sessionQueries(db: Kysely<Tables>) {
  /** Returns the earliest time in the column. */
  async function getEarliest(column: 'read_due_at' | 'poll_due_at' | 'result_due_at'): Promise<string | undefined> {
    const row = await db
      .selectFrom('sessions')
      .select(`${column} as at`)
      .where(column, 'is not', null)
      .orderBy(column)
      .limit(1)
      .executeTakeFirst();
    return row?.at ?? undefined;
  }

  return {
    get: (sessionUuid: string): Promise<SessionRow | undefined> =>
      db.selectFrom('sessions').selectAll().where('session_uuid', '=', sessionUuid).executeTakeFirst(),

    /** Returns the stored sessions by id. Unknown ids are missing in the result. */
    async getByIds(sessionUuids: readonly string[]): Promise<Map<string, SessionRow>> {
      if (!sessionUuids.length) return new Map();
      const rows = await db.selectFrom('sessions').selectAll().where('session_uuid', 'in', sessionUuids).execute();
      return new Map(rows.map((row) => [row.session_uuid, row]));
    },

    /** The newest session of a candidate in a project. */
    getNewest: ({ candidate_key, project_id }: Pick<SessionRow, 'candidate_key' | 'project_id'>) =>
      db
        .selectFrom('sessions')
        .selectAll()
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .orderBy('invited_at', 'desc')
        .limit(1)
        .executeTakeFirst(),

    /** The newest session of each candidate in a project, by candidate key. */
    async getNewestByCandidate(projectId: string, keys: readonly string[]): Promise<Map<string, ExistingSession>> {
      if (!keys.length) return new Map();
      const rows = await db
        .selectFrom('sessions')
        .select([
          'session_uuid',
          'candidate_key',
          'project_id',
          'assessment_type',
          'candidate_url',
          'link_problem',
          'status',
        ])
        .where('candidate_key', 'in', keys)
        .where('project_id', '=', projectId)
        .orderBy('invited_at')
        .execute();
      return new Map(rows.map((row) => [row.candidate_key, row]));
    },

    /** All sessions of the candidates, newest first. */
    async listByCandidates(keys: readonly string[]): Promise<SessionRow[]> {
      if (!keys.length) return [];
      const sessions = db.selectFrom('sessions').selectAll().where('candidate_key', 'in', keys);
      return sessions.orderBy('invited_at', 'desc').execute();
    },

    async existsForCandidate(candidateKey: string): Promise<boolean> {
      const row = await db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('candidate_key', '=', candidateKey)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async existsInProject(projectId: string): Promise<boolean> {
      const row = await db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('project_id', '=', projectId)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async count(): Promise<number> {
      const { count } = await db
        .selectFrom('sessions')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async upsert(row: SessionRow): Promise<void> {
      const { session_uuid: _, ...columns } = row;
      await db
        .insertInto('sessions')
        .values(row)
        .onConflict((conflict) => conflict.column('session_uuid').doUpdateSet(columns))
        .execute();
    },

    /** When the next requested read of a scorecard is due. */
    getNextReadAt: () => getEarliest('read_due_at'),

    /** Times after `since` at which a requested read found nothing new, newest first. */
    async listEmptyReadTimes(since: string, limit: number): Promise<string[]> {
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
     * Returns sessions with a due requested read. Sessions with the fewest failed reads come first, so that failing
     * reads do not delay others; among these, the longest due comes first.
     * @param emptyBefore if set, excludes sessions with an empty read since then. The most recently due then comes
     *   first.
     */
    listDueClaims(now: string, emptyBefore: string | undefined, limit: number): Promise<CompletionClaim[]> {
      const due = db
        .selectFrom('sessions')
        .select(['session_uuid', 'candidate_key'])
        .where('read_due_at', '<=', now)
        .orderBy('read_attempts')
        .limit(limit);
      if (emptyBefore === undefined) return due.orderBy('read_due_at').execute();
      return due
        .where((where) =>
          where.or([where('last_empty_read_at', 'is', null), where('last_empty_read_at', '<=', emptyBefore)]),
        )
        .orderBy('read_due_at', 'desc')
        .execute();
    },

    /**
     * Sessions with a due poll: first open sessions, then completed ones. In each group, the last changed comes first.
     */
    listDuePolls: (now: string, limit: number): Promise<SessionRow[]> =>
      db
        .selectFrom('sessions')
        .selectAll()
        .where('poll_due_at', '<=', now)
        .orderBy(({ eb }) => eb('status', '=', 'completed'))
        .orderBy('updated_at', 'desc')
        .limit(limit)
        .execute(),

    getNextPollAt: () => getEarliest('poll_due_at'),

    /** Moves later polls of open sessions forward to `at`. */
    async expeditePolls(at: string): Promise<void> {
      const later = db.updateTable('sessions').set({ poll_due_at: at }).where('poll_due_at', '>', at);
      await later.where('status', '!=', 'completed').execute();
    },

    /** Schedules a poll of these sessions at `at`. Returns how many exist. */
    async schedulePolls(sessionUuids: readonly string[], at: string): Promise<number> {
      if (!sessionUuids.length) return 0;
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set({ poll_due_at: at })
        .where('session_uuid', 'in', sessionUuids)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    /** Returns ids of sessions that have a result or may get one, in order. Starts after the id `after`. */
    async listIdsWithResults(after: string, limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('session_uuid', '>', after)
        .where('status', 'not in', SESSION_STATUSES.filter(hasEndedWithoutResult))
        .orderBy('session_uuid')
        .limit(limit)
        .execute();
      return rows.map(({ session_uuid }) => session_uuid);
    },

    /** Sessions whose result became overdue before `now`. */
    listOverdue: (now: string, limit: number): Promise<Pick<SessionRow, 'session_uuid'>[]> =>
      db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('result_due_at', '<=', now)
        .orderBy('result_due_at')
        .limit(limit)
        .execute(),

    getNextOverdueAt: () => getEarliest('result_due_at'),

    /**
     * Counts the results of a project and type: `all`, those with a `lower` overall score, and those with an `equal`
     * one.
     */
    async countScores(projectId: string, assessmentType: string, overall: number) {
      const { all, lower, equal } = await db
        .selectFrom('sessions')
        .select(({ fn }) => [
          fn.countAll().as('all'),
          fn.countAll().filterWhere('overall', '<', overall).as('lower'),
          fn.countAll().filterWhere('overall', '=', overall).as('equal'),
        ])
        .where('project_id', '=', projectId)
        .where('assessment_type', '=', assessmentType)
        .where('overall', 'is not', null)
        .executeTakeFirstOrThrow();
      return { all: Number(all), lower: Number(lower), equal: Number(equal) };
    },

    /** Erases a candidate's sessions in all projects. */
    async erase(candidateKey: string): Promise<void> {
      await db.deleteFrom('sessions').where('candidate_key', '=', candidateKey).execute();
    },
  };
}
