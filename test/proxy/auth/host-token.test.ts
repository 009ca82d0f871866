import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { buildProxySettings, startProxyProcess } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { createHmacSigner, forgeToken, HOST_TOKEN_SECRET, type TokenSigner } from '../../support/token.ts';

const ISSUER = 'https://ats.example.com';
const ours = createHmacSigner(HOST_TOKEN_SECRET);
const none: TokenSigner = () => Buffer.alloc(0);
/** Seconds at which the clock of these tests stands. */
const NOW = Date.parse('2026-01-15T14:30:00Z') / 1_000;

/** A token that lacks nothing but what `changes` takes from it; undefined leaves a claim out. */
function token(now: number, changes: object = {}, header: object = {}, sign = ours): string {
  const rights = { projects: ['proj_abc123'], scope: 'read' };
  const claims = { sub: 'recruiter-1', iss: ISSUER, aud: 'evalon-proxy', iat: now, exp: now + 600, ...rights };
  return forgeToken({ alg: 'HS256', ...header }, { ...claims, ...changes }, sign);
}

/** Cut off after so many characters; counted from the end where negative. */
const cut = (now: number, at: number) => token(now).slice(0, at);

/** With one bit of a part turned over. */
function flipped(now: number, part: number, byte: number): string {
  const parts = token(now).split('.');
  const bytes = Buffer.from(parts[part] ?? '', 'base64url');
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  return parts.with(part, bytes.toString('base64url')).join('.');
}

type Case = [what: string, make: (now: number) => string];
const named = <T>(what: string, values: readonly T[], make: (now: number, value: T) => string): Case[] =>
  values.map((value) => [`${what} ${JSON.stringify(value)}`, (now) => make(now, value)]);

const REFUSED: readonly Case[] = [
  ...named('unsigned, with alg', ['none', 'None', 'NONE', 'nOnE', '', null, ['none']], (now, alg) =>
    token(now, {}, { alg }, none),
  ),
  ...named(
    'signed rightly, with alg',
    ['none', 'hs256', 'HS256 ', 'RS256', 'ES256', 'EdDSA', ['HS256'], 0],
    (now, alg) => token(now, {}, { alg }),
  ),
  ['signed rightly, without alg', (now) => token(now, {}, { alg: undefined })],
  ['signed with HS384', (now) => token(now, {}, { alg: 'HS384' }, createHmacSigner(HOST_TOKEN_SECRET, 'sha384'))],
  ['signed with HS512', (now) => token(now, {}, { alg: 'HS512' }, createHmacSigner(HOST_TOKEN_SECRET, 'sha512'))],
  ...named('signed with', ['another secret that is long enough too', '', `${HOST_TOKEN_SECRET}\n`], (now, secret) =>
    token(now, {}, {}, createHmacSigner(secret)),
  ),
  ...named(
    'signed with a secret of its own that it names in',
    [
      { kid: '/dev/null' },
      { kid: '../../../../dev/null' },
      { kid: "x' union select '' --" },
      { jwk: { kty: 'oct', k: '' } },
      { jku: 'https://evil.example/jwks.json' },
      { x5u: 'https://evil.example/cert.pem' },
      { x5c: ['MIIB'] },
    ],
    (now, header) => token(now, {}, header, createHmacSigner('')),
  ),
  ...named(
    'with the header',
    [{ crit: ['exp'], exp: 1 }, { crit: ['unheard-of'], 'unheard-of': 1 }, { crit: [] }, { crit: ['b64'], b64: false }],
    (now, header) => token(now, {}, header),
  ),
  ...named('with aud', ['somebody-else', 'Evalon-Proxy', ['somebody-else'], [], '', 7, null], (now, aud) =>
    token(now, { aud }),
  ),
  ...named('with iss', ['https://evil.example', `${ISSUER}/`, [ISSUER], '', 7, null], (now, iss) =>
    token(now, { iss }),
  ),
  ['that expired 61 s ago', (now) => token(now, { iat: now - 300, exp: now - 61 })],
  ['that begins to be valid in 61 s', (now) => token(now, { nbf: now + 61 })],
  ['minted 61 s from now', (now) => token(now, { iat: now + 61 })],
  ['that lives for 901 s', (now) => token(now, { exp: now + 901 })],
  ['that expires in milliseconds', (now) => token(now, { exp: (now + 600) * 1_000 })],
  ['all in milliseconds', (now) => token(now, { iat: now * 1_000, exp: (now + 600) * 1_000 })],
  [
    'that never expires',
    (now) => forgeToken({ alg: 'HS256' }, `{"exp":1e999,"iat":${now},"aud":"evalon-proxy"}`, ours),
  ],
  ...named('without', ['sub', 'iss', 'aud', 'iat', 'exp'], (now, claim) => token(now, { [claim]: undefined })),
  ...named('with sub', ['', 7, null, {}, ['recruiter-1']], (now, sub) => token(now, { sub })),
  ...named('with iat', [String(NOW), null, {}, true], (now, iat) => token(now, { iat })),
  ...named('with exp', [String(NOW + 600), null, {}, true], (now, exp) => token(now, { exp })),
  ...named('with nbf', [String(NOW), null], (now, nbf) => token(now, { nbf })),
  ...named('with projects', ['proj_abc123', null, {}, [7], [''], ['proj_abc123', null]], (now, projects) =>
    token(now, { projects }),
  ),
  ...named('with scope', [['read'], null, 7, { read: true }], (now, scope) => token(now, { scope })),
  ...named('with candidates', ['jane@example.com', null, [7], {}], (now, candidates) => token(now, { candidates })),
  ...named('whose claims are', ['[]', '"x"', 'null', '7', 'not json', '{"sub":'], (_now, text) =>
    forgeToken({ alg: 'HS256' }, text, ours),
  ),
  ...named('cut off after', [1, 10, 20, 40, 100, -44, -43, -20, -1], cut),
  ['with a bit of its signature turned', (now) => flipped(now, 2, 0)],
  ['with the last bit of its signature turned', (now) => flipped(now, 2, 31)],
  ['with a bit of its claims turned', (now) => flipped(now, 1, 30)],
  ['with a bit of its header turned', (now) => flipped(now, 0, 3)],
  ['in five parts', (now) => `${token(now)}.x.y`],
  ['twice', (now) => `${token(now)} ${token(now)}`],
  ['twice, in a list', (now) => `${token(now)},${token(now)}`],
  ['twice, each with Bearer', (now) => `${token(now)}, Bearer ${token(now)}`],
  ['of 20 KB that is nonsense', () => 'x'.repeat(20_480)],
  ['of 20 KB that is signed', (now) => token(now, { padding: 'x'.repeat(15_000) })],
  ['of nonsense', () => 'nonsense'],
  ['of nothing', () => ''],
];

const ACCEPTED: readonly Case[] = [
  ['that lacks nothing', (now) => token(now)],
  ['that expired 59 s ago', (now) => token(now, { iat: now - 300, exp: now - 59 })],
  ['that begins to be valid in 59 s', (now) => token(now, { nbf: now + 59 })],
  ['minted 59 s from now', (now) => token(now, { iat: now + 59 })],
  ['that lives for 900 s', (now) => token(now, { exp: now + 900 })],
  ['for several audiences, one of them ours', (now) => token(now, { aud: ['somebody-else', 'evalon-proxy'] })],
  ['with keys in its header that nobody looks at', (now) => token(now, {}, { kid: 'x', jku: 'https://evil.example' })],
];

const FORBIDDEN = [{ projects: undefined }, { projects: [] }, { scope: undefined }, { scope: '' }, { scope: 'admin' }];

/** No word of a library, a file, a claim or the software. */
const TELLTALE = /jose|jwt|jws|zod|node_modules|\.[jt]s\b|\bat \w+ \(|signature|claim|alg/i;

async function expectRefusal(response: Response, sent = ''): Promise<void> {
  const text = await response.text();
  const { type, status, code, detail } = JSON.parse(text) as Record<string, string>;
  assert.equal(response.status, 401);
  assert.deepEqual({ type, status, code }, { type: 'about:blank', status: 401, code: 'unauthenticated' });
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.equal(response.headers.get('www-authenticate'), 'Bearer');
  assert.match(detail ?? '', /^[A-Z][^.]+\.$/, 'one sentence');
  const told = `${text} ${JSON.stringify([...response.headers])}`;
  assert.doesNotMatch(text, TELLTALE);
  for (const part of sent.split(/[.,\s]+/)) assert.ok(part.length < 9 || !told.includes(part), 'repeats the token');
}

async function startStill(test: TestContext) {
  const { proxy } = await startStack(test, {
    settings: { HOST_TOKEN_ISSUER: ISSUER },
    clock: createTestClock(NOW * 1_000),
  });
  return (headers: Record<string, string>, path = '/v1/config') => fetch(`${proxy.url}${path}`, { headers });
}

describe('a recruiter token', () => {
  it('is refused in one sentence that tells nothing', async (test) => {
    const ask = await startStill(test);
    for (const [what, make] of REFUSED) {
      await test.test(what, async () => {
        const sent = make(NOW);
        await expectRefusal(await ask({ authorization: `Bearer ${sent}` }), sent);
      });
    }
  });

  it('is accepted to the last second of the leeway', async (test) => {
    const ask = await startStill(test);
    for (const [what, make] of ACCEPTED) {
      await test.test(what, async () => {
        const response = await ask({ authorization: `Bearer ${make(NOW)}` });
        assert.equal(response.status, 200, await response.text());
      });
    }
  });

  it('that grants nothing is forbidden everything', async (test) => {
    const ask = await startStill(test);
    for (const changes of FORBIDDEN) {
      await test.test(
        JSON.stringify(changes, (_key, value) => value ?? 'absent'),
        async () => {
          const response = await ask({ authorization: `Bearer ${token(NOW, changes)}` });
          assert.equal(response.status, 403);
          assert.equal(((await response.json()) as { code: string }).code, 'forbidden');
        },
      );
    }
  });

  it('is looked for in the bearer header alone', async (test) => {
    const ask = await startStill(test);
    const right = token(NOW);
    for (const [what, headers, query] of [
      ['nowhere', {}, ''],
      ['in the address', {}, `?token=${right}&access_token=${right}&authorization=Bearer%20${right}`],
      ['in a cookie', { cookie: `token=${right}; access_token=${right}; authorization="Bearer ${right}"` }, ''],
      ['as a password', { authorization: `Basic ${btoa(`x:${right}`)}` }, ''],
      ['without its scheme', { authorization: right }, ''],
      ['in a header of another name', { 'x-authorization': `Bearer ${right}`, 'proxy-authorization': right }, ''],
    ] as [string, Record<string, string>, string][]) {
      await test.test(what, async () => expectRefusal(await ask(headers, `/v1/config${query}`), right));
    }
    assert.equal((await ask({ authorization: `bearer ${right}` })).status, 200, 'the scheme has no letter case');
  });

  it('sent in two headers is refused, whichever comes first', async (test) => {
    const { proxy } = await startStack(test, { clock: createTestClock(NOW * 1_000) });
    const [right, wrong] = [`Bearer ${token(NOW)}`, 'Bearer nonsense'];
    for (const [values, status] of [
      [[right], 200],
      [[right, right], 401],
      [[right, wrong], 401],
      [[wrong, right], 401],
    ] as const) {
      const answered = Promise.withResolvers<number | undefined>();
      const { hostname: host, port } = new URL(proxy.url);
      const headers = ['host', host, ...values.flatMap((value) => ['authorization', value])];
      request({ host, port, path: '/v1/config', headers }, (response) => {
        response.resume();
        answered.resolve(response.statusCode);
      }).end();
      assert.equal(await answered.promise, status);
    }
  });

  it('that was refused has left nothing of itself in the log', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(
      buildProxySettings(evalon, { HOST_TOKEN_ISSUER: ISSUER, LOG_LEVEL: 'trace' }),
    );
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const now = Math.floor(Date.now() / 1_000);
    const sent = [...REFUSED, ...ACCEPTED].map(([, make]) => make(now));
    for (const one of sent) {
      await (await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${one}` } })).body?.cancel();
      await (await fetch(`${proxy.url}/v1/config?token=${encodeURIComponent(one)}`)).body?.cancel();
    }
    const last = 'the-last-of-them';
    await (await fetch(`${proxy.url}/v1/config`, { headers: { 'x-request-id': last } })).body?.cancel();
    await waitFor(() => proxy.output().includes(last));
    const log = proxy.output();
    for (const part of sent.flatMap((one) => one.split(/[.,\s]+/))) {
      assert.ok(part.length < 9 || !log.includes(part), `the log holds ${part}`);
    }
    assert.doesNotMatch(log, /\n\s+at |node_modules|"stack"/);
  });
});
