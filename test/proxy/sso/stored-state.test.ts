import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import pg from 'pg';
import { isPostgresUrl } from '../../../proxy/config/database-url.ts';
import { startEvalon } from '../../support/evalon.ts';
import { findFreePort } from '../../support/free-port.ts';
import { startIdentityProvider } from '../../support/identity-provider.ts';
import { buildProxySettings, createTempFolder, startProxy, startProxyProcess } from '../../support/proxy.ts';
import { createSignInClient, openSignInWindow } from '../../support/sso-client.ts';
import { ATS_ORIGIN, post, RECRUITERS_GRANT, startSignOn, tokensIn } from '../../support/start-sso.ts';
import { toDatabaseUrl, toTestDatabase } from '../../support/test-database.ts';

/** Reads SQLite's files or, with PostgreSQL, the rows of all tables. */
async function readStored(folder: string): Promise<string[]> {
  const database = await toTestDatabase(join(folder, 'evalon.db'));
  if (!isPostgresUrl(database)) return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  const client = new pg.Client(database);
  await client.connect();
  const tables = await client.query("select tablename from pg_tables where schemaname = 'public'");
  const texts: string[] = [];
  for (const { tablename } of tables.rows) {
    texts.push(...(await client.query(`select * from ${tablename}`)).rows.map((row) => JSON.stringify(row)));
  }
  await client.end();
  return texts;
}

describe('the stored state of single sign-on', () => {
  it('survives a restart, and appears in no file, no row and no log line as plain text', async (test) => {
    const { folder, remove } = createTempFolder();
    const [evalon, provider] = [await startEvalon(), await startIdentityProvider()];
    const settings = {
      PORT: String(await findFreePort()),
      HOST_TOKEN_SECRET: undefined,
      DATABASE_URL: await toDatabaseUrl(`${folder}/evalon.db`),
      LOG_LEVEL: 'trace',
      ALLOWED_ORIGINS: ATS_ORIGIN,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_GRANTS: JSON.stringify([RECRUITERS_GRANT]),
    };
    const first = await startProxyProcess(buildProxySettings(evalon, settings));
    test.after(async () => {
      await first.kill('SIGKILL');
      await Promise.all([evalon.close(), provider.close()]);
      remove();
    });
    await provider.registerClient(first.url);
    const { client, tokenStore } = createSignInClient(first.url, ATS_ORIGIN);
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
    // Requests that the proxy refuses, although they contain a secret.
    for (const path of ['renew', 'redeem', 'out'])
      await post(`${first.url}/v1/sign-in/${path}`, { handle, code: handle });
    await openSignInWindow(`${first.url}/v1/sign-in/callback?state=${pending.attemptId}&code=${callbackMessage?.code}`);
    const denied = await client.start();
    await openSignInWindow(denied.authorizationUrl, 'denied');
    secrets.push(token, handle, denied.attemptId, ...provider.listSecrets());
    await first.kill('SIGKILL');

    const stored = await readStored(folder);
    assert.ok(secrets.length > 12 && stored.length > 1);
    for (const secret of secrets) {
      assert.ok(!first.output().includes(secret), `the log contains ${secret}`);
      assert.ok(!stored.some((text) => text.includes(secret)), `the database contains ${secret}`);
    }

    const restart = (changes = {}) => startProxy(evalon, { ...settings, LOG_LEVEL: 'silent', ...changes });
    const second = await restart();
    try {
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${second.url}/v1/config`, { headers })).status, 200);
      assert.ok(await client.getToken(token));
    } finally {
      await second.close();
    }
    // A new client secret ends all sign-ins.
    const third = await restart({ OIDC_CLIENT_SECRET: 'another secret of the provider' });
    try {
      const headers = { authorization: `Bearer ${tokensIn(tokenStore).token}` };
      assert.equal((await fetch(`${third.url}/v1/config`, { headers })).status, 401);
    } finally {
      await third.close();
    }
  });

  it('is deleted after it has expired', async (test) => {
    const { proxy, signIn, advanceClock } = await startSignOn(test);
    await signIn();
    await createSignInClient(proxy.url, ATS_ORIGIN).client.start();
    const { store } = proxy.context;
    const prune = () => store.write(({ sso }) => sso.prune(100));
    assert.equal(await prune(), 0);
    // A started sign-in expires after ten minutes, and a completed sign-in after 30 days.
    advanceClock(11 * 60_000);
    assert.equal(await prune(), 1, 'the started sign-in');
    advanceClock(31 * 24 * 60 * 60_000);
    assert.equal(await prune(), 1, 'the completed sign-in');
  });
});
