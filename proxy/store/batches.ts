/** Queries about batches and their rows. How many rows have which status is always counted, never kept beside them. */
import type { Kysely } from 'kysely';
import { type BatchCounts, ROW_STATUSES } from '../contract/batch.ts';
import type { SessionStatus } from '../contract/status.ts';
import type { NewBatch, NewBatchRow, StoredBatch, StoredBatchRow, Tables } from './schema.ts';

/** Rows of one statement: SQLite binds 32,766 values at the most. */
const AT_ONCE = 1_000;

export type BatchQueries = ReturnType<typeof batchQueries>;

/** A row with what its session offers by now. */
export interface BatchRowWithSession extends StoredBatchRow {
  candidate_url: string | null;
  session_status: SessionStatus | null;
}

/** What a call or its absence makes of a row. */
export type BatchRowUpdate = Partial<
  Pick<StoredBatchRow, 'status' | 'session_uuid' | 'reason' | 'attempts' | 'retry_individually' | 'due_at'>
>;

type Owner = Pick<StoredBatch, 'issuer' | 'sub'>;

export function batchQueries(db: Kysely<Tables>, now: () => string) {
  const rowsOf = (batchId: string) =>
    db
      .selectFrom('batch_rows')
      .leftJoin('sessions', 'sessions.session_uuid', 'batch_rows.session_uuid')
      .selectAll('batch_rows')
      .select(['sessions.candidate_url', 'sessions.status as session_status'])
      .where('batch_id', '=', batchId);

  /** Queued rows that are due and that no call carries. */
  const due = () =>
    db
      .selectFrom('batch_rows')
      .where('status', '=', 'queued')
      .where('due_at', '<=', now())
      .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', now())]));

  return {
    /** Stores a batch with its rows. */
    async add(batch: NewBatch, rows: readonly NewBatchRow[]): Promise<void> {
      await db.insertInto('batches').values(batch).execute();
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        await db
          .insertInto('batch_rows')
          .values(rows.slice(at, at + AT_ONCE))
          .execute();
      }
    },

    get: (batchId: string): Promise<StoredBatch | undefined> =>
      db.selectFrom('batches').selectAll().where('batch_id', '=', batchId).executeTakeFirst(),

    getByIdempotencyKey: (hash: string): Promise<StoredBatch | undefined> =>
      db.selectFrom('batches').selectAll().where('idempotency_hash', '=', hash).executeTakeFirst(),

    /** An owner's batches, newest first, older than the one with the number `before`; of these projects only. */
    async listByOwner({ issuer, sub }: Owner, limit: number, before?: number, projects?: readonly string[]) {
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

    /** The rows in the order they were given. */
    listRows: (batchId: string): Promise<BatchRowWithSession[]> => rowsOf(batchId).orderBy('batch_rows.id').execute(),

    async countByStatus(batchId: string): Promise<BatchCounts> {
      const counted = await db
        .selectFrom('batch_rows')
        .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
        .where('batch_id', '=', batchId)
        .groupBy('status')
        .execute();
      const counts = Object.fromEntries(ROW_STATUSES.map((status) => [status, 0])) as BatchCounts;
      for (const { status, count } of counted) counts[status] = count;
      return counts;
    },

    /** How many rows of all batches are still to be asked for. */
    async countQueued(): Promise<number> {
      const { count } = await db
        .selectFrom('batch_rows')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('status', '=', 'queued')
        .executeTakeFirstOrThrow();
      return count;
    },

    /** Which batch is next after the one with this number, each in its turn; undefined where nothing is due. */
    async getNextDueBatch(after: number): Promise<StoredBatch | undefined> {
      const withWork = () =>
        db.selectFrom('batches').selectAll().where('batch_id', 'in', due().select('batch_id')).orderBy('id').limit(1);
      return (await withWork().where('id', '>', after).executeTakeFirst()) ?? (await withWork().executeTakeFirst());
    },

    /** Rows that are due, as many as `limit`; those for single calls only, or those for batch calls only, where it matters. */
    listDueRows(batchId: string, limit: number, singly?: 0 | 1): Promise<StoredBatchRow[]> {
      let query = due().selectAll().where('batch_id', '=', batchId).orderBy('due_at').orderBy('id').limit(limit);
      if (singly !== undefined) query = query.where('retry_individually', '=', singly);
      return query.execute();
    },

    /** How many rows are due, counted up to `limit`: those for single calls, and the others. */
    async countDue(limit: number): Promise<{ individually: number; together: number }> {
      const rows = await due().select('retry_individually').limit(limit).execute();
      const singly = rows.filter((row) => row.retry_individually === 1).length;
      return { individually: singly, together: rows.length - singly };
    },

    /** When the next queued row is due. */
    async getNextDueAt(): Promise<string | undefined> {
      const row = await db
        .selectFrom('batch_rows')
        .select(({ fn }) => fn.min('due_at').as('at'))
        .where('status', '=', 'queued')
        .executeTakeFirst();
      return row?.at ?? undefined;
    },

    /** A call that carries these rows begins, and is over by `until`. */
    async leaseRows(ids: readonly number[], until: string): Promise<void> {
      await db.updateTable('batch_rows').set({ leased_until: until }).where('id', 'in', ids).execute();
    },

    /** No call is under way: for a process that starts and serves alone. */
    async releaseLeases(): Promise<void> {
      await db.updateTable('batch_rows').set({ leased_until: null }).where('leased_until', 'is not', null).execute();
    },

    /** The call that carried the row is over. A row that was erased meanwhile stays away. */
    async completeRow(id: number, change: BatchRowUpdate): Promise<void> {
      const pending = change.status === undefined ? {} : { progress_pending: 1 as const };
      await db
        .updateTable('batch_rows')
        .set({ ...change, ...pending, leased_until: null, updated_at: now() })
        .where('id', '=', id)
        .where('status', '=', 'queued')
        .execute();
    },

    /** Cancels what is queued and under way in no call, and answers how many rows that was. */
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

    /** Queues what failed, as if it were new, and answers how many rows that was. */
    async requeueFailed(batchId: string): Promise<number> {
      const fresh = {
        status: 'queued' as const,
        reason: null,
        session_uuid: null,
        attempts: 0,
        retry_individually: 0,
        progress_pending: 1 as const,
      };
      const { numUpdatedRows } = await db
        .updateTable('batch_rows')
        .set({ ...fresh, leased_until: null, due_at: now(), updated_at: now() })
        .where('batch_id', '=', batchId)
        .where('status', '=', 'failed')
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    /** Batches of which a frame has something to tell. */
    async listProgressPending(): Promise<StoredBatch[]> {
      return db
        .selectFrom('batches')
        .selectAll()
        .where(
          'batch_id',
          'in',
          db.selectFrom('batch_rows').select('batch_id').where('progress_pending', 'is not', null),
        )
        .execute();
    },

    listProgressPendingRows: (batchId: string, limit: number): Promise<BatchRowWithSession[]> =>
      rowsOf(batchId).where('progress_pending', 'is not', null).orderBy('batch_rows.id').limit(limit).execute(),

    async clearProgressPending(ids: readonly number[]): Promise<void> {
      await db.updateTable('batch_rows').set({ progress_pending: null }).where('id', 'in', ids).execute();
    },

    /** Every row about a person. */
    listRowsByCandidate: (candidateKey: string): Promise<StoredBatchRow[]> =>
      db.selectFrom('batch_rows').selectAll().where('candidate_key', '=', candidateKey).orderBy('id').execute(),

    /** Erases a person's rows, and answers how many there were and in which batches. */
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

    /** Forgets batches made before `before` of which no row is left. */
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
