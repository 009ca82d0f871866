import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JANE } from '../../support/api-client.ts';
import type { TestEvalon } from '../../support/evalon.ts';
import { startStack } from '../../support/start-stack.ts';
import { mintToken } from '../../support/token.ts';

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const ALLOWED_ORIGINS = ['https://ats.example.com', 'https://jobs.example.com:8443', EXTENSION];

const REFUSED_ORIGINS: readonly string[] = [
  'null',
  '*',
  'https://ats.example.com.evil.example',
  'https://evil-ats.example.com',
  'https://evil.example/https://ats.example.com',
  'https://example.com',
  'https://ats.example.co',
  'https://ats-example.com',
  'https://atsXexample.com',
  'https://ats.example.com:443',
  'https://ats.example.com:8443',
  'https://jobs.example.com',
  'https://jobs.example.com:84430',
  'http://ats.example.com',
  'HTTPS://ats.example.com',
  'https://ATS.example.com',
  'https://Ats.Example.Com',
  'https://ats.example.com.',
  'https://ats.example.com/',
  'https://ats.example.com/path',
  'https://ats.example.com#',
  'https://ats.example.com\\.evil.example',
  'https://ats.example.com%00.evil.example',
  'https://ats.example.com@evil.example',
  'https://evil.example@ats.example.com',
  'https://xn--ts-vbc.example.com',
  'https://ats.xn--xample-2of.com',
  'https://ats.example.com https://evil.example',
  'https://evil.example https://ats.example.com',
  'https://ats.example.com, https://evil.example',
  'https://ats.example.com, https://ats.example.com',
  'chrome-extension://abcdefghijklmnopabcdefghijklmnoq',
  'moz-extension://abcdefghijklmnopabcdefghijklmnop',
  'https://abcdefghijklmnopabcdefghijklmnop',
  'file://',
];

type NamedRequest = [name: string, status: number, send: Send];
type Send = (headers: Record<string, string>) => Promise<Response>;

/** Returns one request for each kind of response: its name, its status, and a function that sends it. */
async function createRequests(evalon: TestEvalon, url: string): Promise<[NamedRequest, ...NamedRequest[]]> {
  const authorization = `Bearer ${await mintToken()}`;
  const post = (path: string, body: unknown, headers: Record<string, string>) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return [
    ['GET', 200, (headers) => fetch(`${url}/v1/config`, { headers: { authorization, ...headers } })],
    ['401', 401, (headers) => fetch(`${url}/v1/config`, { headers })],
    ['400', 400, (headers) => post('/v1/sessions', {}, headers)],
    [
      'unreadable path',
      400,
      (headers) => fetch(`${url}/v1/sessions/%c0%ae`, { headers: { authorization, ...headers } }),
    ],
    ['404', 404, (headers) => fetch(`${url}/v1/nothing`, { headers: { authorization, ...headers } })],
    ['413', 413, (headers) => post('/v1/sessions/query', { pad: 'x'.repeat(1_100_000) }, headers)],
    [
      '429',
      429,
      (headers) => {
        evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '60' }, { times: 1 });
        return post('/v1/sessions', JANE, headers);
      },
    ],
    ['stream', 200, (headers) => post('/v1/events', { candidates: [{ candidate_email: 'a@example.com' }] }, headers)],
  ];
}

function preflight(url: string, origin: string, path = '/v1/sessions'): Promise<Response> {
  const preflightHeaders = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  return fetch(`${url}${path}`, { method: 'OPTIONS', headers: { origin, ...preflightHeaders } });
}

const listCorsHeaders = ({ headers }: Response) =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('CORS', () => {
  it('lets an allowed origin read every response, including errors, without credentials', async (test) => {
    const { evalon, proxy } = await startStack(test, { settings: { ALLOWED_ORIGINS: ALLOWED_ORIGINS.join(',') } });
    const requests = await createRequests(evalon, proxy.url);
    for (const origin of ALLOWED_ORIGINS) {
      for (const [what, status, send] of [
        ...requests,
        ['preflight', 204, () => preflight(proxy.url, origin)] as const,
      ]) {
        await test.test(`${what} from ${origin}`, async () => {
          const response = await send({ origin });
          assert.equal(response.status, status);
          assert.equal(response.headers.get('access-control-allow-origin'), origin);
          assert.match(response.headers.get('vary') ?? '', /\bOrigin\b/);
          assert.equal(response.headers.has('access-control-allow-credentials'), false);
          assert.equal(response.headers.has('set-cookie'), false);
          await response.body?.cancel();
        });
      }
    }
  });

  it('sends no CORS headers to any other origin', async (test) => {
    const { evalon, proxy } = await startStack(test, { settings: { ALLOWED_ORIGINS: ALLOWED_ORIGINS.join(',') } });
    const requests = await createRequests(evalon, proxy.url);
    const assertNoHeaders = async (what: string, response: Response) => {
      assert.deepEqual(listCorsHeaders(response), [], what);
      assert.equal(response.headers.has('set-cookie'), false);
      await response.body?.cancel();
    };
    const [, , getConfig] = requests[0];
    for (const origin of REFUSED_ORIGINS) {
      await test.test(origin, async () => {
        await assertNoHeaders('preflight', await preflight(proxy.url, origin));
        await assertNoHeaders('GET', await getConfig({ origin }));
      });
    }
    for (const origin of ['null', 'https://ats.example.com.evil.example', undefined]) {
      for (const [what, status, send] of requests) {
        await test.test(`${what} from ${origin ?? 'no page'}`, async () => {
          const response = await send(origin === undefined ? {} : { origin });
          assert.equal(response.status, status);
          await assertNoHeaders(what, response);
        });
      }
    }
  });

  it('sends no CORS headers on any path if no origin is allowed', async (test) => {
    const { proxy } = await startStack(test);
    for (const origin of [...ALLOWED_ORIGINS, 'null', proxy.url]) {
      for (const path of ['/v1/config', '/v1/events', '/healthz', '/readyz', '/webhooks/evalon/x', '/']) {
        const responses = [preflight(proxy.url, origin, path), fetch(`${proxy.url}${path}`, { headers: { origin } })];
        for (const response of await Promise.all(responses)) {
          assert.deepEqual(listCorsHeaders(response), [], `${path} from ${origin}`);
          await response.body?.cancel();
        }
      }
    }
  });
});
