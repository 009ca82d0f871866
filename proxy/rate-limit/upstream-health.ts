/**
 * Decides when all calls to Evalon must pause: during the cooldown after a 429, and while the circuit breaker is open.
 */
import { ProxyError, RateLimited, UpstreamUnavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { createCircuitBreaker, type Health } from './circuit-breaker.ts';
import { createCooldown } from './cooldown.ts';

/** `Retry-After` while a probe is running. */
const PROBE_RETRY_MS = 5_000;

export function createUpstreamHealth({ random, log }: { random: () => number; log: Log }) {
  const cooldown = createCooldown(random);
  const breaker = createCircuitBreaker(random);

  function updateBreaker(startedAt: number, now: number, health: Health): void {
    const wasClosed = breaker.state(now) === 'closed';
    breaker.onResult(startedAt, now, health);
    const isClosed = breaker.state(now) === 'closed';
    if (wasClosed && !isClosed) log.error({ alert: 'evalon_down' }, 'Evalon is down: the circuit breaker opened');
    if (!wasClosed && isClosed) log.info('Evalon is up again: the circuit breaker closed');
  }

  return {
    breakerState: breaker.state,
    /** Milliseconds until calls may start again; 0 if they may. */
    pausedMs: (now: number) => Math.max(cooldown.until - now, breaker.openForMs(now), 0),
    cooldownMs: (now: number) => Math.max(cooldown.until - now, 0),
    canStart: (now: number) => cooldown.until <= now && breaker.canStart(now),
    onStart: breaker.onStart,
    /** The circuit breaker's data, which nodes share. */
    getCircuit: breaker.getCircuit,
    setCircuit: breaker.setCircuit,
    onCancel: (startedAt: number, now: number) => breaker.onResult(startedAt, now, 'unknown'),
    /** Applies a cooldown that another process began. */
    extendCooldown: cooldown.extend,

    onSuccess(startedAt: number, now: number): void {
      updateBreaker(startedAt, now, 'up');
      cooldown.onSuccess(startedAt);
    },

    /** Returns the error for the caller and, after a 429, how long the cooldown lasts. */
    onFailure(startedAt: number, now: number, error: unknown): { error: unknown; cooldownMs?: number } {
      const health = classifyError(error);
      updateBreaker(startedAt, now, health);
      if (!(error instanceof RateLimited)) {
        if (health === 'up') cooldown.onSuccess(startedAt);
        return { error };
      }
      const cooldownMs = cooldown.start(startedAt, now, error.retryAfterSeconds);
      const retryAfterSeconds = toSeconds(cooldownMs);
      log.warn({ alert: 'evalon_rate_limited', seconds: retryAfterSeconds }, 'Evalon returned 429: all calls pause');
      if (error.retryAfterSeconds !== undefined) return { error, cooldownMs };
      return { error: new RateLimited(error.message, { cause: error, retryAfterSeconds }), cooldownMs };
    },

    /** Returns the error for a call that cannot start. */
    createRefusal(now: number, waitMs: number): ProxyError {
      if (breaker.state(now) === 'closed') {
        return new RateLimited('Evalon is busy. Try again in a moment.', {
          retryAfterSeconds: toSeconds(waitMs),
        });
      }
      return new UpstreamUnavailable('Evalon is down right now. Try again in a moment.', 503, {
        retryAfterSeconds: toSeconds(Math.max(breaker.openForMs(now), PROBE_RETRY_MS)),
      });
    },
  };
}

/**
 * Returns what an error shows about Evalon:
 * - `down`: Evalon can't be reached or has a server error (503).
 * - `up`: Evalon responded, even with a refusal or an invalid response (502).
 * - `unknown`: the error isn't a ProxyError. It may be a bug in the proxy.
 */
function classifyError(error: unknown): Health {
  if (!(error instanceof ProxyError)) return 'unknown';
  return error instanceof UpstreamUnavailable && error.status === 503 ? 'down' : 'up';
}

function toSeconds(ms: number): number {
  return Math.max(Math.ceil(ms / 1_000), 1);
}
