/** Queries on the outbox, which holds what the proxy will write into ATSs and send to other systems. */
import type { ExpressionBuilder, Kysely } from 'kysely';
import { countUpTo, MAX_COUNTED } from './count-up-to.ts';
import type { DueClock } from './due-clock.ts';
import type { NewOutboxRow, OutboxChannel, OutboxRow, Tables } from './schema.ts';

export type OutboxQueries = ReturnType<typeof outboxQueries>;

/** The result of an attempt. A row without `due_at` is finished. */
export type OutboxChange = Partial<
  Pick<OutboxRow, 'state' | 'problem' | 'attempts' | 'may_be_written' | 'may_be_duplicate' | 'due_at' | 'finished_at'>
>;

export function outboxQueries(db: Kysely<Tables>, now: () => string, dueClock: DueClock) {
  return {
    /** Adds the next version of what a target gets about a session. A row in a dry run is never due. */
    async add(
      entry: Pick<OutboxRow, 'session_uuid' | 'channel' | 'target' | 'occasion' | 'facts' | 'state'>,
    ): Promise<void> {
      const { newest } = await db
        .selectFrom('outbox')
        .select(({ fn }) => fn.max('version').as('newest'))
        .where('session_uuid', '=', entry.session_uuid)
        .where('target', '=', entry.target)
        .executeTakeFirstOrThrow();
      const row: NewOutboxRow = {
        ...entry,
        version: (newest ?? 0) + 1,
        problem: null,
        due_at: entry.state === 'pending' ? dueClock.dueAt() : null,
        created_at: now(),
        finished_at: null,
      };
      await db.insertInto('outbox').values(row).execute();
    },

    /**
     * Claims due rows of a channel until `leasedUntil`, and counts the attempt. A row waits for the earlier rows of its
     * session and target. Returns `may_be_written` as it was before the claim. Stores 1 until the attempt has a result.
     */
    async claimDue(channel: OutboxChannel, leasedUntil: string, limit: number): Promise<OutboxRow[]> {
      const due = await db
        .selectFrom('outbox')
        .selectAll()
        .where('channel', '=', channel)
        .where('due_at', '<=', dueClock.dueAt())
        .where((where) => where.not(isBlocked(where)))
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      if (!due.length) return [];
      await db
        .updateTable('outbox')
        .set(({ eb }) => ({ due_at: leasedUntil, attempts: eb('attempts', '+', 1), may_be_written: 1 }))
        .where(
          'id',
          'in',
          due.map(({ id }) => id),
        )
        .execute();
      return due
        .map((row) => ({ ...row, due_at: leasedUntil, attempts: row.attempts + 1 }))
        .sort((one, other) => one.id - other.id);
    },

    /** When the channel's next row that is not blocked becomes due, or the next lease ends. */
    async getNextDueAt(channel: OutboxChannel): Promise<string | undefined> {
      const row = await db
        .selectFrom('outbox')
        .select('due_at')
        .where('channel', '=', channel)
        .where('due_at', 'is not', null)
        .where((where) => where.not(isBlocked(where)))
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return row?.due_at ?? undefined;
    },

    async update(id: number, change: OutboxChange): Promise<void> {
      await db.updateTable('outbox').set(change).where('id', '=', id).execute();
    },

    async delete(id: number): Promise<void> {
      await db.deleteFrom('outbox').where('id', '=', id).execute();
    },

    /**
     * Makes dead letters with an id above `after` pending again, oldest first, and returns them. Leaves out
     * superseded rows, so that an old version never replaces a newer version.
     */
    async retryFailed(after: number, limit: number): Promise<Pick<OutboxRow, 'id' | 'session_uuid'>[]> {
      const rows = await db
        .selectFrom('outbox')
        .select(['id', 'session_uuid'])
        .where('state', '=', 'failed')
        .where('id', '>', after)
        .where((where) => where.not(isSuperseded(where)))
        .orderBy('id')
        .limit(limit)
        .execute();
      if (!rows.length) return [];
      await db
        .updateTable('outbox')
        .set({ state: 'pending', attempts: 0, problem: null, due_at: dueClock.dueAt(), finished_at: null })
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute();
      return rows;
    },

    /** Counts the dead letters whose target has a later version of the session, up to MAX_COUNTED. */
    countSuperseded: (): Promise<number> =>
      countUpTo(
        db,
        MAX_COUNTED,
        db.selectFrom('outbox').select('id').where('state', '=', 'failed').where(isSuperseded),
      ),

    /** Returns a session's rows, oldest first. */
    list: (sessionUuid: string): Promise<OutboxRow[]> =>
      db.selectFrom('outbox').selectAll().where('session_uuid', '=', sessionUuid).orderBy('id').execute(),

    /** Returns rows with an id above `after`, oldest first. */
    listAfter: (after: number, limit: number): Promise<OutboxRow[]> =>
      db.selectFrom('outbox').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute(),

    /** Counts up to MAX_COUNTED. */
    countByState: (channel: OutboxChannel, state: OutboxRow['state']): Promise<number> =>
      countUpTo(
        db,
        MAX_COUNTED,
        db.selectFrom('outbox').select('id').where('channel', '=', channel).where('state', '=', state),
      ),

    /** Erases the rows of these sessions, and returns their channels and states. */
    async erase(sessionUuids: readonly string[]): Promise<Pick<OutboxRow, 'channel' | 'state'>[]> {
      if (!sessionUuids.length) return [];
      const erased = db.deleteFrom('outbox').where('session_uuid', 'in', sessionUuids);
      return erased.returning(['channel', 'state']).execute();
    },

    /** Deletes the session's rows that the target has not received yet. */
    async deletePending(sessionUuid: string, target: string): Promise<void> {
      await db
        .deleteFrom('outbox')
        .where('session_uuid', '=', sessionUuid)
        .where('target', '=', target)
        .where('state', '=', 'pending')
        .execute();
    },

    /** Deletes up to `limit` rows of a channel that finished before a time. Returns how many it deleted. */
    async prune(channel: OutboxChannel, before: string, limit: number): Promise<number> {
      const expired = db
        .selectFrom('outbox')
        .select('id')
        .where('channel', '=', channel)
        .where('finished_at', '<', before)
        .limit(limit);
      const { numDeletedRows } = await db.deleteFrom('outbox').where('id', 'in', expired).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/** Whether a row waits for an earlier row of its session and target. */
function isBlocked({ exists, selectFrom }: ExpressionBuilder<Tables, 'outbox'>) {
  return exists(
    selectFrom('outbox as earlier')
      .select('earlier.id')
      .whereRef('earlier.session_uuid', '=', 'outbox.session_uuid')
      .whereRef('earlier.target', '=', 'outbox.target')
      .whereRef('earlier.id', '<', 'outbox.id')
      .where('earlier.state', '=', 'pending'),
  );
}

/** Whether the row's target has received a later version of the session. */
function isSuperseded({ exists, selectFrom }: ExpressionBuilder<Tables, 'outbox'>) {
  return exists(
    selectFrom('outbox as later')
      .select('later.id')
      .whereRef('later.session_uuid', '=', 'outbox.session_uuid')
      .whereRef('later.target', '=', 'outbox.target')
      .whereRef('later.id', '>', 'outbox.id')
      .where('later.state', '=', 'delivered'),
  );
}
