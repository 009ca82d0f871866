/** Answers the widget's requests in memory, so that a test can hold a stream in its hands and stop the clock. */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';

export interface ScriptedRequest {
  method: string;
  path: string;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
  init: RequestInit;
}

/** A stream that the widget has opened. */
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

  get candidates(): string[] {
    return this.request.body.candidates.map((one: WatchedCandidate) => one.candidate_email);
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

let proxies = 0;

export class ScriptedProxy {
  /** An address of its own, so that no element of another test talks to it. */
  readonly url = `https://scripted-${++proxies}.example`;
  readonly requests: ScriptedRequest[] = [];
  readonly streams: ScriptedStream[] = [];
  viewer = 'viewer-1';
  cursor = 'e.1';
  sessions: Record<string, unknown>[] = [];
  denied: WatchedCandidate[] = [];
  scorecard: Record<string, unknown> = { overall: 82, sections: [] };
  clientConfig: Record<string, unknown> = {
    environment: 'staging',
    assessments: [{ project_id: 'p1', assessment_type: 'marketing', label: 'Marketing' }],
    delivery: 'copy',
    scope: ['read', 'invite'],
  };
  /** Answers instead of the script, where it answers at all. */
  override: (request: ScriptedRequest) => Response | Promise<Response> | undefined = () => undefined;

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const request: ScriptedRequest = {
      method: init.method ?? 'GET',
      path: new URL(String(input)).pathname,
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      init,
    };
    this.requests.push(request);
    return (await this.override(request)) ?? this.#answer(request);
  };

  /** The requests so far to one path. */
  requestsTo(path: string): ScriptedRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  /** The stream opened last. */
  get lastStream(): ScriptedStream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('no stream was opened');
    return stream;
  }

  /** A page by filter; its `next` is the number of what was told so far. */
  // biome-ignore lint/suspicious/noExplicitAny: a body is what the widget made of it
  #page({ filter, sort, after = 0, limit }: any): Response {
    const time = (session: Record<string, unknown>) => Date.parse(String(session['updated_at']));
    const fitting = this.sessions
      .filter(({ status }) => filter.status.includes(status))
      .sort((a, b) => (sort === 'updated_at' ? 1 : -1) * (time(a) - time(b)));
    const end = +after + limit;
    const sessions = fitting.slice(+after, end);
    const next = end < fitting.length ? { next: `${end}` } : {};
    return Response.json({ sessions, cursor: this.cursor, viewer: this.viewer, denied: [], ...next });
  }

  #answer(request: ScriptedRequest): Response {
    const { path, body } = request;
    if (path === '/v1/config') return Response.json(this.clientConfig);
    if (path === '/v1/sessions/query' && body.filter) return this.#page(body);
    if (path === '/v1/sessions/query') {
      const asked = new Set(body.candidates.map((one: WatchedCandidate) => one.candidate_email));
      const sessions = this.sessions.filter((session) => asked.has(session['candidate_email']));
      return Response.json({ sessions, cursor: this.cursor, viewer: this.viewer, denied: this.denied });
    }
    if (path === '/v1/events') {
      const stream = new ScriptedStream(request);
      this.streams.push(stream);
      return stream.response;
    }
    if (path === '/v1/sessions') {
      return Response.json(buildSession(body.candidate_email, { assessment_type: body.assessment_type }), {
        status: 201,
      });
    }
    const [, uuid = '', part] = /^\/v1\/sessions\/([^/]+)(\/scorecard)?$/.exec(path) ?? [];
    const session = this.sessions.find((one) => one['session_uuid'] === decodeURIComponent(uuid));
    if (!session) return problemResponse(404, 'not_found');
    return Response.json(part ? this.scorecard : session);
  }
}

/** A session as the proxy tells it. */
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

/** @param retryAfter the header, where the status has one. */
export function problemResponse(
  status: number,
  code: string,
  extra: Record<string, unknown> = {},
  retryAfter = status === 429 ? '7' : '',
): Response {
  return Response.json(
    { type: 'about:blank', title: code, status, code, detail: `Told by the proxy: ${code}.`, ...extra },
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

/** A token that nobody signed, for those who only look into it. */
export function encodeUnsignedToken(claims: Record<string, unknown>): string {
  return `x.${btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.x`;
}
