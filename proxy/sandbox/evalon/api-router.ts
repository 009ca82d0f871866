/**
 * Serves the simulated Evalon's API over HTTP, with the chosen dialect and the planned faults. Redirects paths without
 * a final slash.
 */
import express, { type ErrorRequestHandler, type Request, type Router } from 'express';
import { type ApiOptions, type ApiRequest, classifyRequest, createApi } from './api.ts';
import type { Translator } from './dialects.ts';
import { type ApiResponse, type FaultQueue, type RequestKind, sendFault, sendJson } from './faults.ts';

export interface ApiRouterOptions extends ApiOptions {
  faults: FaultQueue;
  translator: Translator;
  onRequest: (request: ApiRequest & { kind: RequestKind }) => void;
}

export function createApiRouter({ faults, translator, onRequest, ...options }: ApiRouterOptions): Router {
  const handleRequest = createApi(options);
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(express.text({ type: () => true, limit: '1mb' }));
  router.use(async (request, response) => {
    const { method, path, headers } = request;
    const apiRequest: ApiRequest = { method, path, headers, body: parseBody(request.body) };
    const kind = classifyRequest(apiRequest);
    onRequest({ kind, ...apiRequest });
    const respond = () =>
      path.endsWith('/') ? translator.translateResponse(kind, path, handleRequest(apiRequest)) : addSlash(request);
    const fault = faults.next(kind, readProjectId(apiRequest.body));
    if (fault) await sendFault(fault, respond, response);
    else sendJson(response, respond());
  });
  router.use(handleError);
  return router;
}

function readProjectId(body: unknown): string | undefined {
  const { project_id } = (body ?? {}) as { project_id?: unknown };
  return typeof project_id === 'string' ? project_id : undefined;
}

function parseBody(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Redirects as Django does. The redirect loses the body of a POST. */
function addSlash({ baseUrl, path, originalUrl }: Request): ApiResponse {
  const query = originalUrl.indexOf('?');
  const search = query < 0 ? '' : originalUrl.slice(query);
  return { status: 301, body: {}, headers: { location: `${baseUrl}${path}/${search}` } };
}

const handleError: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  const detail = error.status ? 'The request could not be read.' : 'A server error occurred.';
  sendJson(response, { status: error.status ?? 500, body: { detail } });
};
