import assert from 'node:assert/strict';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { exportJWK, generateKeyPair } from 'jose';
import { startFakeAshby } from '../../support/ats/ashby.ts';
import { startFakeGreenhouse } from '../../support/ats/greenhouse.ts';
import { startFakeLever } from '../../support/ats/lever.ts';
import { buildAtsSettings, startSimulatedAtss } from '../../support/ats/simulated.ts';
import { startFakeWorkday } from '../../support/ats/workday.ts';
import { assertLine, deploy, runDoctorInProcess } from '../../support/doctor.ts';
import { serve } from '../../support/http-server.ts';
import { startIdentityProvider } from '../../support/identity-provider.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';

/** A position in the simulated ATSs' list of candidates. */
const FIRST_CANDIDATE = 0;

describe('the doctor reports', { concurrency: 3 }, () => {
  for (const [offsetSeconds, line, exitCode] of [
    [0, /^ok {4}this machine's clock/, 0],
    [45, /^warn {2}this machine's clock is 4\d s ahead of Evalon's → synchronize it/, 0],
    [-45, /^warn {2}this machine's clock is 4\d s behind/, 0],
    [90, /^fail {2}this machine's clock is \d\d s ahead of Evalon's, so the proxy refuses valid tokens/, 1],
  ] as const) {
    it(`a clock whose offset from Evalon is ${offsetSeconds} s`, async (test) => {
      const url = await serve(test, (_request, response) => {
        response.setHeader('date', new Date(Date.now() - offsetSeconds * 1_000).toUTCString());
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"Not found."}');
      });
      const { settings } = await deploy(test, { EVALON_BASE_URL: url });
      const report = await runDoctorInProcess(settings);
      assertLine(report, line);
      assert.equal(report.exitCode, exitCode);
    });
  }

  it('the usable keys of a JWKS, and a JWKS without a usable key, with a private key or in another format', async (test) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    for (const [published, line] of [
      [{ keys: [jwk, { ...jwk, kid: '2' }] }, /^ok {4}HOST_TOKEN_JWKS .* contains 2 usable keys$/],
      [{ keys: [{ ...jwk, use: 'enc' }] }, /^fail {2}HOST_TOKEN_JWKS .* contains no usable key →/],
      [{ keys: [] }, /^fail {2}HOST_TOKEN_JWKS .* contains no usable key →/],
      [{ keys: [await exportJWK(privateKey)] }, /^fail {2}HOST_TOKEN_JWKS .* contains a private key →/],
      ['<!doctype html>', /^fail {2}HOST_TOKEN_JWKS .* is not a JWKS →/],
    ] as const) {
      const url = await serve(test, (_request, response) => response.end(JSON.stringify(published)));
      const { settings } = await deploy(test, { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: url });
      assertLine(await runDoctorInProcess(settings), line);
    }
  });

  it('a working identity provider, an identity provider that lacks features, and an identity provider with another issuer', async (test) => {
    const provider = await startIdentityProvider();
    test.after(() => provider.close());
    await provider.registerClient('https://evalon.invalid');
    const oidc = {
      HOST_TOKEN_SECRET: undefined,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_GRANTS: '[{"claim":"groups","value":"recruiters","projects":["*"],"scope":"read"}]',
    };
    const { settings } = await deploy(test, oidc);
    const working = await runDoctorInProcess({ ...settings, PUBLIC_URL: 'https://evalon.invalid' });
    assertLine(
      working,
      /^ok {4}OIDC_ISSUER \S+ responds\. Its redirect URI must be https:\/\/evalon\.invalid\/v1\/sign-in\/callback$/,
    );
    assert.ok(!working.lines.join().includes(provider.clientSecret));
    assertLine(
      await runDoctorInProcess({ ...settings, PUBLIC_URL: undefined }),
      /^warn {2}OIDC_ISSUER \S+ responds, but PUBLIC_URL is not set/,
    );
    const minimalIssuer = await serve(test, ({ headers }, response) => {
      const issuer = `http://${headers.host}`;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ issuer, scopes_supported: ['openid'], token_endpoint: `${issuer}/token` }));
    });
    const minimal = await runDoctorInProcess({ ...settings, OIDC_ISSUER: minimalIssuer });
    assertLine(minimal, /^warn {2}OIDC_ISSUER \S+ does not list the scope offline_access/);
    assertLine(minimal, /^warn {2}OIDC_ISSUER \S+ has no revocation endpoint/);
    // No server listens at the first URL. The server at the second URL returns the issuer `minimalIssuer`.
    for (const wrongIssuer of ['http://127.0.0.1:9', `${minimalIssuer}/realm`]) {
      const report = await runDoctorInProcess({ ...settings, OIDC_ISSUER: wrongIssuer });
      assertLine(report, /^fail {2}OIDC_ISSUER \S+ cannot be read, or is another issuer →/);
      assert.equal(report.exitCode, 1);
    }
  });

  it('a proxy that runs with another token secret', async (test) => {
    const { settings, runProxy } = await deploy(test);
    await runProxy({ HOST_TOKEN_SECRET: 'another secret of at least thirty-two bytes' });
    const report = await runDoctorInProcess(settings);
    assertLine(report, /^fail {2}the proxy at http:\S+ refuses a token minted with these settings \(401\)/);
    assert.equal(report.exitCode, 1);
  });

  it('a reverse proxy that buffers streams', async (test) => {
    const { settings, runProxy } = await deploy(test);
    await runProxy();
    const url = await serve(test, ({ method, url: path = '/', headers }, response) => {
      // The doctor opens the stream with POST. A buffering reverse proxy passes none of the stream on.
      if (method === 'POST') return;
      request({ port: settings['PORT'], path, headers }, (upstream) => {
        response.writeHead(upstream.statusCode ?? 502, upstream.headers);
        upstream.pipe(response);
      }).end();
    });
    const report = await runDoctorInProcess({ ...settings, PUBLIC_URL: url });
    assertLine(report, /^ok {4}the proxy responds at/);
    assertLine(report, /^warn {2}a stream at \S+ does not start within 2 s: .* → switch buffering off/);
    assert.equal(report.exitCode, 0);
  });

  it("another site at the proxy's URL", async (test) => {
    const url = await serve(test, (_request, response) => response.end('<h1>Welcome</h1>'));
    const { settings } = await deploy(test, { PUBLIC_URL: url });
    assertLine(await runDoctorInProcess(settings), /^warn {2}another server responds at http:\S+ \(200\)/);
  });

  it('a reverse proxy that does not reach the proxy, and a proxy that is not ready', async (test) => {
    const gatewayWithoutProxy = await serve(test, (_request, response) =>
      response.writeHead(503).end('<h1>No server</h1>'),
    );
    const { settings } = await deploy(test, { PUBLIC_URL: gatewayWithoutProxy });
    assertLine(
      await runDoctorInProcess(settings),
      /^warn {2}the reverse proxy at http:\S+ does not reach the proxy \(503\) → start/,
    );
    const unready = await serve(test, (_request, response) => response.writeHead(503).end('{"code":"unavailable"}'));
    assertLine(
      await runDoctorInProcess({ ...settings, PUBLIC_URL: unready }),
      /^warn {2}the proxy at http:\S+ is not ready \(503\) → read its log/,
    );
  });

  it("another server at Evalon's URL, which responds 404 to everything", async (test) => {
    const url = await serve(test, (_request, response) => response.writeHead(404).end('{"detail":"Not Found"}'));
    const { settings } = await deploy(test, { EVALON_BASE_URL: url });
    const report = await runDoctorInProcess(settings);
    assertLine(report, /^ok {4}a server responds at http/);
    assertLine(
      report,
      /^warn {2}EVALON_API_KEY could not be checked: .* responds the same without a key \(404\) → check/,
    );
  });

  it('a database that belongs to another Evalon', async (test) => {
    const { settings, runProxy } = await deploy(test);
    await (await runProxy()).stop();
    const report = await runDoctorInProcess({ ...settings, EVALON_BASE_URL: 'http://localhost:9' });
    assertLine(report, /^fail {2}DATABASE_URL names \S+, which belongs to http:\S+, not to http:\/\/localhost:9/);
    assert.equal(report.exitCode, 1);
  });

  it('a database that an older release has migrated, and a database that a newer release has migrated', async (test) => {
    const { settings, folder, runProxy } = await deploy(test);
    await (await runProxy()).stop();
    const execute = (sql: string) => {
      const database = new Database(join(folder, 'evalon.db'));
      database.exec(sql);
      database.close();
    };
    execute('delete from kysely_migration where name = (select max(name) from kysely_migration)');
    const older = await runDoctorInProcess(settings);
    assertLine(older, /^warn {2}database \S+ was written by an older release\. .* irreversibly → make a backup first$/);
    assert.equal(older.exitCode, 0);
    execute("insert into kysely_migration values ('9999_of_tomorrow', '2026-01-15T14:30:00Z')");
    const newer = await runDoctorInProcess(settings);
    assertLine(newer, /^fail {2}DATABASE_URL names \S+, which a newer release has written → start that release/);
    assert.equal(newer.exitCode, 1);
  });

  it('a secret in a file that every user on the machine can read', {
    skip: canEveryUserEnter(tmpdir())
      ? false
      : `other users cannot enter ${tmpdir()}, or this platform has no file modes`,
  }, async (test) => {
    const { settings, folder } = await deploy(test);
    const file = join(folder, 'key');
    writeFileSync(file, CANARY_API_KEY);
    const withKeyFile = { ...settings, EVALON_API_KEY: undefined, EVALON_API_KEY_FILE: file };
    chmodSync(folder, 0o755);
    for (const [mode, line] of [
      [0o644, /^warn {2}every user of this machine can read \S+\/key → chmod o-r/],
      [0o640, /^ok {4}other users of this machine cannot read/],
    ] as const) {
      chmodSync(file, mode);
      assertLine(await runDoctorInProcess(withKeyFile), line);
    }
    // Others may read the file, but cannot enter its folder.
    chmodSync(folder, 0o700);
    chmodSync(file, 0o644);
    assertLine(await runDoctorInProcess(withKeyFile), /^ok {4}other users of this machine cannot read/);
  });

  it('an ATS that refuses the credentials, an ATS that fails, and an ATS without a page adapter', async (test) => {
    const [greenhouse, lever, ashby, workday] = [
      await startFakeGreenhouse(test),
      await startFakeLever(test),
      await startFakeAshby(test),
      await startFakeWorkday(test),
    ];
    const ats = { ...greenhouse.settings, ...lever.settings, ...ashby.settings, ...workday.settings };
    const { settings } = await deploy(test, ats);
    const working = await runDoctorInProcess(settings);
    for (const label of ['Greenhouse', 'Lever', 'Ashby', 'Workday']) {
      assertLine(working, new RegExp(`^ok +${label} responds and accepts`));
    }
    assertLine(
      working,
      /^warn +no page adapter reads the pages of Workday → describe them in ATS_ADAPTERS, with "ats": "workday"/,
    );
    lever.key = 'a key that the settings do not contain';
    greenhouse.override = () => ({ status: 500, body: {} });
    const failing = await runDoctorInProcess({ ...settings, ASSESSMENTS: undefined });
    assertLine(failing, /^fail +Lever does not let the proxy read candidates/);
    assertLine(failing, /^fail +Greenhouse gives no valid response/);
    assertLine(failing, /^warn +ASSESSMENTS is empty, so the proxy looks up no candidate in an ATS/);
  });

  it('an ATS that gets no links, although INVITE_DELIVERY is ats', async (test) => {
    const { connectors } = await startSimulatedAtss(test);
    const { settings } = await deploy(test, {
      ...buildAtsSettings(connectors),
      ATS_WRITE_BACK: JSON.stringify([{ ats: 'lever', as: 'link' }]),
      INVITE_DELIVERY: 'ats',
    });
    const report = await runDoctorInProcess(settings);
    assertLine(report, /^ok +Lever gets the candidates' links/);
    assertLine(
      report,
      /^warn +Greenhouse does not get the candidates' links.* → add \{"ats":"greenhouse","as":"link"\}/,
    );
  });

  it('whether the keys may write into the ATSs, and writes nothing', async (test) => {
    const { connectors, writeBack, apis, records } = await startSimulatedAtss(test);
    const { settings } = await deploy(test, {
      ...buildAtsSettings(connectors),
      ATS_WRITE_BACK: JSON.stringify(writeBack),
    });
    const working = await runDoctorInProcess(settings);
    for (const label of ['Greenhouse', 'Lever', 'Ashby']) {
      assertLine(working, new RegExp(`^ok +${label} lets the proxy write notes`));
    }
    assertLine(working, /^warn +whether Workday lets the proxy write is not known/);
    apis.greenhouse.permissions.delete('notes:create');
    apis.ashby.permissions.delete('candidatesWrite');
    const failing = await runDoctorInProcess(settings);
    for (const label of ['Greenhouse', 'Ashby']) {
      assertLine(failing, new RegExp(`^fail +${label} does not let the proxy write → .*docs/ats/write-back.md`));
    }
    for (const ats of ['greenhouse', 'lever', 'ashby'] as const)
      assert.deepEqual(records.list(ats, FIRST_CANDIDATE), []);
  });
});

/** Checks the folder and its parents. */
function canEveryUserEnter(folder: string): boolean {
  const canOthersEnter = (statSync(folder).mode & 0o001) !== 0;
  if (process.platform === 'win32' || !canOthersEnter) return false;
  return folder === dirname(folder) || canEveryUserEnter(dirname(folder));
}
