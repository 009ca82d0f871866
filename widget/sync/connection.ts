/**
 * What all elements of a page that talk to one proxy as one recruiter share: one query, one stream, one set of
 * sessions. First a query, then a stream from the query's cursor, so that nothing falls between the two.
 * A change of rights (`viewer`) empties everything before the new answer is taken in.
 */
import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import { Client, type InviteAnswer } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { type Offer, parseSession, type QueryAnswer, type Session } from '../api/parse.ts';
import { type TokenSource, Tokens } from '../api/tokens.ts';
import { backoff } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import { recordOf, textIn } from '../util/json.ts';
import { ASK, take } from '../util/scheduler.ts';
import { Invites } from './invites.ts';
import { Scorecards } from './scorecards.ts';
import { Feed, STREAM_SIZE } from './shared-stream.ts';
import { REOPEN_AFTER } from './stream.ts';
import { foremost, type Row, Watchlist, watchKey } from './subscriptions.ts';

const QUERY_SIZE = 500;
/** Whoever no news come of is asked about so often. */
const POLL_EVERY = 30_000;

export class Connection {
  /** The newest failure that has not been overcome. */
  declare problem: WidgetProblem | undefined;
  /** What may be offered; undefined until somebody asked for it with `wantOffer` and it came. */
  declare offer: Offer | undefined;
  declare scorecards: Scorecards;
  declare invites: Invites;
  /** Grows whenever the rights have changed: whatever was shown under the former ones goes. */
  era = 0;
  declare readonly clock: Clock;
  declare readonly tokens: Tokens;
  /** For what is asked once and not watched. */
  declare readonly client: Client;
  readonly #watched = new Watchlist();
  #offerWanted = false;
  #viewer: string | undefined;
  /** The newest event that came. */
  #cursor: string | undefined;
  /** Where the next stream starts: not after an event that came while the query was on its way, or what happened
   * before it to somebody who was not streamed yet would be missed. */
  #from: string | undefined;
  /** Ids of the frames, and sessions that are gone, since the present step began. */
  #seen = new Set<string>();
  #gone = new Set<string>();
  readonly #feed: Feed;
  #lastHeard: number | undefined;
  #failures = 0;
  #settling = false;
  #again = false;
  #paused = false;
  #lost = false;
  #stayAwake = () => {};

  constructor(proxyUrl: string, source: TokenSource, clock: Clock, fetcher: typeof fetch) {
    this.clock = clock;
    this.tokens = new Tokens(source, clock, fetcher);
    this.tokens.proxyUrl = proxyUrl;
    this.client = new Client(proxyUrl, this.tokens, clock, fetcher);
    this.#forget();
    this.tokens.onFresh = () => {
      this.#feed.outdate();
      this.#missed();
      this.#settle();
    };
    this.tokens.onLeave = () => {
      this.#clear([]);
      this.retry();
    };
    this.#feed = new Feed(proxyUrl, (candidates, ...how) => this.client.events({ candidates }, ...how), clock, {
      heard: () => {
        this.#lastHeard = clock.now();
        this.#failures = 0;
      },
      frame: (id, event, data) => this.#frame(id, event, data),
      missed: () => this.#missed(),
      ended: (retryAfter) => {
        this.#retryLater(retryAfter);
        this.notify();
      },
      changed: () => {
        this.notify();
        if (!this.problem) this.#settle();
      },
    });
  }

  /**
   * Watches one candidate and calls back on every change that concerns them; returns the unwatch.
   * @param isInSight is asked where there are too many for one query or stream: whoever is in sight comes first.
   */
  watch(candidate: WatchedCandidate, listener: () => void, isInSight = () => false): () => void {
    const remove = this.#watched.add(candidate, listener, isInSight);
    this.#settle();
    return () => {
      remove();
      this.#settle();
    };
  }

  /** Asks for `offer`, once, along with the next query. */
  wantOffer(): void {
    if (this.#offerWanted) return;
    this.#offerWanted = true;
    this.#settle();
  }

  /** The candidate's sessions, the newest first; undefined before the first answer. */
  sessions(candidate: WatchedCandidate): Session[] | undefined {
    const row = this.#watched.get(candidate);
    return row?.known ? [...row.sessions.values()].sort((a, b) => (a.invited_at < b.invited_at ? 1 : -1)) : undefined;
  }

  /** Whether the recruiter may not see this candidate. */
  denied(candidate: WatchedCandidate): boolean {
    return this.#watched.get(candidate)?.denied ?? false;
  }

  /** Since when nothing is known to be up to date; undefined while the stream is open and the network there. */
  get staleSince(): number | undefined {
    return this.#feed.isLive && !this.#lost ? undefined : this.#lastHeard;
  }

  /** Lets go of the stream, as a page that goes into the back/forward cache must. */
  pause(): void {
    this.#paused = true;
    this.#feed.close();
    this.#stayAwake();
  }

  /** The browser says that the network is gone. A stream that survives is kept: browsers err about networks. */
  lose(): void {
    this.#lost = true;
    this.notify();
  }

  /** Starts over at once: after `pause`, when the network came back, or when a recruiter asks for it. */
  retry(): void {
    this.#paused = false;
    this.#lost = false;
    this.#failures = 0;
    this.#feed.close();
    this.#settle();
  }

  /** The page came into sight, or went out of it. */
  turn(): void {
    if (!this.tokens.isScoped && navigator.locks) return;
    this.#missed();
    this.#settle();
  }

  /** Makes all elements look again. */
  notify(): void {
    for (const row of this.#watched.rows()) row.notify();
  }

  /** Brings what is held and what is streamed to what is watched: once for all that ask in a turn, one run at a time. */
  #settle(): void {
    this.#again = true;
    if (this.#settling) return;
    this.#settling = true;
    take(ASK, async () => {
      this.#stayAwake();
      while (this.#again && !this.#paused) {
        this.#again = false;
        await this.#step().catch((problem: WidgetProblem) => this.#fail(problem));
      }
      this.#settling = false;
    });
  }

  async #step(): Promise<void> {
    if (!this.#watched.rows().length) {
      this.#feed.close();
      this.#missed();
      this.#lastHeard = undefined;
      return;
    }
    await this.tokens.get();
    this.#from ??= this.#cursor;
    this.#seen = new Set();
    this.#gone = new Set();
    const offer = this.#loadOffer();
    offer.catch(() => {});
    await this.#query();
    await this.#follow();
    await offer;
    if (!this.problem) return;
    this.problem = undefined;
    this.notify();
  }

  #fail(problem: WidgetProblem): void {
    this.problem = problem;
    this.#again = false;
    this.#retryLater(problem.facts?.retryAfter);
    this.notify();
  }

  #retryLater(retryAfter?: number): void {
    this.#sleep(backoff(this.#failures++, this.clock, retryAfter));
  }

  /** Settles again after a while; there is one alarm, and the last word counts. */
  #sleep(ms: number, before = () => {}): void {
    this.#stayAwake();
    this.#stayAwake = this.clock.after(ms, () => {
      before();
      this.#settle();
    });
  }

  /** Takes in the session that came of it, unless the rights have changed meanwhile. */
  async #invite(order: Invite): Promise<InviteAnswer> {
    const viewer = this.#viewer;
    const take = (session: Session | undefined) => {
      if (session && this.#viewer === viewer) this.#watched.take(session);
    };
    try {
      const answer = await this.client.invite(order);
      take(answer.session);
      return answer;
    } catch (problem) {
      take((problem as WidgetProblem).facts?.session);
      throw problem;
    }
  }

  async #loadOffer(): Promise<void> {
    if (this.offer || !this.#offerWanted) return;
    const viewer = this.#viewer;
    const offer = await this.client.offer();
    if (viewer !== undefined && viewer !== this.#viewer) this.#again = true;
    else this.offer = offer;
    this.notify();
  }

  async #query(): Promise<void> {
    for (;;) {
      const rows = foremost(
        this.#watched.rows().filter((row) => !row.fresh),
        QUERY_SIZE,
      );
      if (!rows.length) return;
      const before = rows.map((row) => new Set(row.sessions.keys()));
      for (const row of rows) row.fresh = true;
      try {
        this.#takeAnswer(await this.client.query(rows.map((row) => row.candidate)), rows, before);
      } catch (problem) {
        for (const row of rows) row.fresh = false;
        throw problem;
      }
    }
  }

  /** What was held `before` the query and is not in its answer is gone; what came meanwhile stays. */
  #takeAnswer({ cursor, viewer, denied, ...answer }: QueryAnswer, rows: Row[], before: Set<string>[]): void {
    if (this.#viewer !== undefined && this.#viewer !== viewer) this.#clear(rows);
    this.#viewer = viewer;
    this.#cursor ??= cursor;
    this.#from ??= cursor;
    this.#lastHeard = this.clock.now();
    const sessions = answer.sessions.filter((session) => !this.#gone.has(session.session_uuid));
    const present = new Set(sessions.map((session) => session.session_uuid));
    const hidden = new Set(denied.map(watchKey));
    for (const [index, row] of rows.entries()) {
      row.known = true;
      row.denied = hidden.has(row.key);
      for (const uuid of before[index] ?? []) if (!present.has(uuid)) this.#drop(uuid);
      row.notify();
    }
    for (const session of sessions) this.#watched.take(session);
  }

  /** Has news come of what is watched; whom none come of is asked about from time to time. */
  async #follow(): Promise<void> {
    const shown = this.#watched.rows().filter((row) => !row.denied);
    const rows = foremost(shown, STREAM_SIZE);
    const viewer = this.tokens.isScoped ? undefined : this.#viewer;
    const candidates = rows.map((row) => row.candidate);
    const before = this.#feed.isLive;
    const covered = await this.#feed.cover(candidates, this.#from, viewer).catch((problem: unknown) => {
      this.#missed();
      throw problem;
    });
    if (covered === 'soon') return this.#sleep(REOPEN_AFTER);
    this.#from = undefined;
    if (this.#paused) this.#feed.close();
    if (before !== this.#feed.isLive) this.notify();
    const { renewAt } = this.tokens;
    const rest = covered ? shown.filter((row) => !rows.includes(row)) : shown;
    if (rest.length) {
      this.#sleep(POLL_EVERY, () => {
        if (!this.#feed.isLive) this.#missed();
        for (const row of rest) row.fresh = false;
      });
    } else if (renewAt && this.#feed.isLive) this.#sleep(Math.max(0, renewAt - this.clock.now()));
  }

  #frame(id: string | undefined, event: string | undefined, data: unknown): void {
    if (id && this.#seen.has(id)) return;
    if (id) {
      this.#seen.add(id);
      this.#cursor = id;
    }
    if (event === 'session') {
      const session = parseSession(data);
      if (!session) return;
      this.#gone.delete(session.session_uuid);
      this.#watched.take(session);
    } else if (event === 'gone') {
      this.#drop(textIn(recordOf(data), 'session_uuid') ?? '');
    } else if (event === 'reset') {
      this.#missed();
    }
  }

  /** From here on nothing held counts as up to date, though it stays in sight until the next answer. */
  #missed(): void {
    this.#cursor = undefined;
    this.#from = undefined;
    for (const row of this.#watched.rows()) row.fresh = false;
  }

  /** A session is no more: nothing of it stays, and an answer that was on its way does not bring it back. */
  #drop(sessionUuid: string): void {
    this.#gone.add(sessionUuid);
    for (const row of this.#watched.rows()) row.sessions.delete(sessionUuid);
    this.scorecards.forget(sessionUuid);
  }

  /** Starts without scorecards and invites; those under way reach nobody. */
  #forget(): void {
    const changed = () => this.notify();
    this.scorecards = new Scorecards((sessionUuid) => this.client.scorecard(sessionUuid), changed, this.clock);
    this.invites = new Invites((order) => this.#invite(order), changed, this.clock);
  }

  /** Other rights: nothing of the former ones may be seen any longer. */
  #clear(answered: Row[]): void {
    this.#feed.close();
    this.#forget();
    this.era++;
    this.offer = undefined;
    this.#cursor = undefined;
    this.#from = undefined;
    this.#again = true;
    for (const row of this.#watched.rows()) {
      row.sessions.clear();
      row.known = false;
      row.fresh = answered.includes(row);
      row.notify();
    }
  }
}
