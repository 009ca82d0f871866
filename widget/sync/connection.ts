/**
 * What all elements of a page that talk to one proxy as one recruiter share: one query, one stream, one set of
 * sessions. First a query, then a stream from the query's cursor, so that nothing falls between the two.
 * A change of rights (`viewer`) empties everything before the new answer is taken in.
 */
import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import { Client, type InviteResult } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { type ClientConfig, parseSession, type QueryResponse, type Session } from '../api/parse.ts';
import { type TokenSource, Tokens } from '../api/tokens.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import { readString, toRecord } from '../util/json.ts';
import { ASK, take } from '../util/scheduler.ts';
import { Invites } from './invites.ts';
import { ScorecardCache } from './scorecards.ts';
import { MAX_STREAM_CANDIDATES, SharedStream } from './shared-stream.ts';
import { MIN_REOPEN_MS } from './stream.ts';
import { prioritise, type Subscription, Subscriptions, watchKey } from './subscriptions.ts';

const QUERY_SIZE = 500;
/** Whoever no news come of is asked about so often. */
const POLL_EVERY = 30_000;

export class Connection {
  /** The newest failure that has not been overcome. */
  declare problem: WidgetProblem | undefined;
  /** What may be offered; undefined until somebody asked for it with `wantOffer` and it came. */
  declare config: ClientConfig | undefined;
  declare scorecards: ScorecardCache;
  declare invites: Invites;
  /** Grows whenever the rights have changed: whatever was shown under the former ones goes. */
  rightsGeneration = 0;
  declare readonly clock: Clock;
  declare readonly tokens: Tokens;
  /** For what is asked once and not watched. */
  declare readonly client: Client;
  readonly #subscriptions = new Subscriptions();
  #configRequested = false;
  #viewer: string | undefined;
  /** The newest event that came. */
  #cursor: string | undefined;
  /** Where the next stream starts: not after an event that came while the query was on its way, or what happened
   * before it to somebody who was not streamed yet would be missed. */
  #resumeFrom: string | undefined;
  /** Ids of the frames, and sessions that are gone, since the present step began. */
  #seenFrameIds = new Set<string>();
  #deletedSessions = new Set<string>();
  readonly #sharedStream: SharedStream;
  #lastActivityAt: number | undefined;
  #failureCount = 0;
  #isSyncing = false;
  #needsRerun = false;
  #isPaused = false;
  #isOffline = false;
  #cancelTimer = () => {};

  constructor(proxyUrl: string, source: TokenSource, clock: Clock, fetcher: typeof fetch) {
    this.clock = clock;
    this.tokens = new Tokens(source, clock, fetcher);
    this.tokens.proxyUrl = proxyUrl;
    this.client = new Client(proxyUrl, this.tokens, clock, fetcher);
    this.#createCaches();
    this.tokens.onNewToken = () => {
      this.#sharedStream.markStale();
      this.#invalidate();
      this.#sync();
    };
    this.tokens.onSignedOut = () => {
      this.#clearAll([]);
      this.retry();
    };
    this.#sharedStream = new SharedStream(
      proxyUrl,
      (candidates, ...how) => this.client.openEvents({ candidates }, ...how),
      clock,
      {
        onActivity: () => {
          this.#lastActivityAt = clock.now();
          this.#failureCount = 0;
        },
        onFrame: (id, event, data) => this.#handleFrame(id, event, data),
        onMissed: () => this.#invalidate(),
        onEnd: (retryAfter) => {
          this.#scheduleRetry(retryAfter);
          this.notifyListeners();
        },
        onChange: () => {
          this.notifyListeners();
          if (!this.problem) this.#sync();
        },
      },
    );
  }

  /**
   * Watches one candidate and calls back on every change that concerns them; returns the unwatch.
   * @param isInSight is asked where there are too many for one query or stream: whoever is in sight comes first.
   */
  watch(candidate: WatchedCandidate, listener: () => void, isInSight = () => false): () => void {
    const remove = this.#subscriptions.add(candidate, listener, isInSight);
    this.#sync();
    return () => {
      remove();
      this.#sync();
    };
  }

  /** Asks for `offer`, once, along with the next query. */
  requestConfig(): void {
    if (this.#configRequested) return;
    this.#configRequested = true;
    this.#sync();
  }

  /** The candidate's sessions, the newest first; undefined before the first answer. */
  getSessions(candidate: WatchedCandidate): Session[] | undefined {
    const row = this.#subscriptions.get(candidate);
    return row?.isLoaded
      ? [...row.sessions.values()].sort((a, b) => (a.invited_at < b.invited_at ? 1 : -1))
      : undefined;
  }

  /** Whether the recruiter may not see this candidate. */
  isDenied(candidate: WatchedCandidate): boolean {
    return this.#subscriptions.get(candidate)?.isDenied ?? false;
  }

  /** Since when nothing is known to be up to date; undefined while the stream is open and the network there. */
  get staleSince(): number | undefined {
    return this.#sharedStream.isLive && !this.#isOffline ? undefined : this.#lastActivityAt;
  }

  /** Lets go of the stream, as a page that goes into the back/forward cache must. */
  pause(): void {
    this.#isPaused = true;
    this.#sharedStream.close();
    this.#cancelTimer();
  }

  /** The browser says that the network is gone. A stream that survives is kept: browsers err about networks. */
  onOffline(): void {
    this.#isOffline = true;
    this.notifyListeners();
  }

  /** Starts over at once: after `pause`, when the network came back, or when a recruiter asks for it. */
  retry(): void {
    this.#isPaused = false;
    this.#isOffline = false;
    this.#failureCount = 0;
    this.#sharedStream.close();
    this.#sync();
  }

  /** The page came into sight, or went out of it. */
  onVisibilityChange(): void {
    if (!this.tokens.isCandidateScoped && navigator.locks) return;
    this.#invalidate();
    this.#sync();
  }

  /** Makes all elements look again. */
  notifyListeners(): void {
    for (const row of this.#subscriptions.getActive()) row.notify();
  }

  /** Brings what is held and what is streamed to what is watched: once for all that ask in a turn, one run at a time. */
  #sync(): void {
    this.#needsRerun = true;
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    take(ASK, async () => {
      this.#cancelTimer();
      while (this.#needsRerun && !this.#isPaused) {
        this.#needsRerun = false;
        await this.#syncOnce().catch((problem: WidgetProblem) => this.#handleFailure(problem));
      }
      this.#isSyncing = false;
    });
  }

  async #syncOnce(): Promise<void> {
    if (!this.#subscriptions.getActive().length) {
      this.#sharedStream.close();
      this.#invalidate();
      this.#lastActivityAt = undefined;
      return;
    }
    await this.tokens.get();
    this.#resumeFrom ??= this.#cursor;
    this.#seenFrameIds = new Set();
    this.#deletedSessions = new Set();
    const offer = this.#loadConfig();
    offer.catch(() => {});
    await this.#queryStale();
    await this.#updateStream();
    await offer;
    if (!this.problem) return;
    this.problem = undefined;
    this.notifyListeners();
  }

  #handleFailure(problem: WidgetProblem): void {
    this.problem = problem;
    this.#needsRerun = false;
    this.#scheduleRetry(problem.details?.retryAfter);
    this.notifyListeners();
  }

  #scheduleRetry(retryAfter?: number): void {
    this.#scheduleSync(computeBackoff(this.#failureCount++, this.clock, retryAfter));
  }

  /** Settles again after a while; there is one alarm, and the last word counts. */
  #scheduleSync(ms: number, before = () => {}): void {
    this.#cancelTimer();
    this.#cancelTimer = this.clock.setTimer(ms, () => {
      before();
      this.#sync();
    });
  }

  /** Takes in the session that came of it, unless the rights have changed meanwhile. */
  async #invite(order: Invite): Promise<InviteResult> {
    const viewer = this.#viewer;
    const take = (session: Session | undefined) => {
      if (session && this.#viewer === viewer) this.#subscriptions.apply(session);
    };
    try {
      const answer = await this.client.invite(order);
      take(answer.session);
      return answer;
    } catch (problem) {
      take((problem as WidgetProblem).details?.session);
      throw problem;
    }
  }

  async #loadConfig(): Promise<void> {
    if (this.config || !this.#configRequested) return;
    const viewer = this.#viewer;
    const offer = await this.client.getConfig();
    if (viewer !== undefined && viewer !== this.#viewer) this.#needsRerun = true;
    else this.config = offer;
    this.notifyListeners();
  }

  async #queryStale(): Promise<void> {
    for (;;) {
      const rows = prioritise(
        this.#subscriptions.getActive().filter((row) => !row.isFresh),
        QUERY_SIZE,
      );
      if (!rows.length) return;
      const before = rows.map((row) => new Set(row.sessions.keys()));
      for (const row of rows) row.isFresh = true;
      try {
        this.#applyResponse(await this.client.querySessions(rows.map((row) => row.candidate)), rows, before);
      } catch (problem) {
        for (const row of rows) row.isFresh = false;
        throw problem;
      }
    }
  }

  /** What was held `before` the query and is not in its answer is gone; what came meanwhile stays. */
  #applyResponse(
    { cursor, viewer, denied, ...answer }: QueryResponse,
    rows: Subscription[],
    before: Set<string>[],
  ): void {
    if (this.#viewer !== undefined && this.#viewer !== viewer) this.#clearAll(rows);
    this.#viewer = viewer;
    this.#cursor ??= cursor;
    this.#resumeFrom ??= cursor;
    this.#lastActivityAt = this.clock.now();
    const sessions = answer.sessions.filter((session) => !this.#deletedSessions.has(session.session_uuid));
    const present = new Set(sessions.map((session) => session.session_uuid));
    const hidden = new Set(denied.map(watchKey));
    for (const [index, row] of rows.entries()) {
      row.isLoaded = true;
      row.isDenied = hidden.has(row.key);
      for (const uuid of before[index] ?? []) if (!present.has(uuid)) this.#removeSession(uuid);
      row.notify();
    }
    for (const session of sessions) this.#subscriptions.apply(session);
  }

  /** Has news come of what is watched; whom none come of is asked about from time to time. */
  async #updateStream(): Promise<void> {
    const shown = this.#subscriptions.getActive().filter((row) => !row.isDenied);
    const rows = prioritise(shown, MAX_STREAM_CANDIDATES);
    const viewer = this.tokens.isCandidateScoped ? undefined : this.#viewer;
    const candidates = rows.map((row) => row.candidate);
    const before = this.#sharedStream.isLive;
    const covered = await this.#sharedStream
      .subscribe(candidates, this.#resumeFrom, viewer)
      .catch((problem: unknown) => {
        this.#invalidate();
        throw problem;
      });
    if (covered === 'soon') return this.#scheduleSync(MIN_REOPEN_MS);
    this.#resumeFrom = undefined;
    if (this.#isPaused) this.#sharedStream.close();
    if (before !== this.#sharedStream.isLive) this.notifyListeners();
    const { renewAt } = this.tokens;
    const rest = covered ? shown.filter((row) => !rows.includes(row)) : shown;
    if (rest.length) {
      this.#scheduleSync(POLL_EVERY, () => {
        if (!this.#sharedStream.isLive) this.#invalidate();
        for (const row of rest) row.isFresh = false;
      });
    } else if (renewAt && this.#sharedStream.isLive) this.#scheduleSync(Math.max(0, renewAt - this.clock.now()));
  }

  #handleFrame(id: string | undefined, event: string | undefined, data: unknown): void {
    if (id && this.#seenFrameIds.has(id)) return;
    if (id) {
      this.#seenFrameIds.add(id);
      this.#cursor = id;
    }
    if (event === 'session') {
      const session = parseSession(data);
      if (!session) return;
      this.#deletedSessions.delete(session.session_uuid);
      this.#subscriptions.apply(session);
    } else if (event === 'gone') {
      this.#removeSession(readString(toRecord(data), 'session_uuid') ?? '');
    } else if (event === 'reset') {
      this.#invalidate();
    }
  }

  /** From here on nothing held counts as up to date, though it stays in sight until the next answer. */
  #invalidate(): void {
    this.#cursor = undefined;
    this.#resumeFrom = undefined;
    for (const row of this.#subscriptions.getActive()) row.isFresh = false;
  }

  /** A session is no more: nothing of it stays, and an answer that was on its way does not bring it back. */
  #removeSession(sessionUuid: string): void {
    this.#deletedSessions.add(sessionUuid);
    for (const row of this.#subscriptions.getActive()) row.sessions.delete(sessionUuid);
    this.scorecards.remove(sessionUuid);
  }

  /** Starts without scorecards and invites; those under way reach nobody. */
  #createCaches(): void {
    const changed = () => this.notifyListeners();
    this.scorecards = new ScorecardCache((sessionUuid) => this.client.getScorecard(sessionUuid), changed, this.clock);
    this.invites = new Invites((order) => this.#invite(order), changed, this.clock);
  }

  /** Other rights: nothing of the former ones may be seen any longer. */
  #clearAll(answered: Subscription[]): void {
    this.#sharedStream.close();
    this.#createCaches();
    this.rightsGeneration++;
    this.config = undefined;
    this.#cursor = undefined;
    this.#resumeFrom = undefined;
    this.#needsRerun = true;
    for (const row of this.#subscriptions.getActive()) {
      row.sessions.clear();
      row.isLoaded = false;
      row.isFresh = answered.includes(row);
      row.notify();
    }
  }
}
