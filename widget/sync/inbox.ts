/**
 * The sessions of the candidates that the recruiter invited: finished ones, and open ones without activity for days. Both
 * are loaded and streamed only while the page is visible.
 */
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import { throwUnreachable } from '../api/errors.ts';
import type { QueryResponse, Session } from '../api/parse.ts';
import { type CollectionStream, NO_STREAM } from './collection-stream.ts';
import type { Connection } from './connection.ts';
import type { EventStream } from './event-stream.ts';
import { LiveCollection } from './live-collection.ts';
import { PaginatedList } from './paginated-list.ts';
import { WAITING_AFTER_MS } from './reminders.ts';
import { compareBy, isOlder } from './subscriptions.ts';

const STATUSES = Object.keys(STATUS_RANK);
export const FINISHED_STATUSES = STATUSES.filter(
  (status) => STATUS_RANK[status as keyof typeof STATUS_RANK] >= STATUS_RANK.expired,
);
const OPEN_STATUSES = STATUSES.filter((status) => !FINISHED_STATUSES.includes(status));

export type InboxList = 'finished' | 'waiting';

export interface InboxListener {
  onChange(): void;
  /** Called when a candidate has just finished. */
  onFinished(session: Session): void;
}

/** The pages of both lists. */
type Lists = Record<InboxList, PaginatedList>;

const createLists = (searchText?: string): Lists => ({
  finished: new PaginatedList(FINISHED_STATUSES, '-updated_at', searchText),
  waiting: new PaginatedList(OPEN_STATUSES, 'updated_at', searchText),
});

export class Inbox extends LiveCollection {
  readonly #listener: InboxListener;
  readonly #lists = createLists();
  /** The pages of the current search. */
  #searchLists: Lists | undefined;
  #isSearchLoaded = true;
  readonly #sessions = new Map<string, Session>();
  /** Sessions that only a search has found. `finished` and `waiting` do not contain them. */
  readonly #foundUuids = new Set<string>();
  /** Sessions that the stream delivered after the current reload began. The pages of the reload may lack them. */
  readonly #streamedUuids = new Set<string>();
  #eventStream: EventStream | undefined;
  #isFresh = false;

  constructor({ client, tokens, clock }: Connection, listener: InboxListener) {
    // Paused until the element reports that the page is visible.
    super(client, tokens, clock, true);
    this.#listener = listener;
    this.requestConfig();
  }

  protected override get stream(): CollectionStream {
    return this.#eventStream ?? NO_STREAM;
  }

  get finished(): Session[] {
    return this.listKnown('finished').filter(this.#isListed);
  }

  get waiting(): Session[] {
    return this.listKnown('waiting').filter(this.#isListed);
  }

  /**
   * Returns the sessions of a list, including those that only the search has found. `finished`: the most recent first.
   * `waiting`: the longest wait first.
   */
  listKnown(list: InboxList): Session[] {
    if (list === 'finished') return this.#filterByStatus(FINISHED_STATUSES).sort(compareBy(getReportedTime, -1));
    return this.#filterByStatus(OPEN_STATUSES)
      .filter(({ updated_at }) => updated_at < this.#waitingCutoff)
      .sort(compareBy(({ updated_at }) => updated_at, 1));
  }

  /** Whether the proxy may have more sessions for each list. With a search, only sessions that match count. */
  get hasMore(): Record<InboxList, boolean> {
    const { finished, waiting } = this.#searchLists ?? this.#lists;
    return {
      finished: finished.hasMore,
      waiting: waiting.hasMore && waiting.lastUpdatedAt < this.#waitingCutoff,
    };
  }

  /** Whether the proxy has not responded to the search yet. */
  get isSearching(): boolean {
    return !this.#isSearchLoaded;
  }

  /** Loads the sessions that match. Empty text ends the search. */
  search(text: string): void {
    this.#searchLists = text ? createLists(text) : undefined;
    this.#isSearchLoaded = !text;
    if (text) this.sync();
    else this.#forgetFound();
    this.notifyListeners();
  }

  getSession(sessionUuid: string): Session | undefined {
    return this.#sessions.get(sessionUuid);
  }

  loadMore(list: InboxList): void {
    (this.#searchLists ?? this.#lists)[list].requestMore();
    this.sync();
  }

  onVisibilityChange(isVisible: boolean): void {
    if (isVisible) this.resume();
    else this.pause();
  }

  override notifyListeners(): void {
    this.#listener.onChange();
  }

  protected override async loadSessions(): Promise<void> {
    if (!this.#isFresh) await this.#reload();
    for (const list of Object.values(this.#lists)) {
      for await (const page of list.readPages(this.client)) this.#storeListed(page.sessions);
    }
    await this.#loadSearch();
    this.notifyListeners();
  }

  async #loadSearch(): Promise<void> {
    const lists = this.#searchLists;
    if (!lists) return;
    for (const list of Object.values(lists)) {
      for await (const page of list.readPages(this.client)) {
        if (lists !== this.#searchLists) return;
        for (const session of this.withoutRemoved(page.sessions)) {
          if (!this.#sessions.has(session.session_uuid)) this.#foundUuids.add(session.session_uuid);
          this.#store(session);
        }
      }
    }
    this.#isSearchLoaded = true;
  }

  protected override async openStream(cursor: string | undefined): Promise<boolean> {
    const { EventStream } = await import('./event-stream.ts').catch(throwUnreachable);
    this.#eventStream ??= new EventStream(
      (_, after, signal) => this.client.openEvents({ filter: { mine: true } }, after, signal),
      this.clock,
      this.streamListener,
    );
    // The stream is for the filter, so its list of candidates is empty.
    if (!this.#eventStream.covers([])) await this.#eventStream.open([], cursor);
    return true;
  }

  override applySession(session: Session): void {
    const { session_uuid, status } = session;
    const previous = this.#sessions.get(session_uuid);
    this.#streamedUuids.add(session_uuid);
    this.#store(session);
    if (FINISHED_STATUSES.includes(status) && previous?.status !== status) this.#listener.onFinished(session);
    this.notifyListeners();
  }

  protected override removeSession(sessionUuid: string): void {
    this.#sessions.delete(sessionUuid);
    this.#foundUuids.delete(sessionUuid);
    this.notifyListeners();
  }

  protected override markSessionsStale(): void {
    this.#isFresh = false;
  }

  protected override clearSessions(): void {
    this.#sessions.clear();
    this.#foundUuids.clear();
    this.#streamedUuids.clear();
    this.notifyListeners();
  }

  /** Reads the pages of the lists again, and removes sessions that are no longer in them. */
  async #reload(): Promise<void> {
    this.#isFresh = true;
    this.#streamedUuids.clear();
    try {
      const pages: QueryResponse[] = [];
      for (const list of Object.values(this.#lists)) {
        list.restart();
        for await (const page of list.readPages(this.client)) pages.push(page);
      }
      const [first] = pages;
      // A change of rights marks the lists as stale, but these pages already follow the new rights.
      if (first && this.acceptResponse(first)) this.#isFresh = true;
      const sessions = pages.flatMap((page) => page.sessions);
      const listedUuids = new Set([...sessions.map(({ session_uuid }) => session_uuid), ...this.#streamedUuids]);
      for (const uuid of this.#sessions.keys()) if (!listedUuids.has(uuid)) this.#sessions.delete(uuid);
      this.#foundUuids.clear();
      for (const list of Object.values(this.#searchLists ?? {})) list.restart();
      this.#storeListed(sessions);
    } catch (problem) {
      this.#isFresh = false;
      throw problem;
    }
  }

  #forgetFound(): void {
    for (const uuid of this.#foundUuids) this.#sessions.delete(uuid);
    this.#foundUuids.clear();
  }

  #storeListed(sessions: Session[]): void {
    for (const session of this.withoutRemoved(sessions)) {
      this.#foundUuids.delete(session.session_uuid);
      this.#store(session);
    }
  }

  #store(session: Session): void {
    const stored = this.#sessions.get(session.session_uuid);
    if (!stored || !isOlder(session, stored)) this.#sessions.set(session.session_uuid, session);
  }

  readonly #isListed = ({ session_uuid }: Session): boolean => !this.#foundUuids.has(session_uuid);

  get #waitingCutoff(): string {
    return new Date(this.clock.now() - WAITING_AFTER_MS).toISOString();
  }

  #filterByStatus(statuses: string[]): Session[] {
    return [...this.#sessions.values()].filter(({ status }) => statuses.includes(status));
  }
}

/**
 * Returns when the proxy learned that the candidate finished: the time of the last update, or of the completion if later
 * events have updated the session.
 */
export function getReportedTime({ updated_at, completed_at, last_event }: Session): string {
  return (last_event && completed_at) || updated_at;
}
