/**
 * What became of those whom the recruiter has invited: who has finished, and of whom nothing was heard for days. First
 * the lists, then a stream from where they were true, so that nothing falls between the two; both only while the page is in
 * sight. Out of sight nothing is held open, and on the way back the stream goes on where it was.
 */
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { type ClientConfig, parseSession, type QueryResponse, type Session } from '../api/parse.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { Connection } from './connection.ts';
import { PaginatedList } from './paginated-list.ts';
import { EventStream } from './stream.ts';
import { isOlder } from './subscriptions.ts';

const DAY = 24 * 60 * 60_000;
/** Milliseconds without news after which somebody is said to wait. */
const LONG = 5 * DAY;
const STATUSES = Object.keys(STATUS_RANK);
export const FINISHED_STATUSES = STATUSES.filter(
  (status) => STATUS_RANK[status as keyof typeof STATUS_RANK] >= STATUS_RANK.expired,
);
const OPEN = STATUSES.filter((status) => !FINISHED_STATUSES.includes(status));

export interface InboxListener {
  onChange(): void;
  /** Somebody has finished just now. */
  onFinished(session: Session): void;
}

export class Inbox {
  /** The newest failure that has not been overcome. */
  problem: WidgetProblem | undefined;
  /** What the assessments are called, and in which environment; undefined as long as that is not known. */
  config: ClientConfig | undefined;
  /** Whose inbox it is; undefined before the first answer. */
  viewer: string | undefined;
  readonly #connection: Connection;
  readonly #stream: EventStream;
  readonly #listener: InboxListener;
  readonly #finishedList = new PaginatedList(FINISHED_STATUSES, '-updated_at');
  readonly #openList = new PaginatedList(OPEN, 'updated_at');
  readonly #lists = [this.#finishedList, this.#openList];
  readonly #sessionsById = new Map<string, Session>();
  /** Told of while the lists are being read. */
  #arrivedDuringRead: Session[] | undefined;
  readonly #deletedIds = new Set<string>();
  /** The newest event that came, or where the lists were true. */
  #cursor: string | undefined;
  /** Nothing was missed since the lists were read. */
  #isFresh = false;
  /** When the token is to be replaced that the lists were read with, and that the stream has. */
  #renewAt: number | undefined;
  #isStreamCurrent = false;
  #isVisible = false;
  #isOffline = false;
  #lastActivityAt: number | undefined;
  #failureCount = 0;
  #isSyncing = false;
  #needsRerun = false;
  #cancelTimer = () => {};

  /** @param connection lends its token and its way to the proxy; of what it watches nothing is known here. */
  constructor(connection: Connection, listener: InboxListener) {
    this.#connection = connection;
    this.#listener = listener;
    const { client, clock } = connection;
    const connect = (_: unknown, cursor: string | undefined, signal: AbortSignal) =>
      client.openEvents({ filter: { mine: true } }, cursor, signal);
    this.#stream = new EventStream(connect, clock, {
      onActivity: () => {
        this.#lastActivityAt = clock.now();
        this.#failureCount = 0;
      },
      onFrame: (id, event, data) => this.#handleFrame(id, event, data),
      onMissed: () => {
        this.#isFresh = false;
      },
      onEnd: (retryAfter) => {
        this.#scheduleRetry(retryAfter);
        listener.onChange();
      },
    });
  }

  /** Who has finished, the newest news first. */
  get finished(): Session[] {
    return this.#filterByStatus(FINISHED_STATUSES).sort((a, b) => (getReportedTime(a) < getReportedTime(b) ? 1 : -1));
  }

  /** Who waits, the longest first. */
  get waiting(): Session[] {
    return this.#filterByStatus(OPEN)
      .filter(({ updated_at }) => updated_at < this.#waitingCutoff)
      .sort((a, b) => (a.updated_at < b.updated_at ? -1 : 1));
  }

  /** Whether there may be more than was asked for so far. */
  get hasMore(): { finished: boolean; waiting: boolean } {
    return {
      finished: this.#finishedList.hasMore,
      waiting: this.#openList.hasMore && this.#openList.lastUpdatedAt < this.#waitingCutoff,
    };
  }

  /** Since when nothing is known to be up to date; undefined while the stream is open and the network there. */
  get staleSince(): number | undefined {
    return this.#stream.isOpen && !this.#isOffline ? undefined : this.#lastActivityAt;
  }

  /** Asks for another page. */
  loadMore(of: 'finished' | 'waiting'): void {
    (of === 'finished' ? this.#finishedList : this.#openList).requestMore();
    this.#sync();
  }

  /** The page came into sight, or went out of it. */
  onVisibilityChange(inSight: boolean): void {
    this.#isVisible = inSight;
    if (inSight) this.#sync();
    else this.#suspend();
  }

  /** The browser says that the network is gone. A stream that survives is kept: browsers err about networks. */
  onOffline(): void {
    this.#isOffline = true;
    this.#listener.onChange();
  }

  /** Starts over at once: when the network came back, or when a recruiter asks for it. */
  retry(): void {
    this.#isOffline = false;
    this.#failureCount = 0;
    this.#stream.close();
    this.#sync();
  }

  get #waitingCutoff(): string {
    return new Date(this.#connection.clock.now() - LONG).toISOString();
  }

  #filterByStatus(statuses: string[]): Session[] {
    return [...this.#sessionsById.values()].filter(({ status }) => statuses.includes(status));
  }

  #suspend(): void {
    this.#stream.close();
    this.#cancelTimer();
  }

  /** Brings what is held and streamed to what is wanted: once a microtask, one run at a time. */
  #sync(): void {
    this.#needsRerun = true;
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    queueMicrotask(async () => {
      this.#cancelTimer();
      while (this.#needsRerun && this.#isVisible) {
        this.#needsRerun = false;
        await this.#syncOnce().catch((problem: WidgetProblem) => {
          this.problem = problem;
          if (problem.details?.status === 403) this.#clear();
          this.#needsRerun = false;
          this.#scheduleRetry(problem.details?.retryAfter);
        });
        this.#listener.onChange();
      }
      this.#isSyncing = false;
      if (!this.#isVisible) this.#suspend();
    });
  }

  async #syncOnce(): Promise<void> {
    const { tokens, clock } = this.#connection;
    await tokens.get();
    if (tokens.renewAt !== this.#renewAt) {
      this.#renewAt = tokens.renewAt;
      this.#isStreamCurrent = false;
      this.#isFresh = false;
    }
    const offer = this.config ? undefined : this.#connection.client.getConfig();
    offer?.catch(() => {});
    if (!this.#isFresh) await this.#reloadLists();
    for (const list of this.#lists)
      for await (const page of list.readPages(this.#connection.client)) this.#applySessions(page.sessions);
    this.config ??= await (offer ?? this.#connection.client.getConfig());
    if (!this.#stream.isOpen || !this.#isStreamCurrent) {
      this.#isStreamCurrent = true;
      await this.#stream.open([], this.#cursor);
      this.#lastActivityAt = clock.now();
    }
    this.problem = undefined;
    const { renewAt } = tokens;
    if (renewAt) this.#scheduleSync(Math.max(0, renewAt - clock.now()));
  }

  /** Reads the lists anew, as far as they were wanted; what is in none and was not told of meanwhile is held no longer. */
  async #reloadLists(): Promise<void> {
    this.#isFresh = true;
    const meanwhile: Session[] = [];
    this.#arrivedDuringRead = meanwhile;
    try {
      const sessions: Session[] = [];
      let first: QueryResponse | undefined;
      for (const list of this.#lists) {
        list.restart();
        for await (const page of list.readPages(this.#connection.client)) {
          first ??= page;
          sessions.push(...page.sessions);
        }
      }
      const isMine = this.viewer === first?.viewer;
      this.viewer = first?.viewer;
      this.#cursor = first?.cursor;
      if (!isMine) this.config = undefined;
      this.#sessionsById.clear();
      this.#applySessions(isMine ? [...sessions, ...meanwhile] : sessions);
      this.#lastActivityAt = this.#connection.clock.now();
    } catch (problem) {
      this.#isFresh = false;
      throw problem;
    } finally {
      this.#arrivedDuringRead = undefined;
    }
  }

  /** Takes sessions in, unless what is held is newer, or they are gone. */
  #applySessions(sessions: Session[]): void {
    for (const session of sessions) {
      const held = this.#sessionsById.get(session.session_uuid);
      if (this.#deletedIds.has(session.session_uuid) || (held && isOlder(session, held))) continue;
      this.#sessionsById.set(session.session_uuid, session);
    }
  }

  #handleFrame(id: string | undefined, event: string | undefined, data: unknown): void {
    if (id) this.#cursor = id;
    if (event === 'session') {
      const session = parseSession(data);
      if (!session) return;
      const held = this.#sessionsById.get(session.session_uuid);
      this.#deletedIds.delete(session.session_uuid);
      this.#arrivedDuringRead?.push(session);
      this.#applySessions([session]);
      if (FINISHED_STATUSES.includes(session.status) && held?.status !== session.status)
        this.#listener.onFinished(session);
    } else if (event === 'gone') {
      const uuid = String((data as Partial<Session> | null)?.session_uuid);
      this.#deletedIds.add(uuid);
      this.#sessionsById.delete(uuid);
    } else if (event === 'reset') {
      this.#isFresh = false;
    }
    this.#listener.onChange();
  }

  #scheduleRetry(retryAfter?: number): void {
    this.#scheduleSync(computeBackoff(this.#failureCount++, this.#connection.clock, retryAfter));
  }

  /** The rights are gone: nothing that they covered may be seen any longer. */
  #clear(): void {
    this.#sessionsById.clear();
    this.#isFresh = false;
    this.viewer = undefined;
    this.#stream.close();
  }

  /** Settles again after a while; there is one alarm, and the last word counts. */
  #scheduleSync(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#connection.clock.setTimer(ms, () => this.#sync());
  }
}

/**
 * When the proxy heard that somebody has finished: their last news, unless something was heard of them after their completion.
 */
export function getReportedTime({ updated_at, completed_at, last_event }: Session): string {
  return (last_event && completed_at) || updated_at;
}
