/**
 * The sessions of a project, filtered, searched and sorted by the proxy, page by page. A change updates its row in
 * place. Rows that are new or belong elsewhere wait for `showChanges`, so that no row moves under the pointer.
 */

import { matchesSearch, parseSearch } from '../../proxy/contract/search-text.ts';
import * as ROUTES from '../../proxy/contract/session-routes.ts';
import { throwUnreachable } from '../api/errors.ts';
import { parseQueryResponse, type QueryResponse, type Session } from '../api/parse.ts';
import { type CollectionStream, NO_STREAM } from './collection-stream.ts';
import type { Connection } from './connection.ts';
import type { EventStream } from './event-stream.ts';
import { LiveCollection } from './live-collection.ts';
import { isOlder } from './subscriptions.ts';

const PAGE_SIZE = 50;
/** The proxy's limit. */
const MAX_PAGE_SIZE = 200;

export type ResultsSort = '-updated_at' | 'updated_at' | '-completed_at' | '-overall';

export interface ResultsQuery {
  project_id: string;
  assessment_type?: string;
  status?: string;
  q?: string;
  sort: ResultsSort;
}

/**
 * Reads all sessions that match, in pages of the largest size, until `signal` aborts. Begins with the oldest change: a
 * session that changes during the read moves to a later page, so no session is missed. A session may be on two pages.
 */
export async function* readAllPages(
  { client }: Pick<Connection, 'client'>,
  query: ResultsQuery,
  signal: AbortSignal,
): AsyncGenerator<Session[]> {
  const oldestFirst: ResultsQuery = {
    ...(listsResults(query.sort) && { status: 'completed' }),
    ...query,
    sort: 'updated_at',
  };
  for (let after: string | undefined; ; ) {
    const page = await client.request(
      ROUTES.sessionQuery,
      { body: buildBody(oldestFirst, MAX_PAGE_SIZE, after) },
      parseQueryResponse,
    );
    if (signal.aborted) return;
    yield page.sessions.filter((session) => isSortable(session, query.sort));
    if (!page.next) return;
    after = page.next;
  }
}

export class Results extends LiveCollection {
  readonly #onChange: () => void;
  #query: ResultsQuery;
  #eventStream: EventStream | undefined;
  #isFresh = false;
  #wantedCount = PAGE_SIZE;
  /** The rows in the order of the proxy's pages. */
  #uuids: string[] = [];
  /** Where the next page starts; undefined after the last page. */
  #nextCursor: string | undefined;
  readonly #sessions = new Map<string, Session>();
  /** Sessions that changed since the pages were read, and may be new to the list or belong elsewhere in it. */
  readonly #changedUuids = new Set<string>();
  isLoaded = false;

  constructor({ client, tokens, clock }: Connection, query: ResultsQuery, onChange: () => void) {
    // Paused until the element reports that the page is visible.
    super(client, tokens, clock, true);
    this.#query = query;
    this.#onChange = onChange;
    this.requestConfig();
  }

  protected override get stream(): CollectionStream {
    return this.#eventStream ?? NO_STREAM;
  }

  get query(): ResultsQuery {
    return this.#query;
  }

  get rows(): Session[] {
    return this.#uuids.flatMap((uuid) => this.#sessions.get(uuid) ?? []);
  }

  get hasMore(): boolean {
    return this.#nextCursor !== undefined;
  }

  /** How many changed sessions wait for `showChanges`. */
  get changeCount(): number {
    return this.#changedUuids.size;
  }

  setQuery(query: ResultsQuery): void {
    this.#query = query;
    this.#wantedCount = PAGE_SIZE;
    this.isLoaded = false;
    this.#isFresh = false;
    this.sync();
  }

  /** Reads the pages again, so that changed sessions move to their place. */
  showChanges(): void {
    this.#isFresh = false;
    this.sync();
  }

  loadMore(): void {
    this.#wantedCount = this.#uuids.length + PAGE_SIZE;
    this.sync();
  }

  onVisibilityChange(isVisible: boolean): void {
    if (isVisible) this.resume();
    else this.pause();
  }

  override notifyListeners(): void {
    this.#onChange();
  }

  protected override async loadSessions(): Promise<void> {
    const query = this.#query;
    const isReload = !this.#isFresh;
    this.#isFresh = true;
    const uuids = isReload ? [] : [...this.#uuids];
    let next = isReload ? undefined : this.#nextCursor;
    try {
      if (isReload) this.#changedUuids.clear();
      for (let isFirst = isReload; uuids.length < this.#wantedCount && (isFirst || next); isFirst = false) {
        const limit = Math.min(MAX_PAGE_SIZE, this.#wantedCount - uuids.length);
        const page: QueryResponse = await this.client.request(
          ROUTES.sessionQuery,
          { body: buildBody(query, limit, next) },
          parseQueryResponse,
        );
        if (query !== this.#query) return;
        // A change of rights marks the list as stale, but this page already follows the new rights.
        if (isFirst && this.acceptResponse(page)) this.#isFresh = true;
        next = page.next;
        for (const session of this.withoutRemoved(page.sessions)) {
          this.#store(session);
          // A session that moved between two pages is on both.
          if (!uuids.includes(session.session_uuid)) uuids.push(session.session_uuid);
        }
      }
    } catch (problem) {
      this.#isFresh = false;
      throw problem;
    }
    this.#uuids = uuids;
    this.#nextCursor = next;
    this.isLoaded = true;
    this.notifyListeners();
  }

  protected override async openStream(cursor: string | undefined): Promise<boolean> {
    const { EventStream } = await import('./event-stream.ts').catch(throwUnreachable);
    const { project_id } = this.#query;
    this.#eventStream ??= new EventStream(
      (_, after, signal) => this.client.openEvents({ filter: { project_id } }, after, signal),
      this.clock,
      this.streamListener,
    );
    // The stream is for the filter, so its list of candidates is empty.
    if (!this.#eventStream.covers([])) await this.#eventStream.open([], cursor);
    return true;
  }

  override applySession(session: Session): void {
    const known = this.#sessions.get(session.session_uuid);
    const isListed = this.#uuids.includes(session.session_uuid);
    const { sort } = this.#query;
    const isMoved = !known || toSortValue(known, sort) !== toSortValue(session, sort);
    const matches = this.#matches(session);
    const isNewOrElsewhere = isListed ? isMoved || !matches : matches;
    if (isNewOrElsewhere) this.#changedUuids.add(session.session_uuid);
    this.#store(session);
    this.notifyListeners();
  }

  protected override removeSession(sessionUuid: string): void {
    this.#sessions.delete(sessionUuid);
    this.#changedUuids.delete(sessionUuid);
    this.#uuids = this.#uuids.filter((uuid) => uuid !== sessionUuid);
    this.notifyListeners();
  }

  protected override markSessionsStale(): void {
    this.#isFresh = false;
  }

  protected override clearSessions(): void {
    this.#sessions.clear();
    this.#changedUuids.clear();
    this.#uuids = [];
    this.#nextCursor = undefined;
    this.isLoaded = false;
    this.notifyListeners();
  }

  /** Whether the session belongs in the list: the query matches it. */
  #matches(session: Session): boolean {
    const { assessment_type, status } = session;
    const query = this.#query;
    return (
      (query.assessment_type === undefined || assessment_type === query.assessment_type) &&
      (query.status === undefined || status === query.status) &&
      isSortable(session, query.sort) &&
      (query.q === undefined || matchesSearch(parseSearch(query.q), session))
    );
  }

  #store(session: Session): void {
    const known = this.#sessions.get(session.session_uuid);
    if (!known || !isOlder(session, known)) this.#sessions.set(session.session_uuid, session);
  }
}

/** Returns a function that orders sessions like the proxy. */
export function createComparator(sort: ResultsSort): (a: Session, b: Session) => number {
  const direction = sort.startsWith('-') ? -1 : 1;
  return (a, b) =>
    direction *
    (compare(toSortValue(a, sort) ?? '', toSortValue(b, sort) ?? '') || compare(a.session_uuid, b.session_uuid));
}

function compare(a: string | number, b: string | number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Lists by the time of completion or the score contain only results. */
function listsResults(sort: ResultsSort): boolean {
  return sort === '-completed_at' || sort === '-overall';
}

function isSortable(session: Session, sort: ResultsSort): boolean {
  return !listsResults(sort) || (session.status === 'completed' && toSortValue(session, sort) !== undefined);
}

function toSortValue(session: Session, sort: ResultsSort): string | number | undefined {
  if (sort === '-overall') return session.score_summary?.overall;
  return sort === '-completed_at' ? session.completed_at : session.updated_at;
}

function buildBody({ sort, ...filter }: ResultsQuery, limit: number, after: string | undefined): object {
  return { filter, sort, limit, ...(after && { after }) };
}
