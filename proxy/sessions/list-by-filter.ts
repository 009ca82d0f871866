/**
 * Lists of sessions by filter, a page at a time. A page begins after a place in the order, whoever asks: rights decide what
 * is on it, never where it is.
 */
import { canSee, canSeeProject, type Recruiter, recruiterId, rightsFingerprint } from '../auth/recruiter.ts';
import type { BaseFilter, SessionFilter, SessionQueryResponse, SessionSort } from '../contract/list.ts';
import { SESSION_STATUSES } from '../contract/status.ts';
import type { SessionRow } from '../store/schema.ts';
import { createComparator, type ListCursor, type ListQuery, type SortOrder } from '../store/session-lists.ts';
import type { Queries } from '../store/store.ts';
import type { StreamFilter } from '../stream/subscriptions.ts';
import { Forbidden, InvalidRequest } from '../util/errors.ts';
import { assertCanRead, type QueryOptions } from './list-by-candidates.ts';
import { toSessionFor } from './session.ts';

export interface PageRequest {
  sort?: SessionSort | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
  limit?: number | undefined;
}

const DEFAULT_PAGE_SIZE = 50;

/** @throws Forbidden where the recruiter may not read, or asks for a project that is not theirs. */
export function assertFilterAllowed(recruiter: Recruiter, { project_id }: BaseFilter): void {
  assertCanRead(recruiter);
  if (project_id === undefined || canSeeProject(recruiter, project_id)) return;
  throw new Forbidden('Your sign-in does not cover this project. Ask your IT team for access.');
}

/**
 * Answers those of the filter's sessions that the recruiter may see.
 * @throws what `demandFilter` throws; InvalidRequest where `after` is of no list in this order.
 */
export async function listSessionsByFilter(
  { store, audit, viewedCandidates: attention }: QueryOptions,
  recruiter: Recruiter,
  filter: SessionFilter,
  { sort = '-updated_at', after, limit = DEFAULT_PAGE_SIZE }: PageRequest,
): Promise<SessionQueryResponse> {
  assertFilterAllowed(recruiter, filter);
  const listing: ListQuery = {
    ...applyRights(recruiter, filter),
    statuses: [...new Set([filter.status ?? SESSION_STATUSES].flat())],
    order: parseSort(sort),
    ...(after !== undefined && { after: decodeCursor(after, sort) }),
  };
  const { head, found } = await store.read(async (queries) => ({
    head: await queries.events.head(),
    found: await findSessions(queries, recruiter, listing, limit + 1),
  }));
  const rows = found.slice(0, limit);
  await audit.recordSeen(recruiter, rows);
  attention.markViewed(rows.map(({ candidate_key }) => candidate_key));
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    sessions: rows.map((row) => toSessionFor(recruiter, row)),
    cursor: `${store.epoch}.${head}`,
    viewer: rightsFingerprint(recruiter, store.pepper),
    denied: [],
    ...(last && { next: encodeCursor(cursorOf(last, listing.order), sort) }),
  };
}

function applyRights(recruiter: Recruiter, { project_id, mine }: BaseFilter): Pick<ListQuery, 'projects' | 'owner'> {
  const projects = project_id === undefined ? recruiter.projects : [project_id];
  return { ...(projects !== 'every' && { projects: [...projects] }), ...(mine && { owner: recruiterId(recruiter) }) };
}

/**
 * What a stream of the filter is about. Of what lies in there, the reader's rights decide at each event.
 * @throws what `demandFilter` throws
 */
export function toStreamFilters(recruiter: Recruiter, filter: BaseFilter): StreamFilter[] {
  assertFilterAllowed(recruiter, filter);
  const { projects, owner } = applyRights(recruiter, filter);
  if (owner !== undefined)
    return [{ owner, ...(filter.project_id !== undefined && { project_id: filter.project_id }) }];
  return projects?.map((project_id) => ({ project_id })) ?? [{}];
}

async function findSessions(
  { sessions, lists }: Queries,
  recruiter: Recruiter,
  listing: ListQuery,
  limit: number,
): Promise<SessionRow[]> {
  if (listing.order.column === 'completed_at' && !listing.statuses.includes('completed')) return [];
  if (!recruiter.candidateKeys) return lists.listPage(listing, limit);
  // A token names so few people that all their sessions are read.
  const rows = await sessions.listByCandidates([...recruiter.candidateKeys]);
  return paginate(
    rows.filter((row) => canSee(recruiter, row)),
    listing,
    limit,
  );
}

/** The same page as the store's, of sessions that are at hand. */
function paginate(rows: readonly SessionRow[], listing: ListQuery, limit: number): SessionRow[] {
  const { projects, owner, statuses, order, after } = listing;
  const compare = createComparator(order);
  return rows
    .filter((row) => row[order.column] !== null && statuses.includes(row.status))
    .filter((row) => !projects || projects.includes(row.project_id))
    .filter((row) => owner === undefined || row.owner === owner)
    .filter((row) => !after || compare(after, cursorOf(row, order)) < 0)
    .sort((one, other) => compare(cursorOf(one, order), cursorOf(other, order)))
    .slice(0, limit);
}

function parseSort(sort: SessionSort): SortOrder {
  return { column: sort === '-completed_at' ? 'completed_at' : 'updated_at', isDescending: sort.startsWith('-') };
}

function cursorOf(row: SessionRow, { column }: SortOrder): ListCursor {
  return { at: row[column] ?? '', session_uuid: row.session_uuid };
}

/** A place as the outside carries it. */
function encodeCursor({ at, session_uuid }: ListCursor, sort: SessionSort): string {
  return Buffer.from(JSON.stringify([sort, at, session_uuid])).toString('base64url');
}

function decodeCursor(text: string, sort: SessionSort): ListCursor {
  const [of, at, session_uuid] = parseValues(text);
  if (of === sort && typeof at === 'string' && typeof session_uuid === 'string') return { at, session_uuid };
  const message = 'must be the next of a page in the same sort';
  throw new InvalidRequest(`after ${message}.`, [{ path: 'after', message }]);
}

function parseValues(text: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}
