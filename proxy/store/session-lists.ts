/**
 * Lists sessions by filter, in pages. Each combination of filters has an index in the sort order (migrations/), so
 * every page costs the same.
 */
import type { Kysely } from 'kysely';
import type { SessionStatus } from '../contract/status.ts';
import type { SessionRow, Tables } from './schema.ts';

export interface SortOrder {
  column: 'updated_at' | 'completed_at' | 'overall';
  isDescending: boolean;
}

/** A session's position in a sorted list. */
export interface ListCursor {
  /** The value of the sort column. */
  at: string | number;
  session_uuid: string;
}

export interface ListQuery {
  projects?: readonly string[];
  inviter_id?: string;
  assessment_type?: string;
  /**
   * At least one status. Ignored unless the order is `updated_at`: the other orders contain only completed sessions.
   */
  statuses: readonly SessionStatus[];
  order: SortOrder;
  /** The page starts after this position. */
  after?: ListCursor;
}

/** Values that select a contiguous part of an index, in the sort order. */
interface IndexRange {
  project_id?: string;
  status?: SessionStatus;
}

/** Ranges in one `union all`. SQLite allows 500. */
const MAX_RANGES_PER_QUERY = 100;

export type ListQueries = ReturnType<typeof listQueries>;

export function listQueries(db: Kysely<Tables>) {
  return {
    /** Returns the first `limit` sessions of the list. */
    async listPage(query: ListQuery, limit: number): Promise<SessionRow[]> {
      const positions: ListCursor[] = [];
      for (const statement of buildPageQueries(db, query, limit)) positions.push(...(await statement.execute()));
      const uuids = positions
        .sort(createComparator(query.order))
        .slice(0, limit)
        .map(({ session_uuid }) => session_uuid);
      if (!uuids.length) return [];
      const rows = await db.selectFrom('sessions').selectAll().where('session_uuid', 'in', uuids).execute();
      const byUuid = new Map(rows.map((row) => [row.session_uuid, row]));
      return uuids.flatMap((uuid) => byUuid.get(uuid) ?? []);
    },
  };
}

/** Builds the statements that find the positions of a page. The statements read only an index. */
export function buildPageQueries(
  db: Kysely<Tables>,
  { order, inviter_id, assessment_type, after, ...filter }: ListQuery,
  limit: number,
) {
  const direction = order.isDescending ? 'desc' : 'asc';

  const selectPositions = ({ project_id, status }: IndexRange) => {
    let query = db
      .selectFrom('sessions')
      .select(['session_uuid', `${order.column} as at`])
      .$narrowType<{ at: string | number }>();
    if (inviter_id !== undefined) query = query.where('inviter_id', '=', inviter_id);
    if (project_id !== undefined) query = query.where('project_id', '=', project_id);
    if (assessment_type !== undefined) query = query.where('assessment_type', '=', assessment_type);
    query = status === undefined ? query.where(order.column, 'is not', null) : query.where('status', '=', status);
    if (!after) return query;
    return query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple(order.column, 'session_uuid'), order.isDescending ? '<' : '>', tuple(after.at, after.session_uuid)),
    );
  };

  const ranges = toIndexRanges(filter, order).map(selectPositions);
  const statementCount = Math.ceil(ranges.length / MAX_RANGES_PER_QUERY);
  return Array.from({ length: statementCount }, (_, index) =>
    ranges
      .slice(index * MAX_RANGES_PER_QUERY, (index + 1) * MAX_RANGES_PER_QUERY)
      .reduce((merged, range) => merged.unionAll(range))
      .orderBy('at', direction)
      .orderBy('session_uuid', direction)
      .limit(limit),
  );
}

function toIndexRanges({ projects, statuses }: Pick<ListQuery, 'projects' | 'statuses'>, order: SortOrder) {
  const ranges: IndexRange[] = projects?.map((project_id) => ({ project_id })) ?? [{}];
  if (order.column !== 'updated_at') return ranges;
  return ranges.flatMap((range) => statuses.map((status) => ({ ...range, status })));
}

export function createComparator({ isDescending }: SortOrder): (a: ListCursor, b: ListCursor) => number {
  const [less, greater] = isDescending ? [1, -1] : [-1, 1];
  return (a, b) => {
    if (a.at !== b.at) return a.at < b.at ? less : greater;
    if (a.session_uuid === b.session_uuid) return 0;
    return a.session_uuid < b.session_uuid ? less : greater;
  };
}
