/** The ways in which this Evalon can misbehave. Each is plain JSON, so that a browser can ask for it too. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export type RequestKind = 'create' | 'scorecard' | 'batch' | 'other';

export type Fault =
  /** Closes the connection without an answer. */
  | { fault: 'reset' }
  /** Takes the request and never answers. */
  | { fault: 'hang' }
  /** Answers by the guide, but late. */
  | { fault: 'slow'; ms: number }
  /** Does what was asked, then answers late. */
  | { fault: 'late-answer'; ms: number }
  /** Does what was asked, then loses the answer. */
  | { fault: 'lost-answer' }
  /** A page where JSON is due. Default status: 502. */
  | { fault: 'html'; status?: number }
  /** The first half of the right answer. */
  | { fault: 'truncated' }
  | { fault: 'redirect'; to?: string; status?: number }
  /** A refusal with `detail`, such as 401, 403, 400, 404 or 429. */
  | { fault: 'refuse'; status: number; detail?: unknown; retryAfter?: string }
  /** The right answer with fields replaced, added, or (where null) left out. */
  | { fault: 'change'; fields: Record<string, unknown> }
  /** The right answer of a batch call, but not as asked: backwards, only the first few, without saying about whom. */
  | { fault: 'results'; backwards?: boolean; only?: number; nameless?: boolean; refuse?: Record<number, number> }
  /** Any body as JSON. */
  | { fault: 'answer'; status?: number; body: unknown }
  /** JSON of more than this many bytes. */
  | { fault: 'huge'; bytes: number }
  /** A body that goes on until the caller leaves. */
  | { fault: 'endless' }
  /** A body that goes on until the caller leaves, a byte every so many milliseconds. */
  | { fault: 'trickle'; every: number }
  /** A small body, compressed, that is JSON of more than this many bytes. */
  | { fault: 'bomb'; bytes: number }
  /** The right answer after this many headers. */
  | { fault: 'headers'; count: number };

export interface EvalonResponse {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

interface Plan {
  kind: RequestKind | 'any';
  fault: Fault;
  left: number;
}

export class FaultQueue {
  #plans: Plan[] = [];

  add(kind: RequestKind | 'any', fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#plans.push({ kind, fault, left: times });
  }

  clear(): void {
    this.#plans = [];
  }

  /** The fault that is due for a call of this kind: the oldest that still has times left. */
  nextFault(kind: RequestKind): Fault | undefined {
    const plan = this.#plans.find((candidate) => candidate.left > 0 && [kind, 'any'].includes(candidate.kind));
    if (plan) plan.left -= 1;
    return plan?.fault;
  }
}

/** Answers with the fault; `right` makes the answer that the guide asks for. */
export async function sendFault(fault: Fault, right: () => EvalonResponse, response: ServerResponse): Promise<void> {
  switch (fault.fault) {
    case 'reset':
      response.destroy();
      return;
    case 'hang':
      return;
    case 'lost-answer':
      right();
      response.destroy();
      return;
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
      sendJson(response, right());
      return;
    case 'late-answer': {
      const answer = right();
      await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
      sendJson(response, answer);
      return;
    }
    case 'html':
      response.writeHead(fault.status ?? 502, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>');
      return;
    case 'truncated': {
      const { status, body } = right();
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
      const answer = right();
      const changed = Object.entries({ ...(answer.body as object), ...fault.fields });
      sendJson(response, { ...answer, body: Object.fromEntries(changed.filter(([, value]) => value !== null)) });
      return;
    }
    case 'results': {
      const answer = right();
      const { results } = answer.body as { results: object[] };
      sendJson(response, { ...answer, body: { results: disturbed(results, fault) } });
      return;
    }
    case 'answer':
      sendJson(response, { status: fault.status ?? 200, body: fault.body });
      return;
    case 'huge':
      sendJson(response, { status: 200, body: { ...(right().body as object), padding: 'x'.repeat(fault.bytes) } });
      return;
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"session_uuid":"');
      pourInto(response);
      return;
    case 'trickle': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), fault.every).unref();
      response.once('close', () => clearInterval(timer));
      return;
    }
    case 'bomb':
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(bomb(fault.bytes));
      return;
    case 'headers':
      for (let n = 0; n < fault.count; n++) response.setHeader(`x-filler-${n}`, 'x'.repeat(40));
      sendJson(response, right());
  }
}

function disturbed(results: object[], fault: Extract<Fault, { fault: 'results' }>): object[] {
  const { backwards, only = results.length, nameless, refuse = {} } = fault;
  const told = results.map((result, place) => {
    const status = refuse[place];
    if (status !== undefined) return { detail: 'This one was refused.', status };
    return nameless ? { ...result, candidate_email: undefined, project_id: undefined } : result;
  });
  return (backwards ? told.reverse() : told).slice(0, only);
}

export function sendJson(response: ServerResponse, { status, body, headers = {} }: EvalonResponse): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const bombs = new Map<number, Buffer>();

function bomb(bytes: number): Buffer {
  const made = bombs.get(bytes) ?? gzipSync(`{"session_uuid":"${'x'.repeat(bytes)}"}`);
  bombs.set(bytes, made);
  return made;
}

function pourInto(response: ServerResponse): void {
  const chunk = 'x'.repeat(65_536);
  while (!response.destroyed && response.write(chunk));
  if (!response.destroyed) response.once('drain', () => pourInto(response));
}
