/** How much one recruiter, one address and one process may ask for. Evalon's webhooks are not limited: they come in bursts. */
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { type Recruiter, recruiterId } from '../auth/recruiter.ts';
import { RateLimited, Unavailable } from '../util/errors.ts';

export interface Limits {
  /** Requests a minute: long lists that are scrolled through fit. */
  requestsPerRecruiterMinute: number;
  /** Candidates of ATS pages a minute: somebody who leafs through them fits, somebody who collects them does not. */
  resolvesPerRecruiterMinute: number;
  /** Reports a minute of pages that could not be read. */
  reportsPerRecruiterMinute: number;
  /** Requests a minute; an office may stand behind one address. */
  requestsPerAddressMinute: number;
  /** Sign-ins begun, and codes handed in, a minute: an office at nine in the morning fits. */
  signInsPerAddressMinute: number;
  /** Streams open at the same time: twenty tabs and their renewals fit. */
  maxStreamsPerRecruiter: number;
  maxStreams: number;
}

export const LIMITS: Limits = {
  requestsPerRecruiterMinute: 6_000,
  resolvesPerRecruiterMinute: 120,
  reportsPerRecruiterMinute: 10,
  requestsPerAddressMinute: 30_000,
  signInsPerAddressMinute: 300,
  maxStreamsPerRecruiter: 100,
  maxStreams: 10_000,
};

const MINUTE_MS = 60_000;

/** Seconds after which a place among the streams may be free. */
const STREAM_RETRY_SECONDS = 30;

function createMinuteLimiter(
  limit: number,
  keyGenerator?: (request: Request, response: Response) => string,
): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    legacyHeaders: false,
    standardHeaders: false,
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    ...(keyGenerator && { keyGenerator }),
    handler(request, _response, next) {
      const { resetTime } = (request as Request & { rateLimit: { resetTime?: Date } }).rateLimit;
      const retryAfter = Math.max(1, Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1_000));
      next(new RateLimited('That was too much at once. Wait a moment and try again.', { retryAfter }));
    },
  });
}

/** One that counts requests by the address they come from, as `TRUSTED_PROXIES` lets it be seen. */
export function limitByAddress({ requestsPerAddressMinute: perAddress }: Limits): RequestHandler {
  return createMinuteLimiter(perAddress);
}

/** The same for what only somebody does who signs in. */
export function limitSignIns({ signInsPerAddressMinute: signInsPerAddress }: Limits): RequestHandler {
  return createMinuteLimiter(signInsPerAddress);
}

/** One that counts requests by `response.locals.recruiter`. */
export function limitByRecruiter({
  requestsPerRecruiterMinute: perRecruiter,
}: Pick<Limits, 'requestsPerRecruiterMinute'>): RequestHandler {
  return createMinuteLimiter(perRecruiter, (_request, response) => recruiterId(response.locals['recruiter']));
}

/**
 * Answers a function that takes a place among the open streams and gives it back when the response closes; it throws
 * RateLimited where the recruiter has too many, Unavailable where the process has.
 */
export function createStreamLimiter({ maxStreamsPerRecruiter: streamsPerRecruiter, maxStreams: streams }: Limits) {
  const open = new Map<string, number>();
  let all = 0;
  return (recruiter: Recruiter, response: Response): void => {
    // Nobody would give the place back: this one has left already.
    if (response.destroyed) return;
    const name = recruiterId(recruiter);
    const mine = open.get(name) ?? 0;
    if (mine >= streamsPerRecruiter) {
      throw new RateLimited('Too many pages with assessments are open. Close some of them.', {
        retryAfter: STREAM_RETRY_SECONDS,
      });
    }
    if (all >= streams) {
      throw new Unavailable('Too many pages follow assessments right now. Try again in a moment.', {
        retryAfter: STREAM_RETRY_SECONDS,
      });
    }
    all += 1;
    open.set(name, mine + 1);
    response.once('close', () => {
      all -= 1;
      const left = (open.get(name) ?? 1) - 1;
      if (left) open.set(name, left);
      else open.delete(name);
    });
  };
}
