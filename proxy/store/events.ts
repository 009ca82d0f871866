/** Queries on the event log. A stream replays events from the log to a client that reconnects. */
import type { Kysely } from 'kysely';
import type { EventRow, NewEvent, Tables } from './schema.ts';

/** Selects events by one indexed column. */
export type EventFilter = { topics: readonly string[] } | { project_ids: readonly string[] } | { inviter_id: string };

/** The maximum number of events that a query scans if no index returns the filter's events in order. */
const SCAN_WINDOW = 5_000;

export type EventQueries = ReturnType<typeof eventQueries>;

export function eventQueries(db: Kysely<Tables>, now: () => string) {
  const selectSeq = () => db.selectFrom('events').select('seq').limit(1);

  async function getNewestSeq(): Promise<number> {
    const row = await selectSeq().orderBy('seq', 'desc').executeTakeFirst();
    return row?.seq ?? 0;
  }

  return {
    /** Returns the newest event's `seq`, or 0 if there are no events. */
    getNewestSeq,

    /** Returns the oldest stored event's `seq`. */
    async getOldestSeq(): Promise<number | undefined> {
      return (await selectSeq().orderBy('seq').executeTakeFirst())?.seq;
    },

    /** Returns the new event's `seq`. */
    async append(event: NewEvent): Promise<number> {
      const { seq } = await db
        .insertInto('events')
        .values({ ...event, at: now() })
        .returning('seq')
        .executeTakeFirstOrThrow();
      return seq;
    },

    /** Appends events in this order. */
    async appendAll(events: readonly NewEvent[]): Promise<void> {
      const rows = events.map((event) => ({ ...event, at: now() }));
      if (rows.length) await db.insertInto('events').values(rows).execute();
    },

    /** Erases the events about a candidate's sessions. Returns how many it erased. */
    async erase(candidateKey: string): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('events')
        .where('type', '=', 'session')
        .where('topic', '=', candidateKey)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** Replaces the data of each event of a batch with the result of `rewrite`. */
    async rewriteBatchEvents(batchId: string, rewrite: (data: string) => string): Promise<void> {
      const rows = await db
        .selectFrom('events')
        .selectAll()
        .where('type', '=', 'batch')
        .where('topic', '=', batchId)
        .execute();
      for (const row of rows) {
        const data = rewrite(row.data);
        if (data !== row.data) await db.updateTable('events').set({ data }).where('seq', '=', row.seq).execute();
      }
    },

    /** Events after `seq` in order. */
    listAfter: (seq: number, limit: number): Promise<EventRow[]> => buildEventsQuery(db, seq, limit).execute(),

    /**
     * Returns events after `seq` that match the filter. `upTo` is the `seq` of the last event that the query covers;
     * the next page starts after it.
     */
    async readPage(seq: number, limit: number, filter?: EventFilter): Promise<{ rows: EventRow[]; upTo: number }> {
      const newest = await getNewestSeq();
      const rows = await buildEventsQuery(db, seq, limit, filter).execute();
      const scannedUpTo = needsScanWindow(filter) ? Math.min(newest, seq + SCAN_WINDOW) : newest;
      return { rows, upTo: rows.length === limit ? (rows.at(-1)?.seq ?? scannedUpTo) : scannedUpTo };
    },

    /**
     * Deletes up to `limit` events that are older than `before`, and up to `limit` that are not among the newest
     * `maxCount`. Returns how many it deleted. Keeps the newest event, so that the database never reuses its `seq`.
     */
    async prune(before: string, maxCount: number, limit: number): Promise<number> {
      const newest = await getNewestSeq();
      const events = db.selectFrom('events').select('seq').limit(limit);
      const excess = events.where('seq', '<=', Math.min(newest - maxCount, newest - 1));
      const old = events.where('at', '<', before).where('seq', '<', newest);
      let deleted = 0n;
      for (const seqs of [excess, old]) {
        deleted += (await db.deleteFrom('events').where('seq', 'in', seqs).executeTakeFirst()).numDeletedRows;
      }
      return Number(deleted);
    },
  };
}

/** Builds the statement that reads events after `seq` in order. */
export function buildEventsQuery(db: Kysely<Tables>, seq: number, limit: number, filter?: EventFilter) {
  let query = db.selectFrom('events').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit);
  if (needsScanWindow(filter)) query = query.where('seq', '<=', seq + SCAN_WINDOW);
  if (!filter) return query;
  if ('inviter_id' in filter) return query.where('inviter_id', '=', filter.inviter_id);
  return 'project_ids' in filter
    ? query.where('project_id', 'in', filter.project_ids)
    : query.where('topic', 'in', filter.topics);
}

function needsScanWindow(filter: EventFilter | undefined): boolean {
  if (!filter || 'inviter_id' in filter) return false;
  return 'project_ids' in filter ? filter.project_ids.length > 1 : filter.topics.length > 1;
}
