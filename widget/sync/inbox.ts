/**
 * What became of those whom the recruiter has invited: who has finished, and of whom nothing was heard for days. First
 * the lists, then a stream from where they were true, so that nothing falls between the two; both only while the page is in
 * sight. Out of sight nothing is held open, and on the way back the stream goes on where it was.
 */
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { type Offer, parseSession, type QueryAnswer, type Session } from '../api/parse.ts';
import { backoff } from '../util/backoff.ts';
import type { Connection } from './connection.ts';
import { List } from './paginated-list.ts';
import { Line } from './stream.ts';
import { isOlder } from './subscriptions.ts';

const DAY = 24 * 60 * 60_000;
/** Milliseconds without news after which somebody is said to wait. */
const LONG = 5 * DAY;
const STATUSES = Object.keys(STATUS_RANK);
export const FINISHED = STATUSES.filter(
  (status) => STATUS_RANK[status as keyof typeof STATUS_RANK] >= STATUS_RANK.expired,
);
const OPEN = STATUSES.filter((status) => !FINISHED.includes(status));

export interface InboxListener {
  changed(): void;
  /** Somebody has finished just now. */
  news(session: Session): void;
}

export class Inbox {
  /** The newest failure that has not been overcome. */
  problem: WidgetProblem | undefined;
  /** What the assessments are called, and in which environment; undefined as long as that is not known. */
  offer: Offer | undefined;
  /** Whose inbox it is; undefined before the first answer. */
  viewer: string | undefined;
  readonly #connection: Connection;
  readonly #line: Line;
  readonly #listener: InboxListener;
  readonly #finished = new List(FINISHED, '-updated_at');
  readonly #open = new List(OPEN, 'updated_at');
  readonly #lists = [this.#finished, this.#open];
  readonly #held = new Map<string, Session>();
  /** Told of while the lists are being read. */
  #meanwhile: Session[] | undefined;
  readonly #gone = new Set<string>();
  /** The newest event that came, or where the lists were true. */
  #cursor: string | undefined;
  /** Nothing was missed since the lists were read. */
  #fresh = false;
  /** When the token is to be replaced that the lists were read with, and that the stream has. */
  #renewAt: number | undefined;
  #current = false;
  #inSight = false;
  #lost = false;
  #lastHeard: number | undefined;
  #failures = 0;
  #settling = false;
  #again = false;
  #stayAwake = () => {};

  /** @param connection lends its token and its way to the proxy; of what it watches nothing is known here. */
  constructor(connection: Connection, listener: InboxListener) {
    this.#connection = connection;
    this.#listener = listener;
    const { client, clock } = connection;
    const connect = (_: unknown, cursor: string | undefined, signal: AbortSignal) =>
      client.events({ filter: { mine: true } }, cursor, signal);
    this.#line = new Line(connect, clock, {
      heard: () => {
        this.#lastHeard = clock.now();
        this.#failures = 0;
      },
      frame: (id, event, data) => this.#frame(id, event, data),
      missed: () => {
        this.#fresh = false;
      },
      ended: (retryAfter) => {
        this.#retryLater(retryAfter);
        listener.changed();
      },
    });
  }

  /** Who has finished, the newest news first. */
  get finished(): Session[] {
    return this.#sessions(FINISHED).sort((a, b) => (newsAt(a) < newsAt(b) ? 1 : -1));
  }

  /** Who waits, the longest first. */
  get waiting(): Session[] {
    return this.#sessions(OPEN)
      .filter(({ updated_at }) => updated_at < this.#longAgo)
      .sort((a, b) => (a.updated_at < b.updated_at ? -1 : 1));
  }

  /** Whether there may be more than was asked for so far. */
  get hasMore(): { finished: boolean; waiting: boolean } {
    return { finished: this.#finished.hasMore, waiting: this.#open.hasMore && this.#open.upTo < this.#longAgo };
  }

  /** Since when nothing is known to be up to date; undefined while the stream is open and the network there. */
  get staleSince(): number | undefined {
    return this.#line.isOpen && !this.#lost ? undefined : this.#lastHeard;
  }

  /** Asks for another page. */
  more(of: 'finished' | 'waiting'): void {
    (of === 'finished' ? this.#finished : this.#open).more();
    this.#settle();
  }

  /** The page came into sight, or went out of it. */
  turn(inSight: boolean): void {
    this.#inSight = inSight;
    if (inSight) this.#settle();
    else this.#sleepOn();
  }

  /** The browser says that the network is gone. A stream that survives is kept: browsers err about networks. */
  lose(): void {
    this.#lost = true;
    this.#listener.changed();
  }

  /** Starts over at once: when the network came back, or when a recruiter asks for it. */
  retry(): void {
    this.#lost = false;
    this.#failures = 0;
    this.#line.close();
    this.#settle();
  }

  get #longAgo(): string {
    return new Date(this.#connection.clock.now() - LONG).toISOString();
  }

  #sessions(statuses: string[]): Session[] {
    return [...this.#held.values()].filter(({ status }) => statuses.includes(status));
  }

  #sleepOn(): void {
    this.#line.close();
    this.#stayAwake();
  }

  /** Brings what is held and streamed to what is wanted: once a microtask, one run at a time. */
  #settle(): void {
    this.#again = true;
    if (this.#settling) return;
    this.#settling = true;
    queueMicrotask(async () => {
      this.#stayAwake();
      while (this.#again && this.#inSight) {
        this.#again = false;
        await this.#step().catch((problem: WidgetProblem) => {
          this.problem = problem;
          if (problem.facts?.status === 403) this.#forget();
          this.#again = false;
          this.#retryLater(problem.facts?.retryAfter);
        });
        this.#listener.changed();
      }
      this.#settling = false;
      if (!this.#inSight) this.#sleepOn();
    });
  }

  async #step(): Promise<void> {
    const { tokens, clock } = this.#connection;
    await tokens.get();
    if (tokens.renewAt !== this.#renewAt) {
      this.#renewAt = tokens.renewAt;
      this.#current = false;
      this.#fresh = false;
    }
    const offer = this.offer ? undefined : this.#connection.client.offer();
    offer?.catch(() => {});
    if (!this.#fresh) await this.#readAll();
    for (const list of this.#lists)
      for await (const page of list.pages(this.#connection.client)) this.#take(page.sessions);
    this.offer ??= await (offer ?? this.#connection.client.offer());
    if (!this.#line.isOpen || !this.#current) {
      this.#current = true;
      await this.#line.open([], this.#cursor);
      this.#lastHeard = clock.now();
    }
    this.problem = undefined;
    const { renewAt } = tokens;
    if (renewAt) this.#sleep(Math.max(0, renewAt - clock.now()));
  }

  /** Reads the lists anew, as far as they were wanted; what is in none and was not told of meanwhile is held no longer. */
  async #readAll(): Promise<void> {
    this.#fresh = true;
    const meanwhile: Session[] = [];
    this.#meanwhile = meanwhile;
    try {
      const sessions: Session[] = [];
      let first: QueryAnswer | undefined;
      for (const list of this.#lists) {
        list.begin();
        for await (const page of list.pages(this.#connection.client)) {
          first ??= page;
          sessions.push(...page.sessions);
        }
      }
      const isMine = this.viewer === first?.viewer;
      this.viewer = first?.viewer;
      this.#cursor = first?.cursor;
      if (!isMine) this.offer = undefined;
      this.#held.clear();
      this.#take(isMine ? [...sessions, ...meanwhile] : sessions);
      this.#lastHeard = this.#connection.clock.now();
    } catch (problem) {
      this.#fresh = false;
      throw problem;
    } finally {
      this.#meanwhile = undefined;
    }
  }

  /** Takes sessions in, unless what is held is newer, or they are gone. */
  #take(sessions: Session[]): void {
    for (const session of sessions) {
      const held = this.#held.get(session.session_uuid);
      if (this.#gone.has(session.session_uuid) || (held && isOlder(session, held))) continue;
      this.#held.set(session.session_uuid, session);
    }
  }

  #frame(id: string | undefined, event: string | undefined, data: unknown): void {
    if (id) this.#cursor = id;
    if (event === 'session') {
      const session = parseSession(data);
      if (!session) return;
      const held = this.#held.get(session.session_uuid);
      this.#gone.delete(session.session_uuid);
      this.#meanwhile?.push(session);
      this.#take([session]);
      if (FINISHED.includes(session.status) && held?.status !== session.status) this.#listener.news(session);
    } else if (event === 'gone') {
      const uuid = String((data as Partial<Session> | null)?.session_uuid);
      this.#gone.add(uuid);
      this.#held.delete(uuid);
    } else if (event === 'reset') {
      this.#fresh = false;
    }
    this.#listener.changed();
  }

  #retryLater(retryAfter?: number): void {
    this.#sleep(backoff(this.#failures++, this.#connection.clock, retryAfter));
  }

  /** The rights are gone: nothing that they covered may be seen any longer. */
  #forget(): void {
    this.#held.clear();
    this.#fresh = false;
    this.viewer = undefined;
    this.#line.close();
  }

  /** Settles again after a while; there is one alarm, and the last word counts. */
  #sleep(ms: number): void {
    this.#stayAwake();
    this.#stayAwake = this.#connection.clock.after(ms, () => this.#settle());
  }
}

/**
 * When the proxy heard that somebody has finished: their last news, unless something was heard of them after their completion.
 */
export function newsAt({ updated_at, completed_at, last_event }: Session): string {
  return (last_event && completed_at) || updated_at;
}
