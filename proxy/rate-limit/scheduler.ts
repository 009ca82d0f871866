/**
 * The one way to Evalon for all calls made with the API keys. Never more than the rate in any 60 s, whatever window
 * Evalon counts by and whatever happens to the process; no call while Evalon asks for silence or is down; whoever waits
 * for somebody is refused honestly.
 */
import type { Clock } from '../util/clock.ts';
import { ProxyError, RateLimited, Unavailable, UpstreamUnavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { steadyTime } from '../util/monotonic.ts';
import { type BreakerState, createBreaker } from './circuit-breaker.ts';
import { createPause } from './cooldown.ts';
import { expectedAt, guaranteedTo, type Lane, nextTurn, slotFreeAt, type Terms } from './priorities.ts';
import { type Before, createQueues } from './priority-queue.ts';
import { createPromises } from './retry-reservations.ts';
import { byLane, createSlots, type Ledger, type Slot } from './sliding-window.ts';

export interface Pace {
  /**
   * Makes `call` when it is this lane's turn; it is not tried again. It must end by itself, within `LONGEST_CALL`.
   * @throws what `call` throws; RateLimited, UpstreamUnavailable with the seconds after which to try again;
   *   Unavailable once closed, or where its slot cannot be stored; the signal's reason.
   */
  run<T>(lane: Lane, call: () => Promise<T>, options?: RunOptions): Promise<T>;
  /** How it stands. */
  look(): PaceView;
  /** Refuses what waits and all that comes; calls under way end by themselves. */
  close(): void;
}

interface RunOptions {
  /** Ends the wait for a turn, not the call. */
  signal?: AbortSignal;
  /**
   * Milliseconds that somebody waits for a turn. It is refused as soon as none can come in that time, and at once
   * while Evalon is down. Default: 10,000 for clicks, else without end.
   */
  patience?: number;
}

export interface PaceView {
  /** Calls that could start in this moment's window. */
  left: number;
  /** Calls that wait for their turn. */
  waiting: Record<Lane, number>;
  /** Milliseconds for which a 429 still holds everything. */
  pausedFor: number;
  breaker: BreakerState;
  /** Milliseconds that a click of this moment can expect to wait for its turn. */
  clickWait: number;
}

interface Options {
  ratePerMinute: () => number;
  ledger: Ledger;
  clock: Clock;
  /** 0 up to 1, spreads pauses. */
  random: () => number;
  log: Log;
}

/** Milliseconds that a click waits for its turn. */
const CLICK_PATIENCE = 10_000;
/** Seconds, where Evalon's state is being found out. */
const SOON = 5;

const NEVER = Number.POSITIVE_INFINITY;

export function createPace({ ratePerMinute, ledger, clock, random, log }: Options): Pace {
  const slots = createSlots(ledger.held);
  const pause = createPause(random, ledger.silentUntil);
  const breaker = createBreaker(random);
  const queues = createQueues();
  const promises = createPromises();
  const time = steadyTime(clock);
  let wakeAt = NEVER;
  let cancelWake = () => {};
  let closed = false;

  function termsAt(now: number): Terms {
    return { now, rate: ratePerMinute(), promised: promises.due(now) };
  }

  /** Before this, no call of any lane starts. */
  function silentUntil(now: number): number {
    const state = breaker.state(now);
    if (state === 'half-open' && breaker.probing) return NEVER;
    return Math.max(pause.until, state === 'open' ? breaker.until : pause.until);
  }

  /** Starts what may start, refuses those for whom there is no hope, and sets the time to look again. */
  function pump(): void {
    if (closed) return;
    const now = time();
    const askAt = startAll(now);
    const terms = termsAt(now);
    const deadline = queues.refuse((lane, until, before) => hopeless(lane, until, before, terms));
    wake(Math.min(askAt, deadline), now);
  }

  /** Answers when to ask again. */
  function startAll(now: number): number {
    for (;;) {
      const waiting = queues.lanes();
      if (!waiting.length) return NEVER;
      const silence = silentUntil(now);
      if (silence > now) return silence;
      const turn = nextTurn(slots.at(now), waiting, termsAt(now));
      if ('askAt' in turn) return turn.askAt;
      breaker.started(now);
      queues.start(slots.start(turn.lane, now));
    }
  }

  /** Why somebody cannot start in time; undefined while there is hope. */
  function hopeless(lane: Lane, deadline: number, before: Before, terms: Terms): ProxyError | undefined {
    const { now } = terms;
    const state = breaker.state(now);
    if (state === 'open' || (state === 'half-open' && now >= deadline)) {
      const retryAfter = state === 'open' ? seconds(breaker.until - now) : SOON;
      return new UpstreamUnavailable('Evalon is not answering right now. Try again in a moment.', 503, { retryAfter });
    }
    const expected = Math.max(expectedAt(slots.at(now), lane, before, terms), pause.until);
    if (expected <= deadline && now < deadline) return undefined;
    return new RateLimited('Evalon is busy with many requests. Try again in a moment.', {
      retryAfter: seconds(promiseTo(before.all, terms) - now),
    });
  }

  /** When a refused call finds a slot, after those before it and those promised one, beside lanes that get theirs in any case. */
  function promiseTo(before: number, terms: Terms): number {
    const { now } = terms;
    const owed = queues.lanes().reduce((sum, lane) => sum + guaranteedTo(lane, terms.rate), 0);
    const rate = Math.max(terms.rate - owed, 1);
    const free = slotFreeAt(slots.at(now), before + promises.made(now) + 1, { ...terms, rate });
    const at = now + seconds(Math.max(free, pause.until) - now) * 1_000;
    promises.make(at);
    return at;
  }

  function wake(at: number, now: number): void {
    if (at === wakeAt) return;
    cancelWake();
    wakeAt = at;
    if (at === NEVER) return;
    cancelWake = clock.runAfter(Math.max(at - now, 1), () => {
      wakeAt = NEVER;
      pump();
    });
  }

  /** Waits for a slot, and has it stored: what Evalon is asked must outlive the process. */
  async function turn(lane: Lane, { signal, patience = lane === 'click' ? CLICK_PATIENCE : NEVER }: RunOptions) {
    const deadline = time() + patience;
    if (lane === 'click') promises.keep(time());
    for (;;) {
      if (closed) throw stopping();
      const joined = queues.join(lane, deadline, signal, pump);
      pump();
      const slot = await joined;
      try {
        await ledger.start(slot);
        if (!isSilent(time())) return slot;
      } catch (error) {
        drop(slot);
        throw error;
      }
      drop(slot);
    }
  }

  /** Whether a call that had its turn must not begin after all: Evalon has answered others meanwhile. */
  function isSilent(now: number): boolean {
    return pause.until > now || breaker.state(now) === 'open';
  }

  /** The call is not made: its slot is for others. */
  function drop(slot: Slot): void {
    slots.drop(slot);
    ledger.drop(slot);
    told(breaker.ended(slot.startedAt, time(), 'unknown'));
    pump();
  }

  function succeeded({ startedAt }: Slot): void {
    pause.succeeded(startedAt);
    told(breaker.ended(startedAt, time(), 'up'));
  }

  /** Learns from what went wrong; answers what the caller is to see. */
  async function failed({ startedAt }: Slot, error: unknown): Promise<unknown> {
    const now = time();
    const down = error instanceof UpstreamUnavailable && error.status === 503;
    told(breaker.ended(startedAt, now, down ? 'down' : error instanceof ProxyError ? 'up' : 'unknown'));
    if (!(error instanceof RateLimited)) {
      if (error instanceof ProxyError && !down) pause.succeeded(startedAt);
      return error;
    }
    const retryAfter = pause.begin(startedAt, now, error.retryAfter);
    log.warn({ alert: 'evalon_rate_limited', seconds: retryAfter }, 'Evalon asks for silence: all calls wait');
    await ledger.silence(pause.until - now);
    return error.retryAfter === undefined ? new RateLimited(error.message, { cause: error, retryAfter }) : error;
  }

  function told(change: 'opened' | 'closed' | undefined): void {
    if (change === 'opened') {
      const wait = seconds(breaker.until - time());
      log.error({ alert: 'evalon_down', seconds: wait }, 'Evalon is down: no calls for a while');
    }
    if (change === 'closed') log.info('Evalon answers again');
  }

  return {
    async run(lane, call, options = {}) {
      const slot = await turn(lane, options);
      try {
        const answer = await call();
        succeeded(slot);
        return answer;
      } catch (error) {
        throw await failed(slot, error);
      } finally {
        slots.end(slot, time());
        ledger.end(slot);
        pump();
      }
    },

    look() {
      const now = time();
      const terms = termsAt(now);
      const view = slots.at(now);
      const before = queues.size('click');
      const expected = expectedAt(view, 'click', { all: before, inLane: before }, terms);
      const silent = silentUntil(now);
      return {
        left: Math.max(terms.rate - view.held, 0),
        waiting: byLane(queues.size),
        pausedFor: Math.max(pause.until - now, 0),
        breaker: breaker.state(now),
        clickWait: Math.max(expected, silent === NEVER ? now : silent) - now,
      };
    },

    close() {
      closed = true;
      cancelWake();
      queues.clear(stopping);
    },
  };
}

function seconds(ms: number): number {
  return Math.max(Math.ceil(ms / 1_000), 1);
}

function stopping(): Unavailable {
  return new Unavailable('The service is restarting. Try again in a moment.', { retryAfter: SOON });
}
