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

/** Starts a proxy with single sign-on only, and the company's identity provider. */
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
    advanceClock: (ms: number) => {
      ahead += ms;
    },
    readAudit: async () =>
      (await createAdminClient(proxy.url).readAuditLog()).map(({ action, detail, actor }) =>
        [action, actor, detail].join(' ').trim(),
      ),
    async signIn(account = 'rita', origin = ATS) {
      const { client, tokenStore } = createSignInClient(proxy.url, origin);
      const pending = await client.start();
      const { callbackMessage } = await openSignInWindow(pending.authorizationUrl, account);
      await client.exchangeCode(pending, callbackMessage?.code ?? '');
      return { client, tokenStore };
    },
    fetchConfig: async (token: string | undefined) => {
      const response = await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } });
      return { status: response.status, body: (await response.json()) as { scope: string[]; assessments: object[] } };
    },
  };
}

/** Sends a raw request and returns the status. */
async function post(url: string, body: object, origin = ATS): Promise<number> {
  const headers = { 'content-type': 'application/json', origin };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.body?.cancel();
  return response.status;
}

const tokensIn = ({ tokens }: { tokens: StoredTokens | undefined }): StoredTokens => {
  assert.ok(tokens);
  return tokens;
};

const isRefused = ({ code }: { code: string }) => code === 'unauthenticated';

describe('single sign-on', () => {
  it('returns 404 unless it is configured', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxy(evalon);
    test.after(() => Promise.all([proxy.close(), evalon.close()]));
    assert.equal((await fetch(`${proxy.url}/v1/sign-in`)).status, 404);
    assert.equal((await fetch(`${proxy.url}/v1/sign-in/callback?state=x`)).status, 404);
    assert.equal(await post(`${proxy.url}/v1/sign-in/renew`, { handle: 'x', proof: 'x' }), 404);
  });

  it("signs a recruiter in with the rights that the provider's claims grant", async (test) => {
    const { provider, proxy, fetchConfig, readAudit, signIn } = await startSignOn(test);
    const { tokenStore } = await signIn();
    const { status, body } = await fetchConfig(tokenStore.tokens?.token);
    assert.equal(status, 200);
    assert.deepEqual(body.scope.sort(), ['invite', 'read']);
    assert.equal(body.assessments.length, 2);
    assert.equal(tokenStore.tokens?.name, 'Rita Recruiter');
    assert.deepEqual(await readAudit(), ['signed_in rita']);
    const other = await fetch(`${proxy.url}/v1/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenStore.tokens?.token}`, 'content-type': 'application/json' },
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

  it('redirects to the provider with PKCE, state and nonce, and without a secret', async (test) => {
    const { provider, proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const { authorizationUrl: url, attemptId: attempt, codeVerifier: verifier } = await client.start();
    const start = await fetch(url, { redirect: 'manual' });
    assert.equal(start.status, 303);
    const address = new URL(start.headers.get('location') ?? '');
    assert.equal(address.origin, provider.issuer);
    const query = Object.fromEntries(address.searchParams);
    assert.equal(query['code_challenge_method'], 'S256');
    assert.equal(query['state'], attempt);
    assert.match(query['nonce'] ?? '', /^[\w-]{43}$/);
    assert.deepEqual(query['scope']?.split(' ').sort(), ['groups', 'offline_access', 'openid', 'profile']);
    assert.ok(!address.href.includes(provider.clientSecret) && !address.href.includes(verifier));
    assert.equal(start.headers.get('cross-origin-opener-policy'), 'unsafe-none');
  });

  it('never combines grants into more rights in a project, and refuses users without a grant', async (test) => {
    const { provider, proxy, signIn, fetchConfig } = await startSignOn(test, {}, [
      { claim: 'groups', value: 'readers', projects: ['proj_abc123'], scope: 'read' },
      { claim: 'groups', value: 'leads', projects: ['proj_lead'], scope: 'read invite' },
      { claim: '/realm/roles', value: 'all', projects: ['*'], scope: 'read invite' },
    ]);
    const scopeOf = async (account: string) => {
      const { tokenStore } = await signIn(account);
      const claims = JSON.parse(
        Buffer.from(tokensIn(tokenStore).token.split('.')[1] ?? '', 'base64url').toString('utf8'),
      );
      return [claims.projects, (await fetchConfig(tokensIn(tokenStore).token)).body.scope.sort()];
    };
    provider.accounts['both'] = { groups: ['leads', 'readers'] };
    provider.accounts['lead'] = { groups: ['leads'] };
    provider.accounts['none'] = { groups: ['cooks'] };
    assert.deepEqual(await scopeOf('both'), [['proj_abc123', 'proj_lead'], ['read']]);
    assert.deepEqual(await scopeOf('lead'), [['proj_lead'], ['invite', 'read']]);
    const { client } = createSignInClient(proxy.url, ATS);
    const window = await openSignInWindow((await client.start()).authorizationUrl, 'none');
    assert.equal(window.status, 403);
    assert.equal(window.callbackMessage?.code, undefined);
    assert.match(window.callbackMessage?.detail ?? '', /no access to Evalon projects/);
  });

  it("refreshes without a window, with the provider's current claims", async (test) => {
    const { provider, signIn, fetchConfig } = await startSignOn(test, {}, [
      RECRUITERS,
      { claim: 'groups', value: 'readers', projects: ['proj_abc123'], scope: 'read' },
    ]);
    const { client, tokenStore } = await signIn();
    const first = tokensIn(tokenStore);
    assert.equal(await client.getToken(), first.token);
    const again = await client.getToken(first.token);
    assert.notEqual(again, first.token, 'tokens with equal rights of the same second differ');
    provider.accounts['rita'] = { groups: ['readers'] };
    const second = await client.getToken(again);
    assert.notEqual(second, again);
    assert.notEqual(tokensIn(tokenStore).refreshToken, first.refreshToken);
    assert.deepEqual((await fetchConfig(second)).body.scope, ['read']);
    provider.accounts['rita'] = { groups: [] };
    await assert.rejects(client.getToken(second), ({ code }: { code: string }) => code === 'forbidden');
    assert.equal(tokenStore.tokens, undefined);
    assert.equal((await fetchConfig(second)).status, 401);
    assert.equal(provider.countRefreshTokens(), 0);
  });

  it('gives tabs that refresh at once the same refresh token, and calls the provider once', async (test) => {
    const { provider, proxy, signIn } = await startSignOn(test);
    const { tokenStore } = await signIn();
    const tabs = [1, 2, 3].map(() => {
      const ownStore = createMemoryTokenStore();
      ownStore.tokens = tokensIn(tokenStore);
      return { ownStore, client: createSignInClient(proxy.url, ATS, ownStore).client };
    });
    const requestsBefore = provider.requests.length;
    const tokens = await Promise.all(tabs.map(({ client, ownStore }) => client.getToken(tokensIn(ownStore).token)));
    assert.ok(tokens.every(Boolean));
    assert.equal(new Set(tabs.map(({ ownStore }) => tokensIn(ownStore).refreshToken)).size, 1);
    assert.equal(provider.requests.slice(requestsBefore).filter((line) => line === 'POST /token').length, 1);
    assert.ok(await tabs[0]?.client.getToken(tokens[0]));
  });

  it('ends the sign-in for every client if an old refresh token is reused', async (test) => {
    const { provider, proxy, advanceClock, signIn, fetchConfig, readAudit } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    const stolen = createMemoryTokenStore();
    stolen.tokens = tokensIn(tokenStore);
    const token = await client.getToken(tokensIn(tokenStore).token);
    advanceClock(31_000);
    assert.equal(await createSignInClient(proxy.url, ATS, stolen).client.getToken(tokensIn(stolen).token), undefined);
    assert.equal((await fetchConfig(token)).status, 401);
    assert.equal(await client.getToken(token), undefined);
    assert.equal(provider.countRefreshTokens(), 0);
    assert.ok((await readAudit()).includes('sign_in_ended rita handle_used_twice'), String(await readAudit()));
  });

  it('ends the sign-in if another key or another origin uses its refresh token', async (test) => {
    const { proxy, signIn, readAudit } = await startSignOn(test);
    const [first, second] = [await signIn(), await signIn()];
    const withOtherKey = createMemoryTokenStore();
    withOtherKey.tokens = { ...tokensIn(first.tokenStore), keyPair: tokensIn(second.tokenStore).keyPair };
    assert.equal(
      await createSignInClient(proxy.url, ATS, withOtherKey).client.getToken(tokensIn(withOtherKey).token),
      undefined,
    );
    assert.equal(await first.client.getToken(tokensIn(first.tokenStore).token), undefined);
    const atOtherOrigin = createMemoryTokenStore();
    atOtherOrigin.tokens = tokensIn(second.tokenStore);
    assert.equal(
      await createSignInClient(proxy.url, OTHER, atOtherOrigin).client.getToken(tokensIn(atOtherOrigin).token),
      undefined,
    );
    assert.equal(await second.client.getToken(tokensIn(second.tokenStore).token), undefined);
    assert.equal((await readAudit()).filter((line) => line === 'sign_in_ended rita wrong_key').length, 2);
  });

  it('refuses refresh tokens that it did not issue, without ending the sign-in', async (test) => {
    const { proxy, signIn } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    const { refreshToken: handle } = tokensIn(tokenStore);
    const proof = 'A'.repeat(86);
    for (const forged of [handle.replace('.0.', '.1.'), `${handle}x`, 'x.0.y', `x.0.${'A'.repeat(43)}`]) {
      assert.equal(await post(`${proxy.url}/v1/sign-in/renew`, { handle: forged, proof }), 401, forged);
    }
    assert.ok(await client.getToken(tokensIn(tokenStore).token));
  });

  it('ends the access token and the sign-in at the provider when the recruiter signs out', async (test) => {
    const { provider, signIn, fetchConfig, readAudit } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    const { token } = tokensIn(tokenStore);
    assert.equal(provider.countRefreshTokens(), 1);
    await client.signOut();
    assert.equal(tokenStore.tokens, undefined);
    assert.equal((await fetchConfig(token)).status, 401);
    assert.equal(provider.countRefreshTokens(), 0);
    assert.ok((await readAudit()).includes('signed_out rita'));
  });

  it('keeps recruiters signed in while the provider is down', async (test) => {
    const { provider, proxy, signIn, fetchConfig, advanceClock } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    const { token } = tokensIn(tokenStore);
    provider.isDown = true;
    await assert.rejects(client.getToken(token), ({ code }: { code: string }) => code === 'unavailable');
    assert.equal((await fetchConfig(token)).status, 200);
    advanceClock(61 * 60_000);
    await assert.rejects(
      createSignInClient(proxy.url, ATS).client.start(),
      ({ code, message }: Error & { code: string }) => code === 'unavailable' && /can't be reached/.test(message),
    );
    provider.isDown = false;
    assert.ok(await client.getToken(token));
    assert.ok((await createSignInClient(proxy.url, ATS).client.start()).authorizationUrl);
  });

  it('ends a sign-in after 30 days', async (test) => {
    const { signIn, advanceClock } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    advanceClock(31 * 24 * 60 * 60_000);
    assert.equal(await client.getToken(tokensIn(tokenStore).token), undefined);
  });

  it('explains that the provider denied access', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const window = await openSignInWindow((await client.start()).authorizationUrl, 'denied');
    assert.equal(window.status, 403);
    assert.match(window.callbackMessage?.detail ?? '', /denied access/);
  });
});

describe('the stored state of single sign-on', () => {
  it('survives a restart, and appears in no file, log line or address as plain text', async (test) => {
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
    const { client, tokenStore } = createSignInClient(first.url, ATS);
    const secrets = [provider.clientSecret];
    const pending = await client.start();
    const { callbackMessage, shortCode = '' } = await openSignInWindow(pending.authorizationUrl);
    await client.exchangeCode(pending, callbackMessage?.code ?? '');
    secrets.push(
      pending.attemptId,
      pending.codeVerifier,
      String(callbackMessage?.code),
      shortCode,
      tokensIn(tokenStore).token,
    );
    secrets.push(tokensIn(tokenStore).refreshToken, ...provider.listSecrets());
    await client.getToken(tokensIn(tokenStore).token);
    const { token, refreshToken: handle } = tokensIn(tokenStore);
    provider.isDown = true;
    await assert.rejects(client.getToken(token));
    provider.isDown = false;
    for (const path of ['renew', 'redeem', 'out'])
      await post(`${first.url}/v1/sign-in/${path}`, { handle, code: handle });
    await openSignInWindow(`${first.url}/v1/sign-in/callback?state=${pending.attemptId}&code=${callbackMessage?.code}`);
    const denied = await client.start();
    await openSignInWindow(denied.authorizationUrl, 'denied');
    secrets.push(token, handle, denied.attemptId, ...provider.listSecrets());
    await first.kill('SIGKILL');

    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    assert.ok(secrets.length > 12 && files.length > 1);
    for (const secret of secrets) {
      assert.ok(!first.output().includes(secret), `the log contains ${secret}`);
      assert.ok(!files.some((file) => file.includes(secret)), `a file contains ${secret}`);
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
    const headers = { authorization: `Bearer ${tokensIn(tokenStore).token}` };
    assert.equal((await fetch(`${third.url}/v1/config`, { headers })).status, 401);
    await third.kill('SIGKILL');
  });

  it('is deleted after it has expired', async (test) => {
    const { proxy, signIn, advanceClock } = await startSignOn(test);
    await signIn();
    await createSignInClient(proxy.url, ATS).client.start();
    const { store } = proxy.context;
    const prune = () => store.write(({ sso }) => sso.prune(100));
    assert.equal(await prune(), 0);
    advanceClock(11 * 60_000);
    assert.equal(await prune(), 1);
    advanceClock(31 * 24 * 60 * 60_000);
    assert.equal(await prune(), 1);
  });
});

describe('the code of a callback', () => {
  it('works once, for the client that started, on its origin, within three minutes', async (test) => {
    const { proxy, advanceClock } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const pending = await client.start();
    const { callbackMessage, origin } = await openSignInWindow(pending.authorizationUrl);
    assert.equal(origin, ATS);
    const code = callbackMessage?.code ?? '';
    const atOtherOrigin = createSignInClient(proxy.url, OTHER).client;
    await assert.rejects(atOtherOrigin.exchangeCode(pending, code), isRefused);
    const another = await client.start();
    await assert.rejects(client.exchangeCode({ ...another, attemptId: pending.attemptId }, code), isRefused);
    await assert.rejects(client.exchangeCode({ ...pending, keyPair: another.keyPair }, code), isRefused);
    await assert.rejects(client.exchangeCode({ ...pending, codeVerifier: another.codeVerifier }, code), isRefused);
    await client.exchangeCode(pending, code);
    await assert.rejects(client.exchangeCode(pending, code), isRefused);

    const late = await client.start();
    const window = await openSignInWindow(late.authorizationUrl);
    advanceClock(3 * 60_000 + 1);
    await assert.rejects(client.exchangeCode(late, window.callbackMessage?.code ?? ''), isRefused);
  });

  it('is useless to an attacker who lures a recruiter into the window, or who steals it', async (test) => {
    const { proxy } = await startSignOn(test);
    const attacker = createSignInClient(proxy.url, 'https://evil.example');
    await assert.rejects(attacker.client.start(), ({ code }: { code: string }) => code === 'forbidden');
    // A client outside a browser can forge the ATS's origin. The code is posted to that origin only.
    const lured = await createSignInClient(proxy.url, ATS).client.start();
    const window = await openSignInWindow(lured.authorizationUrl);
    assert.equal(window.origin, ATS);
    assert.doesNotMatch(window.finalUrl, /code=[\w-]{43}$/);
    // A stolen code is useless without the verifier and key of the recruiter's page.
    const own = await createSignInClient(proxy.url, ATS).client.start();
    const stolen = (await openSignInWindow(own.authorizationUrl)).callbackMessage?.code ?? '';
    await assert.rejects(createSignInClient(proxy.url, ATS).client.exchangeCode(lured, stolen), isRefused);
    await assert.rejects(
      createSignInClient(proxy.url, ATS).client.exchangeCode({ ...lured, attemptId: own.attemptId }, stolen),
      isRefused,
    );
  });

  it('can be typed as eight letters, with five attempts', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const first = await client.start();
    const { shortCode = '' } = await openSignInWindow(first.authorizationUrl);
    assert.match(shortCode, /^[A-Z]{4}-[A-Z]{4}$/);
    await client.exchangeCode(first, ` ${shortCode.toLowerCase().replace('-', ' ')}`);
    const second = await client.start();
    const { shortCode: right = '' } = await openSignInWindow(second.authorizationUrl);
    for (let tries = 0; tries < 5; tries++) await assert.rejects(client.exchangeCode(second, 'BBBB-BBBB'), isRefused);
    await assert.rejects(client.exchangeCode(second, right), isRefused);
  });

  it('is issued once: opening the window or its callback again shows an error', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS);
    const pending = await client.start();
    const { finalUrl: address } = await openSignInWindow(pending.authorizationUrl);
    assert.equal((await openSignInWindow(pending.authorizationUrl)).status, 401);
    const again = await openSignInWindow(address);
    assert.deepEqual([again.status, again.callbackMessage], [403, undefined]);
    assert.equal((await openSignInWindow(`${proxy.url}/v1/sign-in/callback?state=made-up&code=made-up`)).status, 403);
    assert.equal((await openSignInWindow(`${proxy.url}/v1/sign-in/callback`)).status, 403);
  });

  it("is not issued for another issuer's callback, or for an invalid provider code", async (test) => {
    const { proxy, provider } = await startSignOn(test);
    for (const change of [{ iss: 'https://evil.example' }, { code: 'made-up' }]) {
      const { client } = createSignInClient(proxy.url, ATS);
      const pending = await client.start();
      await fetch(pending.authorizationUrl, { redirect: 'manual' });
      const query = new URLSearchParams({ state: pending.attemptId, code: 'x', iss: provider.issuer, ...change });
      const { callbackMessage } = await openSignInWindow(`${proxy.url}/v1/sign-in/callback?${query}`);
      assert.match(callbackMessage?.detail ?? '', /denied access/, JSON.stringify(change));
    }
  });

  it('is issued once although Firefox requests the start address of an extension twice', async (test) => {
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

  it('is sent to an allowed extension in the fragment, and to no other extension', async (test) => {
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
