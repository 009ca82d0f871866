/** How much one recruiter, one address and one process may ask for. Evalon's webhooks are not limited: they come in bursts. */
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { ownerOf, type Recruiter } from '../auth/recruiter.ts';
import { RateLimited, Unavailable } from '../util/errors.ts';

export interface Limits {
  /** Requests a minute: long lists that are scrolled through fit. */
  perRecruiter: number;
  /** Candidates of ATS pages a minute: somebody who leafs through them fits, somebody who collects them does not. */
  resolvesPerRecruiter: number;
  /** Reports a minute of pages that could not be read. */
  reportsPerRecruiter: number;
  /** Requests a minute; an office may stand behind one address. */
  perAddress: number;
  /** Sign-ins begun, and codes handed in, a minute: an office at nine in the morning fits. */
  signInsPerAddress: number;
  /** Streams open at the same time: twenty tabs and their renewals fit. */
  streamsPerRecruiter: number;
  streams: number;
}

export const LIMITS: Limits = {
  perRecruiter: 6_000,
  resolvesPerRecruiter: 120,
  reportsPerRecruiter: 10,
  perAddress: 30_000,
  signInsPerAddress: 300,
  streamsPerRecruiter: 100,
  streams: 10_000,
};

const MINUTE = 60_000;

/** Seconds after which a place among the streams may be free. */
const STREAM_RETRY = 30;

function perMinute(limit: number, keyGenerator?: (request: Request, response: Response) => string): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
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
export function limitByAddress({ perAddress }: Limits): RequestHandler {
  return perMinute(perAddress);
}

/** The same for what only somebody does who signs in. */
export function limitSignIns({ signInsPerAddress }: Limits): RequestHandler {
  return perMinute(signInsPerAddress);
}

/** One that counts requests by `response.locals.recruiter`. */
export function limitByRecruiter({ perRecruiter }: Pick<Limits, 'perRecruiter'>): RequestHandler {
  return perMinute(perRecruiter, (_request, response) => ownerOf(response.locals['recruiter']));
}

/**
 * Answers a function that takes a place among the open streams and gives it back when the response closes; it throws
 * RateLimited where the recruiter has too many, Unavailable where the process has.
 */
export function streamPlaces({ streamsPerRecruiter, streams }: Limits) {
  const open = new Map<string, number>();
  let all = 0;
  return (recruiter: Recruiter, response: Response): void => {
    // Nobody would give the place back: this one has left already.
    if (response.destroyed) return;
    const name = ownerOf(recruiter);
    const mine = open.get(name) ?? 0;
    if (mine >= streamsPerRecruiter) {
      throw new RateLimited('Too many pages with assessments are open. Close some of them.', {
        retryAfter: STREAM_RETRY,
      });
    }
    if (all >= streams) {
      throw new Unavailable('Too many pages follow assessments right now. Try again in a moment.', {
        retryAfter: STREAM_RETRY,
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
