/**
 * The server of the fake ATS APIs and webhook receivers. The fake ATSs are written from public documentation: a test
 * against one does not prove how the real API behaves. docs/ats/ lists what is not verified.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { TestContext } from 'node:test';
import { serve } from '../http-server.ts';

export interface FakeRequest {
  method: string;
  /** Includes the query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface FakeResponse {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is text. Undefined: the request never gets a response. */
  body?: unknown;
}

export interface FakeServer {
  url: string;
  requests: FakeRequest[];
  /** Replaces the response, unless it returns undefined. */
  override: ((request: FakeRequest) => FakeResponse | undefined) | undefined;
}

/**
 * Serves until the test ends.
 * @param respond returns undefined for a 404.
 */
export async function startFakeServer(
  test: Pick<TestContext, 'after'>,
  respond: (request: FakeRequest) => FakeResponse | undefined,
): Promise<FakeServer> {
  const url = await serve(test, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const received = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    fake.requests.push(received);
    const {
      status = 200,
      headers: extraHeaders = {},
      body,
    } = fake.override?.(received) ?? respond(received) ?? { status: 404, body: {} };
    if (body === undefined) return;
    response.writeHead(status, { 'content-type': 'application/json', ...extraHeaders });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const fake: FakeServer = { url, requests: [], override: undefined };
  return fake;
}

export function encodeBasicAuth(user: string, password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
