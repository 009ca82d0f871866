/** Queries on sessions. */
import { type Kysely, sql } from 'kysely';
import { hasEndedWithoutResult } from '../contract/status.ts';
import type { SessionRow, Tables } from './schema.ts';
import { type Scored, scoreCountQueries } from './score-counts.ts';
import { type SearchableSession, searchTokenQueries } from './search-tokens.ts';

export type SessionQueries = ReturnType<typeof sessionQueries>;

/** A webhook's claim that a session is completed. The proxy reads the scorecard to verify it. */
export type CompletionClaim = Pick<SessionRow, 'session_uuid' | 'candidate_key' | 'completion_claimed_at'>;

/** The fields of an existing session that an invite needs. */
export type ExistingSession = Pick<
  SessionRow,
  'session_uuid' | 'candidate_key' | 'project_id' | 'assessment_type' | 'candidate_url' | 'link_problem' | 'status'
>;

/** The highest stored `poll_count`: from then on, polls have the longest interval. */
export const MAX_POLL_COUNT = 9;
const POLL_COUNTS = Array.from({ length: MAX_POLL_COUNT + 1 }, (_, count) => count);

/** Candidates in one query. SQLite binds at most 32,766 values in a statement. */
const KEYS_PER_SELECT = 1_000;

/** Ids that one statement changes. Few, so that each statement is short. */
const IDS_PER_UPDATE = 10;

/** The session to poll now, if any is due. Otherwise when the next one is due, if any is scheduled. */
export interface NextPoll {
  session?: SessionRow;
  dueAt?: string | undefined;
}

export function sessionQueries(db: Kysely<Tables>) {
  const scoreCounts = scoreCountQueries(db);
  const searchTokens = searchTokenQueries(db);

  /**
   * Selects the sessions of a group that were polled `pollCount` times so far. For each group and count, there is an
   * index by due time. `open`: all that are not completed.
   */
  const selectPolls = (pollCount: number, group: 'open' | 'completed') =>
    db
      .selectFrom('sessions')
      .where('poll_count', '=', pollCount)
      // A literal, because the database uses no partial index if the status is a parameter.
      .where('status', group === 'completed' ? '=' : '!=', sql.lit('completed' as const));

  /** The earliest time in a column of due times. */
  async function getEarliest(column: 'read_due_at' | 'result_due_at'): Promise<string | undefined> {
    const row = await db
      .selectFrom('sessions')
      .select(`${column} as at`)
      .where(column, 'is not', null)
      .orderBy(column)
      .limit(1)
      .executeTakeFirst();
    return row?.at ?? undefined;
  }

  /** Returns the stored fields that the score counts and the search tokens depend on, by session id. */
  async function getScoreAndSearchFields(
    sessionUuids: readonly string[],
  ): Promise<Map<string, Scored & SearchableSession>> {
    const rows = await db
      .selectFrom('sessions')
      .select(['session_uuid', 'project_id', 'assessment_type', 'overall', 'candidate_name', 'candidate_email'])
      .where('session_uuid', 'in', sessionUuids)
      .execute();
    return new Map(rows.map((row) => [row.session_uuid, row]));
  }

  return {
    get: (sessionUuid: string): Promise<SessionRow | undefined> =>
      db.selectFrom('sessions').selectAll().where('session_uuid', '=', sessionUuid).executeTakeFirst(),

    /** Returns the stored sessions by id. Unknown ids are missing from the result. */
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

    /** Returns which of the candidates have a session. */
    async findKnownCandidates(keys: readonly string[]): Promise<Set<string>> {
      const known = new Set<string>();
      for (let start = 0; start < keys.length; start += KEYS_PER_SELECT) {
        const rows = await db
          .selectFrom('sessions')
          .select('candidate_key')
          .where('candidate_key', 'in', keys.slice(start, start + KEYS_PER_SELECT))
          .execute();
        for (const { candidate_key } of rows) known.add(candidate_key);
      }
      return known;
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

    /** Counts up to `limit` sessions with an id after `after`, and returns the last of these ids. */
    async countPage(after: string, limit: number): Promise<{ count: number; last: string | null }> {
      const page = db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('session_uuid', '>', after)
        .orderBy('session_uuid')
        .limit(limit);
      const { count, last } = await db
        .selectFrom(page.as('page'))
        .select(({ fn }) => [fn.countAll().as('count'), fn.max('session_uuid').as('last')])
        .executeTakeFirstOrThrow();
      return { count: Number(count), last };
    },

    /** Stores sessions with distinct ids. Replaces those that are already stored. */
    async upsert(...rows: readonly [SessionRow, ...SessionRow[]]): Promise<void> {
      const stored = await getScoreAndSearchFields(rows.map(({ session_uuid }) => session_uuid));
      for (const row of rows) {
        await scoreCounts.update(stored.get(row.session_uuid), row);
        await searchTokens.update(stored.get(row.session_uuid), row);
      }
      const { session_uuid: _, ...columns } = rows[0];
      await db
        .insertInto('sessions')
        .values([...rows])
        .onConflict((conflict) =>
          conflict
            .column('session_uuid')
            .doUpdateSet(({ ref }) =>
              Object.fromEntries(
                Object.keys(columns).map((name) => [name, ref(`excluded.${name as keyof SessionRow}`)]),
              ),
            ),
        )
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
     * Returns claims whose scorecard must be read now. Sessions with the fewest failed reads come first, so that
     * failing reads do not delay others. Among sessions with equally many failed reads, the longest due comes first.
     * @param emptyBefore if set, returns only sessions whose last read without a new result was at or before this time,
     * or that had none. Among sessions with equally many failed reads, the most recently due then comes first.
     */
    listDueClaims(now: string, emptyBefore: string | undefined, limit: number): Promise<CompletionClaim[]> {
      const due = db
        .selectFrom('sessions')
        .select(['session_uuid', 'candidate_key', 'completion_claimed_at'])
        // Always true. With it, the database uses the indexes that begin with `read_attempts`.
        .where('read_attempts', '>=', 0)
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
     * Returns the session to poll at `now`. Open sessions come before completed ones. Within each group, sessions with
     * fewer polls come first, and of these the most recently due.
     */
    async getNextPoll(now: string): Promise<NextPoll> {
      let dueAt: string | undefined;
      for (const group of ['open', 'completed'] as const) {
        for (const pollCount of POLL_COUNTS) {
          const polls = selectPolls(pollCount, group).limit(1);
          const due = polls.selectAll().where('poll_due_at', '<=', now).orderBy('poll_due_at', 'desc');
          const session = await due.executeTakeFirst();
          if (session) return { session };
          const next = polls.select('poll_due_at').where('poll_due_at', '>', now).orderBy('poll_due_at');
          const later = (await next.executeTakeFirst())?.poll_due_at;
          if (later && (dueAt === undefined || later < dueAt)) dueAt = later;
        }
      }
      return { dueAt };
    },

    /** Open sessions whose poll is due after `at`. Fewer polls come first, and of these the latest due. */
    async listLaterPolls(at: string, limit: number): Promise<string[]> {
      const found: string[] = [];
      for (const pollCount of POLL_COUNTS) {
        if (found.length >= limit) break;
        const later = selectPolls(pollCount, 'open').select('session_uuid').where('poll_due_at', '>', at);
        const rows = await later
          .orderBy('poll_due_at', 'desc')
          .limit(limit - found.length)
          .execute();
        found.push(...rows.map(({ session_uuid }) => session_uuid));
      }
      return found;
    },

    /** Schedules a poll of these sessions at `at`. Returns how many exist. */
    async schedulePolls(sessionUuids: readonly string[], at: string): Promise<number> {
      let scheduled = 0;
      for (let start = 0; start < sessionUuids.length; start += IDS_PER_UPDATE) {
        const { numUpdatedRows } = await db
          .updateTable('sessions')
          .set({ poll_due_at: at })
          .where('session_uuid', 'in', sessionUuids.slice(start, start + IDS_PER_UPDATE))
          .executeTakeFirst();
        scheduled += Number(numUpdatedRows);
      }
      return scheduled;
    },

    /**
     * Reads up to `limit` sessions with an id after `after`, in order. Returns the ids of those that have a result or
     * may get one. `last` is the id of the last session that was read.
     */
    async listIdsWithResults(after: string, limit: number): Promise<{ ids: string[]; last: string | undefined }> {
      const rows = await db
        .selectFrom('sessions')
        .select(['session_uuid', 'status'])
        .where('session_uuid', '>', after)
        .orderBy('session_uuid')
        .limit(limit)
        .execute();
      const ids = rows.flatMap(({ session_uuid, status }) => (hasEndedWithoutResult(status) ? [] : session_uuid));
      return { ids, last: rows.at(-1)?.session_uuid };
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

    countScores: scoreCounts.count,
    findByTokens: searchTokens.find,

    /** Erases a candidate's sessions in all projects. */
    async erase(candidateKey: string): Promise<void> {
      await scoreCounts.removeCandidate(candidateKey);
      await searchTokens.removeCandidate(candidateKey);
      await db.deleteFrom('sessions').where('candidate_key', '=', candidateKey).execute();
    },
  };
}
