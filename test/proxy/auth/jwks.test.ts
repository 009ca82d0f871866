import assert from 'node:assert/strict';
import { constants, createPublicKey, createSign, KeyObject, type webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { serve } from '../../support/http-server.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { createHmacSigner, forgeToken, mintToken, type TokenSigner } from '../../support/token.ts';

interface KeyPair {
  algorithm: string;
  kid: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

async function createKeyPair(algorithm: string, kid: string): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { algorithm, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm } };
}

function signToken({ algorithm, kid, privateKey }: KeyPair): Promise<string> {
  return new SignJWT({ projects: ['*'], scope: 'read' })
    .setProtectedHeader({ alg: algorithm, kid })
    .setSubject('recruiter-1')
    .setIssuer('https://ats.example.com')
    .setAudience('evalon-proxy')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
}

function createClaims(): object {
  const iat = Math.floor(Date.now() / 1_000);
  const identity = { sub: 'recruiter-1', iss: 'https://ats.example.com', aud: 'evalon-proxy' };
  return { ...identity, projects: ['*'], scope: 'read', iat, exp: iat + 300 };
}

/** Signs in JWS format: r and s, concatenated (RFC 7518, 3.4). */
function createEs256Signer({ privateKey }: KeyPair): TokenSigner {
  const key = KeyObject.from(privateKey);
  return (text) => createSign('sha256').update(text).sign({ key, dsaEncoding: 'ieee-p1363' });
}

/** Key ids that the publisher's JWKS does not contain. Most are hostile. */
const UNPUBLISHED_KIDS: readonly unknown[] = [
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

/** An ATS backend that publishes its keys. `keys` and `isDown` can be changed. */
async function startPublisher(test: TestContext, keys: JWK[]) {
  const publisher = { keys, isDown: false, requestCount: 0, url: '' };
  const url = await serve(test, (_request, response) => {
    publisher.requestCount += 1;
    if (publisher.isDown) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: publisher.keys }));
  });
  publisher.url = `${url}/jwks.json`;
  return publisher;
}

/** Starts a proxy, and returns a function that sends a token and returns the response's status. */
async function startProxyWithJwks(test: TestContext, jwks: string) {
  const { proxy } = await startStack(test, { settings: { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: jwks } });
  return async (token: string) =>
    (await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } })).status;
}

describe('a JWKS', () => {
  for (const algorithm of ['ES256', 'EdDSA', 'RS256']) {
    it(`verifies tokens signed with ${algorithm}, and is fetched once`, async (test) => {
      const pair = await createKeyPair(algorithm, 'key-1');
      const publisher = await startPublisher(test, [pair.jwk]);
      const getStatus = await startProxyWithJwks(test, publisher.url);
      assert.equal(await getStatus(await signToken(pair)), 200);
      assert.equal(await getStatus(await signToken(pair)), 200);
      assert.equal(publisher.requestCount, 1);
    });
  }

  it('is never used as a shared secret', async (test) => {
    const pairs = await Promise.all([createKeyPair('RS256', 'key-1'), createKeyPair('ES256', 'key-2')]);
    const jwks = pairs.map(({ jwk }) => jwk);
    const publisher = await startPublisher(test, jwks);
    const getStatus = await startProxyWithJwks(test, publisher.url);
    const publicKeyEncodings = jwks.flatMap((jwk) => {
      const key = createPublicKey({ key: jwk as webcrypto.JsonWebKey, format: 'jwk' });
      const pem = String(key.export({ type: 'spki', format: 'pem' }));
      const der = key.export({ type: 'spki', format: 'der' });
      const numbers = [jwk.n, jwk.x].filter((number) => number !== undefined);
      const texts = [pem, pem.trim(), JSON.stringify(jwk), JSON.stringify({ keys: jwks }), ...numbers];
      return [...texts.map((text) => Buffer.from(text)), der, ...numbers.map((text) => Buffer.from(text, 'base64url'))];
    });
    // Signed with the secret of other tests. This proxy has no HOST_TOKEN_SECRET.
    assert.equal(await getStatus(await mintToken()), 401);
    for (const { kid } of jwks) {
      for (const secret of publicKeyEncodings) {
        for (const alg of ['HS256', 'RS256', 'ES256']) {
          assert.equal(
            await getStatus(forgeToken({ alg, kid }, createClaims(), createHmacSigner(secret))),
            401,
            secret.toString(),
          );
        }
      }
    }
    for (const alg of ['none', 'None', '', undefined]) {
      assert.equal(await getStatus(forgeToken({ alg, kid: 'key-1' }, createClaims(), () => Buffer.alloc(0))), 401);
    }
  });

  it('is the only source of keys: key hints in a token and unknown key ids are refused', async (test) => {
    // Both key pairs have the same key id.
    const [published, attacker] = [await createKeyPair('ES256', 'key-1'), await createKeyPair('ES256', 'key-1')];
    const publisher = await startPublisher(test, [published.jwk]);
    const evilPublisher = await startPublisher(test, [attacker.jwk]);
    const getStatus = await startProxyWithJwks(test, publisher.url);
    const x5c = [Buffer.from('not a certificate').toString('base64')];
    for (const header of [{}, { jwk: attacker.jwk }, { jku: evilPublisher.url }, { x5u: evilPublisher.url }, { x5c }]) {
      const forged = forgeToken({ alg: 'ES256', kid: 'key-1', ...header }, createClaims(), createEs256Signer(attacker));
      assert.equal(await getStatus(forged), 401, `with ${Object.keys(header)}`);
    }
    for (const kid of UNPUBLISHED_KIDS) {
      for (const pair of [attacker, published]) {
        const forged = forgeToken(
          { alg: 'ES256', kid, jku: evilPublisher.url },
          createClaims(),
          createEs256Signer(pair),
        );
        assert.equal(await getStatus(forged), 401, JSON.stringify(kid).slice(0, 80));
      }
    }
    assert.equal(
      await getStatus(forgeToken({ alg: 'ES256', kid: 'key-1' }, createClaims(), createEs256Signer(published))),
      200,
    );
    assert.equal(evilPublisher.requestCount, 0);
  });

  it('verifies one signature format only', async (test) => {
    const [ec, rsa] = [await createKeyPair('ES256', 'key-1'), await createKeyPair('RS256', 'key-2')];
    const getStatus = await startProxyWithJwks(test, (await startPublisher(test, [ec.jwk, rsa.jwk])).url);
    const signRaw = createEs256Signer(ec);
    const key = KeyObject.from(ec.privateKey);
    // The only accepted format has 64 bytes: r and s, each with 32 bytes.
    const OTHER_FORMATS: [string, TokenSigner][] = [
      ['DER', (text) => createSign('sha256').update(text).sign(key)],
      ['DER in hex', (text) => Buffer.from(createSign('sha256').update(text).sign(key).toString('hex'))],
      ['of zeros', () => Buffer.alloc(64)],
      ['of ones', () => Buffer.alloc(64, 255)],
      ['empty', () => Buffer.alloc(0)],
      ['one byte too short', (text) => signRaw(text).subarray(0, 63)],
      ['one byte too long', (text) => Buffer.concat([signRaw(text), Buffer.alloc(1)])],
      ['with its halves swapped', (text) => Buffer.concat([signRaw(text).subarray(32), signRaw(text).subarray(0, 32)])],
      ['for another text', (text) => signRaw(`${text} `)],
    ];
    for (const [name, signer] of OTHER_FORMATS) {
      assert.equal(await getStatus(forgeToken({ alg: 'ES256', kid: 'key-1' }, createClaims(), signer)), 401, name);
    }
    for (const header of [
      { alg: 'ES256', kid: 'key-2' },
      { alg: 'RS256', kid: 'key-1' },
      { alg: 'ES384', kid: 'key-1' },
      { alg: 'ES256K', kid: 'key-1' },
      { alg: 'EdDSA', kid: 'key-1' },
    ]) {
      assert.equal(await getStatus(forgeToken(header, createClaims(), signRaw)), 401, JSON.stringify(header));
    }
    const signWithPss: TokenSigner = (text) =>
      createSign('sha256')
        .update(text)
        .sign({ key: KeyObject.from(rsa.privateKey), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    for (const alg of ['PS256', 'RS256', 'RS512']) {
      assert.equal(await getStatus(forgeToken({ alg, kid: 'key-2' }, createClaims(), signWithPss)), 401, alg);
    }
    assert.equal(await getStatus(forgeToken({ alg: 'ES256', kid: 'key-1' }, createClaims(), signRaw)), 200);
  });

  it('is not refetched for each token that has an unknown key id', async (test) => {
    const [published, unpublished] = [await createKeyPair('ES256', 'key-1'), await createKeyPair('ES256', 'key-2')];
    const publisher = await startPublisher(test, [published.jwk]);
    const getStatus = await startProxyWithJwks(test, publisher.url);
    for (let n = 0; n < 5; n++) assert.equal(await getStatus(await signToken(unpublished)), 401);
    // The first fetch, and at most one for the unknown key id.
    assert.ok(publisher.requestCount <= 2, `fetched ${publisher.requestCount} times`);
  });

  it('that cannot be fetched causes a 503 instead of a 401', async (test) => {
    const pair = await createKeyPair('ES256', 'key-1');
    const publisher = await startPublisher(test, [pair.jwk]);
    publisher.isDown = true;
    const getStatus = await startProxyWithJwks(test, publisher.url);
    assert.equal(await getStatus(await signToken(pair)), 503);
    publisher.isDown = false;
    assert.equal(await getStatus(await signToken(pair)), 200);
  });

  it('in a file is reloaded when it changes', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const file = `${folder}/jwks.json`;
    const [old, next] = [await createKeyPair('ES256', 'key-1'), await createKeyPair('ES256', 'key-2')];
    writeFileSync(file, JSON.stringify({ keys: [old.jwk] }));
    const getStatus = await startProxyWithJwks(test, file);
    assert.equal(await getStatus(await signToken(old)), 200);
    assert.equal(await getStatus(await signToken(next)), 401);
    writeFileSync(file, JSON.stringify({ keys: [next.jwk] }));
    assert.equal(await getStatus(await signToken(next)), 200);
    assert.equal(await getStatus(await signToken(old)), 401);
  });

  for (const [keyAlgorithm, tokenAlgorithm] of [
    ['EdDSA', 'Ed25519'],
    ['Ed25519', 'EdDSA'],
    [undefined, 'Ed25519'],
    ['Ed25519', 'Ed25519'],
  ] as const) {
    it(`with an Ed25519 key for ${keyAlgorithm ?? 'any algorithm'} verifies tokens whose alg is ${tokenAlgorithm}`, async (test) => {
      const pair = await createKeyPair('Ed25519', 'key-1');
      const { alg: _, ...jwk } = pair.jwk;
      const getStatus = await startProxyWithJwks(
        test,
        (await startPublisher(test, [keyAlgorithm ? { ...jwk, alg: keyAlgorithm } : jwk])).url,
      );
      assert.equal(await getStatus(await signToken({ ...pair, algorithm: tokenAlgorithm })), 200);
      const unpublishedPair = await createKeyPair('Ed25519', 'key-1');
      assert.equal(await getStatus(await signToken({ ...unpublishedPair, algorithm: tokenAlgorithm })), 401);
    });
  }

  it('in a file may begin with a byte order mark, or be UTF-16 with one', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const pair = await createKeyPair('ES256', 'key-1');
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const file = `${folder}/${encoding}.json`;
      writeFileSync(file, Buffer.from(`\ufeff${JSON.stringify({ keys: [pair.jwk] })}`, encoding));
      const getStatus = await startProxyWithJwks(test, file);
      assert.equal(await getStatus(await signToken(pair)), 200, encoding);
    }
  });
});
