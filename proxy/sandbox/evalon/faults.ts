/** Faults that the simulated Evalon and the simulated ATSs can inject. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export type RequestKind = 'create' | 'scorecard' | 'batch' | 'other';

export type Fault =
  /** Closes the connection without a response. */
  | { fault: 'reset' }
  /** Never responds. */
  | { fault: 'hang' }
  /** Waits, then handles the request. */
  | { fault: 'slow'; ms: number }
  /** Handles the request, then responds late. */
  | { fault: 'late-response'; ms: number }
  /** Handles the request, then closes the connection without a response. */
  | { fault: 'lost-response' }
  /** Sends an HTML page. Default status: 502. */
  | { fault: 'html'; status?: number }
  /** Sends the first half of the correct body. */
  | { fault: 'truncated' }
  /** Default status: 302. Default target: a closed port. */
  | { fault: 'redirect'; to?: string; status?: number }
  /** Refuses with a `detail`. */
  | { fault: 'refuse'; status: number; detail?: unknown; retryAfter?: string }
  /** Replaces or adds fields of the correct body. `null` removes a field. */
  | { fault: 'change'; fields: Record<string, unknown> }
  /**
   * Changes the results of a batch: reverses them, keeps the first `limit`, or refuses some. `anonymous` removes their
   * emails and project ids. `refuse` maps the position of a result to an HTTP status.
   */
  | {
      fault: 'batch-results';
      reverse?: boolean;
      limit?: number;
      anonymous?: boolean;
      refuse?: Record<number, number>;
    }
  /** Sends this body as JSON. Default status: 200. */
  | { fault: 'response'; status?: number; body: unknown }
  /** Sends JSON of more than this many bytes. */
  | { fault: 'huge'; bytes: number }
  /** Sends a body without an end. */
  | { fault: 'endless' }
  /** Sends a body without an end, one byte per interval. */
  | { fault: 'trickle'; intervalMs: number }
  /** Sends a small compressed body that unpacks to JSON of more than this many bytes. */
  | { fault: 'gzip-bomb'; bytes: number }
  /** Sends this many headers before the correct body. */
  | { fault: 'headers'; count: number };

/** @typeParam Kind the kinds of requests that the simulated API distinguishes. */
export interface PlannedFault<Kind extends string = RequestKind> {
  kind: Kind | 'any';
  fault: Fault;
  /** How many requests the fault applies to. Default: all, until the faults are cleared. */
  times?: number;
  /** Applies only to requests about this project. Default: to all requests. */
  projectId?: string;
}

export class FaultQueue<Kind extends string = RequestKind> {
  #planned: { kind: Kind | 'any'; fault: Fault; timesLeft: number; projectId: string | undefined }[] = [];

  constructor(planned: readonly PlannedFault<Kind>[] = []) {
    for (const fault of planned) this.add(fault);
  }

  add({ kind, fault, times = Number.POSITIVE_INFINITY, projectId }: PlannedFault<Kind>): void {
    this.#planned.push({ kind, fault, timesLeft: times, projectId });
  }

  clear(): void {
    this.#planned = [];
  }

  /**
   * Returns the first planned fault for this kind of request, and counts it as used once.
   * @param projectId the project that the request is about, if it names one
   */
  next(kind: Kind, projectId?: string): Fault | undefined {
    const due = this.#planned.find(
      (planned) =>
        planned.timesLeft > 0 &&
        [kind, 'any'].includes(planned.kind) &&
        [undefined, projectId].includes(planned.projectId),
    );
    if (due) due.timesLeft -= 1;
    return due?.fault;
  }
}

export interface ApiResponse {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** @param handleRequest handles the request and returns the correct response. */
export async function sendFault(
  fault: Fault,
  handleRequest: () => ApiResponse,
  response: ServerResponse,
): Promise<void> {
  switch (fault.fault) {
    case 'reset':
      response.destroy();
      return;
    case 'hang':
      return;
    case 'lost-response':
      handleRequest();
      response.destroy();
      return;
    case 'slow':
      await wait(fault.ms);
      sendJson(response, handleRequest());
      return;
    case 'late-response': {
      const correct = handleRequest();
      await wait(fault.ms);
      sendJson(response, correct);
      return;
    }
    case 'html':
      response.writeHead(fault.status ?? 502, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>');
      return;
    case 'truncated': {
      const { status, body } = handleRequest();
      const text = JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(text.slice(0, text.length / 2));
      return;
    }
    case 'redirect':
      response.writeHead(fault.status ?? 302, { location: fault.to ?? 'http://127.0.0.1:9/' }).end();
      return;
    case 'refuse':
      sendJson(response, {
        status: fault.status,
        body: { detail: fault.detail ?? 'This request was refused.' },
        ...(fault.retryAfter && { headers: { 'retry-after': fault.retryAfter } }),
      });
      return;
    case 'change': {
      const correct = handleRequest();
      const changedFields = Object.entries({ ...(correct.body as object), ...fault.fields });
      sendJson(response, { ...correct, body: Object.fromEntries(changedFields.filter(([, value]) => value !== null)) });
      return;
    }
    case 'batch-results': {
      const correct = handleRequest();
      const { results } = correct.body as { results: object[] };
      sendJson(response, { ...correct, body: { results: changeResults(results, fault) } });
      return;
    }
    case 'response':
      sendJson(response, { status: fault.status ?? 200, body: fault.body });
      return;
    case 'huge':
      sendJson(response, {
        status: 200,
        body: { ...(handleRequest().body as object), padding: 'x'.repeat(fault.bytes) },
      });
      return;
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"session_uuid":"');
      writeForever(response);
      return;
    case 'trickle': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), fault.intervalMs).unref();
      response.once('close', () => clearInterval(timer));
      return;
    }
    case 'gzip-bomb':
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(createGzipBomb(fault.bytes));
      return;
    case 'headers':
      for (let n = 0; n < fault.count; n++) response.setHeader(`x-filler-${n}`, 'x'.repeat(40));
      sendJson(response, handleRequest());
  }
}

export function sendJson(response: ServerResponse, { status, body, headers = {} }: ApiResponse): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function changeResults(results: object[], fault: Extract<Fault, { fault: 'batch-results' }>): object[] {
  const { reverse, limit = results.length, anonymous, refuse = {} } = fault;
  const changed = results.map((result, position) => {
    const status = refuse[position];
    const { candidate_email } = result as { candidate_email?: string };
    const outcome = status === undefined ? result : { candidate_email, detail: 'This one was refused.', status };
    return anonymous ? { ...outcome, candidate_email: undefined, project_id: undefined } : outcome;
  });
  return (reverse ? changed.reverse() : changed).slice(0, limit);
}

const gzipBombs = new Map<number, Buffer>();

function createGzipBomb(bytes: number): Buffer {
  const bomb = gzipBombs.get(bytes) ?? gzipSync(`{"session_uuid":"${'x'.repeat(bytes)}"}`);
  gzipBombs.set(bytes, bomb);
  return bomb;
}

function writeForever(response: ServerResponse): void {
  const chunk = 'x'.repeat(65_536);
  while (!response.destroyed && response.write(chunk));
  if (!response.destroyed) response.once('drain', () => writeForever(response));
}
