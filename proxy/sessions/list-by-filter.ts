/**
 * Lists the sessions that match a filter and the recruiter's rights, page by page. A page starts after a cursor, which
 * is a position in the sort order.
 */
import { assertProject, assertScope } from '../auth/permissions.ts';
import { canSee, type Recruiter, recruiterId, rightsFingerprint } from '../auth/recruiter.ts';
import type { BaseFilter, SessionFilter, SessionQueryResponse, SessionSort } from '../contract/list.ts';
import { SESSION_STATUSES } from '../contract/status.ts';
import type { SessionRow } from '../store/schema.ts';
import { createComparator, type ListCursor, type ListQuery, type SortOrder } from '../store/session-lists.ts';
import type { Queries } from '../store/store.ts';
import type { StreamFilter } from '../stream/subscriptions.ts';
import { InvalidRequest } from '../util/errors.ts';
import type { ReadSessionOptions } from './get-session.ts';
import { toSessionFor } from './session.ts';

export interface PageRequest {
  sort?: SessionSort | undefined;
  /** `next` of the previous page. */
  after?: string | undefined;
  limit?: number | undefined;
}

const DEFAULT_PAGE_SIZE = 50;

/** @throws Forbidden; InvalidRequest if `after` comes from another sort. */
export async function listSessionsByFilter(
  { store, audit, viewedCandidates }: ReadSessionOptions,
  recruiter: Recruiter,
  filter: SessionFilter,
  { sort = '-updated_at', after, limit = DEFAULT_PAGE_SIZE }: PageRequest,
): Promise<SessionQueryResponse> {
  const query: ListQuery = {
    ...applyRights(recruiter, filter),
    statuses: [...new Set([filter.status ?? SESSION_STATUSES].flat())],
    order: parseSort(sort),
    ...(after !== undefined && { after: decodeCursor(after, sort) }),
  };
  const { newestSeq, found } = await store.read(async (queries) => ({
    newestSeq: await queries.events.getNewestSeq(),
    found: await findSessions(queries, recruiter, query, limit + 1),
  }));
  const page = found.slice(0, limit);
  await audit.recordSeen(recruiter, page);
  viewedCandidates.markViewed(page.map(({ candidate_key }) => candidate_key));
  const lastOfFullPage = found.length > limit ? page.at(-1) : undefined;
  return {
    sessions: page.map((row) => toSessionFor(recruiter, row)),
    cursor: `${store.epoch}.${newestSeq}`,
    viewer: rightsFingerprint(recruiter, store.pepper),
    denied: [],
    ...(lastOfFullPage && { next: encodeCursor(toCursor(lastOfFullPage, query.order), sort) }),
  };
}

/**
 * Converts a filter to the filters that a stream subscribes to. The stream checks the recruiter's rights again for each
 * event.
 * @throws Forbidden
 */
export function toStreamFilters(recruiter: Recruiter, filter: BaseFilter): StreamFilter[] {
  const { projects, inviter_id } = applyRights(recruiter, filter);
  const { project_id } = filter;
  if (inviter_id !== undefined) return [{ inviter_id, ...(project_id !== undefined && { project_id }) }];
  return projects?.map((project_id) => ({ project_id })) ?? [{}];
}

/**
 * Limits the filter to the recruiter's projects.
 * @throws Forbidden
 */
function applyRights(
  recruiter: Recruiter,
  { project_id, mine }: BaseFilter,
): Pick<ListQuery, 'projects' | 'inviter_id'> {
  assertScope(recruiter, 'read');
  if (project_id !== undefined) assertProject(recruiter, project_id);
  const projects = project_id === undefined ? recruiter.projects : [project_id];
  return {
    ...(projects !== 'every' && { projects: [...projects] }),
    ...(mine && { inviter_id: recruiterId(recruiter) }),
  };
}

async function findSessions(
  { sessions, lists }: Queries,
  recruiter: Recruiter,
  query: ListQuery,
  limit: number,
): Promise<SessionRow[]> {
  if (query.order.column === 'completed_at' && !query.statuses.includes('completed')) return [];
  if (!recruiter.candidateKeys) return lists.listPage(query, limit);
  // A token names few candidates, so reading all of their sessions is cheap.
  const rows = await sessions.listByCandidates([...recruiter.candidateKeys]);
  return selectPage(
    rows.filter((row) => canSee(recruiter, row)),
    query,
    limit,
  );
}

/** Filters, sorts and cuts the rows in memory, as `listPage` does in SQL. */
function selectPage(rows: readonly SessionRow[], query: ListQuery, limit: number): SessionRow[] {
  const { projects, inviter_id, statuses, order, after } = query;
  const compare = createComparator(order);
  return rows
    .filter((row) => row[order.column] !== null && statuses.includes(row.status))
    .filter((row) => !projects || projects.includes(row.project_id))
    .filter((row) => inviter_id === undefined || row.inviter_id === inviter_id)
    .filter((row) => !after || compare(after, toCursor(row, order)) < 0)
    .sort((one, other) => compare(toCursor(one, order), toCursor(other, order)))
    .slice(0, limit);
}

function parseSort(sort: SessionSort): SortOrder {
  return { column: sort === '-completed_at' ? 'completed_at' : 'updated_at', isDescending: sort.startsWith('-') };
}

function toCursor(row: SessionRow, { column }: SortOrder): ListCursor {
  return { at: row[column] ?? '', session_uuid: row.session_uuid };
}

function encodeCursor({ at, session_uuid }: ListCursor, sort: SessionSort): string {
  return Buffer.from(JSON.stringify([sort, at, session_uuid])).toString('base64url');
}

/** @throws InvalidRequest */
function decodeCursor(text: string, sort: SessionSort): ListCursor {
  const [cursorSort, at, session_uuid] = parseArray(Buffer.from(text, 'base64url').toString());
  if (cursorSort === sort && typeof at === 'string' && typeof session_uuid === 'string') return { at, session_uuid };
  const message = 'must be the `next` of a page with the same sort';
  throw new InvalidRequest(`after ${message}.`, [{ path: 'after', message }]);
}

function parseArray(text: string): unknown[] {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}
