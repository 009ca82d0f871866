import assert from 'node:assert/strict';
import { constants, createPublicKey, createSign, type JsonWebKey, KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { createTempFolder } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { createHmacSigner, forgeToken, mintToken, type TokenSigner } from '../../support/token.ts';

interface Pair {
  algorithm: string;
  kid: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

async function newPair(algorithm: string, kid: string): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { algorithm, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm } };
}

function sign({ algorithm, kid, privateKey }: Pair): Promise<string> {
  return new SignJWT({ projects: ['*'], scope: 'read' })
    .setProtectedHeader({ alg: algorithm, kid })
    .setSubject('recruiter-1')
    .setIssuer('https://ats.example.com')
    .setAudience('evalon-proxy')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
}

/** What a token with every right says. */
function claims(): object {
  const iat = Math.floor(Date.now() / 1_000);
  const holder = { sub: 'recruiter-1', iss: 'https://ats.example.com', aud: 'evalon-proxy' };
  return { ...holder, projects: ['*'], scope: 'read', iat, exp: iat + 300 };
}

/** Signs as a JWS asks for it: the two numbers, one after the other. */
function es256({ privateKey }: Pair): TokenSigner {
  const key = KeyObject.from(privateKey);
  return (text) => createSign('sha256').update(text).sign({ key, dsaEncoding: 'ieee-p1363' });
}

/** Kids that a look-up could stumble over; none of them is published. */
const KIDS: readonly unknown[] = [
  '../../etc/passwd',
  '/dev/null',
  'file:///dev/null',
  "' or 1=1 --",
  "key-1' union select 'x",
  'key-1\u0000',
  'KEY-1',
  'key-2',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  'x'.repeat(10_000),
  '',
  7,
  null,
  ['key-1'],
  { toString: 'key-1' },
];

/** An ATS backend that publishes its keys; `keys` may change, `down` makes it fail. */
async function startPublisher(test: TestContext, keys: JWK[]) {
  const publisher = { keys, down: false, asked: 0, url: '' };
  const server = createServer((_request, response) => {
    publisher.asked += 1;
    if (publisher.down) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: publisher.keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  publisher.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  test.after(() => server.close());
  return publisher;
}

async function startWith(test: TestContext, jwks: string) {
  const { proxy } = await startStack(test, { settings: { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: jwks } });
  return async (token: string) =>
    (await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } })).status;
}

describe('a JWKS', () => {
  for (const algorithm of ['ES256', 'EdDSA', 'RS256']) {
    it(`proves tokens signed with ${algorithm}, and asks for the keys once`, async (test) => {
      const pair = await newPair(algorithm, 'key-1');
      const publisher = await startPublisher(test, [pair.jwk]);
      const statusOf = await startWith(test, publisher.url);
      assert.equal(await statusOf(await sign(pair)), 200);
      assert.equal(await statusOf(await sign(pair)), 200);
      assert.equal(publisher.asked, 1);
    });
  }

  it('never accepts its own public keys as a shared secret', async (test) => {
    const pairs = await Promise.all([newPair('RS256', 'key-1'), newPair('ES256', 'key-2')]);
    const jwks = pairs.map(({ jwk }) => jwk);
    const publisher = await startPublisher(test, jwks);
    const statusOf = await startWith(test, publisher.url);
    const forms = jwks.flatMap((jwk) => {
      const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
      const pem = String(key.export({ type: 'spki', format: 'pem' }));
      const der = key.export({ type: 'spki', format: 'der' });
      const numbers = [jwk.n, jwk.x].filter((number) => number !== undefined);
      const texts = [pem, pem.trim(), JSON.stringify(jwk), JSON.stringify({ keys: jwks }), ...numbers];
      return [...texts.map((text) => Buffer.from(text)), der, ...numbers.map((text) => Buffer.from(text, 'base64url'))];
    });
    assert.equal(await statusOf(await mintToken()), 401);
    for (const { kid } of jwks) {
      for (const secret of forms) {
        for (const alg of ['HS256', 'RS256', 'ES256']) {
          assert.equal(
            await statusOf(forgeToken({ alg, kid }, claims(), createHmacSigner(secret))),
            401,
            secret.toString(),
          );
        }
      }
    }
    for (const alg of ['none', 'None', '', undefined]) {
      assert.equal(await statusOf(forgeToken({ alg, kid: 'key-1' }, claims(), () => Buffer.alloc(0))), 401);
    }
  });

  it('ignores keys that a token brings along, and finds none by an invented kid', async (test) => {
    const [known, attacker] = [await newPair('ES256', 'key-1'), await newPair('ES256', 'key-1')];
    const publisher = await startPublisher(test, [known.jwk]);
    const evil = await startPublisher(test, [attacker.jwk]);
    const statusOf = await startWith(test, publisher.url);
    const x5c = [Buffer.from('not a certificate').toString('base64')];
    for (const header of [{}, { jwk: attacker.jwk }, { jku: evil.url }, { x5u: evil.url }, { x5c }]) {
      const forged = forgeToken({ alg: 'ES256', kid: 'key-1', ...header }, claims(), es256(attacker));
      assert.equal(await statusOf(forged), 401, `with ${Object.keys(header)}`);
    }
    for (const kid of KIDS) {
      for (const signer of [attacker, known]) {
        const forged = forgeToken({ alg: 'ES256', kid, jku: evil.url }, claims(), es256(signer));
        assert.equal(await statusOf(forged), 401, JSON.stringify(kid).slice(0, 80));
      }
    }
    assert.equal(await statusOf(forgeToken({ alg: 'ES256', kid: 'key-1' }, claims(), es256(known))), 200);
    assert.equal(evil.asked, 0);
  });

  it('accepts one form of a signature only', async (test) => {
    const [ec, rsa] = [await newPair('ES256', 'key-1'), await newPair('RS256', 'key-2')];
    const statusOf = await startWith(test, (await startPublisher(test, [ec.jwk, rsa.jwk])).url);
    const raw = es256(ec);
    const key = KeyObject.from(ec.privateKey);
    const FORMS: [string, TokenSigner][] = [
      ['DER', (text) => createSign('sha256').update(text).sign(key)],
      ['DER in hex', (text) => Buffer.from(createSign('sha256').update(text).sign(key).toString('hex'))],
      ['of zeros', () => Buffer.alloc(64)],
      ['of ones', () => Buffer.alloc(64, 255)],
      ['empty', () => Buffer.alloc(0)],
      ['one byte short', (text) => raw(text).subarray(0, 63)],
      ['one byte long', (text) => Buffer.concat([raw(text), Buffer.alloc(1)])],
      ['with its halves swapped', (text) => Buffer.concat([raw(text).subarray(32), raw(text).subarray(0, 32)])],
      ['of another text', (text) => raw(`${text} `)],
    ];
    for (const [what, sign] of FORMS) {
      assert.equal(await statusOf(forgeToken({ alg: 'ES256', kid: 'key-1' }, claims(), sign)), 401, what);
    }
    for (const header of [
      { alg: 'ES256', kid: 'key-2' },
      { alg: 'RS256', kid: 'key-1' },
      { alg: 'ES384', kid: 'key-1' },
      { alg: 'ES256K', kid: 'key-1' },
      { alg: 'EdDSA', kid: 'key-1' },
    ]) {
      assert.equal(await statusOf(forgeToken(header, claims(), raw)), 401, JSON.stringify(header));
    }
    const pss: TokenSigner = (text) =>
      createSign('sha256')
        .update(text)
        .sign({ key: KeyObject.from(rsa.privateKey), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    for (const alg of ['PS256', 'RS256', 'RS512']) {
      assert.equal(await statusOf(forgeToken({ alg, kid: 'key-2' }, claims(), pss)), 401, alg);
    }
    assert.equal(await statusOf(forgeToken({ alg: 'ES256', kid: 'key-1' }, claims(), raw)), 200);
  });

  it('of which a key is not published is refused without asking again and again', async (test) => {
    const [known, unknown] = [await newPair('ES256', 'key-1'), await newPair('ES256', 'key-2')];
    const publisher = await startPublisher(test, [known.jwk]);
    const statusOf = await startWith(test, publisher.url);
    for (let n = 0; n < 5; n++) assert.equal(await statusOf(await sign(unknown)), 401);
    assert.ok(publisher.asked <= 2, `asked ${publisher.asked} times`);
  });

  it('that cannot be read makes the proxy unavailable, not the recruiter unknown', async (test) => {
    const pair = await newPair('ES256', 'key-1');
    const publisher = await startPublisher(test, [pair.jwk]);
    publisher.down = true;
    const statusOf = await startWith(test, publisher.url);
    assert.equal(await statusOf(await sign(pair)), 503);
    publisher.down = false;
    assert.equal(await statusOf(await sign(pair)), 200);
  });

  it('in a file is read again when it changes', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const file = `${folder}/jwks.json`;
    const [old, next] = [await newPair('ES256', 'key-1'), await newPair('ES256', 'key-2')];
    writeFileSync(file, JSON.stringify({ keys: [old.jwk] }));
    const statusOf = await startWith(test, file);
    assert.equal(await statusOf(await sign(old)), 200);
    assert.equal(await statusOf(await sign(next)), 401);
    writeFileSync(file, JSON.stringify({ keys: [next.jwk, { ...next.jwk, kid: 'key-3' }] }));
    assert.equal(await statusOf(await sign(next)), 200);
    assert.equal(await statusOf(await sign(old)), 401);
  });
});
