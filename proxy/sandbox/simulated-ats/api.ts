/** What the simulated ATSs' APIs have in common: parsing, the rate limit, faults and the request log. */
import type { IncomingHttpHeaders } from 'node:http';
import express, { type Router } from 'express';
import { type ApiResponse, FaultQueue, sendFault, sendJson } from '../evalon/faults.ts';
import type { RateLimiter } from '../evalon/rate-limiter.ts';

/** `token` is the request for an access token. */
export type AtsRequestKind = 'token' | 'read' | 'write';

export interface AtsRequest {
  method: string;
  /** Relative to the ATS's URL, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Parsed JSON or form fields. Undefined if the body is neither. */
  body: Record<string, unknown> | undefined;
}

export interface SimulatedApi {
  classify(request: AtsRequest): AtsRequestKind;
  /** Checks the credentials and handles the request. */
  handle(request: AtsRequest): ApiResponse;
  /**
   * Returns the response to a request above the limit.
   * @param waitSeconds the time until the next call is allowed.
   */
  createRateLimitResponse(waitSeconds: number): ApiResponse;
  limiter: RateLimiter;
}

export interface SimulatedAts {
  router: Router;
  faults: FaultQueue<AtsRequestKind>;
  /** The requests so far, oldest first. */
  requests: (AtsRequest & { kind: AtsRequestKind })[];
  /** What the API key may do. Tests remove permissions. */
  permissions: Set<string>;
  /** False if the API key was revoked. */
  isKeyValid: boolean;
}

const MAX_LOGGED_REQUESTS = 1_000;

/** @param access what the API key may do. `api` must read it from this object at every request. */
export function createSimulatedAts(api: SimulatedApi, access: Pick<SimulatedAts, 'permissions' | 'isKeyValid'>) {
  const faults = new FaultQueue<AtsRequestKind>();
  const requests: SimulatedAts['requests'] = [];
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(express.json({ limit: '1mb' }), express.urlencoded({ extended: false }));
  router.use(async (request, response) => {
    const { method, path, headers } = request;
    const query = new URL(request.originalUrl, 'http://ats').searchParams;
    const atsRequest: AtsRequest = { method, path, query, headers, body: request.body as AtsRequest['body'] };
    const kind = api.classify(atsRequest);
    requests.push({ ...atsRequest, kind });
    if (requests.length > MAX_LOGGED_REQUESTS) requests.shift();
    const respond = () => {
      const waitSeconds = api.limiter.acquire();
      return waitSeconds > 0 ? api.createRateLimitResponse(waitSeconds) : api.handle(atsRequest);
    };
    const fault = faults.next(kind);
    if (fault) await sendFault(fault, respond, response);
    else sendJson(response, respond());
  });
  // Returns the same object, so that `api` sees the permissions that a test removes.
  return Object.assign(access, { router, faults, requests }) satisfies SimulatedAts;
}

export function encodeBasicAuth(user: string, password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
