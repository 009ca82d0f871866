/**
 * The connection that all elements of a page with the same proxy and token source share. It loads the sessions of
 * all candidates that these elements show, with one query and one stream.
 */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { Client } from '../api/client.ts';
import { throwUnreachable } from '../api/errors.ts';
import type { QueryResponse, Session } from '../api/parse.ts';
import type { TokenSource } from '../api/token-source.ts';
import { Tokens } from '../api/tokens.ts';
import type { Clock } from '../util/clock.ts';
import { type CollectionStream, NO_STREAM } from './collection-stream.ts';
import { Invites } from './invites.ts';
import { LiveCollection } from './live-collection.ts';
import { ScorecardCache } from './scorecards.ts';
import type { SharedStream } from './shared-stream.ts';
import { MAX_STREAM_CANDIDATES, MIN_REOPEN_MS } from './stream-limits.ts';
import { compareBy, prioritize, type Subscription, Subscriptions, watchKey } from './subscriptions.ts';

/** The proxy's limit. */
const MAX_QUERY_CANDIDATES = 500;
/** How often to query candidates that no stream covers. */
const POLL_MS = 30_000;

export class Connection extends LiveCollection {
  readonly proxyUrl: string;
  scorecards = this.#createScorecards();
  invites = this.#createInvites();
  readonly #subscriptions = new Subscriptions();
  #sharedStream: SharedStream | undefined;

  constructor(proxyUrl: string, source: TokenSource, clock: Clock, fetcher: typeof fetch) {
    const tokens = new Tokens(source, clock);
    super(new Client(proxyUrl, tokens, clock, fetcher), tokens, clock);
    this.proxyUrl = proxyUrl;
  }

  protected override get stream(): CollectionStream {
    return this.#sharedStream ?? NO_STREAM;
  }

  /**
   * Calls `listener` on every change of the candidate's sessions. Returns the function that stops watching.
   * @param isInViewport candidates in the viewport take precedence if a query or a stream cannot hold all of them.
   */
  watch(candidate: WatchedCandidate, listener: () => void, isInViewport = () => false): () => void {
    const remove = this.#subscriptions.add(candidate, listener, isInViewport);
    this.sync();
    return () => {
      remove();
      this.sync();
    };
  }

  /** The candidate's sessions, the newest first; undefined until they are loaded. */
  getSessions(candidate: WatchedCandidate): Session[] | undefined {
    const subscription = this.#subscriptions.get(candidate);
    return subscription?.isLoaded
      ? [...subscription.sessions.values()].sort(compareBy(({ invited_at }) => invited_at, -1))
      : undefined;
  }

  /** Whether the recruiter has no permission to see this candidate. */
  isDenied(candidate: WatchedCandidate): boolean {
    return this.#subscriptions.get(candidate)?.isDenied ?? false;
  }

  /** A tab that does not share its stream closes the stream while the tab is hidden. */
  onVisibilityChange(): void {
    if (!this.tokens.isCandidateScoped && navigator.locks) return;
    this.invalidate();
    this.sync();
  }

  override notifyListeners(): void {
    for (const subscription of this.#subscriptions.getActive()) subscription.notify();
  }

  protected override async syncOnce(): Promise<void> {
    if (this.#subscriptions.getActive().length) await super.syncOnce();
    else this.goIdle();
  }

  protected override async loadSessions(): Promise<void> {
    for (;;) {
      const stale = this.#subscriptions.getActive().filter(({ isFresh }) => !isFresh);
      const subscriptions = prioritize(stale, MAX_QUERY_CANDIDATES);
      if (!subscriptions.length) return;
      const { rightsGeneration } = this;
      const uuidsBefore = subscriptions.map(({ sessions }) => new Set(sessions.keys()));
      for (const subscription of subscriptions) subscription.isFresh = true;
      try {
        const response = await this.client.querySessions(subscriptions.map(({ candidate }) => candidate));
        if (rightsGeneration === this.rightsGeneration) this.#applyResponse(response, subscriptions, uuidsBefore);
      } catch (problem) {
        for (const subscription of subscriptions) subscription.isFresh = false;
        throw problem;
      }
    }
  }

  protected override async openStream(cursor: string | undefined): Promise<boolean> {
    const permitted = this.#subscriptions.getActive().filter(({ isDenied }) => !isDenied);
    const streamed = prioritize(permitted, MAX_STREAM_CANDIDATES);
    const viewer = this.tokens.isCandidateScoped ? undefined : this.viewer;
    const stream = await this.#loadStream();
    const result = await stream
      .subscribe(
        streamed.map(({ candidate }) => candidate),
        cursor,
        viewer,
      )
      .catch((problem: unknown) => {
        this.invalidate();
        throw problem;
      });
    if (result === 'throttled') {
      this.scheduleSync(MIN_REOPEN_MS);
      return false;
    }
    const polled = result === 'live' ? permitted.filter((subscription) => !streamed.includes(subscription)) : permitted;
    if (polled.length) {
      this.scheduleSync(POLL_MS, () => {
        if (!this.stream.isLive) this.invalidate();
        for (const subscription of polled) subscription.isFresh = false;
      });
    }
    return true;
  }

  override applySession(session: Session): void {
    this.#subscriptions.apply(session);
  }

  protected override removeSession(sessionUuid: string): void {
    for (const { sessions } of this.#subscriptions.getActive()) sessions.delete(sessionUuid);
    this.scorecards.remove(sessionUuid);
  }

  protected override markSessionsStale(): void {
    for (const subscription of this.#subscriptions.getActive()) subscription.isFresh = false;
  }

  protected override clearSessions(): void {
    this.scorecards = this.#createScorecards();
    this.invites = this.#createInvites();
    for (const subscription of this.#subscriptions.getActive()) {
      subscription.sessions.clear();
      subscription.isLoaded = false;
      subscription.isDenied = false;
      subscription.notify();
    }
  }

  /** Imports the stream's code after the first query, so that it does not delay the first paint. */
  async #loadStream(): Promise<SharedStream> {
    const { SharedStream } = await import('./shared-stream.ts').catch(throwUnreachable);
    this.#sharedStream ??= new SharedStream(
      this.proxyUrl,
      (candidates, after, signal) => this.client.openEvents({ candidates }, after, signal),
      this.clock,
      this.streamListener,
    );
    return this.#sharedStream;
  }

  /** Stores the sessions of a response. Removes those that were loaded before the query and are not in the response. */
  #applyResponse(response: QueryResponse, subscriptions: Subscription[], uuidsBefore: Set<string>[]): void {
    const haveRightsChanged = this.acceptResponse(response);
    const sessions = this.withoutRemoved(response.sessions);
    const respondedUuids = new Set(sessions.map(({ session_uuid }) => session_uuid));
    const denied = new Set(response.denied.map(watchKey));
    // `forEach`, because old libraries of the page may replace `entries()`.
    subscriptions.forEach((subscription, index) => {
      // A change of rights marks all sessions as stale, but this response already follows the new rights.
      if (haveRightsChanged) subscription.isFresh = true;
      subscription.isLoaded = true;
      subscription.isDenied = denied.has(subscription.key);
      for (const uuid of uuidsBefore[index] ?? []) if (!respondedUuids.has(uuid)) this.removeSession(uuid);
      subscription.notify();
    });
    for (const session of sessions) this.#subscriptions.apply(session);
  }

  #createScorecards(): ScorecardCache {
    return new ScorecardCache(
      (sessionUuid) => this.client.getScorecard(sessionUuid),
      () => this.notifyListeners(),
      this.clock,
    );
  }

  /** Ignores the session of a response that arrives after the rights have changed. */
  #createInvites(): Invites {
    const { rightsGeneration } = this;
    return new Invites((invite) => this.client.invite(invite), this.clock, {
      onChange: () => this.notifyListeners(),
      onSession: (session) => {
        if (rightsGeneration === this.rightsGeneration) this.applySession(session);
      },
    });
  }
}
