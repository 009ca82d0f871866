/**
 * Lists of sessions by filter, a page at a time. A page begins after a place in the order, whoever asks: rights decide what
 * is on it, never where it is.
 */
import { maySee, maySeeProject, ownerOf, type Recruiter, viewerOf } from '../auth/recruiter.ts';
import type { Filter, SessionFilter, SessionQueryAnswer, SessionSort } from '../contract/list.ts';
import { SESSION_STATUSES } from '../contract/status.ts';
import type { SessionRow } from '../store/schema.ts';
import { compareBy, type Listing, type Order, type Place } from '../store/session-lists.ts';
import type { Queries } from '../store/store.ts';
import type { Reach } from '../stream/subscriptions.ts';
import { Forbidden, InvalidRequest } from '../util/errors.ts';
import { demandRead, type QueryOptions } from './list-by-candidates.ts';
import { shownTo } from './session.ts';

export interface Page {
  sort?: SessionSort | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
  limit?: number | undefined;
}

const PAGE = 50;

/** @throws Forbidden where the recruiter may not read, or asks for a project that is not theirs. */
export function demandFilter(recruiter: Recruiter, { project_id }: Filter): void {
  demandRead(recruiter);
  if (project_id === undefined || maySeeProject(recruiter, project_id)) return;
  throw new Forbidden('Your sign-in does not cover this project. Ask your IT team for access.');
}

/**
 * Answers those of the filter's sessions that the recruiter may see.
 * @throws what `demandFilter` throws; InvalidRequest where `after` is of no list in this order.
 */
export async function listSessions(
  { store, audit, attention }: QueryOptions,
  recruiter: Recruiter,
  filter: SessionFilter,
  { sort = '-updated_at', after, limit = PAGE }: Page,
): Promise<SessionQueryAnswer> {
  demandFilter(recruiter, filter);
  const listing: Listing = {
    ...narrowed(recruiter, filter),
    statuses: [...new Set([filter.status ?? SESSION_STATUSES].flat())],
    order: orderOf(sort),
    ...(after !== undefined && { after: placeIn(after, sort) }),
  };
  const { head, found } = await store.read(async (queries) => ({
    head: await queries.events.head(),
    found: await find(queries, recruiter, listing, limit + 1),
  }));
  const rows = found.slice(0, limit);
  await audit.seen(recruiter, rows);
  attention.ask(rows.map(({ candidate_key }) => candidate_key));
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    sessions: rows.map((row) => shownTo(recruiter, row)),
    cursor: `${store.epoch}.${head}`,
    viewer: viewerOf(recruiter, store.pepper),
    denied: [],
    ...(last && { next: nextAfter(placeOf(last, listing.order), sort) }),
  };
}

function narrowed(recruiter: Recruiter, { project_id, mine }: Filter): Pick<Listing, 'projects' | 'owner'> {
  const projects = project_id === undefined ? recruiter.projects : [project_id];
  return { ...(projects !== 'every' && { projects: [...projects] }), ...(mine && { owner: ownerOf(recruiter) }) };
}

/**
 * What a stream of the filter is about. Of what lies in there, the reader's rights decide at each event.
 * @throws what `demandFilter` throws
 */
export function reachesOf(recruiter: Recruiter, filter: Filter): Reach[] {
  demandFilter(recruiter, filter);
  const { projects, owner } = narrowed(recruiter, filter);
  if (owner !== undefined)
    return [{ owner, ...(filter.project_id !== undefined && { project_id: filter.project_id }) }];
  return projects?.map((project_id) => ({ project_id })) ?? [{}];
}

async function find(
  { sessions, lists }: Queries,
  recruiter: Recruiter,
  listing: Listing,
  limit: number,
): Promise<SessionRow[]> {
  if (listing.order.column === 'completed_at' && !listing.statuses.includes('completed')) return [];
  if (!recruiter.candidates) return lists.page(listing, limit);
  // A token names so few people that all their sessions are read.
  const rows = await sessions.ofCandidates([...recruiter.candidates]);
  return pageOf(
    rows.filter((row) => maySee(recruiter, row)),
    listing,
    limit,
  );
}

/** The same page as the store's, of sessions that are at hand. */
function pageOf(rows: readonly SessionRow[], listing: Listing, limit: number): SessionRow[] {
  const { projects, owner, statuses, order, after } = listing;
  const compare = compareBy(order);
  return rows
    .filter((row) => row[order.column] !== null && statuses.includes(row.status))
    .filter((row) => !projects || projects.includes(row.project_id))
    .filter((row) => owner === undefined || row.owner === owner)
    .filter((row) => !after || compare(after, placeOf(row, order)) < 0)
    .sort((one, other) => compare(placeOf(one, order), placeOf(other, order)))
    .slice(0, limit);
}

function orderOf(sort: SessionSort): Order {
  return { column: sort === '-completed_at' ? 'completed_at' : 'updated_at', descending: sort.startsWith('-') };
}

function placeOf(row: SessionRow, { column }: Order): Place {
  return { at: row[column] ?? '', session_uuid: row.session_uuid };
}

/** A place as the outside carries it. */
function nextAfter({ at, session_uuid }: Place, sort: SessionSort): string {
  return Buffer.from(JSON.stringify([sort, at, session_uuid])).toString('base64url');
}

function placeIn(text: string, sort: SessionSort): Place {
  const [of, at, session_uuid] = valuesIn(text);
  if (of === sort && typeof at === 'string' && typeof session_uuid === 'string') return { at, session_uuid };
  const message = 'must be the next of a page in the same sort';
  throw new InvalidRequest(`after ${message}.`, [{ path: 'after', message }]);
}

function valuesIn(text: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}
