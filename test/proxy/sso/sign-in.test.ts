import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getDirection, LOCALES } from '../../../proxy/contract/locales.ts';
import { renderSignInPage } from '../../../proxy/http/sso-page.ts';
import { startEvalon } from '../../support/evalon.ts';
import { startProxy } from '../../support/proxy.ts';
import { createSignInClient, openSignInWindow } from '../../support/sso-client.ts';
import { ATS_ORIGIN, post, startSignOn, tokensIn } from '../../support/start-sso.ts';

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
    assert.equal((await fetchConfig(`${tokenStore.tokens?.token}=`)).status, 401, 'the token has padding');
    const inviteToOtherProject = await fetch(`${proxy.url}/v1/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenStore.tokens?.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        assessment_type: 'sales',
        candidate_email: 'jane@example.com',
        candidate_name: 'Jane Smith',
        project_id: 'proj_other',
      }),
    });
    assert.equal(inviteToOtherProject.status, 403);
    assert.ok(
      provider.requests.includes('POST /token') && provider.requests.includes('GET /me'),
      String(provider.requests),
    );
  });

  it('has pages in the browser’s language, which show the reason of a failure in English too', async (test) => {
    const { proxy } = await startSignOn(test, { defaultLocale: 'fr' });
    const readPage = async (url: string, language: string) =>
      (await fetch(url, { headers: { 'accept-language': language } })).text();
    for (const path of ['callback?state=x', `start/${'x'.repeat(43)}`]) {
      const url = `${proxy.url}/v1/sign-in/${path}`;
      const german = await readPage(url, 'de-AT, en;q=0.5');
      assert.match(german, /<html lang="de" dir="ltr">/);
      assert.match(german, /Sie sind nicht angemeldet/);
      assert.match(german, /<p lang="en" dir="ltr">This sign-in was already used or has expired/);
      assert.match(await readPage(url, 'sv'), /<html lang="fr"/);
      const english = await readPage(url, 'en-GB');
      assert.match(english, /You&#39;re not signed in/);
      assert.equal(english.match(/<p/g)?.length, 1);
    }
  });

  it('shows a signed-in recruiter the page in each language, with the address where the sign-in started', () => {
    const page = { openerOrigin: 'https://ats.example.com', shortCode: 'ABCDEFGH' };
    for (const locale of LOCALES) {
      const html = renderSignInPage(page, locale);
      assert.ok(html.includes(`<html lang="${locale}" dir="${getDirection(locale)}">`), locale);
      assert.ok(html.includes('<strong><bdi>https://ats.example.com</bdi></strong>'), locale);
      assert.ok(html.includes('ABCD-EFGH'), locale);
      assert.equal(/Enter this code/.test(html), locale === 'en', locale);
    }
  });

  it('redirects to the provider with PKCE, state and nonce, and without a secret', async (test) => {
    const { provider, proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS_ORIGIN);
    const { authorizationUrl, attemptId, codeVerifier } = await client.start();
    const start = await fetch(authorizationUrl, { redirect: 'manual' });
    assert.equal(start.status, 303);
    const address = new URL(start.headers.get('location') ?? '');
    assert.equal(address.origin, provider.issuer);
    const query = Object.fromEntries(address.searchParams);
    assert.equal(query['code_challenge_method'], 'S256');
    assert.equal(query['state'], attemptId);
    assert.match(query['nonce'] ?? '', /^[\w-]{43}$/);
    assert.deepEqual(query['scope']?.split(' ').sort(), ['groups', 'offline_access', 'openid', 'profile']);
    assert.ok(!address.href.includes(provider.clientSecret) && !address.href.includes(codeVerifier));
    assert.equal(start.headers.get('cross-origin-opener-policy'), 'unsafe-none');
  });

  it('gives a user with several grants no more rights in a project than one grant gives, and refuses users without a grant', async (test) => {
    const { provider, proxy, signIn, fetchConfig } = await startSignOn(test, {
      grants: [
        { claim: 'groups', value: 'readers', projects: ['proj_abc123'], scope: 'read' },
        { claim: 'groups', value: 'leads', projects: ['proj_lead'], scope: 'read invite' },
        { claim: '/realm/roles', value: 'all', projects: ['*'], scope: 'read invite' },
      ],
    });
    const readRights = async (account: string) => {
      const { tokenStore } = await signIn(account);
      const claims = JSON.parse(
        Buffer.from(tokensIn(tokenStore).token.split('.')[1] ?? '', 'base64url').toString('utf8'),
      );
      return [claims.projects, (await fetchConfig(tokensIn(tokenStore).token)).body.scope.sort()];
    };
    provider.accounts['both'] = { groups: ['leads', 'readers'] };
    provider.accounts['lead'] = { groups: ['leads'] };
    provider.accounts['none'] = { groups: ['cooks'] };
    assert.deepEqual(await readRights('both'), [['proj_abc123', 'proj_lead'], ['read']]);
    assert.deepEqual(await readRights('lead'), [['proj_lead'], ['invite', 'read']]);
    const { client } = createSignInClient(proxy.url, ATS_ORIGIN);
    const window = await openSignInWindow((await client.start()).authorizationUrl, 'none');
    assert.equal(window.status, 403);
    assert.equal(window.callbackMessage?.code, undefined);
    assert.match(window.callbackMessage?.detail ?? '', /no access to Evalon projects/);
  });

  it('explains that the provider denied access', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS_ORIGIN);
    const window = await openSignInWindow((await client.start()).authorizationUrl, 'denied');
    assert.equal(window.status, 403);
    assert.match(window.callbackMessage?.detail ?? '', /denied access/);
  });
});
