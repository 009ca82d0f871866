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
const signWithSecret = createHmacSigner(HOST_TOKEN_SECRET);
const returnNoSignature: TokenSigner = () => Buffer.alloc(0);
/** Seconds since 1970: the time of the tests' clock. */
const NOW_SECONDS = Date.parse('2026-01-15T14:30:00Z') / 1_000;

interface SigningOptions {
  header?: object;
  sign?: TokenSigner;
}

/** Builds a valid token with changes. An undefined claim is left out. `now` is in seconds since 1970. */
function buildToken(
  now: number,
  changes: object = {},
  { header = {}, sign = signWithSecret }: SigningOptions = {},
): string {
  const rights = { projects: ['proj_abc123'], scope: 'read' };
  const claims = { sub: 'recruiter-1', iss: ISSUER, aud: 'evalon-proxy', iat: now, exp: now + 600, ...rights };
  return forgeToken({ alg: 'HS256', ...header }, { ...claims, ...changes }, sign);
}

/** @param end how many characters to keep. A negative value: how many to remove from the end. */
const truncateToken = (now: number, end: number) => buildToken(now).slice(0, end);

/** The parts of a token, by position. */
const [HEADER, CLAIMS, SIGNATURE] = [0, 1, 2] as const;
/** SHA-256 has 32 bytes. */
const LAST_SIGNATURE_BYTE = 31;

/** Flips the lowest bit of one byte of one part. */
function flipTokenBit(now: number, part: number, byte: number): string {
  const parts = buildToken(now).split('.');
  const bytes = Buffer.from(parts[part] ?? '', 'base64url');
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  return parts.with(part, bytes.toString('base64url')).join('.');
}

/** Sets the two unused bits of the signature's last character, so that a different text encodes the same bytes. */
function setUnusedTokenBits(now: number): string {
  const valid = buildToken(now);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return valid.slice(0, -1) + alphabet[alphabet.indexOf(valid.slice(-1)) | 3];
}

type Case = [name: string, make: (now: number) => string];
const createCases = <T>(name: string, values: readonly T[], make: (now: number, value: T) => string): Case[] =>
  values.map((value) => [`${name} ${JSON.stringify(value)}`, (now) => make(now, value)]);

/**
 * Names complete the phrase "a token …". The proxy tolerates clocks that differ by up to 60 s. A token may be valid for
 * at most 900 s.
 */
const REFUSED: readonly Case[] = [
  ...createCases('unsigned, with alg', ['none', 'None', 'NONE', 'nOnE', '', null, ['none']], (now, alg) =>
    buildToken(now, {}, { header: { alg }, sign: returnNoSignature }),
  ),
  ...createCases(
    'with a correct signature and alg',
    ['none', 'hs256', 'HS256 ', 'RS256', 'ES256', 'EdDSA', ['HS256'], 0],
    (now, alg) => buildToken(now, {}, { header: { alg } }),
  ),
  ['with a correct signature and no alg', (now) => buildToken(now, {}, { header: { alg: undefined } })],
  [
    'signed with HS384',
    (now) => buildToken(now, {}, { header: { alg: 'HS384' }, sign: createHmacSigner(HOST_TOKEN_SECRET, 'sha384') }),
  ],
  [
    'signed with HS512',
    (now) => buildToken(now, {}, { header: { alg: 'HS512' }, sign: createHmacSigner(HOST_TOKEN_SECRET, 'sha512') }),
  ],
  ...createCases(
    'signed with',
    ['another secret that is long enough too', '', `${HOST_TOKEN_SECRET}\n`],
    (now, secret) => buildToken(now, {}, { sign: createHmacSigner(secret) }),
  ),
  ...createCases(
    'signed with an empty secret that its header names:',
    [
      { kid: '/dev/null' },
      { kid: '../../../../dev/null' },
      { kid: "x' union select '' --" },
      { jwk: { kty: 'oct', k: '' } },
      { jku: 'https://evil.example/jwks.json' },
      { x5u: 'https://evil.example/cert.pem' },
      { x5c: ['MIIB'] },
    ],
    (now, header) => buildToken(now, {}, { header, sign: createHmacSigner('') }),
  ),
  ...createCases(
    'with the header',
    [{ crit: ['exp'], exp: 1 }, { crit: ['unknown'], unknown: 1 }, { crit: [] }, { crit: ['b64'], b64: false }],
    (now, header) => buildToken(now, {}, { header }),
  ),
  ...createCases('with aud', ['another-app', 'Evalon-Proxy', ['another-app'], [], '', 7, null], (now, aud) =>
    buildToken(now, { aud }),
  ),
  ...createCases('with iss', ['https://evil.example', `${ISSUER}/`, [ISSUER], '', 7, null], (now, iss) =>
    buildToken(now, { iss }),
  ),
  ['that expired 61 s ago', (now) => buildToken(now, { iat: now - 300, exp: now - 61 })],
  ['that becomes valid in 61 s', (now) => buildToken(now, { nbf: now + 61 })],
  ['with iat 61 s in the future', (now) => buildToken(now, { iat: now + 61 })],
  ['with a lifetime of 901 s', (now) => buildToken(now, { exp: now + 901 })],
  ['with exp in milliseconds', (now) => buildToken(now, { exp: (now + 600) * 1_000 })],
  ['with iat and exp in milliseconds', (now) => buildToken(now, { iat: now * 1_000, exp: (now + 600) * 1_000 })],
  [
    'that never expires',
    // JSON.parse reads 1e999 as Infinity.
    (now) => {
      const claims = { sub: 'recruiter-1', iss: ISSUER, aud: 'evalon-proxy', projects: ['proj_abc123'], scope: 'read' };
      const text = JSON.stringify({ ...claims, iat: now, exp: 0 }).replace('"exp":0', '"exp":1e999');
      return forgeToken({ alg: 'HS256' }, text, signWithSecret);
    },
  ],
  ...createCases('without', ['sub', 'iss', 'aud', 'iat', 'exp'], (now, claim) =>
    buildToken(now, { [claim]: undefined }),
  ),
  ...createCases('with sub', ['', 7, null, {}, ['recruiter-1']], (now, sub) => buildToken(now, { sub })),
  ...createCases('with iat', [String(NOW_SECONDS), null, {}, true], (now, iat) => buildToken(now, { iat })),
  ...createCases('with exp', [String(NOW_SECONDS + 600), null, {}, true], (now, exp) => buildToken(now, { exp })),
  ...createCases('with nbf', [String(NOW_SECONDS), null], (now, nbf) => buildToken(now, { nbf })),
  ...createCases('with projects', ['proj_abc123', null, {}, [7], [''], ['proj_abc123', null]], (now, projects) =>
    buildToken(now, { projects }),
  ),
  ...createCases('with scope', [['read'], null, 7, { read: true }], (now, scope) => buildToken(now, { scope })),
  ...createCases('with candidates', ['jane@example.com', null, [7], {}], (now, candidates) =>
    buildToken(now, { candidates }),
  ),
  ...createCases('whose claims are', ['[]', '"x"', 'null', '7', 'not json', '{"sub":'], (_now, text) =>
    forgeToken({ alg: 'HS256' }, text, signWithSecret),
  ),
  // The signature has 43 characters. -44 also removes the dot before it.
  ...createCases('truncated at', [1, 10, 20, 40, 100, -44, -43, -20, -1], truncateToken),
  ['with a flipped bit in the signature', (now) => flipTokenBit(now, SIGNATURE, 0)],
  ['with a flipped bit at the end of the signature', (now) => flipTokenBit(now, SIGNATURE, LAST_SIGNATURE_BYTE)],
  ['with a flipped bit in the claims', (now) => flipTokenBit(now, CLAIMS, 30)],
  ['with a flipped bit in the header', (now) => flipTokenBit(now, HEADER, 3)],
  ...createCases('whose signature is padded with', ['=', '==', '===='], (now, padding) => buildToken(now) + padding),
  ['whose signature has its unused bits set', setUnusedTokenBits],
  ['with five parts', (now) => `${buildToken(now)}.x.y`],
  ['sent twice', (now) => `${buildToken(now)} ${buildToken(now)}`],
  ['sent twice as a list', (now) => `${buildToken(now)},${buildToken(now)}`],
  ['sent twice with Bearer', (now) => `${buildToken(now)}, Bearer ${buildToken(now)}`],
  ['of 20 KB without structure', () => 'x'.repeat(20_480)],
  ['of 20 KB with a correct signature', (now) => buildToken(now, { padding: 'x'.repeat(15_000) })],
  ['without structure', () => 'nonsense'],
  ['that is empty', () => ''],
];

const ACCEPTED: readonly Case[] = [
  ['with all claims', (now) => buildToken(now)],
  ['that expired 59 s ago', (now) => buildToken(now, { iat: now - 300, exp: now - 59 })],
  ['that becomes valid in 59 s', (now) => buildToken(now, { nbf: now + 59 })],
  ['with iat 59 s in the future', (now) => buildToken(now, { iat: now + 59 })],
  ['with a lifetime of 900 s', (now) => buildToken(now, { exp: now + 900 })],
  ['for several audiences including the proxy', (now) => buildToken(now, { aud: ['another-app', 'evalon-proxy'] })],
  [
    'with ignored key hints in its header',
    (now) => buildToken(now, {}, { header: { kid: 'x', jku: 'https://evil.example' } }),
  ],
];

const FORBIDDEN_CLAIMS = [
  { projects: undefined },
  { projects: [] },
  { scope: undefined },
  { scope: '' },
  { scope: 'admin' },
];

/** A shorter part of a token may occur in a text by chance. */
const MIN_REVEALING_CHARS = 9;

function listRevealingParts(token: string): string[] {
  return token.split(/[.,\s]+/).filter((part) => part.length >= MIN_REVEALING_CHARS);
}

/** Words that would reveal the library, a file or a claim. */
const IMPLEMENTATION_WORDS = /jose|jwt|jws|zod|node_modules|\.[jt]s\b|\bat \w+ \(|signature|claim|alg/i;

async function expectRefusal(response: Response, sentToken = ''): Promise<void> {
  const text = await response.text();
  const { type, status, code, detail } = JSON.parse(text) as Record<string, string>;
  assert.equal(response.status, 401);
  assert.deepEqual({ type, status, code }, { type: 'about:blank', status: 401, code: 'unauthenticated' });
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.equal(response.headers.get('www-authenticate'), 'Bearer');
  assert.match(detail ?? '', /^[A-Z][^.]+\. [A-Z][^.]+\.$/, 'what happened, then what to do');
  const received = `${text} ${JSON.stringify([...response.headers])}`;
  assert.doesNotMatch(text, IMPLEMENTATION_WORDS);
  for (const part of listRevealingParts(sentToken)) {
    assert.ok(!received.includes(part), 'the response repeats the token');
  }
}

/** Starts a proxy, and returns a function that sends it a GET request. */
async function startWithStoppedClock(test: TestContext) {
  const { proxy } = await startStack(test, {
    settings: { HOST_TOKEN_ISSUER: ISSUER },
    clock: createTestClock({ startMs: NOW_SECONDS * 1_000 }),
  });
  return (headers: Record<string, string>, path = '/v1/config') => fetch(`${proxy.url}${path}`, { headers });
}

describe('a recruiter token', () => {
  it('that is invalid is refused without details', async (test) => {
    const get = await startWithStoppedClock(test);
    for (const [name, make] of REFUSED) {
      await test.test(name, async () => {
        const sent = make(NOW_SECONDS);
        await expectRefusal(await get({ authorization: `Bearer ${sent}` }), sent);
      });
    }
  });

  it('that is valid is accepted, up to the last second of the clock tolerance', async (test) => {
    const get = await startWithStoppedClock(test);
    for (const [name, make] of ACCEPTED) {
      await test.test(name, async () => {
        const response = await get({ authorization: `Bearer ${make(NOW_SECONDS)}` });
        assert.equal(response.status, 200, await response.text());
      });
    }
  });

  it('without projects or a known scope is forbidden', async (test) => {
    const get = await startWithStoppedClock(test);
    for (const changes of FORBIDDEN_CLAIMS) {
      await test.test(
        JSON.stringify(changes, (_key, value) => value ?? 'absent'),
        async () => {
          const response = await get({ authorization: `Bearer ${buildToken(NOW_SECONDS, changes)}` });
          assert.equal(response.status, 403);
          assert.equal(((await response.json()) as { code: string }).code, 'forbidden');
        },
      );
    }
  });

  it('is read from the Authorization header only', async (test) => {
    const get = await startWithStoppedClock(test);
    const valid = buildToken(NOW_SECONDS);
    for (const [name, headers, query] of [
      ['missing', {}, ''],
      ['in the URL', {}, `?token=${valid}&access_token=${valid}&authorization=Bearer%20${valid}`],
      ['in a cookie', { cookie: `token=${valid}; access_token=${valid}; authorization="Bearer ${valid}"` }, ''],
      ['as a password', { authorization: `Basic ${btoa(`x:${valid}`)}` }, ''],
      ['without its scheme', { authorization: valid }, ''],
      ['in a header of another name', { 'x-authorization': `Bearer ${valid}`, 'proxy-authorization': valid }, ''],
    ] as [string, Record<string, string>, string][]) {
      await test.test(name, async () => expectRefusal(await get(headers, `/v1/config${query}`), valid));
    }
    assert.equal((await get({ authorization: `bearer ${valid}` })).status, 200, 'the scheme is case-insensitive');
  });

  it('is refused if the request has two Authorization headers', async (test) => {
    const { proxy } = await startStack(test, { clock: createTestClock({ startMs: NOW_SECONDS * 1_000 }) });
    const [valid, invalid] = [`Bearer ${buildToken(NOW_SECONDS)}`, 'Bearer nonsense'];
    for (const [values, status] of [
      [[valid], 200],
      [[valid, valid], 401],
      [[valid, invalid], 401],
      [[invalid, valid], 401],
    ] as const) {
      const received = Promise.withResolvers<number | undefined>();
      const { hostname: host, port } = new URL(proxy.url);
      const headers = ['host', host, ...values.flatMap((value) => ['authorization', value])];
      request({ host, port, path: '/v1/config', headers }, (response) => {
        response.resume();
        received.resolve(response.statusCode);
      }).end();
      assert.equal(await received.promise, status);
    }
  });

  it('never appears in the log, neither whole nor in part', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(
      buildProxySettings(evalon, { HOST_TOKEN_ISSUER: ISSUER, LOG_LEVEL: 'trace' }),
    );
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const now = Math.floor(Date.now() / 1_000);
    const tokens = [...REFUSED, ...ACCEPTED].map(([, make]) => make(now));
    for (const text of tokens) {
      const url = `${proxy.url}/v1/config?token=${encodeURIComponent(text)}`;
      await (await fetch(url, { headers: { authorization: `Bearer ${text}` } })).body?.cancel();
    }
    const lastRequestId = 'the-last-request';
    await (await fetch(`${proxy.url}/v1/config`, { headers: { 'x-request-id': lastRequestId } })).body?.cancel();
    await waitFor(() => proxy.output().includes(lastRequestId));
    const log = proxy.output();
    for (const part of tokens.flatMap(listRevealingParts)) {
      assert.ok(!log.includes(part), `the log contains ${part}`);
    }
    // The log also contains no stack trace.
    assert.doesNotMatch(log, /\n\s+at |node_modules|"stack"/);
  });
});
