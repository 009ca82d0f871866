/** Which pages' scripts may read our answers. Others get no CORS headers; the bearer alone decides access. */
import cors from 'cors';
import type { RequestHandler } from 'express';

/** Seconds that a browser may keep a preflight's answer. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** @param origins those of the moment. */
export function allowOrigins(origins: () => readonly string[]): RequestHandler {
  return cors({
    origin: (origin, decide) => decide(null, origin !== undefined && origins().includes(origin) ? origin : false),
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
