import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { startHouse } from '../support/house.ts';
import { webhookUrl } from '../support/proxy.ts';

const KEYS = [randomBytes(24), randomBytes(32)];
const SECRETS = KEYS.map((key) => `whsec_${key.toString('base64')}`);
const BODY = JSON.stringify({ event: 'session.opened', session_uuid: 'sess_1' });

/** As the Standard Webhooks specification says: HMAC-SHA-256 over id, timestamp and body. */
function signature(key: Buffer | undefined, { id = 'msg_1', at = now(), body = BODY } = {}): string {
  return `v1,${createHmac('sha256', key ?? '')
    .update(`${id}.${at}.${body}`)
    .digest('base64')}`;
}

function now(offset = 0): string {
  return String(Math.floor(Date.now() / 1_000) + offset);
}

/** The headers of a rightly signed webhook; one look at the clock, so that they agree. */
function signed(key: Buffer | undefined, { offset = 0, body = BODY } = {}) {
  const at = now(offset);
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': at, 'webhook-signature': signature(key, { at, body }) };
}

async function signedHouse(test: TestContext) {
  const { evalon } = await startHouse(test, { settings: { EVALON_WEBHOOK_SECRET: SECRETS.join(',') } });
  return (headers: Record<string, string>, body = BODY) => evalon.sendWebhook(body, { headers });
}

describe('a signed webhook', () => {
  it('is accepted with either secret, and with one right signature among others', async (test) => {
    const send = await signedHouse(test);
    for (const key of KEYS) {
      const headers = signed(key);
      assert.equal(await send(headers), 202);
      assert.equal(
        await send({ ...headers, 'webhook-signature': `v1,AAAA v1a,x ${headers['webhook-signature']}` }),
        202,
      );
    }
  });

  const right = () => signed(KEYS[0]);
  const CASES: [string, () => Record<string, string>][] = [
    ['without headers', () => ({})],
    ['without an id', () => ({ ...right(), 'webhook-id': '' })],
    ['of another id', () => ({ ...right(), 'webhook-id': 'msg_2' })],
    ['of another key', () => ({ ...right(), 'webhook-signature': signature(randomBytes(24)) })],
    ['of another version', () => ({ ...right(), 'webhook-signature': signature(KEYS[0]).replace('v1,', 'v2,') })],
    ['with a signature of the wrong length', () => ({ ...right(), 'webhook-signature': 'v1,AAAA' })],
    ['with no comma', () => ({ ...right(), 'webhook-signature': 'v1' })],
    ['with an empty signature', () => ({ ...right(), 'webhook-signature': 'v1,' })],
    ['with bytes beyond ASCII', () => ({ ...right(), 'webhook-signature': 'v1,\u00e9\u00ff' })],
    ['with a timestamp that is no number', () => ({ ...right(), 'webhook-timestamp': 'yesterday' })],
    ['of another time', () => ({ ...right(), 'webhook-timestamp': now(-60) })],
    ['that is too old', () => signed(KEYS[0], { offset: -302 })],
    ['that is too new', () => signed(KEYS[0], { offset: 303 })],
  ];
  it('is accepted almost five minutes late', async (test) => {
    const send = await signedHouse(test);
    assert.equal(await send(signed(KEYS[0], { offset: -297 })), 202);
  });

  for (const [what, headers] of CASES) {
    it(`${what} is refused`, async (test) => {
      const send = await signedHouse(test);
      assert.equal(await send(headers()), 401);
    });
  }

  it('whose body was changed by one byte is refused, and one that is no JSON is not valid', async (test) => {
    const send = await signedHouse(test);
    assert.equal(await send(right(), `${BODY} `), 401);
    const headers = signed(KEYS[0], { body: 'not json' });
    assert.equal(await send(headers, 'not json'), 400);
  });

  it('still needs the secret address', async (test) => {
    const { evalon, proxy } = await startHouse(test, { settings: { EVALON_WEBHOOK_SECRET: SECRETS[0] } });
    const url = webhookUrl(proxy.url, 'the-wrong-webhook-token');
    assert.equal(await evalon.sendWebhook(BODY, { url, headers: right() }), 401);
  });
});
