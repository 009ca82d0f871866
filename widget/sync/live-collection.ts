/**
 * Keeps a set of sessions up to date. After one query, a stream starts at the query's cursor, so that no event is lost.
 * Resumes a broken stream after its last event, retries with backoff, and starts again when the rights change.
 */
import type { Client } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import type { ClientConfig, QueryResponse, Session } from '../api/parse.ts';
import type { Tokens } from '../api/tokens.ts';
import type { Clock } from '../util/clock.ts';
import type { CollectionStream } from './collection-stream.ts';
import type { SharedStreamListener } from './shared-stream.ts';
import { type SessionEventListener, StreamPosition } from './stream-position.ts';
import { SyncLoop } from './sync-loop.ts';

/** How often to query without streams. */
const POLL_MS = 5_000;

export abstract class LiveCollection {
  /** The last failure; undefined after a successful sync. */
  problem: WidgetProblem | undefined;
  /** Undefined until it has loaded. Loads only after `requestConfig`. */
  config: ClientConfig | undefined;
  /** Identifies the rights that the sessions were read with; undefined before the first response. */
  viewer: string | undefined;
  /** Increases when the rights change. Elements then remove everything that they showed before. */
  rightsGeneration = 0;
  readonly client: Client;
  readonly clock: Clock;
  readonly tokens: Tokens;
  protected abstract readonly stream: CollectionStream;
  #isConfigRequested = false;
  #token: string | undefined;
  #lastActivityAt: number | undefined;
  #isOffline = false;
  readonly #position = new StreamPosition();
  readonly #loop: SyncLoop;
  readonly #unsubscribe: () => void;

  constructor(client: Client, tokens: Tokens, clock: Clock, isPaused = false) {
    this.client = client;
    this.tokens = tokens;
    this.clock = clock;
    this.#loop = new SyncLoop(clock, isPaused, {
      syncOnce: () => this.syncOnce(),
      onFailure: (problem) => {
        this.problem = problem;
        this.notifyListeners();
      },
      onPausedDuringSync: () => this.stream.close(),
    });
    this.#unsubscribe = tokens.subscribe({
      onNewToken: () => this.sync(),
      onSignedOut: () => {
        this.reset();
        this.retry();
      },
    });
  }

  /** When data last arrived, in milliseconds since 1970; undefined while the data is current and the browser is online. */
  get staleSince(): number | undefined {
    const isCurrent = this.stream.isLive || (!this.client.canStream && !this.problem);
    return isCurrent && !this.#isOffline ? undefined : this.#lastActivityAt;
  }

  /** Loads `config` with the next sync. */
  requestConfig(): void {
    if (this.#isConfigRequested) return;
    this.#isConfigRequested = true;
    this.sync();
  }

  /** Closes the stream and stops the timers. */
  pause(): void {
    this.stream.close();
    this.#loop.pause();
  }

  /** Resumes the stream after the last event. */
  resume(): void {
    if (this.#loop.resume()) this.retry();
  }

  /** Stops all updates for good. */
  close(): void {
    this.#unsubscribe();
    this.pause();
  }

  /** Called when the browser reports that it is offline. Keeps the stream open, because the report is often wrong. */
  onOffline(): void {
    this.#isOffline = true;
    this.notifyListeners();
  }

  /** Syncs now and opens a new stream. */
  retry(): void {
    this.#isOffline = false;
    this.#loop.resetBackoff();
    this.stream.close();
    this.sync();
  }

  /** Updates all elements that show the collection. */
  abstract notifyListeners(): void;

  /** Loads every session that is missing or stale. */
  protected abstract loadSessions(): Promise<void>;

  /** Opens the stream at `cursor` unless a stream is live. Returns false if a later sync must open the stream. */
  protected abstract openStream(cursor: string | undefined): Promise<boolean>;

  /** Stores a session from an event or a response, unless a newer version is stored. */
  abstract applySession(session: Session): void;

  protected abstract removeSession(sessionUuid: string): void;

  /** Marks all sessions as stale: they stay visible until the next query. */
  protected abstract markSessionsStale(): void;

  /** Removes all sessions that were read with the previous rights. */
  protected abstract clearSessions(): void;

  protected readonly streamListener: SharedStreamListener = {
    onActivity: () => {
      this.#lastActivityAt = this.clock.now();
      this.#loop.resetBackoff();
    },
    onEvent: (id, event, data) => this.#position.receive(id, event, data, this.#eventListener),
    onMissed: () => this.invalidate(),
    onEnd: (retryAfterSeconds) => {
      this.#loop.scheduleRetry(retryAfterSeconds);
      this.notifyListeners();
    },
    onChange: () => {
      this.notifyListeners();
      if (!this.problem) this.sync();
    },
  };

  readonly #eventListener: SessionEventListener = {
    onSession: (session) => this.applySession(session),
    onGone: (sessionUuid) => this.removeSession(sessionUuid),
    onReset: () => this.invalidate(),
  };

  /** Requests a sync. Calls before the sync starts share one sync. Calls during a sync share the next one. */
  protected sync(): void {
    this.#loop.request();
  }

  protected async syncOnce(): Promise<void> {
    const token = await this.tokens.get();
    const { renewAt } = this.tokens;
    if (renewAt) this.scheduleSync(Math.max(0, renewAt - this.clock.now()));
    if (token !== this.#token) {
      this.#token = token;
      this.stream.markStale();
      this.invalidate();
    }
    this.#position.beginSync();
    const config = this.#loadConfig();
    // `config` is awaited below. Without this handler, the browser would report an earlier failure as unhandled.
    config.catch(() => {});
    await this.loadSessions().catch((problem: WidgetProblem) => {
      if (problem.details?.status === 403 && this.viewer !== undefined) this.reset();
      throw problem;
    });
    // The token was replaced while the sessions were read, so another sync reads them again.
    if ((await this.tokens.get()) !== token) {
      this.#loop.needsRerun = true;
      return;
    }
    const wasLive = this.stream.isLive;
    const isOpen = this.client.canStream ? await this.openStream(this.#position.resumeFrom) : this.#schedulePoll();
    if (isOpen) this.#position.onOpen();
    if (wasLive !== this.stream.isLive) this.notifyListeners();
    await config;
    if (!this.problem) return;
    this.problem = undefined;
    this.notifyListeners();
  }

  /**
   * Accepts the cursor and the rights of a query response. Must be called before the response's sessions are applied.
   * @returns whether the rights changed, which resets the collection.
   */
  protected acceptResponse({ cursor, viewer }: QueryResponse): boolean {
    const haveRightsChanged = this.viewer !== undefined && this.viewer !== viewer;
    if (haveRightsChanged) this.reset();
    this.viewer = viewer;
    this.#position.acceptCursor(cursor);
    this.#lastActivityAt = this.clock.now();
    return haveRightsChanged;
  }

  /** Omits the sessions that were erased while the response was pending. */
  protected withoutRemoved(sessions: Session[]): Session[] {
    return sessions.filter(({ session_uuid }) => !this.#position.isRemoved(session_uuid));
  }

  /** Makes the next sync query everything again, because events may have been lost. */
  protected invalidate(): void {
    this.#position.clear();
    this.markSessionsStale();
  }

  /** Removes all data, because the rights ended or changed. */
  protected reset(): void {
    this.stream.close();
    this.rightsGeneration++;
    this.viewer = undefined;
    this.config = undefined;
    this.client.forgetConfig();
    this.#loop.needsRerun = true;
    this.invalidate();
    this.clearSessions();
  }

  /** Closes the stream, because no element shows the collection. */
  protected goIdle(): void {
    this.stream.close();
    this.invalidate();
    this.#lastActivityAt = undefined;
  }

  /** Syncs again after `ms`. Replaces the sync that was scheduled before. */
  protected scheduleSync(ms: number, beforeSync?: () => void): void {
    this.#loop.schedule(ms, beforeSync);
  }

  /**
   * Queries everything again in a few seconds, because the page's `fetch` does not support streams. Returns true, as
   * `openStream` does for an open stream.
   */
  #schedulePoll(): boolean {
    this.scheduleSync(POLL_MS, () => this.invalidate());
    return true;
  }

  async #loadConfig(): Promise<void> {
    if (this.config || !this.#isConfigRequested) return;
    const { viewer } = this;
    const config = await this.client.getConfig();
    // The rights changed during the request, so the configuration may be that of the previous rights.
    if (viewer !== undefined && viewer !== this.viewer) this.#loop.needsRerun = true;
    else this.config = config;
    this.notifyListeners();
  }
}
