/**
 * Authenticates an ATS that calls an assessment partner API, by its key, and limits its requests like a recruiter's.
 */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Recruiter } from '../auth/recruiter.ts';
import type { PartnerAts } from '../config/partners.ts';
import type { Context } from '../context.ts';
import { createPartnerCaller } from '../partners/caller.ts';
import { NotFound, Unauthenticated } from '../util/errors.ts';
import { digest, matchesAnyDigest } from '../util/timing-safe.ts';
import { auditRefusals } from './audit-refusals.ts';
import { parseJsonBody } from './json-body.ts';
import { LIMITS, limitByAddress, limitByRecruiter } from './request-limits.ts';

const MAX_BODY_BYTES = 64 * 1024;

export type PartnerHandler = (caller: Recruiter, request: Request, response: Response) => Promise<void>;

/** Builds the handlers of a route. */
export type WithPartner = (handler: PartnerHandler) => (RequestHandler | ErrorRequestHandler)[];

export function createWithPartner({ config, audit }: Context, ats: PartnerAts): WithPartner {
  const limitFailures = limitByAddress(LIMITS.failedPartnerKeysPerAddressMinute);

  const requireKey: RequestHandler = async (request, response, next) => {
    const keys = config().partners.keys[ats];
    if (!keys) throw new NotFound('This address does not exist.');
    if (!matchesAnyDigest(readUser(request), keys.map(digest))) {
      await audit.recordRefused({ code: 'unauthenticated', route: String(request.route?.path) });
      response.set('www-authenticate', 'Basic');
      // Counts only wrong keys, so that an attacker can't lock the ATS out.
      limitFailures(request, response, (error?: unknown) => next(error ?? new Unauthenticated('The key is wrong.')));
      return;
    }
    response.locals['recruiter'] = createPartnerCaller(ats, config().assessments);
    response.set('cache-control', 'no-store');
    // The partner APIs document JSON bodies, but their example requests have no Content-Type.
    request.headers['content-type'] = 'application/json';
    next();
  };
  const limit = limitByRecruiter(LIMITS.requestsPerRecruiterMinute);

  return (handler) => [
    requireKey,
    limit,
    ...parseJsonBody(MAX_BODY_BYTES),
    (request: Request, response: Response) => handler(response.locals['recruiter'], request, response),
    auditRefusals(audit),
  ];
}

/** The user name of basic authentication, which is the key. */
function readUser(request: Request): string {
  const [, encoded = ''] = /^Basic ([\w+/=-]{1,1000})$/i.exec(request.get('authorization') ?? '') ?? [];
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return user;
}
