/** Queries on batches and their rows. The database stores no row counts: each query counts the rows by status. */
import { setImmediate } from 'node:timers/promises';
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { type BatchCounts, INVALID_ROW_REASONS, ROW_STATUSES, type RowStatus } from '../contract/batch.ts';
import type { LinkProblem } from '../contract/session.ts';
import type { SessionStatus } from '../contract/status.ts';
import { countUpTo, MAX_COUNTED } from './count-up-to.ts';
import type { DueClock } from './due-clock.ts';
import type { NewBatch, NewBatchRow, StoredBatch, StoredBatchRow, Tables } from './schema.ts';

/** A change of many rows takes several statements, so that the proxy can do other work in between. */
const ROWS_PER_STATEMENT = 250;

export type BatchQueries = ReturnType<typeof batchQueries>;

/** A row with the current state of its session. */
export interface BatchRowWithSession extends StoredBatchRow {
  candidate_url: string | null;
  session_status: SessionStatus | null;
  link_problem: LinkProblem | null;
}

/** An absent field matches all. */
export interface BatchFilter {
  /** Only batches with a lower id. */
  before?: number | undefined;
  projects?: readonly string[] | undefined;
  assessmentType?: string | undefined;
}

export type BatchRowUpdate = Partial<
  Pick<StoredBatchRow, 'status' | 'session_uuid' | 'reason' | 'attempts' | 'retry_individually' | 'due_at'>
>;

type RowChange = BatchRowUpdate & Partial<Pick<StoredBatchRow, 'progress_pending' | 'leased_until' | 'updated_at'>>;

const allowAny = (_row: Pick<StoredBatchRow, 'leased_until' | 'reason'>) => true;

export function batchQueries(db: Kysely<Tables>, now: () => string, { dueAt }: DueClock) {
  const getBatch = (batchId: string): Promise<StoredBatch | undefined> =>
    db.selectFrom('batches').selectAll().where('batch_id', '=', batchId).executeTakeFirst();

  /** A literal, because the database uses no partial index of queued rows if the status is a parameter. */
  const QUEUED = sql.lit('queued' as const);

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
    db.selectFrom('batch_rows').where('status', '=', QUEUED).where('due_at', '<=', dueAt()).where(isNotLeased);

  const isNotLeased = (where: ExpressionBuilder<Tables, 'batch_rows'>) =>
    where.or([where('leased_until', 'is', null), where('leased_until', '<', dueAt())]);

  /** Selects the first batch with a higher public id than `after`. The caller adds a condition on the batch's rows. */
  const selectNextId = (after: string) =>
    db.selectFrom('batch_rows').select('batch_id').where('batch_id', '>', after).orderBy('batch_id').limit(1);

  async function getNextQueued(after: string): Promise<string | undefined> {
    return (await selectNextId(after).where('status', '=', QUEUED).executeTakeFirst())?.batch_id;
  }

  /** Changes the batch's rows that have `status` and pass `canChange`, in several statements. Returns their number. */
  async function updateRows(
    batchId: string,
    status: RowStatus,
    change: RowChange,
    canChange = allowAny,
  ): Promise<number> {
    let changed = 0;
    for (let after = 0; ; ) {
      const page = await db
        .selectFrom('batch_rows')
        .select(['id', 'status', 'leased_until', 'reason'])
        .where('batch_id', '=', batchId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_PER_STATEMENT)
        .execute();
      const ids = page.filter((row) => row.status === status && canChange(row)).map(({ id }) => id);
      if (ids.length) await db.updateTable('batch_rows').set(change).where('id', 'in', ids).execute();
      changed += ids.length;
      const last = page.at(-1);
      if (!last || page.length < ROWS_PER_STATEMENT) return changed;
      after = last.id;
      await setImmediate();
    }
  }

  return {
    async insert(batch: NewBatch, rows: readonly NewBatchRow[]): Promise<void> {
      await db.insertInto('batches').values(batch).execute();
      for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
        await db
          .insertInto('batch_rows')
          .values(rows.slice(start, start + ROWS_PER_STATEMENT))
          .execute();
        await setImmediate();
      }
    },

    get: getBatch,

    getByIdempotencyKey: (hash: string): Promise<StoredBatch | undefined> =>
      db.selectFrom('batches').selectAll().where('idempotency_hash', '=', hash).executeTakeFirst(),

    /** A recruiter's batches, newest first. */
    async listByRecruiter(
      { issuer, sub }: Pick<StoredBatch, 'issuer' | 'sub'>,
      { before, projects, assessmentType }: BatchFilter,
      limit: number,
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
      if (assessmentType !== undefined) query = query.where('assessment_type', '=', assessmentType);
      return query.execute();
    },

    /** Returns the rows in the request's order. */
    async listRows(batchId: string): Promise<BatchRowWithSession[]> {
      const rows: BatchRowWithSession[] = [];
      for (;;) {
        const page = await selectRows(batchId)
          .where('batch_rows.id', '>', rows.at(-1)?.id ?? 0)
          .limit(ROWS_PER_STATEMENT)
          .execute();
        rows.push(...page);
        if (page.length < ROWS_PER_STATEMENT) return rows;
        await setImmediate();
      }
    },

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

    /**
     * Counts all batches' queued rows, up to MAX_COUNTED. The condition on `due_at` is always true. It makes the
     * database use the index by due time.
     */
    countQueued: (): Promise<number> =>
      countUpTo(
        db,
        MAX_COUNTED,
        db.selectFrom('batch_rows').select('due_at').where('status', '=', QUEUED).where('due_at', '>', ''),
      ),

    /**
     * Returns the next batch with due rows, round-robin: the first batch with a public id above `lastId`. If there is
     * none, returns the first batch of all.
     */
    async getNextDueBatch(lastId: string): Promise<StoredBatch | undefined> {
      const hasDue = async (batchId: string) =>
        (await selectDue().select('id').where('batch_id', '=', batchId).limit(1).executeTakeFirst()) !== undefined;
      for (const start of lastId ? [lastId, ''] : ['']) {
        for (let id = await getNextQueued(start); id !== undefined; id = await getNextQueued(id)) {
          if (await hasDue(id)) return getBatch(id);
        }
      }
      return undefined;
    },

    /** Returns a batch's due rows, optionally only those with this value of `retry_individually`. */
    listDueRows(batchId: string, limit: number, retryIndividually?: 0 | 1): Promise<StoredBatchRow[]> {
      let query = selectDue().selectAll().where('batch_id', '=', batchId).orderBy('due_at').orderBy('id').limit(limit);
      if (retryIndividually !== undefined) query = query.where('retry_individually', '=', retryIndividually);
      return query.execute();
    },

    /** Counts due rows up to `limit`: those that need a single call, and those that can share a batch call. */
    async countDue(limit: number): Promise<{ singleCallRows: number; batchCallRows: number }> {
      const rows = await selectDue().select('retry_individually').limit(limit).execute();
      const singleCallRows = rows.filter((row) => row.retry_individually === 1).length;
      return { singleCallRows, batchCallRows: rows.length - singleCallRows };
    },

    /**
     * Returns when the next queued row becomes due. The condition on `due_at` is always true. It makes the database
     * use the index by due time.
     */
    async getNextDueAt(): Promise<string | undefined> {
      const row = await db
        .selectFrom('batch_rows')
        .select('due_at as at')
        .where('status', '=', QUEUED)
        .where('due_at', '>', '')
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return row?.at ?? undefined;
    },

    async leaseRows(ids: readonly number[], until: string): Promise<void> {
      if (ids.length) await db.updateTable('batch_rows').set({ leased_until: until }).where('id', 'in', ids).execute();
    },

    /** Ends the leases of an earlier process, which no longer runs. */
    async releaseLeases(): Promise<void> {
      await db.updateTable('batch_rows').set({ leased_until: null }).where('leased_until', 'is not', null).execute();
    },

    /** Stores the result of a call and releases the lease. Changes nothing if the row was erased. */
    async storeRowResult(id: number, change: BatchRowUpdate): Promise<void> {
      const progress = change.status === undefined ? {} : { progress_pending: 1 as const };
      await db
        .updateTable('batch_rows')
        .set({ ...change, ...progress, leased_until: null, updated_at: now() })
        .where('id', '=', id)
        .where('status', '=', 'queued')
        .execute();
    },

    /** Cancels the queued rows that are not leased. Returns how many it cancelled. */
    cancelQueued: (batchId: string): Promise<number> =>
      updateRows(
        batchId,
        'queued',
        { status: 'cancelled', progress_pending: 1, updated_at: now() },
        ({ leased_until }) => leased_until === null || leased_until < dueAt(),
      ),

    /** Queues the failed rows again, except the invalid rows. Returns how many it queued. */
    requeueFailed: (batchId: string): Promise<number> =>
      updateRows(
        batchId,
        'failed',
        {
          status: 'queued',
          reason: null,
          session_uuid: null,
          attempts: 0,
          retry_individually: 0,
          progress_pending: 1,
          leased_until: null,
          due_at: dueAt(),
          updated_at: now(),
        },
        ({ reason }) => !INVALID_ROW_REASONS.some((invalid) => invalid === reason),
      ),

    /** The next batch, by public id, with rows whose status no event has reported yet. */
    async getNextProgressPending(after: string): Promise<StoredBatch | undefined> {
      const row = await selectNextId(after).where('progress_pending', 'is not', null).executeTakeFirst();
      return row && getBatch(row.batch_id);
    },

    listProgressPendingRows: (batchId: string, limit: number): Promise<BatchRowWithSession[]> =>
      selectRows(batchId).where('progress_pending', 'is not', null).limit(limit).execute(),

    async clearProgressPending(ids: readonly number[]): Promise<void> {
      if (ids.length)
        await db.updateTable('batch_rows').set({ progress_pending: null }).where('id', 'in', ids).execute();
    },

    listRowsByCandidate: (candidateKey: string): Promise<StoredBatchRow[]> =>
      db.selectFrom('batch_rows').selectAll().where('candidate_key', '=', candidateKey).orderBy('id').execute(),

    /** Erases a candidate's rows. Returns how many it erased, and their batches. */
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
      for (const { batch_id } of batches) {
        await db
          .updateTable('batches')
          .set({ emptied_at: now() })
          .where('batch_id', '=', batch_id)
          .where(({ not, exists }) =>
            not(exists(db.selectFrom('batch_rows').select('id').where('batch_id', '=', batch_id))),
          )
          .execute();
      }
      return { rows: Number(numDeletedRows), batches };
    },

    /** Deletes up to `limit` batches whose last row was erased before `before`. Returns how many it deleted. */
    async prune(before: string, limit: number): Promise<number> {
      const empty = db.selectFrom('batches').select('id').where('emptied_at', '<', before).limit(limit);
      const { numDeletedRows } = await db.deleteFrom('batches').where('id', 'in', empty).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
