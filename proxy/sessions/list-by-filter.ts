/**
 * Lists the sessions that match a filter and the recruiter's rights, page by page. A page starts after a cursor, which
 * is a position in the sort order.
 */
import { assertProject, assertScope } from '../auth/permissions.ts';
import { canSee, hashRights, type Recruiter, toRecruiterId } from '../auth/recruiter.ts';
import type { Config } from '../config/config.ts';
import type { BaseFilter, SessionFilter, SessionQueryResponse, SessionSort } from '../contract/list.ts';
import { matchesSearch, parseSearch, type SearchText, toTokenPrefixes } from '../contract/search-text.ts';
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

type Options = ReadSessionOptions & { config: () => Pick<Config, 'isComparisonEnabled'> };

const DEFAULT_PAGE_SIZE = 50;

/**
 * @throws Forbidden; InvalidRequest if `after` comes from another sort, or if `sort` needs the comparison of results,
 * which is off.
 */
export async function listSessionsByFilter(
  { store, audit, viewedCandidates, config }: Options,
  recruiter: Recruiter,
  filter: SessionFilter,
  { sort = '-updated_at', after, limit = DEFAULT_PAGE_SIZE }: PageRequest,
): Promise<SessionQueryResponse> {
  if (sort === '-overall' && !config().isComparisonEnabled) {
    const message = 'must not be -overall, because the comparison of results is off';
    throw new InvalidRequest(`sort ${message}.`, [{ path: 'sort', message }]);
  }
  const query: ListQuery = {
    ...applyRights(recruiter, filter),
    ...(filter.assessment_type !== undefined && { assessment_type: filter.assessment_type }),
    statuses: [...new Set([filter.status ?? SESSION_STATUSES].flat())],
    order: parseSort(sort),
    ...(after !== undefined && { after: decodeCursor(after, sort) }),
  };
  const search = filter.q === undefined ? undefined : parseSearch(filter.q);
  const { newestSeq, found } = await store.read(async (queries) => ({
    newestSeq: await queries.events.getNewestSeq(),
    found: await findSessions(queries, recruiter, { query, search }, limit + 1),
  }));
  const page = found.rows.slice(0, limit);
  await audit.recordSeen(recruiter, page);
  viewedCandidates.markViewed(page.map(({ candidate_key }) => candidate_key));
  const lastOfFullPage = found.rows.length > limit ? page.at(-1) : undefined;
  const next = lastOfFullPage ? toCursor(lastOfFullPage, query.order) : found.readUpTo;
  return {
    sessions: page.map((row) => toSessionFor(recruiter, row)),
    cursor: `${store.epoch}.${newestSeq}`,
    viewer: hashRights(recruiter, store.pepper),
    denied: [],
    ...(next && { next: encodeCursor(next, sort) }),
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
    ...(mine && { inviter_id: toRecruiterId(recruiter) }),
  };
}

interface ListRequest {
  query: ListQuery;
  search: SearchText | undefined;
}

interface FoundSessions {
  rows: SessionRow[];
  /** Set if the search stopped before the end of the list: the last position that it read. */
  readUpTo?: ListCursor;
}

/** If fewer sessions match a search, the proxy reads and sorts all of them. */
const MAX_SORTED_MATCHES = 1_000;
/** If more sessions match, the proxy reads the list in order, but no more than this many sessions per page. */
const MAX_READ_PER_PAGE = 3_000;
const READ_PER_STATEMENT = 250;

async function findSessions(
  queries: Queries,
  recruiter: Recruiter,
  request: ListRequest,
  limit: number,
): Promise<FoundSessions> {
  const { query, search } = request;
  const { sessions, lists } = queries;
  if (query.order.column !== 'updated_at' && !query.statuses.includes('completed')) return { rows: [] };
  if (recruiter.candidateKeys) {
    // A token names few candidates, so reading all of their sessions is cheap.
    const rows = await sessions.listByCandidates([...recruiter.candidateKeys]);
    const visible = rows.filter((row) => canSee(recruiter, row));
    return { rows: selectPage(visible, request, limit) };
  }
  if (search) {
    // If most sessions match, the start of the list already fills the page.
    const start = await readInOrder(queries, request, { limit, maxRead: limit });
    if (start.rows.length >= limit || !start.readUpTo) return start;
    const uuids = await sessions.findByTokens(toTokenPrefixes(search), query.projects, MAX_SORTED_MATCHES);
    if (uuids.size < MAX_SORTED_MATCHES)
      return { rows: selectPage(await readAll(queries, [...uuids]), request, limit) };
  }
  // Only lists of projects have indexes by assessment.
  const isIndexed = query.assessment_type === undefined || isProjectList(query);
  if (!search && isIndexed) return { rows: await lists.listPage(query, limit) };
  return readInOrder(queries, request, { limit, maxRead: MAX_READ_PER_PAGE });
}

function isProjectList({ projects, inviter_id }: ListQuery): boolean {
  return projects !== undefined && inviter_id === undefined;
}

async function readAll({ sessions }: Queries, uuids: readonly string[]): Promise<SessionRow[]> {
  const rows: SessionRow[] = [];
  for (let start = 0; start < uuids.length; start += READ_PER_STATEMENT) {
    rows.push(...(await sessions.getByIds(uuids.slice(start, start + READ_PER_STATEMENT))).values());
  }
  return rows;
}

/** Reads the list in its order until the page is full or `maxRead` sessions were read. */
async function readInOrder(
  { lists }: Queries,
  { query, search }: ListRequest,
  { limit, maxRead }: { limit: number; maxRead: number },
): Promise<FoundSessions> {
  const { assessment_type, ...unfiltered } = query;
  const rows: SessionRow[] = [];
  let { after } = query;
  const rowsPerRead = Math.min(READ_PER_STATEMENT, maxRead);
  for (let read = 0; read < maxRead; read += rowsPerRead) {
    const part = await lists.listPage(
      {
        ...unfiltered,
        ...(isProjectList(query) && assessment_type !== undefined && { assessment_type }),
        ...(after && { after }),
      },
      rowsPerRead,
    );
    rows.push(...part.filter((row) => matchesFilter(row, { query, search })));
    const last = part.at(-1);
    if (rows.length >= limit || !last || part.length < rowsPerRead) return { rows: rows.slice(0, limit) };
    after = toCursor(last, query.order);
  }
  return { rows, ...(after && { readUpTo: after }) };
}

/** Filters, sorts and truncates the rows in memory, as `listPage` does in SQL. */
function selectPage(rows: readonly SessionRow[], request: ListRequest, limit: number): SessionRow[] {
  const { order, after } = request.query;
  const compare = createComparator(order);
  return rows
    .filter((row) => matchesFilter(row, request))
    .filter((row) => !after || compare(after, toCursor(row, order)) < 0)
    .sort((one, other) => compare(toCursor(one, order), toCursor(other, order)))
    .slice(0, limit);
}

function matchesFilter(row: SessionRow, { query, search }: ListRequest): boolean {
  const { projects, inviter_id, assessment_type, statuses, order } = query;
  return (
    row[order.column] !== null &&
    statuses.includes(row.status) &&
    (!projects || projects.includes(row.project_id)) &&
    (inviter_id === undefined || row.inviter_id === inviter_id) &&
    (assessment_type === undefined || row.assessment_type === assessment_type) &&
    (!search || matchesSearch(search, row))
  );
}

function parseSort(sort: SessionSort): SortOrder {
  const column = sort === '-overall' ? 'overall' : sort === '-completed_at' ? 'completed_at' : 'updated_at';
  return { column, isDescending: sort.startsWith('-') };
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
  const isPosition = (value: unknown): value is string | number =>
    sort === '-overall' ? Number.isFinite(value) : typeof value === 'string';
  if (cursorSort === sort && isPosition(at) && typeof session_uuid === 'string') return { at, session_uuid };
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
