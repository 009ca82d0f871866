/** Starts a proxy with single sign-on, and signs recruiters in. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { systemClock } from '../../proxy/util/clock.ts';
import type { StoredTokens } from '../../widget/sign-in/sso-client.ts';
import { ADMIN_TOKEN, createAdminClient } from './admin-client.ts';
import { startEvalon } from './evalon.ts';
import { findFreePort } from './free-port.ts';
import { startIdentityProvider } from './identity-provider.ts';
import { startProxy } from './proxy.ts';
import { createSignInClient, openSignInWindow } from './sso-client.ts';

export const ATS_ORIGIN = 'https://ats.example.com';
export const OTHER_ATS_ORIGIN = 'https://other.example.com';
export const EXTENSION_ID = 'abcdefghijklmnopabcdefghijklmnop';
export const FIREFOX_ORIGIN = `https://${'ab01'.repeat(10)}.extensions.allizom.org`;
export const RECRUITERS_GRANT = {
  claim: 'groups',
  value: 'recruiters',
  projects: ['proj_abc123'],
  scope: 'read invite',
};

/** Starts an identity provider, and a proxy whose users sign in only there. */
export async function startSignOn(
  test: TestContext,
  { grants = [RECRUITERS_GRANT], defaultLocale = 'en' }: { grants?: object[]; defaultLocale?: string } = {},
) {
  const [evalon, provider] = [await startEvalon(), await startIdentityProvider()];
  let aheadMs = 0;
  const settings = {
    PORT: String(await findFreePort()),
    HOST_TOKEN_SECRET: undefined,
    ALLOWED_ORIGINS: [ATS_ORIGIN, OTHER_ATS_ORIGIN, `chrome-extension://${EXTENSION_ID}`, FIREFOX_ORIGIN].join(','),
    ADMIN_TOKEN,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GRANTS: JSON.stringify(grants),
    DEFAULT_LOCALE: defaultLocale,
  };
  const clock = {
    ...systemClock,
    now: () => Date.now() + aheadMs,
    monotonic: () => systemClock.monotonic() + aheadMs,
    toSharedTime: (serverNow: number) => serverNow + aheadMs,
  };
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
      aheadMs += ms;
    },
    readAudit: async () =>
      (await createAdminClient(proxy.url).readAuditLog()).map(({ action, detail, actor }) =>
        [action, actor, detail].join(' ').trim(),
      ),
    async signIn(account = 'rita', origin = ATS_ORIGIN) {
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

/** Posts a body as JSON and returns the status. */
export async function post(url: string, body: object, origin = ATS_ORIGIN): Promise<number> {
  const headers = { 'content-type': 'application/json', origin };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.body?.cancel();
  return response.status;
}

/** Returns the tokens of a token store, and asserts that it has some. */
export const tokensIn = ({ tokens }: { tokens: StoredTokens | undefined }): StoredTokens => {
  assert.ok(tokens);
  return tokens;
};

export const isRefused = ({ code }: { code: string }) => code === 'unauthenticated';
