/** Queries about the event log that streams are served from. */
import type { Kysely } from 'kysely';
import type { EventRow, NewEvent, Tables } from './schema.ts';

/** Some of the log's events, by what an index finds them by. */
export type EventFilter = { topics: readonly string[] } | { project_ids: readonly string[] } | { owner: string };

/** Entries of the log that are gone through at once where no index has them in order. */
const WINDOW = 5_000;

export type EventQueries = ReturnType<typeof eventQueries>;

export function eventQueries(db: Kysely<Tables>, now: () => string) {
  /** Number of the newest event ever stored; 0 before the first. */
  async function getNewestSeq(): Promise<number> {
    const row = await db.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
    return row?.seq ?? 0;
  }

  return {
    head: getNewestSeq,

    /** The oldest event that is still kept; undefined when none is. */
    async getOldestSeq(): Promise<number | undefined> {
      const row = await db.selectFrom('events').select('seq').orderBy('seq').limit(1).executeTakeFirst();
      return row?.seq;
    },

    /** Answers the number of the new event. */
    async append(event: NewEvent): Promise<number> {
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
        .where('type', '=', 'session')
        .where('topic', '=', candidateKey)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** Writes the data of a batch's entries anew where `rewrite` answers another text. */
    async rewriteBatchEvents(batchId: string, rewrite: (data: string) => string): Promise<void> {
      const rows = await db
        .selectFrom('events')
        .selectAll()
        .where('type', '=', 'batch')
        .where('topic', '=', batchId)
        .execute();
      for (const { seq, data: held } of rows) {
        const data = rewrite(held);
        if (data !== held) await db.updateTable('events').set({ data }).where('seq', '=', seq).execute();
      }
    },

    /** Events after `seq` in order. */
    listAfter: (seq: number, limit: number): Promise<EventRow[]> => buildEventsQuery(db, seq, limit).execute(),

    /** Those of a slice, and the number up to which they are complete: that of the last one, where there may be more. */
    async readPage(seq: number, limit: number, slice?: EventFilter): Promise<{ rows: EventRow[]; upTo: number }> {
      const newest = await getNewestSeq();
      const rows = await buildEventsQuery(db, seq, limit, slice).execute();
      const reach = isInWindow(slice) ? Math.min(newest, seq + WINDOW) : newest;
      return { rows, upTo: rows.length === limit ? (rows.at(-1)?.seq ?? reach) : reach };
    },

    /**
     * Forgets at most so many of the events older than `before` and of all but the newest `keep`, and answers how many
     * there were; the newest one always stays, as the head.
     */
    async prune(before: string, keep: number, most: number): Promise<number> {
      const newest = await getNewestSeq();
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

/** The statement that reads events after `seq` in order; where many projects are named, only from the next entries. */
export function buildEventsQuery(db: Kysely<Tables>, seq: number, limit: number, slice?: EventFilter) {
  let query = db.selectFrom('events').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit);
  if (isInWindow(slice)) query = query.where('seq', '<=', seq + WINDOW);
  if (!slice) return query;
  if ('owner' in slice) return query.where('owner', '=', slice.owner);
  return 'project_ids' in slice
    ? query.where('project_id', 'in', slice.project_ids)
    : query.where('topic', 'in', slice.topics);
}

function isInWindow(slice: EventFilter | undefined): boolean {
  return slice !== undefined && 'project_ids' in slice && slice.project_ids.length > 1;
}
