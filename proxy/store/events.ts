/** Queries about the event log that streams are served from. */
import type { Kysely } from 'kysely';
import type { EventRow, Tables } from './schema.ts';

/** What stands for the candidate in the entry that an erasure leaves. */
export const ERASED = '';

const TOPIC = 'batch ';

/** What stands for the candidate in an entry about a batch. No candidate's key has a space in it. */
export function batchTopic(batchId: string): string {
  return `${TOPIC}${batchId}`;
}

export function isBatchTopic(candidateKey: string): boolean {
  return candidateKey.startsWith(TOPIC);
}

export type EventQueries = ReturnType<typeof eventQueries>;

export function eventQueries(db: Kysely<Tables>, now: () => string) {
  /** Number of the newest event ever stored; 0 before the first. */
  async function head(): Promise<number> {
    const row = await db.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
    return row?.seq ?? 0;
  }

  return {
    head,

    /** The oldest event that is still kept; undefined when none is. */
    async oldest(): Promise<number | undefined> {
      const row = await db.selectFrom('events').select('seq').orderBy('seq').limit(1).executeTakeFirst();
      return row?.seq;
    },

    /** Answers the number of the new event. */
    async append(event: Omit<EventRow, 'seq' | 'at'>): Promise<number> {
      const { seq } = await db
        .insertInto('events')
        .values({ ...event, at: now() })
        .returning('seq')
        .executeTakeFirstOrThrow();
      return seq;
    },

    /** Erases what the log holds about a person, and answers how much that was. */
    async erase(candidateKey: string): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('events')
        .where('candidate_key', '=', candidateKey)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** Writes the data of a batch's entries anew where `rewrite` answers another text. */
    async rewrite(batchId: string, rewrite: (data: string) => string): Promise<void> {
      const rows = await db.selectFrom('events').selectAll().where('candidate_key', '=', batchTopic(batchId)).execute();
      for (const { seq, data: held } of rows) {
        const data = rewrite(held);
        if (data !== held) await db.updateTable('events').set({ data }).where('seq', '=', seq).execute();
      }
    },

    /** Whether somebody was erased after `seq`. */
    async erasedAfter(seq: number): Promise<boolean> {
      const row = await db
        .selectFrom('events')
        .select('seq')
        .where('candidate_key', '=', ERASED)
        .where('seq', '>', seq)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Events after `seq` in order, of the given people only where they are named. */
    after(seq: number, limit: number, candidateKeys?: readonly string[]): Promise<EventRow[]> {
      let query = db.selectFrom('events').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit);
      if (candidateKeys) query = query.where('candidate_key', 'in', candidateKeys);
      return query.execute();
    },

    /**
     * Forgets at most so many of the events older than `before` and of all but the newest `keep`, and answers how many
     * there were; the newest one always stays, as the head.
     */
    async prune(before: string, keep: number, most: number): Promise<number> {
      const newest = await head();
      const old = db
        .selectFrom('events')
        .select('seq')
        .where('seq', '<', newest)
        .where((where) => where.or([where('at', '<', before), where('seq', '<=', newest - keep)]))
        .orderBy('seq')
        .limit(most);
      const { numDeletedRows } = await db.deleteFrom('events').where('seq', 'in', old).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
