/** Queries on the outbox, which holds what the proxy will write into ATSs. */
import type { Kysely } from 'kysely';
import { getTargetKey, type WriteTarget, type WriteTrigger } from '../config/write-back.ts';
import { countUpTo, MAX_COUNTED } from './count-up-to.ts';
import type { DueClock } from './due-clock.ts';
import type { NewOutboxRow, OutboxRow, Tables } from './schema.ts';

export type OutboxQueries = ReturnType<typeof outboxQueries>;

/** The result of an attempt. A row without `due_at` is finished. */
export type OutboxChange = Partial<
  Pick<OutboxRow, 'state' | 'problem' | 'attempts' | 'may_be_duplicate' | 'due_at' | 'finished_at'>
>;

/** @param targets the setting `ATS_WRITE_BACK`. */
export function outboxQueries(
  db: Kysely<Tables>,
  now: () => string,
  dueClock: DueClock,
  targets: () => readonly WriteTarget[],
) {
  return {
    /** Adds a row for each target that is written on this occasion. */
    async add(ats: string, session_uuid: string, occasion: WriteTrigger, facts: string): Promise<void> {
      const wanted = targets().filter((target) => target.ats === ats && target.on.some((name) => name === occasion));
      for (const target of wanted) {
        const key = getTargetKey(target);
        const { newest } = await db
          .selectFrom('outbox')
          .select(({ fn }) => fn.max('version').as('newest'))
          .where('session_uuid', '=', session_uuid)
          .where('target', '=', key)
          .executeTakeFirstOrThrow();
        const row: NewOutboxRow = {
          session_uuid,
          target: key,
          version: (newest ?? 0) + 1,
          occasion,
          facts,
          state: target.dry_run ? 'dry_run' : 'pending',
          problem: null,
          due_at: target.dry_run ? null : dueClock.dueAt(),
          created_at: now(),
          finished_at: null,
        };
        await db.insertInto('outbox').values(row).execute();
      }
    },

    /**
     * Claims due rows until `leasedUntil`, and counts the attempt. A row waits for the earlier rows of its session and
     * target.
     */
    async claimDue(leasedUntil: string, limit: number): Promise<OutboxRow[]> {
      const due = await db
        .selectFrom('outbox')
        .select('id')
        .where('due_at', '<=', dueClock.dueAt())
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('outbox as earlier')
                .select('earlier.id')
                .whereRef('earlier.session_uuid', '=', 'outbox.session_uuid')
                .whereRef('earlier.target', '=', 'outbox.target')
                .whereRef('earlier.id', '<', 'outbox.id')
                .where('earlier.state', '=', 'pending'),
            ),
          ),
        )
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      if (!due.length) return [];
      const ids = due.map(({ id }) => id);
      await db
        .updateTable('outbox')
        .set(({ eb }) => ({ due_at: leasedUntil, attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', ids)
        .execute();
      return db.selectFrom('outbox').selectAll().where('id', 'in', ids).orderBy('id').execute();
    },

    /** When the next row is due or the next lease ends. */
    async getNextDueAt(): Promise<string | undefined> {
      const row = await db
        .selectFrom('outbox')
        .select('due_at')
        .where('due_at', 'is not', null)
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return row?.due_at ?? undefined;
    },

    async update(id: number, change: OutboxChange): Promise<void> {
      await db.updateTable('outbox').set(change).where('id', '=', id).execute();
    },

    /** Returns a session's rows, oldest first. */
    list: (sessionUuid: string): Promise<OutboxRow[]> =>
      db.selectFrom('outbox').selectAll().where('session_uuid', '=', sessionUuid).orderBy('id').execute(),

    /** Returns rows with an id above `after`, oldest first. */
    listAfter: (after: number, limit: number): Promise<OutboxRow[]> =>
      db.selectFrom('outbox').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute(),

    /** Counts up to MAX_COUNTED. */
    countByState: (state: OutboxRow['state']): Promise<number> =>
      countUpTo(db, MAX_COUNTED, db.selectFrom('outbox').select('id').where('state', '=', state)),

    /** Erases the rows of these sessions, and returns what they were. */
    async erase(sessionUuids: readonly string[]): Promise<Pick<OutboxRow, 'target' | 'state'>[]> {
      if (!sessionUuids.length) return [];
      return db.deleteFrom('outbox').where('session_uuid', 'in', sessionUuids).returning(['target', 'state']).execute();
    },
  };
}
