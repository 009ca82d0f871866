/**
 * What the fakes of ATSs' APIs share. A fake is made from what is public about the API (docs/ats/ names the sources and what is
 * not verified) and is nothing more than that: passing against it is no proof that the real one answers so.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface FakeRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface FakeResponse {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, or text as it is; undefined leaves the call unanswered. */
  body?: unknown;
}

export interface FakeServer {
  url: string;
  /** Everything it was asked. */
  requests: FakeRequest[];
  /** Instead of what it knows, until it is set back. */
  override: ((call: FakeRequest) => FakeResponse | undefined) | undefined;
}

/** Serves until the test ends. An `answer` of undefined is 404. */
export async function startFakeServer(
  test: Pick<TestContext, 'after'>,
  answer: (call: FakeRequest) => FakeResponse | undefined,
): Promise<FakeServer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const call = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    fake.requests.push(call);
    const {
      status = 200,
      headers: more = {},
      body,
    } = fake.override?.(call) ?? answer(call) ?? { status: 404, body: {} };
    if (body === undefined) return;
    response.writeHead(status, { 'content-type': 'application/json', ...more });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeServer = { url, requests: [], override: undefined };
  return fake;
}

export function encodeBasicAuth(user: string, password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
