/** Protects IT's routes with a bearer token. If no token is configured, the route returns 404. */
import type { RequestHandler } from 'express';
import type { Audit } from '../audit/audit-log.ts';
import { NotFound, Unauthenticated } from '../util/errors.ts';
import { matchesAnyDigest } from '../util/timing-safe.ts';

/** @param getDigests returns the current digests of the accepted tokens. */
export function requireToken(
  audit: Pick<Audit, 'recordRefused'>,
  route: string,
  getDigests: () => readonly Buffer[],
): RequestHandler {
  return async (request, response, next) => {
    if (!getDigests().length) throw new NotFound('This address does not exist.');
    const token = /^Bearer ([^\s]+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (!matchesAnyDigest(token, getDigests())) {
      await audit.recordRefused({ code: 'unauthenticated', route });
      throw new Unauthenticated('The token is missing or wrong.');
    }
    response.set('cache-control', 'no-store');
    next();
  };
}
