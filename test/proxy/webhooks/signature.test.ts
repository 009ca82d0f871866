import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { Unauthenticated } from '../../../proxy/util/errors.ts';
import { createWebhookVerifier } from '../../../proxy/webhooks/verify.ts';
import { webhookUrl } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

/** A webhook is refused if its timestamp differs from the current time by more than this. */
const TOLERANCE_SECONDS = 300;
const KEYS = [randomBytes(24), randomBytes(32)];
const SECRETS = KEYS.map((key) => `whsec_${key.toString('base64')}`);
const BODY = JSON.stringify({ event: 'session.opened', session_uuid: 'sess_1' });

/** Signs id, timestamp and body with HMAC-SHA-256, as the Standard Webhooks specification requires. */
function sign(key: Buffer | undefined, { id = 'msg_1', at = buildTimestamp(), body = BODY } = {}): string {
  return `v1,${createHmac('sha256', key ?? '')
    .update(`${id}.${at}.${body}`)
    .digest('base64')}`;
}

/** Returns the current time, or a time with an offset from it, as a `webhook-timestamp`. */
function buildTimestamp(offsetSeconds = 0): string {
  return String(Math.floor(Date.now() / 1_000) + offsetSeconds);
}

/** Builds the headers of a correctly signed webhook. The signature covers the same timestamp as the header. */
function buildHeaders(key: Buffer | undefined, { offsetSeconds = 0, body = BODY } = {}) {
  const at = buildTimestamp(offsetSeconds);
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': at, 'webhook-signature': sign(key, { at, body }) };
}

/** Test vectors of the Standard Webhooks project, and of a company that uses the standard. */
const VECTORS = [
  {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: '1614265330',
    body: '{"test": 2432232314}',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    id: 'msg_27UH4WbU6Z5A5EzD8u03UvzRbpk',
    at: '1649367553',
    body: '{"email":"test@example.com","username":"test_user"}',
    signature: 'v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=',
  },
];

/**
 * Sends headers unchanged, including duplicates. Returns the status, or undefined if the server closed the connection.
 */
function sendRaw(url: string, headers: readonly (readonly [string, string])[]): Promise<number | undefined> {
  const { hostname: host, port, pathname: path } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const all = [['host', host], ['content-length', String(BODY.length)], ...headers].flat();
  request({ host, port, path, method: 'POST', headers: all as string[] }, (response) => {
    response.resume();
    resolve(response.statusCode);
  })
    .once('error', () => resolve(undefined))
    .end(BODY);
  return promise;
}

/** A thousand invalid signatures of the correct length. */
const INVALID_SIGNATURES = Array.from({ length: 1_000 }, () => `v1,${randomBytes(32).toString('base64')}`).join(' ');

/** Builds headers with a changed signature. */
function buildHeadersWithSignature(change: (signature: string) => string) {
  const headers = buildHeaders(KEYS[0]);
  return { ...headers, 'webhook-signature': change(headers['webhook-signature']) };
}

async function startVerifyingStack(test: TestContext) {
  const { evalon } = await startStack(test, { settings: { EVALON_WEBHOOK_SECRET: SECRETS.join(',') } });
  return (headers: Record<string, string>, body = BODY) => evalon.sendWebhook(body, { headers });
}

describe('a signed webhook', () => {
  it('is accepted with either secret, and with one valid signature among others', async (test) => {
    const send = await startVerifyingStack(test);
    for (const key of KEYS) {
      const headers = buildHeaders(key);
      assert.equal(await send(headers), 202);
      assert.equal(
        await send({ ...headers, 'webhook-signature': `v1,AAAA v1a,x ${headers['webhook-signature']}` }),
        202,
      );
    }
  });

  it('matches the published test vectors', (test) => {
    for (const { secret, id, at, body, signature: published } of VECTORS) {
      const signedAtMs = Number(at) * 1_000;
      const verifier = createWebhookVerifier(() => ({ webhookTokenDigests: [], webhookSecrets: [secret] }));
      const headers = (changes = {}) => ({
        'webhook-id': [id],
        'webhook-timestamp': [at],
        'webhook-signature': [published],
        ...changes,
      });
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      assert.equal(sign(key, { id, at, body }), published);
      test.mock.timers.enable({ apis: ['Date'], now: signedAtMs });
      verifier.verifySignature(Buffer.from(body), headers());
      verifier.verifySignature(
        Buffer.from(body),
        headers({ 'webhook-signature': [`v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= ${published}`] }),
      );
      for (const [sentBody, headerChanges] of [
        [`${body} `, {}],
        [body, { 'webhook-id': [`${id}x`] }],
        [body, { 'webhook-timestamp': [String(Number(at) + 1)] }],
        [body, { 'webhook-signature': [published.slice(0, -2)] }],
        [body, { 'webhook-signature': [published.toLowerCase()] }],
      ] as const) {
        assert.throws(() => verifier.verifySignature(Buffer.from(sentBody), headers(headerChanges)), Unauthenticated);
      }
      test.mock.timers.setTime(signedAtMs + (TOLERANCE_SECONDS + 1) * 1_000);
      assert.throws(() => verifier.verifySignature(Buffer.from(body), headers()), Unauthenticated);
      test.mock.timers.reset();
    }
  });

  const validHeaders = () => buildHeaders(KEYS[0]);
  const CASES: [string, () => Record<string, string>][] = [
    ['without headers', () => ({})],
    ['without an id', () => ({ ...validHeaders(), 'webhook-id': '' })],
    ['whose id is not the signed one', () => ({ ...validHeaders(), 'webhook-id': 'msg_2' })],
    ['signed with another key', () => ({ ...validHeaders(), 'webhook-signature': sign(randomBytes(24)) })],
    [
      'with signature version v2',
      () => ({ ...validHeaders(), 'webhook-signature': sign(KEYS[0]).replace('v1,', 'v2,') }),
    ],
    ['with a signature of the wrong length', () => ({ ...validHeaders(), 'webhook-signature': 'v1,AAAA' })],
    ['with a signature that has no comma', () => ({ ...validHeaders(), 'webhook-signature': 'v1' })],
    ['with an empty signature', () => ({ ...validHeaders(), 'webhook-signature': 'v1,' })],
    [
      'with the signature twice, without a separator',
      () => buildHeadersWithSignature((signature) => `${signature}${signature}`),
    ],
    [
      'with the signature twice, separated by a comma',
      () => buildHeadersWithSignature((signature) => `${signature},${signature}`),
    ],
    [
      'with a signature that lacks its last character',
      () => buildHeadersWithSignature((signature) => signature.slice(0, -1)),
    ],
    ['with a signature that has an extra character', () => buildHeadersWithSignature((signature) => `${signature}A`)],
    [
      'with a signature in hex',
      () => buildHeadersWithSignature((signature) => `v1,${Buffer.from(signature.slice(3), 'base64').toString('hex')}`),
    ],
    ['with 1,000 wrong signatures', () => ({ ...validHeaders(), 'webhook-signature': INVALID_SIGNATURES })],
    [
      'with a signature of 60,000 characters',
      () => ({ ...validHeaders(), 'webhook-signature': `v1,${'A'.repeat(60_000)}` }),
    ],
    ['with an id of 60,000 characters', () => ({ ...validHeaders(), 'webhook-id': 'x'.repeat(60_000) })],
    ['with an id that is not ASCII', () => ({ ...validHeaders(), 'webhook-id': 'msg_\u00e9' })],
    ['with an empty timestamp', () => ({ ...validHeaders(), 'webhook-timestamp': '' })],
    ['with a timestamp that is not ASCII', () => ({ ...validHeaders(), 'webhook-timestamp': '\u00b2\u00b3' })],
    ['with a timestamp too large for a number', () => ({ ...validHeaders(), 'webhook-timestamp': '9'.repeat(400) })],
    ['with a negative timestamp', () => ({ ...validHeaders(), 'webhook-timestamp': '-1' })],
    ['with a signature that is not ASCII', () => ({ ...validHeaders(), 'webhook-signature': 'v1,\u00e9\u00ff' })],
    ['with a timestamp that is not a number', () => ({ ...validHeaders(), 'webhook-timestamp': 'yesterday' })],
    ['whose timestamp is not the signed one', () => ({ ...validHeaders(), 'webhook-timestamp': buildTimestamp(-60) })],
    // The extra seconds allow for the time between the signature and its check.
    ['signed more than five minutes ago', () => buildHeaders(KEYS[0], { offsetSeconds: -TOLERANCE_SECONDS - 2 })],
    [
      'signed more than five minutes in the future',
      () => buildHeaders(KEYS[0], { offsetSeconds: TOLERANCE_SECONDS + 3 }),
    ],
  ];
  it('is accepted almost five minutes after it was signed', async (test) => {
    const send = await startVerifyingStack(test);
    assert.equal(await send(buildHeaders(KEYS[0], { offsetSeconds: -TOLERANCE_SECONDS + 3 })), 202);
  });

  it('is refused if it is unsigned or its signature does not match', async (test) => {
    const send = await startVerifyingStack(test);
    for (const [what, headers] of CASES) {
      await test.test(what, async () => assert.equal(await send(headers()), 401));
    }
  });

  it('is accepted if the valid signature appears twice in the list, or last among 1,001 signatures', async (test) => {
    const send = await startVerifyingStack(test);
    const headers = validHeaders();
    const { 'webhook-signature': signature } = headers;
    assert.equal(await send({ ...headers, 'webhook-signature': `${signature} ${signature}` }), 202);
    assert.equal(await send({ ...headers, 'webhook-signature': `${INVALID_SIGNATURES} ${signature}` }), 202);
  });

  it('with a duplicate header is refused, even if both values are valid', async (test) => {
    const { evalon } = await startStack(test, { settings: { EVALON_WEBHOOK_SECRET: SECRETS[0] } });
    const url = String(evalon.webhookUrl);
    const headers = Object.entries(validHeaders());
    assert.equal(await sendRaw(url, headers), 202);
    for (const [name, value] of headers) {
      for (const other of [value, 'nonsense', '']) {
        assert.equal(await sendRaw(url, [...headers, [name, other]]), 401, name);
        assert.equal(await sendRaw(url, [[name, other], ...headers]), 401, name);
      }
    }
  });

  it('with oversized headers is refused, and the next webhook is accepted', async (test) => {
    const { evalon } = await startStack(test, { settings: { EVALON_WEBHOOK_SECRET: SECRETS[0] } });
    const url = String(evalon.webhookUrl);
    const headers = Object.entries(validHeaders());
    const status = await sendRaw(url, [...headers, ['webhook-signature', 'x'.repeat(200_000)]]);
    assert.ok(status === undefined || status === 431, String(status));
    assert.equal(await sendRaw(url, headers), 202);
  });

  it('returns 401 if its body has one more byte, and 400 if its signed body is not JSON', async (test) => {
    const send = await startVerifyingStack(test);
    assert.equal(await send(validHeaders(), `${BODY} `), 401);
    const headers = buildHeaders(KEYS[0], { body: 'not json' });
    assert.equal(await send(headers, 'not json'), 400);
  });

  it('still requires the token in the URL', async (test) => {
    const { evalon, proxy } = await startStack(test, { settings: { EVALON_WEBHOOK_SECRET: SECRETS[0] } });
    const url = webhookUrl(proxy.url, 'the-wrong-webhook-token');
    assert.equal(await evalon.sendWebhook(BODY, { url, headers: validHeaders() }), 401);
  });
});
