import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { startHouse } from '../support/house.ts';
import { temporaryFolder } from '../support/proxy.ts';
import { mintToken } from '../support/token.ts';

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

function sign({ algorithm, kid, privateKey }: Pair, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
  return new SignJWT({ projects: ['*'], scope: 'read' })
    .setProtectedHeader({ alg: algorithm, kid, ...header })
    .setSubject('recruiter-1')
    .setIssuer('https://ats.example.com')
    .setAudience('evalon-proxy')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
}

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
  const { proxy } = await startHouse(test, { settings: { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: jwks } });
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

  it('never accepts a shared secret, not even its own public key as one', async (test) => {
    const pair = await newPair('RS256', 'key-1');
    const statusOf = await startWith(test, (await startPublisher(test, [pair.jwk])).url);
    assert.equal(await statusOf(await mintToken()), 401);
    assert.equal(await statusOf(await mintToken({}, { secret: JSON.stringify(pair.jwk) })), 401);
    assert.equal(await statusOf(await mintToken({}, { secret: pair.jwk.n ?? '' })), 401);
  });

  it('ignores keys that a token brings along', async (test) => {
    const [known, attacker] = [await newPair('ES256', 'key-1'), await newPair('ES256', 'key-1')];
    const publisher = await startPublisher(test, [known.jwk]);
    const evil = await startPublisher(test, [attacker.jwk]);
    const statusOf = await startWith(test, publisher.url);
    assert.equal(await statusOf(await sign(attacker, { jwk: attacker.jwk })), 401);
    assert.equal(await statusOf(await sign(attacker, { jku: evil.url })), 401);
    for (const kid of ['../../etc/passwd', "' or 1=1", 'key-2', '']) {
      assert.equal(await statusOf(await sign(attacker, { kid })), 401);
    }
    assert.equal(evil.asked, 0);
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
    const { folder, remove } = temporaryFolder();
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
