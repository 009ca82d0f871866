import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JANE } from '../../support/api-client.ts';
import { startStack } from '../../support/start-stack.ts';
import { mintToken } from '../../support/token.ts';

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const ALLOWED = ['https://ats.example.com', 'https://jobs.example.com:8443', EXTENSION];

const REFUSED: readonly string[] = [
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

type Ask = (headers: Record<string, string>) => Promise<Response>;

/** One question for each kind of answer that a page can get. */
async function questions(url: string, busy: () => void): Promise<[string, number, Ask][]> {
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
    ['unreadable', 400, (headers) => fetch(`${url}/v1/sessions/%c0%ae`, { headers: { authorization, ...headers } })],
    ['404', 404, (headers) => fetch(`${url}/v1/nothing`, { headers: { authorization, ...headers } })],
    ['413', 413, (headers) => post('/v1/sessions/query', { pad: 'x'.repeat(1_100_000) }, headers)],
    [
      '429',
      429,
      (headers) => {
        busy();
        return post('/v1/sessions', JANE, headers);
      },
    ],
    ['stream', 200, (headers) => post('/v1/events', { candidates: [{ candidate_email: 'a@example.com' }] }, headers)],
  ];
}

function preflight(url: string, origin: string, path = '/v1/sessions'): Promise<Response> {
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
  return fetch(`${url}${path}`, { method: 'OPTIONS', headers: { origin, ...asked } });
}

const corsHeaders = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('CORS', () => {
  it('lets an allowed origin read every response, also errors, without credentials', async (test) => {
    const { evalon, proxy } = await startStack(test, { settings: { ALLOWED_ORIGINS: ALLOWED.join(',') } });
    const asks = await questions(proxy.url, () => evalon.injectFault('create', { fault: 'refuse', status: 429 }, 1));
    for (const origin of ALLOWED) {
      for (const [what, status, ask] of [...asks, ['preflight', 204, () => preflight(proxy.url, origin)] as const]) {
        await test.test(`${what} from ${origin}`, async () => {
          const response = await ask({ origin });
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

  it('sends no headers to any other origin', async (test) => {
    const { evalon, proxy } = await startStack(test, { settings: { ALLOWED_ORIGINS: ALLOWED.join(',') } });
    const asks = await questions(proxy.url, () => evalon.injectFault('create', { fault: 'refuse', status: 429 }, 1));
    for (const origin of REFUSED) {
      await test.test(origin, async () => {
        const before = await preflight(proxy.url, origin);
        assert.deepEqual(corsHeaders(before), [], 'preflight');
        for (const [what, status, ask] of asks) {
          const response = await ask({ origin });
          assert.equal(response.status, status, what);
          assert.deepEqual(corsHeaders(response), [], what);
          assert.equal(response.headers.has('set-cookie'), false);
          await response.body?.cancel();
        }
      });
    }
    for (const [what, , ask] of asks) {
      const response = await ask({});
      assert.deepEqual(corsHeaders(response), [], `${what} of no page`);
      await response.body?.cancel();
    }
  });

  it('sends no headers on any path if no origin is allowed', async (test) => {
    const { proxy } = await startStack(test);
    for (const origin of [...ALLOWED, 'null', proxy.url]) {
      for (const path of ['/v1/config', '/v1/events', '/healthz', '/readyz', '/webhooks/evalon/x', '/']) {
        const answers = [preflight(proxy.url, origin, path), fetch(`${proxy.url}${path}`, { headers: { origin } })];
        for (const answer of await Promise.all(answers)) {
          assert.deepEqual(corsHeaders(answer), [], `${path} from ${origin}`);
          await answer.body?.cancel();
        }
      }
    }
  });
});
