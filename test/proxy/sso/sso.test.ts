import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../proxy/util/clock.ts';
import type { StoredTokens } from '../../../widget/sign-in/sso-client.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { startIdentityProvider } from '../../support/identity-provider.ts';
import {
  buildProxySettings,
  createTempFolder,
  findFreePort,
  type Settings,
  startProxy,
  startProxyProcess,
} from '../../support/proxy.ts';
import { createMemoryTokenStore, createSignInClient, openSignInWindow } from '../../support/sso-client.ts';

const ATS = 'https://ats.example.com';
const OTHER = 'https://other.example.com';
const EXTENSION = 'abcdefghijklmnopabcdefghijklmnop';
const FIREFOX = `https://${'ab01'.repeat(10)}.extensions.allizom.org`;
const RECRUITERS = { claim: 'groups', value: 'recruiters', projects: ['proj_abc123'], scope: 'read invite' };

/** A proxy with single sign-on alone, and the company's identity provider. */
async function startSignOn(test: TestContext, changes: Settings = {}, grants: object[] = [RECRUITERS]) {
  const [evalon, provider] = [await startEvalon(), await startIdentityProvider()];
  let ahead = 0;
  const settings = {
    PORT: String(await findFreePort()),
    HOST_TOKEN_SECRET: undefined,
    ALLOWED_ORIGINS: [ATS, OTHER, `chrome-extension://${EXTENSION}`, FIREFOX].join(','),
    ADMIN_TOKEN,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GRANTS: JSON.stringify(grants),
    ...changes,
  };
  const clock = { ...systemClock, now: () => Date.now() + ahead };
  const proxy = await startProxy(evalon, settings, clock);
  await provider.registerClient(proxy.url);
  test.after(async () => {
    await proxy.close();
    await Promise.all([evalon.close(), provider.close()]);
  });
  return {
    provider,
    proxy,
    evalon,
    settings,
    /** Time passes for the proxy. */
    pass: (ms: number) => {
      ahead += ms;
    },
    audit: async () =>
      (await createAdminClient(proxy.url).readAuditLog()).map(({ action, detail, actor }) =>
        [action, actor, detail].join(' ').trim(),
      ),
    /** A recruiter who has signed in. */
    async signedIn(account = 'rita', origin = ATS) {
      const { client, keeper } = createSignInClient(proxy.url, origin);
      const pending = await client.start();
      const { handback } = await openSignInWindow(pending.authorizationUrl, account);
      await client.exchangeCode(pending, handback?.code ?? '');
      return { client, keeper };
    },
    config: async (token: string | undefined) => {
      const response = await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } });
      return { status: response.status, body: (await response.json()) as { scope: string[]; assessments: object[] } };
    },
  };
}

/** What the proxy answers a client that says exactly this. */
async function post(url: string, body: object, origin = ATS): Promise<number> {
  const headers = { 'content-type': 'application/json', origin };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.body?.cancel();
  return response.status;
}

const kept = (keeper: { kept: StoredTokens | undefined }): StoredTokens => {
  assert.ok(keeper.kept);
  return keeper.kept;
};

describe('single sign-on', () => {
  it('is not there where it is not set up', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxy(evalon);
    test.after(() => Promise.all([proxy.close(), evalon.close()]));
    assert.equal((await fetch(`${proxy.url}/v1/sign-in`)).status, 404);
    assert.equal((await fetch(`${proxy.url}/v1/sign-in/callback?state=x`)).status, 404);
    assert.equal(await post(`${proxy.url}/v1/sign-in/renew`, { handle: 'x', proof: 'x' }), 404);
  });

  it('lets a recruiter in: through the provider, into the projects that the claims grant', async (test) => {
    const { provider, proxy, config, audit, signedIn } = await startSignOn(test);
    const { keeper } = await signedIn();
    const { status, body } = await config(keeper.kept?.token);
    assert.equal(status, 200);
    assert.deepEqual(body.scope.sort(), ['invite', 'read']);
    assert.equal(body.assessments.length, 2);
    assert.equal(keeper.kept?.name, 'Rita Recruiter');
    assert.deepEqual(await audit(), ['signed_in rita']);
    const other = await fetch(`${proxy.url}/v1/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keeper.kept?.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        assessment_type: 'sales',
        candidate_email: 'jane@example.com',
        candidate_name: 'Jane Smith',
        project_id: 'proj_other',
      }),
    });
    assert.equal(other.status, 403);
    assert.ok(
      provider.requests.includes('POST /token') && provider.requests.includes('GET /me'),
      String(provider.requests),
    );
  });

  it('asks with PKCE, state, nonce, and no secret in an address', async (test) => {
    const { provider, proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const { authorizationUrl: url, attemptId: attempt, codeVerifier: verifier } = await client.start();
    const start = await fetch(url, { redirect: 'manual' });
    assert.equal(start.status, 303);
    const address = new URL(start.headers.get('location') ?? '');
    assert.equal(address.origin, provider.issuer);
    const asked = Object.fromEntries(address.searchParams);
    assert.equal(asked['code_challenge_method'], 'S256');
    assert.equal(asked['state'], attempt);
    assert.match(asked['nonce'] ?? '', /^[\w-]{43}$/);
    assert.deepEqual(asked['scope']?.split(' ').sort(), ['groups', 'offline_access', 'openid', 'profile']);
    assert.ok(!address.href.includes(provider.clientSecret) && !address.href.includes(verifier));
    assert.equal(start.headers.get('cross-origin-opener-policy'), 'unsafe-none');
  });

  it('grants nobody more in a project than one grant says, and nothing to whoever fits none', async (test) => {
    const { provider, proxy, signedIn, config } = await startSignOn(test, {}, [
      { claim: 'groups', value: 'readers', projects: ['proj_abc123'], scope: 'read' },
      { claim: 'groups', value: 'leads', projects: ['proj_lead'], scope: 'read invite' },
      { claim: '/realm/roles', value: 'all', projects: ['*'], scope: 'read invite' },
    ]);
    const scopeOf = async (account: string) => {
      const { keeper } = await signedIn(account);
      const claims = JSON.parse(Buffer.from(kept(keeper).token.split('.')[1] ?? '', 'base64url').toString('utf8'));
      return [claims.projects, (await config(kept(keeper).token)).body.scope.sort()];
    };
    provider.accounts['both'] = { groups: ['leads', 'readers'] };
    provider.accounts['lead'] = { groups: ['leads'] };
    provider.accounts['none'] = { groups: ['cooks'] };
    assert.deepEqual(await scopeOf('both'), [['proj_abc123', 'proj_lead'], ['read']]);
    assert.deepEqual(await scopeOf('lead'), [['proj_lead'], ['invite', 'read']]);
    const { client } = createSignInClient(proxy.url, ATS);
    const window = await openSignInWindow((await client.start()).authorizationUrl, 'none');
    assert.equal(window.status, 403);
    assert.equal(window.handback?.code, undefined);
    assert.match(window.handback?.detail ?? '', /no access to Evalon projects/);
  });

  it('renews silently and asks the provider anew what the recruiter may do', async (test) => {
    const { provider, signedIn, config } = await startSignOn(test, {}, [
      RECRUITERS,
      { claim: 'groups', value: 'readers', projects: ['proj_abc123'], scope: 'read' },
    ]);
    const { client, keeper } = await signedIn();
    const first = kept(keeper);
    assert.equal(await client.getToken(), first.token);
    const again = await client.getToken(first.token);
    assert.notEqual(again, first.token, 'also within a second, and with the same rights');
    provider.accounts['rita'] = { groups: ['readers'] };
    const second = await client.getToken(again);
    assert.notEqual(second, again);
    assert.notEqual(kept(keeper).refreshToken, first.refreshToken);
    assert.deepEqual((await config(second)).body.scope, ['read']);
    provider.accounts['rita'] = { groups: [] };
    await assert.rejects(client.getToken(second), ({ code }: { code: string }) => code === 'forbidden');
    assert.equal(keeper.kept, undefined);
    assert.equal((await config(second)).status, 401);
    assert.equal(provider.countRefreshTokens(), 0);
  });

  it('answers two tabs that renew at once with the same handle, and asks the provider once', async (test) => {
    const { provider, proxy, signedIn } = await startSignOn(test);
    const { keeper } = await signedIn();
    const tabs = [1, 2, 3].map(() => {
      const own = createMemoryTokenStore();
      own.kept = kept(keeper);
      return { own, client: createSignInClient(proxy.url, ATS, own).client };
    });
    const before = provider.requests.length;
    const tokens = await Promise.all(tabs.map(({ client, own }) => client.getToken(kept(own).token)));
    assert.ok(tokens.every(Boolean));
    assert.equal(new Set(tabs.map(({ own }) => kept(own).refreshToken)).size, 1);
    assert.equal(provider.requests.slice(before).filter((asked) => asked === 'POST /token').length, 1);
    assert.ok(await tabs[0]?.client.getToken(tokens[0]));
  });

  it('ends when a handle is used a second time later, for everybody who holds one of it', async (test) => {
    const { provider, proxy, pass, signedIn, config, audit } = await startSignOn(test);
    const { client, keeper } = await signedIn();
    const stolen = createMemoryTokenStore();
    stolen.kept = kept(keeper);
    const token = await client.getToken(kept(keeper).token);
    pass(31_000);
    assert.equal(await createSignInClient(proxy.url, ATS, stolen).client.getToken(kept(stolen).token), undefined);
    assert.equal((await config(token)).status, 401);
    assert.equal(await client.getToken(token), undefined);
    assert.equal(provider.countRefreshTokens(), 0);
    assert.ok((await audit()).includes('sign_in_ended rita handle_used_twice'), String(await audit()));
  });

  it('ends when a handle comes from another key or another origin', async (test) => {
    const { proxy, signedIn, audit } = await startSignOn(test);
    const [first, second] = [await signedIn(), await signedIn()];
    const foreign = createMemoryTokenStore();
    foreign.kept = { ...kept(first.keeper), keyPair: kept(second.keeper).keyPair };
    assert.equal(await createSignInClient(proxy.url, ATS, foreign).client.getToken(kept(foreign).token), undefined);
    assert.equal(await first.client.getToken(kept(first.keeper).token), undefined);
    const elsewhere = createMemoryTokenStore();
    elsewhere.kept = kept(second.keeper);
    assert.equal(
      await createSignInClient(proxy.url, OTHER, elsewhere).client.getToken(kept(elsewhere).token),
      undefined,
    );
    assert.equal(await second.client.getToken(kept(second.keeper).token), undefined);
    assert.equal((await audit()).filter((line) => line === 'sign_in_ended rita wrong_key').length, 2);
  });

  it('takes no handle that it has not made', async (test) => {
    const { proxy, signedIn } = await startSignOn(test);
    const { client, keeper } = await signedIn();
    const { refreshToken: handle } = kept(keeper);
    const proof = 'A'.repeat(86);
    for (const made of [handle.replace('.0.', '.1.'), `${handle}x`, 'x.0.y', `x.0.${'A'.repeat(43)}`]) {
      assert.equal(await post(`${proxy.url}/v1/sign-in/renew`, { handle: made, proof }), 401, made);
    }
    assert.ok(await client.getToken(kept(keeper).token));
  });

  it('ends by signing out, at the provider too, and the bearer with it', async (test) => {
    const { provider, signedIn, config, audit } = await startSignOn(test);
    const { client, keeper } = await signedIn();
    const { token } = kept(keeper);
    assert.equal(provider.countRefreshTokens(), 1);
    await client.signOut();
    assert.equal(keeper.kept, undefined);
    assert.equal((await config(token)).status, 401);
    assert.equal(provider.countRefreshTokens(), 0);
    assert.ok((await audit()).includes('signed_out rita'));
  });

  it('tells that the provider is down, and keeps whoever is signed in', async (test) => {
    const { provider, proxy, signedIn, config, pass } = await startSignOn(test);
    const { client, keeper } = await signedIn();
    const { token } = kept(keeper);
    provider.isDown = true;
    await assert.rejects(client.getToken(token), ({ code }: { code: string }) => code === 'unavailable');
    assert.equal((await config(token)).status, 200);
    pass(61 * 60_000);
    await assert.rejects(
      createSignInClient(proxy.url, ATS).client.start(),
      ({ code, message }: Error & { code: string }) => code === 'unavailable' && /cannot be reached/.test(message),
    );
    provider.isDown = false;
    assert.ok(await client.getToken(token));
    assert.ok((await createSignInClient(proxy.url, ATS).client.start()).authorizationUrl);
  });

  it('is over after a month, whatever the provider would allow', async (test) => {
    const { signedIn, pass } = await startSignOn(test);
    const { client, keeper } = await signedIn();
    pass(31 * 24 * 60 * 60_000);
    assert.equal(await client.getToken(kept(keeper).token), undefined);
  });

  it('says no where the recruiter is let in by nobody', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const window = await openSignInWindow((await client.start()).authorizationUrl, 'nobody');
    assert.equal(window.status, 403);
    assert.match(window.handback?.detail ?? '', /did not let you in/);
  });
});

describe('what single sign-on keeps and tells', () => {
  it('lasts over a restart, and is in no file, log line, answer or address as plain text', async (test) => {
    const { folder, remove } = createTempFolder();
    const [evalon, provider] = [await startEvalon(), await startIdentityProvider()];
    const settings = buildProxySettings(evalon, {
      PORT: String(await findFreePort()),
      HOST_TOKEN_SECRET: undefined,
      DATABASE_URL: `file:${folder}/evalon.db`,
      LOG_LEVEL: 'trace',
      ALLOWED_ORIGINS: ATS,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_GRANTS: JSON.stringify([RECRUITERS]),
    });
    const first = await startProxyProcess(settings);
    test.after(async () => {
      await first.kill('SIGKILL');
      await Promise.all([evalon.close(), provider.close()]);
      remove();
    });
    await provider.registerClient(first.url);
    const { client, keeper } = createSignInClient(first.url, ATS);
    const secrets = [provider.clientSecret];
    const pending = await client.start();
    const { handback, shortCode = '' } = await openSignInWindow(pending.authorizationUrl);
    await client.exchangeCode(pending, handback?.code ?? '');
    secrets.push(pending.attemptId, pending.codeVerifier, String(handback?.code), shortCode, kept(keeper).token);
    secrets.push(kept(keeper).refreshToken, ...provider.listSecrets());
    await client.getToken(kept(keeper).token);
    const { token, refreshToken: handle } = kept(keeper);
    provider.isDown = true;
    await assert.rejects(client.getToken(token));
    provider.isDown = false;
    for (const path of ['renew', 'redeem', 'out'])
      await post(`${first.url}/v1/sign-in/${path}`, { handle, code: handle });
    await openSignInWindow(`${first.url}/v1/sign-in/callback?state=${pending.attemptId}&code=${handback?.code}`);
    const denied = await client.start();
    await openSignInWindow(denied.authorizationUrl, 'nobody');
    secrets.push(token, handle, denied.attemptId, ...provider.listSecrets());
    await first.kill('SIGKILL');

    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    assert.ok(secrets.length > 12 && files.length > 1);
    for (const secret of secrets) {
      assert.ok(!first.output().includes(secret), `the log tells ${secret}`);
      assert.ok(!files.some((file) => file.includes(secret)), `a file holds ${secret}`);
    }

    const second = await startProxyProcess(settings);
    try {
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${second.url}/v1/config`, { headers })).status, 200);
      assert.ok(await client.getToken(token));
    } finally {
      await second.kill('SIGKILL');
    }
    const third = await startProxyProcess({ ...settings, OIDC_CLIENT_SECRET: 'another secret of the provider' });
    const headers = { authorization: `Bearer ${kept(keeper).token}` };
    assert.equal((await fetch(`${third.url}/v1/config`, { headers })).status, 401);
    await third.kill('SIGKILL');
  });

  it('is forgotten once it is over', async (test) => {
    const { proxy, signedIn, pass } = await startSignOn(test);
    await signedIn();
    await createSignInClient(proxy.url, ATS).client.start();
    const { store } = proxy.context;
    const prune = () => store.write(({ sso: signIns }) => signIns.prune(100));
    assert.equal(await prune(), 0);
    pass(11 * 60_000);
    assert.equal(await prune(), 1);
    pass(31 * 24 * 60 * 60_000);
    assert.equal(await prune(), 1);
  });
});

describe('what comes back from the provider', () => {
  it('is good once, for the client that began, on its origin, within minutes', async (test) => {
    const { proxy, pass } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const pending = await client.start();
    const { handback, origin } = await openSignInWindow(pending.authorizationUrl);
    assert.equal(origin, ATS);
    const code = handback?.code ?? '';
    const elsewhere = createSignInClient(proxy.url, OTHER).client;
    const refused = ({ code: why }: { code: string }) => why === 'unauthenticated';
    await assert.rejects(elsewhere.exchangeCode(pending, code), refused);
    const another = await client.start();
    await assert.rejects(client.exchangeCode({ ...another, attemptId: pending.attemptId }, code), refused);
    await assert.rejects(client.exchangeCode({ ...pending, keyPair: another.keyPair }, code), refused);
    await assert.rejects(client.exchangeCode({ ...pending, codeVerifier: another.codeVerifier }, code), refused);
    await client.exchangeCode(pending, code);
    await assert.rejects(client.exchangeCode(pending, code), refused);

    const late = await client.start();
    const window = await openSignInWindow(late.authorizationUrl);
    pass(3 * 60_000 + 1);
    await assert.rejects(client.exchangeCode(late, window.handback?.code ?? ''), refused);
  });

  it('is worth nothing to whoever lured somebody into the window', async (test) => {
    const { proxy } = await startSignOn(test);
    const attacker = createSignInClient(proxy.url, 'https://evil.example');
    await assert.rejects(attacker.client.start(), ({ code }: { code: string }) => code === 'forbidden');
    // Outside a browser anybody can claim the ATS's origin; the code is posted to that origin alone.
    const lured = await createSignInClient(proxy.url, ATS).client.start();
    const window = await openSignInWindow(lured.authorizationUrl);
    assert.equal(window.origin, ATS);
    assert.doesNotMatch(window.finalUrl, /code=[\w-]{43}$/);
    // And a code that was stolen from a recruiter's own window is no good without what the recruiter's page holds.
    const own = await createSignInClient(proxy.url, ATS).client.start();
    const stolen = (await openSignInWindow(own.authorizationUrl)).handback?.code ?? '';
    const refused = ({ code: why }: { code: string }) => why === 'unauthenticated';
    await assert.rejects(createSignInClient(proxy.url, ATS).client.exchangeCode(lured, stolen), refused);
    await assert.rejects(
      createSignInClient(proxy.url, ATS).client.exchangeCode({ ...lured, attemptId: own.attemptId }, stolen),
      refused,
    );
  });

  it('can be typed as eight letters, which are not to be guessed', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const first = await client.start();
    const { shortCode = '' } = await openSignInWindow(first.authorizationUrl);
    assert.match(shortCode, /^[A-Z]{4}-[A-Z]{4}$/);
    await client.exchangeCode(first, ` ${shortCode.toLowerCase().replace('-', ' ')}`);
    const second = await client.start();
    const { shortCode: right = '' } = await openSignInWindow(second.authorizationUrl);
    const refused = ({ code: why }: { code: string }) => why === 'unauthenticated';
    for (let tries = 0; tries < 5; tries++) await assert.rejects(client.exchangeCode(second, 'BBBB-BBBB'), refused);
    await assert.rejects(client.exchangeCode(second, right), refused);
  });

  it('comes back once: a window that is opened or sent back again is told that it is over', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const pending = await client.start();
    const { finalUrl: address } = await openSignInWindow(pending.authorizationUrl);
    assert.equal((await openSignInWindow(pending.authorizationUrl)).status, 401);
    const again = await openSignInWindow(address);
    assert.deepEqual([again.status, again.handback], [403, undefined]);
    assert.equal((await openSignInWindow(`${proxy.url}/v1/sign-in/callback?state=made-up&code=made-up`)).status, 403);
    assert.equal((await openSignInWindow(`${proxy.url}/v1/sign-in/callback`)).status, 403);
  });

  it('is refused with a state, a code or an issuer that is not its own', async (test) => {
    const { proxy, provider } = await startSignOn(test);
    for (const change of [{ iss: 'https://evil.example' }, { code: 'made-up' }]) {
      const { client } = createSignInClient(proxy.url, ATS);
      const pending = await client.start();
      await fetch(pending.authorizationUrl, { redirect: 'manual' });
      const query = new URLSearchParams({ state: pending.attemptId, code: 'x', iss: provider.issuer, ...change });
      const { handback } = await openSignInWindow(`${proxy.url}/v1/sign-in/callback?${query}`);
      assert.match(handback?.detail ?? '', /did not let you in/, JSON.stringify(change));
    }
  });

  it('is begun by Firefox before it opens the window, for an extension, and comes back once all the same', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, `chrome-extension://${EXTENSION}`);
    const pending = await client.start(`${FIREFOX}/`);
    assert.equal((await fetch(pending.authorizationUrl, { redirect: 'manual' })).status, 303);
    const { finalUrl: address } = await openSignInWindow(pending.authorizationUrl);
    assert.equal((await openSignInWindow(pending.authorizationUrl)).status, 401);
    const { code = '' } = Object.fromEntries(new URLSearchParams(new URL(address).hash.slice(1)));
    await client.exchangeCode(pending, code);
    assert.ok(await client.getToken());

    const other = await client.start(`https://${EXTENSION}.chromiumapp.org/`);
    await fetch(other.authorizationUrl, { redirect: 'manual' });
    assert.equal((await openSignInWindow(other.authorizationUrl)).status, 401);
  });

  it('goes to an extension that is allowed, in the fragment, and to no other', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, `chrome-extension://${EXTENSION}`);
    for (const returnTo of [`https://${EXTENSION}.chromiumapp.org/signed-in`, `${FIREFOX}/`]) {
      const pending = await client.start(returnTo);
      const address = new URL((await openSignInWindow(pending.authorizationUrl)).finalUrl);
      assert.equal(address.origin + address.pathname, returnTo);
      assert.equal(address.search, '');
      const { attempt, code = '' } = Object.fromEntries(new URLSearchParams(address.hash.slice(1)));
      assert.equal(attempt, pending.attemptId);
      await client.exchangeCode(pending, code);
      assert.ok(await client.getToken());
    }
    for (const returnTo of [
      `https://${'b'.repeat(32)}.chromiumapp.org/`,
      `https://${'cd'.repeat(20)}.extensions.allizom.org/`,
      `https://${EXTENSION}.chromiumapp.org.evil.example/`,
      `http://${EXTENSION}.chromiumapp.org/`,
      'https://evil.example/',
      ATS,
    ]) {
      await assert.rejects(client.start(returnTo), ({ code }: { code: string }) => code === 'forbidden', returnTo);
    }
  });
});
