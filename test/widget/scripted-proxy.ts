/** The gallery's scripted proxy behind `fetch`, with event streams that a test controls. */
// The widget imports this module when it opens its first stream. Imported here, so that no test waits for the import.
import '../../widget/sync/shared-stream.ts';
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { type ProxyScript, respond } from '../../proxy/sandbox/gallery/scripted-proxy.ts';
import { stringifyJson } from '../../widget/util/json.ts';

export interface ScriptedRequest {
  method: string;
  path: string;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every shape
  body: any;
  init: RequestInit;
}

/** An event stream that the widget opened. */
export class ScriptedStream {
  readonly request: ScriptedRequest;
  readonly response: Response;
  isClosed = false;
  #controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor(request: ScriptedRequest) {
    this.request = request;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    request.init.signal?.addEventListener('abort', () => {
      this.isClosed = true;
      this.#controller.error(new DOMException('aborted', 'AbortError'));
    });
    this.response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  get lastEventId(): string | null {
    return this.request.headers.get('last-event-id');
  }

  get candidateEmails(): string[] {
    return this.request.body.candidates.map((candidate: WatchedCandidate) => candidate.candidate_email);
  }

  write(text: string): void {
    this.#controller.enqueue(new TextEncoder().encode(text));
  }

  sendEvent(id: string, event: string, data: unknown): void {
    this.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    this.#controller.close();
  }
}

let proxyCount = 0;

export class ScriptedProxy {
  /** Unique, so that elements of other tests never use this proxy. */
  readonly url = `https://scripted-${++proxyCount}.example`;
  readonly requests: ScriptedRequest[] = [];
  readonly streams: ScriptedStream[] = [];
  /** Identifies the rights of the token. If `viewer` changes, the widget drops what it has shown. */
  viewer = 'viewer-1';
  /** The id of the newest event, `<epoch>.<number>`. A test changes the epoch, for example to `f`, to simulate a reset. */
  cursor = 'e.1';
  sessions: Record<string, unknown>[] = [];
  /** Requested candidates that the token does not cover. */
  denied: WatchedCandidate[] = [];
  scorecard: Record<string, unknown> = { overall: 82, sections: [] };
  timeline: Record<string, unknown> | undefined;
  clientConfig: Record<string, unknown> = {
    environment: 'staging',
    assessments: [{ project_id: 'p1', assessment_type: 'marketing', label: 'Marketing' }],
    delivery: 'copy',
    scope: ['read', 'invite'],
  };
  /** Returns the response to a request, or undefined for the script's response. */
  override: (request: ScriptedRequest) => Response | undefined | Promise<Response | undefined> = () => undefined;

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const request: ScriptedRequest = {
      method: init.method ?? 'GET',
      path: new URL(String(input)).pathname,
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      init,
    };
    this.requests.push(request);
    return (await this.override(request)) ?? this.#respond(request);
  };

  requestsTo(path: string): ScriptedRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  get lastStream(): ScriptedStream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('the widget opened no stream');
    return stream;
  }

  /** Resolves with the last stream once the widget has opened one. */
  async waitForStream(): Promise<ScriptedStream> {
    while (!this.streams.length) await new Promise((resolve) => setTimeout(resolve));
    return this.lastStream;
  }

  #respond(request: ScriptedRequest): Response {
    const response = respond(this.#buildScript(request), request);
    if (response === 'stream') {
      const stream = new ScriptedStream(request);
      this.streams.push(stream);
      return stream.response;
    }
    if (typeof response === 'string') throw new TypeError(`scripted failure: ${response}`);
    const { status, headers, body } = response;
    return new Response(stringifyJson(body), { status, headers });
  }

  /** Tests set hostile values, so the script is not type-checked. */
  #buildScript({ body }: ScriptedRequest): ProxyScript {
    const { clientConfig: config, sessions, timeline, denied, scorecard, viewer, cursor, url: baseUrl } = this;
    const now = new Date().toISOString();
    const { candidate_email, assessment_type } = body ?? {};
    const invite = buildSession(candidate_email, { assessment_type, invited_at: now, updated_at: now });
    const script = { config, sessions, timeline, denied, invite, scorecard, viewer, cursor, now, baseUrl };
    return script as unknown as ProxyScript;
  }
}

export function buildSession(email: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    session_uuid: `sess_${email}`,
    assessment_type: 'marketing',
    candidate_email: email,
    candidate_name: 'Jane Smith',
    project_id: 'p1',
    candidate_url: 'https://evalon.example/take/1',
    status: 'invited',
    invited_by: 'recruiter-1',
    invited_at: '2026-01-10T10:00:00.000Z',
    updated_at: '2026-01-10T10:00:00.000Z',
    ...changes,
  };
}

/** @param retryAfter value of the header. Default: 7 seconds with status 429, otherwise none. */
export function problemResponse(
  status: number,
  code: string,
  extra: Record<string, unknown> = {},
  retryAfter = status === 429 ? '7' : '',
): Response {
  return Response.json(
    { type: 'about:blank', title: code, status, code, detail: `Detail from the proxy: ${code}.`, ...extra },
    {
      status,
      headers: {
        'content-type': 'application/problem+json',
        'x-request-id': 'id-in-the-log',
        ...(retryAfter && { 'retry-after': retryAfter }),
      },
    },
  );
}

/** Returns a token without a valid signature, for code that only decodes it. */
export function encodeUnsignedToken(claims: Record<string, unknown>): string {
  return `x.${btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.x`;
}
