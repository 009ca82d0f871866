/**
 * Rate limits per recruiter and per address, and the cap on open streams. Evalon's webhooks have no limit, because
 * Evalon sends bursts.
 */
import type { Request, RequestHandler, Response } from 'express';
import { type AugmentedRequest, MemoryStore, type Options, rateLimit } from 'express-rate-limit';
import { type Recruiter, toRecruiterId } from '../auth/recruiter.ts';
import { RateLimited, Unavailable } from '../util/errors.ts';

export const LIMITS = {
  /** Enough to scroll through long lists. */
  requestsPerRecruiterMinute: 6_000,
  /** Enough to browse ATS profiles, but not to harvest them. */
  resolvesPerRecruiterMinute: 120,
  /** Enough to click through a long list. */
  handoversPerRecruiterMinute: 120,
  unknownPageReportsPerRecruiterMinute: 10,
  /** A whole office may share one address. */
  requestsPerAddressMinute: 30_000,
  /** Started sign-ins and exchanged codes. Enough for a whole office that signs in at the same time. */
  signInsPerAddressMinute: 300,
  /** Low, because an ATS sends a stored key, without typing errors. */
  failedPartnerKeysPerAddressMinute: 30,
  /** Enough for twenty tabs, even while they replace their streams. */
  maxStreamsPerRecruiter: 100,
  /** Bounds the memory of one process. */
  maxStreams: 10_000,
};

const MINUTE_MS = 60_000;
/** If the wall clock and the monotonic clock drift apart by more than this, the wall clock was set. */
const MAX_CLOCK_DRIFT_MS = 1_000;
const STREAM_RETRY_SECONDS = 30;

/**
 * Limits by the client's address. Behind one of `TRUSTED_PROXIES`, that is the address in `X-Forwarded-For`. Each
 * returned handler has its own counts.
 */
export function limitByAddress(perMinute: number): RequestHandler {
  return limitPerMinute(perMinute);
}

/** Limits by `response.locals.recruiter`. Each returned handler has its own counts. */
export function limitByRecruiter(perMinute: number): RequestHandler {
  return limitPerMinute(perMinute, {
    keyGenerator: (_request: Request, response: Response) => toRecruiterId(response.locals['recruiter']),
  });
}

/**
 * Counts in memory, and resets the counts when the wall clock is set. Otherwise, if the clock were set back an hour,
 * the library would refuse requests for an hour.
 */
class SteadyMemoryStore extends MemoryStore {
  #offsetMs = readClockOffset();

  override async increment(key: string): ReturnType<MemoryStore['increment']> {
    const offsetMs = readClockOffset();
    if (Math.abs(offsetMs - this.#offsetMs) > MAX_CLOCK_DRIFT_MS) await this.resetAll();
    this.#offsetMs = offsetMs;
    return super.increment(key);
  }
}

function readClockOffset(): number {
  return Date.now() - performance.now();
}

function limitPerMinute(limit: number, options: Partial<Options> = {}): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    store: new SteadyMemoryStore(),
    legacyHeaders: false,
    standardHeaders: false,
    // Express ignores forwarding headers of untrusted clients, so the rate limiter need not warn about them.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler(request, _response, next) {
      const { resetTime } = (request as AugmentedRequest)['rateLimit'] ?? {};
      const retryAfterSeconds = Math.max(1, Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1_000));
      next(new RateLimited('Too many requests. Wait a moment, then try again.', { retryAfterSeconds }));
    },
    ...options,
  });
}

export interface StreamLimiter {
  /**
   * Counts a stream until its response closes.
   * @throws RateLimited if the recruiter has too many streams; Unavailable if the process has too many streams.
   */
  acquire(recruiter: Recruiter, response: Response): void;
}

export function createStreamLimiter({ maxStreamsPerRecruiter, maxStreams } = LIMITS): StreamLimiter {
  const openByRecruiter = new Map<string, number>();
  let openCount = 0;

  function release(id: string): void {
    openCount -= 1;
    const left = (openByRecruiter.get(id) ?? 1) - 1;
    if (left) openByRecruiter.set(id, left);
    else openByRecruiter.delete(id);
  }

  return {
    acquire(recruiter, response) {
      // A closed response emits no further `close`, so its stream would never be released.
      if (response.destroyed) return;
      const id = toRecruiterId(recruiter);
      const recruiterCount = openByRecruiter.get(id) ?? 0;
      if (recruiterCount >= maxStreamsPerRecruiter) {
        throw new RateLimited('You have too many pages with assessments open. Close some of them.', {
          retryAfterSeconds: STREAM_RETRY_SECONDS,
        });
      }
      if (openCount >= maxStreams) {
        throw new Unavailable('Too many pages are receiving updates right now. Try again in a moment.', {
          retryAfterSeconds: STREAM_RETRY_SECONDS,
        });
      }
      openCount += 1;
      openByRecruiter.set(id, recruiterCount + 1);
      response.once('close', () => release(id));
    },
  };
}
