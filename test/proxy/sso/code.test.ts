import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSignInClient, openSignInWindow } from '../../support/sso-client.ts';
import {
  ATS_ORIGIN,
  EXTENSION_ID,
  FIREFOX_ORIGIN,
  isRefused,
  OTHER_ATS_ORIGIN,
  startSignOn,
} from '../../support/start-sso.ts';

describe('the code of a callback', () => {
  it('works once, within three minutes, for the client and the origin that started the sign-in', async (test) => {
    const { proxy, advanceClock } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS_ORIGIN);
    const pending = await client.start();
    const { callbackMessage, origin } = await openSignInWindow(pending.authorizationUrl);
    assert.equal(origin, ATS_ORIGIN);
    const code = callbackMessage?.code ?? '';
    const atOtherOrigin = createSignInClient(proxy.url, OTHER_ATS_ORIGIN).client;
    await assert.rejects(atOtherOrigin.exchangeCode(pending, code), isRefused);
    const otherAttempt = await client.start();
    await assert.rejects(client.exchangeCode({ ...otherAttempt, attemptId: pending.attemptId }, code), isRefused);
    await assert.rejects(client.exchangeCode({ ...pending, keyPair: otherAttempt.keyPair }, code), isRefused);
    await assert.rejects(client.exchangeCode({ ...pending, codeVerifier: otherAttempt.codeVerifier }, code), isRefused);
    await client.exchangeCode(pending, code);
    await assert.rejects(client.exchangeCode(pending, code), isRefused);

    const lateAttempt = await client.start();
    const window = await openSignInWindow(lateAttempt.authorizationUrl);
    advanceClock(3 * 60_000 + 1);
    await assert.rejects(client.exchangeCode(lateAttempt, window.callbackMessage?.code ?? ''), isRefused);
  });

  it('is useless to an attacker that opens the window for a recruiter or steals the code', async (test) => {
    const { proxy } = await startSignOn(test);
    const attacker = createSignInClient(proxy.url, 'https://evil.example');
    await assert.rejects(attacker.client.start(), ({ code }: { code: string }) => code === 'forbidden');
    // A client outside a browser can forge the ATS's origin. The code is posted to that origin only.
    const forgedAttempt = await createSignInClient(proxy.url, ATS_ORIGIN).client.start();
    const window = await openSignInWindow(forgedAttempt.authorizationUrl);
    assert.equal(window.origin, ATS_ORIGIN);
    assert.doesNotMatch(window.finalUrl, /code=[\w-]{43}$/);
    // A stolen code is useless without the verifier and key of the recruiter's page.
    const recruiterAttempt = await createSignInClient(proxy.url, ATS_ORIGIN).client.start();
    const stolenCode = (await openSignInWindow(recruiterAttempt.authorizationUrl)).callbackMessage?.code ?? '';
    await assert.rejects(
      createSignInClient(proxy.url, ATS_ORIGIN).client.exchangeCode(forgedAttempt, stolenCode),
      isRefused,
    );
    await assert.rejects(
      createSignInClient(proxy.url, ATS_ORIGIN).client.exchangeCode(
        { ...forgedAttempt, attemptId: recruiterAttempt.attemptId },
        stolenCode,
      ),
      isRefused,
    );
  });

  it('can be typed as eight letters, with five attempts', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS_ORIGIN);
    const first = await client.start();
    const { shortCode = '' } = await openSignInWindow(first.authorizationUrl);
    assert.match(shortCode, /^[A-Z]{4}-[A-Z]{4}$/);
    await client.exchangeCode(first, ` ${shortCode.toLowerCase().replace('-', ' ')}`);
    const second = await client.start();
    const { shortCode: correctCode = '' } = await openSignInWindow(second.authorizationUrl);
    for (let attempt = 0; attempt < 5; attempt++)
      await assert.rejects(client.exchangeCode(second, 'BBBB-BBBB'), isRefused);
    await assert.rejects(client.exchangeCode(second, correctCode), isRefused);
  });

  it('is issued only once: if the sign-in URL or its callback is opened again, the page shows an error', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, ATS_ORIGIN);
    const pending = await client.start();
    const { finalUrl: address } = await openSignInWindow(pending.authorizationUrl);
    assert.equal((await openSignInWindow(pending.authorizationUrl)).status, 401);
    const secondWindow = await openSignInWindow(address);
    assert.deepEqual([secondWindow.status, secondWindow.callbackMessage], [403, undefined]);
    assert.equal((await openSignInWindow(`${proxy.url}/v1/sign-in/callback?state=made-up&code=made-up`)).status, 403);
    assert.equal((await openSignInWindow(`${proxy.url}/v1/sign-in/callback`)).status, 403);
  });

  it("is not issued for another issuer's callback, or for an invalid provider code", async (test) => {
    const { proxy, provider } = await startSignOn(test);
    for (const change of [{ iss: 'https://evil.example' }, { code: 'made-up' }]) {
      const { client } = createSignInClient(proxy.url, ATS_ORIGIN);
      const pending = await client.start();
      await fetch(pending.authorizationUrl, { redirect: 'manual' });
      const query = new URLSearchParams({ state: pending.attemptId, code: 'x', iss: provider.issuer, ...change });
      const { callbackMessage } = await openSignInWindow(`${proxy.url}/v1/sign-in/callback?${query}`);
      assert.match(callbackMessage?.detail ?? '', /denied access/, JSON.stringify(change));
    }
  });

  it('is issued once although Firefox requests the start URL of an extension twice', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, `chrome-extension://${EXTENSION_ID}`);
    const pending = await client.start({ return_to: `${FIREFOX_ORIGIN}/` });
    assert.equal((await fetch(pending.authorizationUrl, { redirect: 'manual' })).status, 303);
    const { finalUrl: address } = await openSignInWindow(pending.authorizationUrl);
    assert.equal((await openSignInWindow(pending.authorizationUrl)).status, 401);
    const { code = '' } = Object.fromEntries(new URLSearchParams(new URL(address).hash.slice(1)));
    await client.exchangeCode(pending, code);
    assert.ok(await client.getToken());

    // Chrome requests the start URL once, so the proxy refuses a second request.
    const inChrome = await client.start({ return_to: `https://${EXTENSION_ID}.chromiumapp.org/` });
    await fetch(inChrome.authorizationUrl, { redirect: 'manual' });
    assert.equal((await openSignInWindow(inChrome.authorizationUrl)).status, 401);
  });

  it('is sent to an allowed extension in the fragment, and to no other extension', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, `chrome-extension://${EXTENSION_ID}`);
    for (const returnTo of [`https://${EXTENSION_ID}.chromiumapp.org/signed-in`, `${FIREFOX_ORIGIN}/`]) {
      const pending = await client.start({ return_to: returnTo });
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
      `https://${EXTENSION_ID}.chromiumapp.org.evil.example/`,
      `http://${EXTENSION_ID}.chromiumapp.org/`,
      'https://evil.example/',
      ATS_ORIGIN,
    ]) {
      await assert.rejects(
        client.start({ return_to: returnTo }),
        ({ code }: { code: string }) => code === 'forbidden',
        returnTo,
      );
    }
  });
});
