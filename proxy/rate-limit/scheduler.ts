/**
 * Rate limiter for all calls to Evalon. It grants the permits of a sliding window by priority. It pauses all calls
 * during the cooldown after a 429 and while the circuit breaker is open. It refuses callers that would wait too long.
 */
import type { Queries } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { withRequestId } from '../util/request-context.ts';
import type { BreakerState, Circuit } from './circuit-breaker.ts';
import { type PermitRequest, type PermitStore, RENEW_WAITING_MS } from './permit-store.ts';
import { choosePriority, type PermitCounts, type Priority } from './priorities.ts';
import { countAllHeld, countMissing, msUntilFree, type WindowForecast, type WindowState } from './sliding-window.ts';
import { createUpstreamHealth } from './upstream-health.ts';

export interface CallScheduler {
  /**
   * Waits for a permit to make one call.
   * @throws RateLimited or UpstreamUnavailable with `retryAfterSeconds` if the call cannot start in time; Unavailable
   *   after `close`, or if the permit cannot be stored; what `record` throws
   */
  acquire(priority: Priority, options?: AcquireOptions): Promise<CallPermit>;
  status(): Promise<SchedulerStatus>;
  /** Refuses waiting and new calls. Running calls continue. */
  close(): void;
}

export interface AcquireOptions {
  /** Default: 10,000 for interactive calls, unlimited for others. */
  maxWaitMs?: number | undefined;
  /** Writes in the same transaction as the permit. */
  record?: PermitRequest['record'];
}

/** Writes in the same transaction as the end of a call. */
export type Complete<T, R> = (queries: Queries, result: T) => Promise<R>;

/** Allows one call to Evalon. The holder must use either `run` or `cancel`, once. */
export interface CallPermit {
  /**
   * Makes the call, which must end within 10 s, and releases the permit.
   * @throws what `call` and `complete` throw; RateLimited or UpstreamUnavailable if all calls have been paused since
   *   the grant
   */
  run<T, R = T>(call: () => Promise<T>, complete?: Complete<T, R>): Promise<R>;
  /** Returns the permit unused. */
  cancel(): Promise<void>;
}

export interface SchedulerStatus {
  /** Calls that the rate limit allows right now. */
  remaining: number;
  waiting: number;
  cooldownMs: number;
  breaker: BreakerState;
  /** Milliseconds that an interactive call would wait. */
  interactiveWaitMs: number;
}

interface WaitingCall extends PermitRequest {
  /** When its caller stops waiting. */
  deadline: number;
  grant(permit: CallPermit): void;
  reject(error: unknown): void;
}

interface Options {
  ratePerMinute: () => number;
  permits: PermitStore;
  clock: Clock;
  /** Returns a number from 0 up to, but not including, 1. */
  random: () => number;
  log: Log;
}

const MAX_INTERACTIVE_WAIT_MS = 10_000;
const RESTART_RETRY_SECONDS = 5;
/** While calls of other nodes go first, waiting calls try again after this time. */
const OTHER_NODES_RETRY_MS = 250;

export function createCallScheduler({ ratePerMinute, permits, clock, random, log }: Options): CallScheduler {
  const now = () => clock.monotonic();
  const health = createUpstreamHealth({ random, log });
  /** In the order of their arrival. */
  let waiting: WaitingCall[] = [];
  let isClosed = false;
  let isDispatching = false;
  let needsDispatch = false;
  let cancelTimer = () => {};
  let hasUnstoredCircuit = false;
  /** Whether the next permit is for a call that waits on another node. */
  let isOtherNodeFirst = false;

  function requestDispatch(): void {
    needsDispatch = true;
    // Dispatch has no request id, because it grants permits to the calls of many requests.
    if (!isDispatching) void withRequestId(undefined, dispatch);
  }

  /** Grants permits, one transaction each, until no waiting call may start. */
  async function dispatch(): Promise<void> {
    isDispatching = true;
    while (needsDispatch && !isClosed) {
      needsDispatch = false;
      cancelTimer();
      while (waiting.length && (await grantNext()));
    }
    isDispatching = false;
  }

  /** Returns whether another call may start. */
  async function grantNext(): Promise<boolean> {
    let next: WaitingCall | undefined;
    try {
      const result = await permits.acquire(
        (stored) => {
          next = takeNext(stored);
          return next && { ...next, isProbe: health.breakerState(now()) === 'half-open' };
        },
        (held) => countReleases(held, waiting.length),
        () => waiting.map(({ priority }) => priority),
      );
      if ('forecast' in result) rejectLateCalls(result.forecast);
      else next?.grant(createPermit(result.permit));
      return next !== undefined;
    } catch (error) {
      for (const call of next ? [next] : waiting.splice(0)) call.reject(error);
      return true;
    }
  }

  /**
   * Returns how many releases the forecast must contain to show when `callCount` calls can start. At least 1, for the
   * timer.
   */
  function countReleases(held: PermitCounts, callCount: number): number {
    return Math.max(countMissing(held, ratePerMinute(), callCount), 1);
  }

  /**
   * Removes the next call from `waiting` and returns it. Returns undefined if no call may start, or if a call of
   * another node goes first.
   */
  function takeNext({ held, cooldownMs, shared }: WindowState): WaitingCall | undefined {
    const at = now();
    if (cooldownMs) health.extendCooldown(at + cooldownMs);
    if (shared) adoptCircuit(shared.circuit, at);
    isOtherNodeFirst = false;
    if (!health.canStart(at)) return undefined;
    const priorities = waiting.map((call) => call.priority);
    const priority = choosePriority(
      held,
      ratePerMinute(),
      new Set([...priorities, ...(shared?.waitingElsewhere ?? [])]),
    );
    const index = waiting.findIndex((call) => call.priority === priority);
    isOtherNodeFirst = priority !== undefined && index < 0;
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  }

  /** Continues with the circuit that the nodes share. Keeps a change by this node that is not stored yet. */
  function adoptCircuit(circuit: Circuit, at: number): void {
    if (!hasUnstoredCircuit) health.setCircuit(circuit, at);
  }

  /** Passes the circuit to `write` if a call changed it. If `write` fails, a later call stores the circuit. */
  async function storeCircuit<T>(write: (circuit: Circuit | undefined) => Promise<T>): Promise<T> {
    const circuit = hasUnstoredCircuit ? health.getCircuit(now()) : undefined;
    hasUnstoredCircuit = false;
    try {
      return await write(circuit);
    } catch (error) {
      hasUnstoredCircuit ||= circuit !== undefined;
      throw error;
    }
  }

  /** Applies the result of a call to the circuit. */
  function changeCircuit<T>(change: () => T): T {
    const before = health.getCircuit(now());
    const result = change();
    const after = health.getCircuit(now());
    hasUnstoredCircuit ||= before.failures !== after.failures || before.isProbing !== after.isProbing;
    return result;
  }

  /** Rejects calls that cannot start in time, and sets the timer for the others. */
  function rejectLateCalls(window: WindowForecast): void {
    const at = now();
    const positions: Record<Priority, number> = { interactive: 0, background: 0, bulk: 0 };
    waiting = waiting.filter(({ priority, deadline, reject }) => {
      const position = ++positions[priority];
      if (deadline === Number.POSITIVE_INFINITY) return true;
      const waitMs = Math.max(msUntilFree(window, ratePerMinute(), position), health.cooldownMs(at));
      if (at < deadline && at + waitMs <= deadline && health.breakerState(at) !== 'open') return true;
      positions[priority] -= 1;
      reject(health.createRefusal(at, waitMs));
      return false;
    });
    const nextMs = health.pausedMs(at) || (window.releasesInMs[0] ?? Number.POSITIVE_INFINITY);
    const deadlineMs = Math.min(...waiting.map(({ deadline }) => deadline)) - at;
    const sharedMs = isOtherNodeFirst ? OTHER_NODES_RETRY_MS : RENEW_WAITING_MS;
    const waitMs = Math.min(nextMs, deadlineMs, ...(window.shared ? [sharedMs] : []));
    if (waiting.length) cancelTimer = clock.runAfter(Math.max(waitMs, 1), requestDispatch);
  }

  function createPermit(permitId: string): CallPermit {
    const grantedAt = now();
    health.onStart(grantedAt);

    async function cancel(): Promise<void> {
      changeCircuit(() => health.onCancel(grantedAt, now()));
      await storeCircuit((circuit) => permits.cancel(permitId, { circuit })).finally(requestDispatch);
    }

    /** If the database is not writable, the permit keeps its provisional release time, up to MAX_CALL_MS too late. */
    async function release(cooldownMs?: number): Promise<void> {
      await storeCircuit((circuit) => permits.release(permitId, { cooldownMs, circuit })).catch((error: unknown) => {
        log.error({ err: error }, 'failed to persist the release of a rate limit permit');
      });
    }

    async function run<T, R = T>(call: () => Promise<T>, complete?: Complete<T, R>): Promise<R> {
      const pausedMs = health.pausedMs(now());
      if (pausedMs) {
        await cancel();
        throw health.createRefusal(now(), pausedMs);
      }
      let isReleased = false;
      let cooldownMs: number | undefined;
      try {
        const result = await Promise.resolve()
          .then(call)
          .catch((error: unknown) => {
            const failure = changeCircuit(() => health.onFailure(grantedAt, now(), error));
            cooldownMs = failure.cooldownMs;
            throw failure.error;
          });
        changeCircuit(() => health.onSuccess(grantedAt, now()));
        if (!complete) return result as unknown as R;
        const completed = await storeCircuit((circuit) =>
          permits.complete(permitId, (queries) => complete(queries, result), { circuit }),
        );
        isReleased = true;
        return completed;
      } finally {
        if (!isReleased) await release(cooldownMs);
        requestDispatch();
      }
    }

    return { run, cancel };
  }

  permits.onRemoteChange?.(() => {
    if (waiting.length) requestDispatch();
  });

  return {
    async acquire(priority, { maxWaitMs, record } = {}) {
      if (isClosed) throw restartingError();
      const limitMs = maxWaitMs ?? (priority === 'interactive' ? MAX_INTERACTIVE_WAIT_MS : Number.POSITIVE_INFINITY);
      return new Promise<CallPermit>((grant, reject) => {
        waiting.push({ priority, deadline: now() + limitMs, record, grant, reject });
        requestDispatch();
      });
    },

    async status() {
      const nextPosition = waiting.filter(({ priority }) => priority === 'interactive').length + 1;
      const window = await permits.readForecast((held) => countReleases(held, nextPosition));
      const at = now();
      const cooldownMs = Math.max(health.cooldownMs(at), window.cooldownMs);
      const freeInMs = msUntilFree(window, ratePerMinute(), nextPosition);
      return {
        remaining: Math.max(ratePerMinute() - countAllHeld(window.held), 0),
        waiting: waiting.length,
        cooldownMs,
        breaker: health.breakerState(at),
        interactiveWaitMs: Math.max(freeInMs, cooldownMs, health.pausedMs(at)),
      };
    },

    close() {
      isClosed = true;
      cancelTimer();
      for (const call of waiting.splice(0)) call.reject(restartingError());
    },
  };
}

function restartingError(): Unavailable {
  return new Unavailable('The proxy is restarting. Try again in a moment.', {
    retryAfterSeconds: RESTART_RETRY_SECONDS,
  });
}
