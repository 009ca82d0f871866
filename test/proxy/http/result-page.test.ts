import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { buildIfStale } from '../../../.config/build.ts';
import { getDirection, LOCALES } from '../../../proxy/contract/locales.ts';
import type { RunningProxy } from '../../../proxy/server.ts';
import { createAdminClient } from '../../support/admin-client.ts';
import { startSandbox } from '../../support/proxy.ts';
import { createSignInClient, openSignInWindow } from '../../support/sso-client.ts';
import { ATS_ORIGIN, isRefused, startSignOn, tokensIn } from '../../support/start-sso.ts';
import { startStack } from '../../support/start-stack.ts';
import { usesPostgres } from '../../support/test-database.ts';

await buildIfStale();

/** The headers that differ from request to request, even for one session. */
const VARYING_HEADERS = ['date', 'x-request-id', 'ratelimit', 'ratelimit-policy'];

async function readPage(url: string, language = 'en') {
  const response = await fetch(url, { headers: { 'accept-language': language } });
  const headers = [...response.headers].filter(([name]) => !VARYING_HEADERS.includes(name));
  return { status: response.status, headers, html: await response.text() };
}

/** Returns the kinds of the transactions that the proxy runs during `send`, in order. */
async function collectTransactions({ context: { store } }: RunningProxy, send: () => Promise<unknown>) {
  const kinds: string[] = [];
  const { read, write } = store;
  store.read = (run) => {
    kinds.push('read');
    return read(run);
  };
  store.write = (run) => {
    kinds.push('write');
    return write(run);
  };
  await send();
  Object.assign(store, { read, write });
  return kinds;
}

/** Signs in as the recruiter Rita, and invites a candidate. `call` calls the API as Rita. */
async function startWithSession(test: TestContext) {
  const stack = await startSignOn(test);
  const { tokenStore } = await stack.signIn();
  const headers = { authorization: `Bearer ${tokensIn(tokenStore).token}`, 'content-type': 'application/json' };
  const call = (path: string, body?: object) =>
    fetch(`${stack.proxy.url}${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
  const response = await call('/v1/sessions', {
    assessment_type: 'marketing',
    candidate_email: 'jane@example.com',
    candidate_name: 'Jane Smith',
    project_id: 'proj_abc123',
  });
  assert.equal(response.status, 201);
  const { session_uuid } = (await response.json()) as { session_uuid: string };
  return {
    ...stack,
    call,
    session_uuid,
    buildPageUrl: (id: string) => `${stack.proxy.url}/results/${encodeURIComponent(id)}`,
  };
}

describe('the result page', () => {
  it('does not exist without single sign-on', async (test) => {
    const { proxy } = await startStack(test);
    assert.equal((await fetch(`${proxy.url}/results/sess_1`)).status, 404);
  });

  it('exists in the sandbox', async (test) => {
    const proxy = await startSandbox();
    test.after(() => proxy.close());
    assert.equal((await fetch(`${proxy.url}/results/sess_1`)).status, 200);
  });

  it('is the same for every session, known or not', async (test) => {
    const { session_uuid, buildPageUrl } = await startWithSession(test);
    const known = await readPage(buildPageUrl(session_uuid));
    assert.equal(known.status, 200);
    for (const id of ['sess_unknown', `${session_uuid}x`, '<script>', 'ä/b', 'x'.repeat(1_000)]) {
      assert.deepEqual(await readPage(buildPageUrl(id)), known, id);
    }
    assert.doesNotMatch(known.html, new RegExp(`jane|${session_uuid}`, 'i'));
  });

  it('has the first supported language of the browser, and loads the result in that language', async (test) => {
    const { proxy } = await startSignOn(test);
    for (const locale of LOCALES) {
      const { html, headers } = await readPage(`${proxy.url}/results/sess_1`, `sv, ${locale};q=0.8, en;q=0.1`);
      assert.ok(html.includes(`<html lang="${locale}" dir="${getDirection(locale)}">`), locale);
      assert.ok(html.includes(`src="../result-page/${locale}.js"`), locale);
      assert.equal(html.includes('This page needs JavaScript.'), locale === 'en', locale);
      const headersByName = new Map(headers);
      assert.equal(headersByName.get('content-language'), locale);
      assert.match(headersByName.get('vary') ?? '', /accept-language/i);
      const script = await fetch(`${proxy.url}/result-page/${locale}.js`);
      assert.match(script.headers.get('content-type') ?? '', /^(text|application)\/javascript/);
      assert.equal(script.headers.get('cache-control'), 'public, max-age=300');
      assert.match(await script.text(), /evalon-scorecard/);
    }
    assert.equal((await fetch(`${proxy.url}/result-page/sv.js`)).status, 404);
  });

  it('has the default language if the browser’s languages are not supported', async (test) => {
    const { proxy } = await startSignOn(test, { defaultLocale: 'he' });
    for (const language of ['sv', '*', '', 'xx-constructor;q=1', 'de;q=0']) {
      const { html } = await readPage(`${proxy.url}/results/sess_1`, language);
      assert.match(html, /<html lang="he" dir="rtl">/, language);
    }
  });

  it('without a sign-in, runs the same transactions for known and unknown sessions', {
    skip: usesPostgres && 'on PostgreSQL, reads of the jobs can fall between those of the requests',
  }, async (test) => {
    const { proxy, session_uuid, buildPageUrl } = await startWithSession(test);
    const getAnonymously = async (url: string) => {
      const response = await fetch(url);
      await response.body?.cancel();
    };
    const requests: Record<string, (id: string) => Promise<unknown>> = {
      page: (id) => getAnonymously(buildPageUrl(id)),
      'sign-in': (id) => createSignInClient(proxy.url, proxy.url).client.start({ session_uuid: id }),
    };
    // The API refuses these requests, because they have no token.
    for (const path of ['', '/scorecard', '/timeline', '/standing']) {
      requests[`session${path}`] = (id) => getAnonymously(`${proxy.url}/v1/sessions/${id}${path}`);
    }
    const transactions: Record<string, string[]> = {};
    for (const [name, send] of Object.entries(requests)) {
      // The audit log stores only the first of identical refusals.
      await send('sess_warmup');
      transactions[name] = await collectTransactions(proxy, () => send(session_uuid));
      assert.deepEqual(await collectTransactions(proxy, () => send('sess_unknown')), transactions[name], name);
    }
    assert.deepEqual(transactions['page'], []);
    assert.notDeepEqual(transactions['sign-in'], []);
  });

  it('is not framed, cached, indexed or sent as a referrer, and runs only its own script', async (test) => {
    const { proxy } = await startSignOn(test);
    const { headers, body } = await fetch(`${proxy.url}/results/sess_1`);
    await body?.cancel();
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.match(headers.get('x-robots-tag') ?? '', /noindex/);
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('set-cookie'), null);
    const policy = headers.get('content-security-policy') ?? '';
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "form-action 'none'",
    ]) {
      assert.ok(policy.split('; ').includes(directive), directive);
    }
    assert.doesNotMatch(policy, /unsafe|\*/);
  });
});

describe('a sign-in from the result page', () => {
  it('returns to the page of its session, with a code that only this client can redeem', async (test) => {
    const { proxy, session_uuid, buildPageUrl } = await startWithSession(test);
    const { client, tokenStore } = createSignInClient(proxy.url, proxy.url);
    const pending = await client.start({ session_uuid });
    const { finalUrl } = await openSignInWindow(pending.authorizationUrl);
    const { origin, pathname, search, hash } = new URL(finalUrl);
    assert.equal(origin + pathname + search, buildPageUrl(session_uuid));
    const parameters = new URLSearchParams(hash.slice(1));
    assert.equal(parameters.get('attempt'), pending.attemptId);
    const code = parameters.get('code') ?? '';
    const thief = createSignInClient(proxy.url, proxy.url).client;
    const stolenAttempt = { ...(await thief.start({ session_uuid })), attemptId: pending.attemptId };
    await assert.rejects(thief.exchangeCode(stolenAttempt, code), isRefused);
    await client.exchangeCode(pending, code);
    assert.ok(tokensIn(tokenStore).token);
  });

  it('returns to no other address, whatever the session’s id', async (test) => {
    const { proxy } = await startSignOn(test);
    for (const id of [
      '//evil.example/',
      'https://evil.example',
      '\\evil.example',
      'a?b#c',
      '@evil.example',
      // Half of a surrogate pair.
      '\ud800',
    ]) {
      const { client } = createSignInClient(proxy.url, proxy.url);
      const { authorizationUrl } = await client.start({ session_uuid: id });
      const { finalUrl } = await openSignInWindow(authorizationUrl);
      const { origin, pathname } = new URL(finalUrl);
      assert.equal(origin, proxy.url);
      assert.equal(pathname, `/results/${encodeURIComponent(id.toWellFormed())}`);
    }
  });

  it('returns to the page with the reason if the provider denies access', async (test) => {
    const { proxy } = await startSignOn(test);
    const { client } = createSignInClient(proxy.url, proxy.url);
    const { authorizationUrl } = await client.start({ session_uuid: 'sess_1' });
    const { finalUrl } = await openSignInWindow(authorizationUrl, 'denied');
    const parameters = new URLSearchParams(new URL(finalUrl).hash.slice(1));
    assert.equal(parameters.get('code'), null);
    assert.match(parameters.get('error') ?? '', /denied access/);
  });

  it('starts only on the proxy’s own page, and not together with another destination', async (test) => {
    const { proxy, settings } = await startSignOn(test);
    assert.ok(settings.ALLOWED_ORIGINS.split(',').includes(ATS_ORIGIN));
    for (const origin of [ATS_ORIGIN, 'https://evil.example']) {
      const { client } = createSignInClient(proxy.url, origin);
      await assert.rejects(
        client.start({ session_uuid: 'sess_1' }),
        ({ code }: { code: string }) => code === 'forbidden',
      );
    }
    const twoDestinations = {
      session_uuid: 'sess_1',
      return_to: 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/',
    };
    await assert.rejects(createSignInClient(proxy.url, proxy.url).client.start(twoDestinations));
  });

  it('is recorded in the audit log, and so is the view of the result', async (test) => {
    const { evalon, proxy, call, session_uuid } = await startWithSession(test);
    await evalon.completeSession(session_uuid, { notify: false });
    assert.equal((await call(`/v1/sessions/${session_uuid}/scorecard`)).status, 200);
    const actions = (await createAdminClient(proxy.url).readAuditLog()).map(({ action }) => action);
    assert.deepEqual(
      ['signed_in', 'viewed'].filter((action) => !actions.includes(action)),
      [],
    );
  });
});
