/**
 * What stands before every call to the simulated API: the trailing slash, the bearer key, a hundred calls a minute.
 * Every refusal has a `detail`, as the guide says.
 */
import type { RequestHandler, Response } from 'express';

const CALLS_PER_WINDOW = 100;
const WINDOW_MS = 60_000;

export function sendError(response: Response, status: number, detail: string): void {
  response.status(status).json({ detail });
}

/** Sends a path without its last slash elsewhere; a POST loses its body on the way, which is the trap. */
export const requireTrailingSlash: RequestHandler = (request, response, next) => {
  if (request.path.endsWith('/')) return next();
  const query = request.originalUrl.indexOf('?');
  const search = query < 0 ? '' : request.originalUrl.slice(query);
  response.redirect(301, `${request.baseUrl}${request.path}/${search}`);
};

export function requireApiKey(apiKey: string): RequestHandler {
  return (request, response, next) => {
    const [scheme, key, ...rest] = (request.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() === 'bearer' && key === apiKey && rest.length === 0) return next();
    response.set('WWW-Authenticate', 'Bearer');
    sendError(response, 401, key ? 'Invalid API key.' : 'Authentication credentials were not provided.');
  };
}

/** Counts the calls that were let through, not those that were refused. */
export function limitRate(clock: { now(): number }): RequestHandler {
  let calls: number[] = [];
  return (_request, response, next) => {
    const now = clock.now();
    calls = calls.filter((at) => at > now - WINDOW_MS);
    const [oldest] = calls;
    if (oldest === undefined || calls.length < CALLS_PER_WINDOW) {
      calls.push(now);
      return next();
    }
    const seconds = Math.ceil((oldest + WINDOW_MS - now) / 1_000);
    response.set('Retry-After', String(seconds));
    sendError(response, 429, `Request was throttled. Expected available in ${seconds} seconds.`);
  };
}
