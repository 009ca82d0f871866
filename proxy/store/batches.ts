/** Queries about batches and their rows. The number of rows by status is always counted, never stored. */
import type { Kysely } from 'kysely';
import { type BatchCounts, INVALID_ROW_REASONS, ROW_STATUSES } from '../contract/batch.ts';
import type { LinkProblem } from '../contract/session.ts';
import type { SessionStatus } from '../contract/status.ts';
import type { NewBatch, NewBatchRow, StoredBatch, StoredBatchRow, Tables } from './schema.ts';

/** SQLite binds at most 32,766 values in a statement. */
const ROWS_PER_INSERT = 1_000;

export type BatchQueries = ReturnType<typeof batchQueries>;

/** A row with the current state of its session. */
export interface BatchRowWithSession extends StoredBatchRow {
  candidate_url: string | null;
  session_status: SessionStatus | null;
  link_problem: LinkProblem | null;
}

export type BatchRowUpdate = Partial<
  Pick<StoredBatchRow, 'status' | 'session_uuid' | 'reason' | 'attempts' | 'retry_individually' | 'due_at'>
>;

export function batchQueries(db: Kysely<Tables>, now: () => string) {
  const selectRows = (batchId: string) =>
    db
      .selectFrom('batch_rows')
      .leftJoin('sessions', 'sessions.session_uuid', 'batch_rows.session_uuid')
      .selectAll('batch_rows')
      .select(['sessions.candidate_url', 'sessions.status as session_status', 'sessions.link_problem'])
      .where('batch_id', '=', batchId)
      .orderBy('batch_rows.id');

  /** Queued rows that are due and not leased. */
  const selectDue = () =>
    db
      .selectFrom('batch_rows')
      .where('status', '=', 'queued')
      .where('due_at', '<=', now())
      .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', now())]));

  return {
    async insert(batch: NewBatch, rows: readonly NewBatchRow[]): Promise<void> {
      await db.insertInto('batches').values(batch).execute();
      for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
        await db
          .insertInto('batch_rows')
          .values(rows.slice(start, start + ROWS_PER_INSERT))
          .execute();
      }
    },

    get: (batchId: string): Promise<StoredBatch | undefined> =>
      db.selectFrom('batches').selectAll().where('batch_id', '=', batchId).executeTakeFirst(),

    getByIdempotencyKey: (hash: string): Promise<StoredBatch | undefined> =>
      db.selectFrom('batches').selectAll().where('idempotency_hash', '=', hash).executeTakeFirst(),

    /** A recruiter's batches, newest first: only those with a lower id than `before`, and only of `projects`. */
    async listByRecruiter(
      { issuer, sub }: Pick<StoredBatch, 'issuer' | 'sub'>,
      limit: number,
      before?: number,
      projects?: readonly string[],
    ): Promise<StoredBatch[]> {
      if (projects && !projects.length) return [];
      let query = db
        .selectFrom('batches')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('sub', '=', sub)
        .orderBy('id', 'desc')
        .limit(limit);
      if (before !== undefined) query = query.where('id', '<', before);
      if (projects) query = query.where('project_id', 'in', projects);
      return query.execute();
    },

    /** The rows in the order of the request. */
    listRows: (batchId: string): Promise<BatchRowWithSession[]> => selectRows(batchId).execute(),

    async countByStatus(batchId: string): Promise<BatchCounts> {
      const rows = await db
        .selectFrom('batch_rows')
        .select(({ fn }) => ['status', fn.countAll().as('count')])
        .where('batch_id', '=', batchId)
        .groupBy('status')
        .execute();
      const counts = Object.fromEntries(ROW_STATUSES.map((status) => [status, 0])) as BatchCounts;
      for (const { status, count } of rows) counts[status] = Number(count);
      return counts;
    },

    /** Counts the queued rows of all batches. */
    async countQueued(): Promise<number> {
      const { count } = await db
        .selectFrom('batch_rows')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('status', '=', 'queued')
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** The next batch with due rows, round-robin: the first with a higher id than `lastId`, otherwise the first of all. */
    async getNextDueBatch(lastId: number): Promise<StoredBatch | undefined> {
      const selectNext = () =>
        db
          .selectFrom('batches')
          .selectAll()
          .where('batch_id', 'in', selectDue().select('batch_id'))
          .orderBy('id')
          .limit(1);
      return (
        (await selectNext().where('id', '>', lastId).executeTakeFirst()) ?? (await selectNext().executeTakeFirst())
      );
    },

    /** Due rows of a batch, optionally only those with this value of `retry_individually`. */
    listDueRows(batchId: string, limit: number, retryIndividually?: 0 | 1): Promise<StoredBatchRow[]> {
      let query = selectDue().selectAll().where('batch_id', '=', batchId).orderBy('due_at').orderBy('id').limit(limit);
      if (retryIndividually !== undefined) query = query.where('retry_individually', '=', retryIndividually);
      return query.execute();
    },

    /** Counts due rows up to `limit`: those that need a call of their own, and the others. */
    async countDue(limit: number): Promise<{ individually: number; together: number }> {
      const rows = await selectDue().select('retry_individually').limit(limit).execute();
      const individually = rows.filter((row) => row.retry_individually === 1).length;
      return { individually, together: rows.length - individually };
    },

    /** When the next queued row becomes due. */
    async getNextDueAt(): Promise<string | undefined> {
      const row = await db
        .selectFrom('batch_rows')
        .select(({ fn }) => fn.min('due_at').as('at'))
        .where('status', '=', 'queued')
        .executeTakeFirst();
      return row?.at ?? undefined;
    },

    async leaseRows(ids: readonly number[], until: string): Promise<void> {
      if (ids.length) await db.updateTable('batch_rows').set({ leased_until: until }).where('id', 'in', ids).execute();
    },

    /** Releases the leases of a previous process. No other process may serve the database. */
    async releaseLeases(): Promise<void> {
      await db.updateTable('batch_rows').set({ leased_until: null }).where('leased_until', 'is not', null).execute();
    },

    /** Stores the result of a call and releases the lease. Changes nothing if the row was erased. */
    async completeRow(id: number, change: BatchRowUpdate): Promise<void> {
      const progress = change.status === undefined ? {} : { progress_pending: 1 as const };
      await db
        .updateTable('batch_rows')
        .set({ ...change, ...progress, leased_until: null, updated_at: now() })
        .where('id', '=', id)
        .where('status', '=', 'queued')
        .execute();
    },

    /** Cancels the queued rows that are not leased, and returns their number. */
    async cancelQueued(batchId: string): Promise<number> {
      const { numUpdatedRows } = await db
        .updateTable('batch_rows')
        .set({ status: 'cancelled', progress_pending: 1, updated_at: now() })
        .where('batch_id', '=', batchId)
        .where('status', '=', 'queued')
        .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', now())]))
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    /** Queues the failed rows that are valid, as if they were new, and returns their number. */
    async requeueFailed(batchId: string): Promise<number> {
      const { numUpdatedRows } = await db
        .updateTable('batch_rows')
        .set({
          status: 'queued',
          reason: null,
          session_uuid: null,
          attempts: 0,
          retry_individually: 0,
          progress_pending: 1,
          leased_until: null,
          due_at: now(),
          updated_at: now(),
        })
        .where('batch_id', '=', batchId)
        .where('status', '=', 'failed')
        .where((where) => where.or([where('reason', 'is', null), where('reason', 'not in', INVALID_ROW_REASONS)]))
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    /** Batches with rows whose status no event has reported yet. */
    listProgressPending: (): Promise<StoredBatch[]> =>
      db
        .selectFrom('batches')
        .selectAll()
        .where(
          'batch_id',
          'in',
          db.selectFrom('batch_rows').select('batch_id').where('progress_pending', 'is not', null),
        )
        .execute(),

    listProgressPendingRows: (batchId: string, limit: number): Promise<BatchRowWithSession[]> =>
      selectRows(batchId).where('progress_pending', 'is not', null).limit(limit).execute(),

    async clearProgressPending(ids: readonly number[]): Promise<void> {
      if (ids.length)
        await db.updateTable('batch_rows').set({ progress_pending: null }).where('id', 'in', ids).execute();
    },

    listRowsByCandidate: (candidateKey: string): Promise<StoredBatchRow[]> =>
      db.selectFrom('batch_rows').selectAll().where('candidate_key', '=', candidateKey).orderBy('id').execute(),

    /** Erases a candidate's rows. Returns their number and their batches. */
    async erase(candidateKey: string): Promise<{ rows: number; batches: StoredBatch[] }> {
      const batches = await db
        .selectFrom('batches')
        .selectAll()
        .where(
          'batch_id',
          'in',
          db.selectFrom('batch_rows').select('batch_id').where('candidate_key', '=', candidateKey),
        )
        .execute();
      const { numDeletedRows } = await db
        .deleteFrom('batch_rows')
        .where('candidate_key', '=', candidateKey)
        .executeTakeFirst();
      return { rows: Number(numDeletedRows), batches };
    },

    /** Deletes batches without rows that were created before `before`, and returns their number. */
    async prune(before: string): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('batches')
        .where('created_at', '<', before)
        .where('batch_id', 'not in', db.selectFrom('batch_rows').select('batch_id'))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
