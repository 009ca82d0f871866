/** Lets the scripts of allowed origins read responses. Other origins get no CORS headers. */
import cors from 'cors';
import type { RequestHandler } from 'express';

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** @param getOrigins returns the origins that are allowed now. */
export function allowOrigins(getOrigins: () => readonly string[]): RequestHandler {
  return cors({
    origin: (origin, callback) =>
      callback(null, origin !== undefined && getOrigins().includes(origin) ? origin : false),
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'if-none-match',
      'last-event-id',
      'idempotency-key',
      'x-request-id',
    ],
    exposedHeaders: ['etag', 'retry-after', 'x-request-id'],
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });
}
