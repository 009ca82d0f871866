import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryTokenStore, createSignInClient } from '../../support/sso-client.ts';
import {
  ATS_ORIGIN,
  OTHER_ATS_ORIGIN,
  post,
  RECRUITERS_GRANT,
  startSignOn,
  tokensIn,
} from '../../support/start-sso.ts';

describe('a sign-in', () => {
  it("needs no window for a refresh, and applies the provider's current claims", async (test) => {
    const { provider, signIn, fetchConfig } = await startSignOn(test, {
      grants: [RECRUITERS_GRANT, { claim: 'groups', value: 'readers', projects: ['proj_abc123'], scope: 'read' }],
    });
    const { client, tokenStore } = await signIn();
    const first = tokensIn(tokenStore);
    assert.equal(await client.getToken(), first.token);
    const nextToken = await client.getToken(first.token);
    assert.notEqual(nextToken, first.token, 'tokens with equal rights of the same second differ');
    provider.accounts['rita'] = { groups: ['readers'] };
    const second = await client.getToken(nextToken);
    assert.notEqual(second, nextToken);
    assert.notEqual(tokensIn(tokenStore).refreshToken, first.refreshToken);
    assert.deepEqual((await fetchConfig(second)).body.scope, ['read']);
    provider.accounts['rita'] = { groups: [] };
    await assert.rejects(client.getToken(second), ({ code }: { code: string }) => code === 'forbidden');
    assert.equal(tokenStore.tokens, undefined);
    assert.equal((await fetchConfig(second)).status, 401);
    assert.equal(provider.countRefreshTokens(), 0);
  });

  it('gives tabs that refresh at the same moment the same refresh token, and calls the provider once', async (test) => {
    const { provider, proxy, signIn } = await startSignOn(test);
    const { tokenStore } = await signIn();
    const tabs = [1, 2, 3].map(() => {
      const ownStore = createMemoryTokenStore();
      ownStore.tokens = tokensIn(tokenStore);
      return { ownStore, client: createSignInClient(proxy.url, ATS_ORIGIN, ownStore).client };
    });
    const requestsBefore = provider.requests.length;
    const tokens = await Promise.all(tabs.map(({ client, ownStore }) => client.getToken(tokensIn(ownStore).token)));
    assert.ok(tokens.every(Boolean));
    assert.equal(new Set(tabs.map(({ ownStore }) => tokensIn(ownStore).refreshToken)).size, 1);
    assert.equal(provider.requests.slice(requestsBefore).filter((line) => line === 'POST /token').length, 1);
    assert.ok(await tabs[0]?.client.getToken(tokens[0]));
  });

  it('ends for every client if an old refresh token is reused', async (test) => {
    const { provider, proxy, advanceClock, signIn, fetchConfig, readAudit } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    const stolen = createMemoryTokenStore();
    stolen.tokens = tokensIn(tokenStore);
    const token = await client.getToken(tokensIn(tokenStore).token);
    // A refresh token may be used again within 30 s, for example by another tab.
    advanceClock(31_000);
    assert.equal(
      await createSignInClient(proxy.url, ATS_ORIGIN, stolen).client.getToken(tokensIn(stolen).token),
      undefined,
    );
    assert.equal((await fetchConfig(token)).status, 401);
    assert.equal(await client.getToken(token), undefined);
    assert.equal(provider.countRefreshTokens(), 0);
    assert.ok((await readAudit()).includes('sign_in_ended rita refresh_token_reused'), String(await readAudit()));
  });

  it('ends if another key or another origin uses its refresh token', async (test) => {
    const { proxy, signIn, readAudit } = await startSignOn(test);
    const [first, second] = [await signIn(), await signIn()];
    const withOtherKey = createMemoryTokenStore();
    withOtherKey.tokens = { ...tokensIn(first.tokenStore), keyPair: tokensIn(second.tokenStore).keyPair };
    assert.equal(
      await createSignInClient(proxy.url, ATS_ORIGIN, withOtherKey).client.getToken(tokensIn(withOtherKey).token),
      undefined,
    );
    assert.equal(await first.client.getToken(tokensIn(first.tokenStore).token), undefined);
    const atOtherOrigin = createMemoryTokenStore();
    atOtherOrigin.tokens = tokensIn(second.tokenStore);
    assert.equal(
      await createSignInClient(proxy.url, OTHER_ATS_ORIGIN, atOtherOrigin).client.getToken(
        tokensIn(atOtherOrigin).token,
      ),
      undefined,
    );
    assert.equal(await second.client.getToken(tokensIn(second.tokenStore).token), undefined);
    const ends = (await readAudit()).filter((line) => line.startsWith('sign_in_ended'));
    assert.deepEqual(ends.toSorted(), ['sign_in_ended rita wrong_key', 'sign_in_ended rita wrong_origin']);
  });

  it('does not end if a client sends a refresh token that the proxy did not issue', async (test) => {
    const { proxy, signIn } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    // The API's field for a refresh token is `handle`. The token's parts are a sign-in, a generation and a MAC.
    const { refreshToken: handle } = tokensIn(tokenStore);
    // A proof in the format of a signature.
    const proof = 'A'.repeat(86);
    for (const forged of [handle.replace('.0.', '.1.'), `${handle}x`, 'x.0.y', `x.0.${'A'.repeat(43)}`]) {
      assert.equal(await post(`${proxy.url}/v1/sign-in/renew`, { handle: forged, proof }), 401, forged);
    }
    assert.ok(await client.getToken(tokensIn(tokenStore).token));
  });

  it('ends at the proxy and at the provider when the recruiter signs out', async (test) => {
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

  it('continues while the provider is down', async (test) => {
    const { provider, proxy, signIn, fetchConfig, advanceClock } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    const { token } = tokensIn(tokenStore);
    provider.isDown = true;
    await assert.rejects(client.getToken(token), ({ code }: { code: string }) => code === 'unavailable');
    assert.equal((await fetchConfig(token)).status, 200);
    // The proxy caches the provider's metadata for an hour.
    advanceClock(61 * 60_000);
    await assert.rejects(
      createSignInClient(proxy.url, ATS_ORIGIN).client.start(),
      ({ code, message }: Error & { code: string }) => code === 'unavailable' && /can't be reached/.test(message),
    );
    provider.isDown = false;
    assert.ok(await client.getToken(token));
    assert.ok((await createSignInClient(proxy.url, ATS_ORIGIN).client.start()).authorizationUrl);
  });

  it('ends after 30 days', async (test) => {
    const { signIn, advanceClock } = await startSignOn(test);
    const { client, tokenStore } = await signIn();
    advanceClock(31 * 24 * 60 * 60_000);
    assert.equal(await client.getToken(tokensIn(tokenStore).token), undefined);
  });
});
