/**
 * Lists of sessions by filter, in order, from a place on. Each way to filter has an index that ends in the order (see
 * migrations.ts), so that the last page of many costs what the first does.
 */
import type { Kysely } from 'kysely';
import type { SessionStatus } from '../contract/status.ts';
import type { SessionRow, Tables } from './schema.ts';

export interface SortOrder {
  column: 'updated_at' | 'completed_at';
  isDescending: boolean;
}

/** A session's place in an order: nothing is said of who may see it. */
export interface ListCursor {
  at: string;
  session_uuid: string;
}

export interface ListQuery {
  /** Only of these projects. */
  projects?: readonly string[];
  /** Only what this recruiter has invited. */
  owner?: string;
  /** One at least; in the order of completions it is those of completed sessions, whatever is said here. */
  statuses: readonly SessionStatus[];
  order: SortOrder;
  /** Only what comes later than this. */
  after?: ListCursor;
}

/** What one index reads in order. */
interface Lane {
  project_id?: string;
  status?: SessionStatus;
}

/** Lanes that one statement merges; SQLite takes 500. */
const LANES_AT_ONCE = 100;

export type ListQueries = ReturnType<typeof listQueries>;

export function listQueries(db: Kysely<Tables>) {
  return {
    /** The first sessions of the listing, at most so many. */
    async listPage(listing: ListQuery, limit: number): Promise<SessionRow[]> {
      const found: ListCursor[] = [];
      for (const query of buildPageQueries(db, listing, limit)) found.push(...(await query.execute()));
      const places = found.sort(createComparator(listing.order)).slice(0, limit);
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where(
          'session_uuid',
          'in',
          places.map(({ session_uuid }) => session_uuid),
        )
        .execute();
      const byUuid = new Map(rows.map((row) => [row.session_uuid, row]));
      return places.flatMap(({ session_uuid }) => byUuid.get(session_uuid) ?? []);
    },
  };
}

/** The statements that find the places of a page: an index alone is read, from `after` on. */
export function buildPageQueries(db: Kysely<Tables>, listing: ListQuery, limit: number) {
  const { order, owner, after } = listing;
  const direction = order.isDescending ? 'desc' : 'asc';

  const places = ({ project_id, status }: Lane) => {
    let query = db
      .selectFrom('sessions')
      .select(['session_uuid', `${order.column} as at`])
      .$narrowType<{ at: string }>();
    if (owner !== undefined) query = query.where('owner', '=', owner);
    if (project_id !== undefined) query = query.where('project_id', '=', project_id);
    query = status === undefined ? query.where(order.column, 'is not', null) : query.where('status', '=', status);
    if (!after) return query;
    return query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple(order.column, 'session_uuid'), order.isDescending ? '<' : '>', tuple(after.at, after.session_uuid)),
    );
  };

  const lanes = lanesOf(listing).map(places);
  const handfuls = Math.ceil(lanes.length / LANES_AT_ONCE);
  return Array.from({ length: handfuls }, (_, n) =>
    lanes
      .slice(n * LANES_AT_ONCE, (n + 1) * LANES_AT_ONCE)
      .reduce((all, lane) => all.unionAll(lane))
      .orderBy('at', direction)
      .orderBy('session_uuid', direction)
      .limit(limit),
  );
}

function lanesOf({ projects, statuses, order }: ListQuery): Lane[] {
  const lanes: Lane[] = projects?.map((project_id) => ({ project_id })) ?? [{}];
  if (order.column === 'completed_at') return lanes;
  return lanes.flatMap((lane) => statuses.map((status) => ({ ...lane, status })));
}

/** How two places compare in an order. */
export function createComparator({
  isDescending: descending,
}: SortOrder): (one: ListCursor, other: ListCursor) => number {
  const [before, after] = descending ? [1, -1] : [-1, 1];
  return (one, other) => {
    if (one.at !== other.at) return one.at < other.at ? before : after;
    if (one.session_uuid === other.session_uuid) return 0;
    return one.session_uuid < other.session_uuid ? before : after;
  };
}
