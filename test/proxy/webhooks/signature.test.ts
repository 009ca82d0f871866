import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { Unauthenticated } from '../../../proxy/util/errors.ts';
import { createWebhookVerifier } from '../../../proxy/webhooks/verify.ts';
import { webhookUrl } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const KEYS = [randomBytes(24), randomBytes(32)];
const SECRETS = KEYS.map((key) => `whsec_${key.toString('base64')}`);
const BODY = JSON.stringify({ event: 'session.opened', session_uuid: 'sess_1' });

/** Signs id, timestamp and body with HMAC-SHA-256, as the Standard Webhooks specification requires. */
function sign(key: Buffer | undefined, { id = 'msg_1', at = now(), body = BODY } = {}): string {
  return `v1,${createHmac('sha256', key ?? '')
    .update(`${id}.${at}.${body}`)
    .digest('base64')}`;
}

function now(offset = 0): string {
  return String(Math.floor(Date.now() / 1_000) + offset);
}

/** Builds the headers of a correctly signed webhook. They agree on the time. */
function buildHeaders(key: Buffer | undefined, { offset = 0, body = BODY } = {}) {
  const at = now(offset);
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

/** Sends headers unchanged, also duplicate ones. Returns the status, or undefined if the server closed the connection. */
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
const MANY = Array.from({ length: 1_000 }, () => `v1,${randomBytes(32).toString('base64')}`).join(' ');

/** Builds headers with a changed signature. */
function withChangedSignature(alter: (signature: string) => string) {
  const headers = buildHeaders(KEYS[0]);
  return { ...headers, 'webhook-signature': alter(headers['webhook-signature']) };
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

  it('is verified like the published test vectors', (test) => {
    for (const { secret, id, at, body, signature: published } of VECTORS) {
      const second = Number(at) * 1_000;
      const check = createWebhookVerifier(() => ({ webhookTokens: [], webhookSecrets: [secret] }));
      const headers = (changes = {}) => ({
        'webhook-id': [id],
        'webhook-timestamp': [at],
        'webhook-signature': [published],
        ...changes,
      });
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      assert.equal(sign(key, { id, at, body }), published);
      test.mock.timers.enable({ apis: ['Date'], now: second });
      check.verifySignature(Buffer.from(body), headers());
      check.verifySignature(
        Buffer.from(body),
        headers({ 'webhook-signature': [`v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= ${published}`] }),
      );
      for (const [changed, changes] of [
        [`${body} `, {}],
        [body, { 'webhook-id': [`${id}x`] }],
        [body, { 'webhook-timestamp': [String(Number(at) + 1)] }],
        [body, { 'webhook-signature': [published.slice(0, -2)] }],
        [body, { 'webhook-signature': [published.toLowerCase()] }],
      ] as const) {
        assert.throws(() => check.verifySignature(Buffer.from(changed), headers(changes)), Unauthenticated);
      }
      test.mock.timers.setTime(second + 301_000);
      assert.throws(() => check.verifySignature(Buffer.from(body), headers()), Unauthenticated);
      test.mock.timers.reset();
    }
  });

  const validHeaders = () => buildHeaders(KEYS[0]);
  const CASES: [string, () => Record<string, string>][] = [
    ['without headers', () => ({})],
    ['without an id', () => ({ ...validHeaders(), 'webhook-id': '' })],
    ['of another id', () => ({ ...validHeaders(), 'webhook-id': 'msg_2' })],
    ['of another key', () => ({ ...validHeaders(), 'webhook-signature': sign(randomBytes(24)) })],
    ['of another version', () => ({ ...validHeaders(), 'webhook-signature': sign(KEYS[0]).replace('v1,', 'v2,') })],
    ['with a signature of the wrong length', () => ({ ...validHeaders(), 'webhook-signature': 'v1,AAAA' })],
    ['with no comma', () => ({ ...validHeaders(), 'webhook-signature': 'v1' })],
    ['with an empty signature', () => ({ ...validHeaders(), 'webhook-signature': 'v1,' })],
    ['with a signature that is doubled', () => withChangedSignature((one) => `${one}${one}`)],
    ['with a signature that is doubled by a comma', () => withChangedSignature((one) => `${one},${one}`)],
    ['with a signature one character short', () => withChangedSignature((one) => one.slice(0, -1))],
    ['with a signature one character long', () => withChangedSignature((one) => `${one}A`)],
    [
      'with a signature in hex',
      () => withChangedSignature((one) => `v1,${Buffer.from(one.slice(3), 'base64').toString('hex')}`),
    ],
    ['with 1,000 wrong signatures', () => ({ ...validHeaders(), 'webhook-signature': MANY })],
    [
      'with a signature of 60,000 characters',
      () => ({ ...validHeaders(), 'webhook-signature': `v1,${'A'.repeat(60_000)}` }),
    ],
    ['with an id of 60,000 characters', () => ({ ...validHeaders(), 'webhook-id': 'x'.repeat(60_000) })],
    ['with an id beyond ASCII', () => ({ ...validHeaders(), 'webhook-id': 'msg_\u00e9' })],
    ['with an empty timestamp', () => ({ ...validHeaders(), 'webhook-timestamp': '' })],
    ['with a timestamp beyond ASCII', () => ({ ...validHeaders(), 'webhook-timestamp': '\u00b2\u00b3' })],
    ['with a timestamp beyond all numbers', () => ({ ...validHeaders(), 'webhook-timestamp': '9'.repeat(400) })],
    ['with a negative timestamp', () => ({ ...validHeaders(), 'webhook-timestamp': '-1' })],
    ['with bytes beyond ASCII', () => ({ ...validHeaders(), 'webhook-signature': 'v1,\u00e9\u00ff' })],
    ['with a timestamp that is no number', () => ({ ...validHeaders(), 'webhook-timestamp': 'yesterday' })],
    ['of another time', () => ({ ...validHeaders(), 'webhook-timestamp': now(-60) })],
    ['that is too old', () => buildHeaders(KEYS[0], { offset: -302 })],
    ['that is too new', () => buildHeaders(KEYS[0], { offset: 303 })],
  ];
  it('is accepted almost five minutes late', async (test) => {
    const send = await startVerifyingStack(test);
    assert.equal(await send(buildHeaders(KEYS[0], { offset: -297 })), 202);
  });

  it('is refused', async (test) => {
    const send = await startVerifyingStack(test);
    for (const [what, headers] of CASES) {
      await test.test(what, async () => assert.equal(await send(headers()), 401));
    }
  });

  it('is accepted if the signature is twice in the list, or the last of 1,000', async (test) => {
    const send = await startVerifyingStack(test);
    const headers = validHeaders();
    const { 'webhook-signature': one } = headers;
    assert.equal(await send({ ...headers, 'webhook-signature': `${one} ${one}` }), 202);
    assert.equal(await send({ ...headers, 'webhook-signature': `${MANY} ${one}` }), 202);
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

  it('is refused if one byte of its body changed, and invalid if its body is not JSON', async (test) => {
    const send = await startVerifyingStack(test);
    assert.equal(await send(validHeaders(), `${BODY} `), 401);
    const headers = buildHeaders(KEYS[0], { body: 'not json' });
    assert.equal(await send(headers, 'not json'), 400);
  });

  it('still requires the token in the address', async (test) => {
    const { evalon, proxy } = await startStack(test, { settings: { EVALON_WEBHOOK_SECRET: SECRETS[0] } });
    const url = webhookUrl(proxy.url, 'the-wrong-webhook-token');
    assert.equal(await evalon.sendWebhook(BODY, { url, headers: validHeaders() }), 401);
  });
});
