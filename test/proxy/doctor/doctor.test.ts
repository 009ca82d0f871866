import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { exportJWK, generateKeyPair } from 'jose';
import { printReport } from '../../../proxy/doctor/report.ts';
import { startFakeAshby } from '../../support/ats/ashby.ts';
import { startFakeGreenhouse } from '../../support/ats/greenhouse.ts';
import { LEVER_KEY, startFakeLever } from '../../support/ats/lever.ts';
import { startFakeWorkday } from '../../support/ats/workday.ts';
import { type Fault, startEvalon, type TestEvalon } from '../../support/evalon.ts';
import { startIdentityProvider } from '../../support/identity-provider.ts';
import {
  buildChildEnv,
  buildProxySettings,
  createTempFolder,
  findFreePort,
  type Settings,
  startProxyProcess,
  WEBHOOK_TOKEN,
} from '../../support/proxy.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';
import { HOST_TOKEN_SECRET } from '../../support/token.ts';

const ROOT = join(import.meta.dirname, '../../..');
const DOCTOR = join(ROOT, 'proxy/cli/doctor.ts');
const SIGNING_SECRET = `whsec_${Buffer.from('a signing secret of tests').toString('base64')}`;
const KEYS = [CANARY_API_KEY, 'eva_former_canary', 'eva_wrong_canary'];

interface Report {
  exitCode: number | null;
  lines: string[];
}

/** Runs the doctor in this process. */
async function diagnose(settings: Settings): Promise<Report> {
  let output = '';
  const exitCode = await printReport(
    (text) => {
      output += text;
    },
    { environment: settings },
  );
  return parseReport(exitCode, output);
}

/** Runs the command as a process. */
async function runDoctor(settings: Settings): Promise<Report> {
  const child = spawn(process.execPath, [DOCTOR], { env: buildChildEnv(settings) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return parseReport(exitCode, output);
}

/** Also asserts that the output contains no secret, and that each line has a fix unless it is ok. */
function parseReport(exitCode: number | null, output: string): Report {
  for (const secret of [...KEYS, WEBHOOK_TOKEN, SIGNING_SECRET, HOST_TOKEN_SECRET, 'eyJ', ...ATS_SECRETS]) {
    assert.ok(!output.includes(secret), `the doctor printed ${secret}:\n${output}`);
  }
  const lines = output.split('\n').slice(0, -1);
  for (const line of lines) assert.match(line, /^(ok {4}\S|(warn|fail) {2}\S.*(→|:) \S)/, output);
  return { exitCode, lines };
}

function assertLine({ lines }: Report, line: RegExp): void {
  assert.ok(
    lines.some((one) => line.test(one)),
    `${line} is not among:\n${lines.join('\n')}`,
  );
}

const ATS_SECRETS = [
  LEVER_KEY,
  'greenhouse-canary-secret',
  'ashby-canary-key',
  'workday-canary-password',
  'greenhouse-token',
];

const failures = ({ lines }: Report) => lines.filter((line) => line.startsWith('fail'));

async function serve(test: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A complete deployment on this machine. Its proxy runs only after `run`. */
async function deploy(test: TestContext, changes: Settings = {}) {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const port = await findFreePort();
  const settings = buildProxySettings(evalon, {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ALLOWED_ORIGINS: 'https://ats.example.com',
    EVALON_WEBHOOK_SECRET: SIGNING_SECRET,
    DATABASE_URL: `file:${folder}/evalon.db`,
    ...changes,
  });
  test.after(async () => {
    await evalon.close();
    remove();
  });
  async function run(overrides: Settings = {}): Promise<{ stop(): Promise<unknown> }> {
    const proxy = await startProxyProcess({ ...settings, ...overrides });
    test.after(() => proxy.kill('SIGKILL'));
    return { stop: () => proxy.kill('SIGTERM') };
  }
  return { evalon, folder, settings, run };
}

describe('the doctor', () => {
  it('reports no problem for a running, complete deployment', async (test) => {
    const { settings, run } = await deploy(test);
    await run();
    const report = await runDoctor(settings);
    assert.equal(report.exitCode, 0);
    const isBuilt = existsSync(join(ROOT, 'dist/widget/embed.js'));
    assert.deepEqual(
      report.lines.filter((line) => !line.startsWith('ok') && (isBuilt || !line.includes('/embed.js'))),
      [],
    );
    for (const line of [
      /^ok {4}Node \d/,
      /^ok {4}production mode, environment "staging"/,
      /^ok {4}database .* belongs to this Evalon; the proxy is running and uses it$/,
      /^ok {4}[\d.]+ GiB are free/,
      /^ok {4}Evalon accepts EVALON_API_KEY/,
      /^ok {4}this machine's clock is within 30 s/,
      /^ok {4}the proxy responds at http:/,
      /^ok {4}a stream starts immediately/,
    ]) {
      assertLine(report, line);
    }
  });

  it('warns if the proxy is not running, and changes no file', async (test) => {
    const { settings, folder, run } = await deploy(test);
    const before = await runDoctor(settings);
    assert.equal(before.exitCode, 0);
    assertLine(before, /^ok {4}database .* does not exist yet/);
    assertLine(before, /^warn {2}the proxy does not respond at http:\S+ .* \(ECONNREFUSED\) → start the proxy/);
    assert.deepEqual(readdirSync(folder), []);

    await (await run()).stop();
    const contents = () => readdirSync(folder).map((name) => `${name} ${hashOf(join(folder, name))}`);
    const contentsBefore = contents();
    const after = await runDoctor(settings);
    assertLine(after, /^ok {4}database .* belongs to this Evalon$/);
    assert.deepEqual(contents(), contentsBefore);
  });

  it('calls Evalon once per key and once without a key, for a session that cannot exist', async (test) => {
    const { evalon, settings } = await deploy(test);
    await runDoctor({ ...settings, EVALON_API_KEY: `eva_former_canary,${CANARY_API_KEY}` });
    const keys = evalon.requests.map(({ headers }) => headers.authorization?.replace('Bearer ', ''));
    assert.deepEqual(new Set(keys), new Set([CANARY_API_KEY, 'eva_former_canary', undefined]));
    assert.equal(keys.length, 3);
    for (const { kind, path } of evalon.requests) {
      assert.equal(kind, 'scorecard');
      assert.match(path, /no-such-session/);
    }
  });

  it('prints one line for every invalid setting, and exits with 78', async () => {
    const report = await runDoctor({ EVALON_API_KEY: 'eva_wrong_canary', PORT: 'eighty', ASSESSMENTS: '{' });
    assert.equal(report.exitCode, 78);
    for (const name of ['EVALON_BASE_URL', 'EVALON_WEBHOOK_TOKEN', 'HOST_TOKEN_SECRET', 'PORT', 'ASSESSMENTS']) {
      assertLine(report, new RegExp(`^fail {2}${name}\\b.*: .+`));
    }
  });

  it('exits normally if the reader closes the pipe early', async (test) => {
    const { settings } = await deploy(test);
    const child = spawn(process.execPath, [DOCTOR], { env: buildChildEnv(settings) });
    let errorOutput = '';
    child.stderr.on('data', (text) => {
      errorOutput += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
    assert.equal(errorOutput, '');
  });

  it('warns about sandbox mode if nothing is configured', async () => {
    const report = await runDoctor({ PORT: String(await findFreePort()), DATABASE_URL: `file:${tmpdir()}/none.db` });
    assert.equal(report.exitCode, 0);
    assertLine(report, /^warn {2}sandbox mode: .* → to deploy/);
  });
});

interface Case {
  problem: string;
  settings?: Settings;
  evalon?: (evalon: TestEvalon) => void | Promise<void>;
  line: RegExp;
  exitCode: number;
}

const withFault = (fault: Fault) => (evalon: TestEvalon) => evalon.injectFault('any', fault);

const CASES: Case[] = [
  {
    problem: 'a key that Evalon refuses',
    settings: { EVALON_API_KEY: 'eva_wrong_canary' },
    line: /^fail {2}Evalon refuses EVALON_API_KEY \(401\) → create a new key/,
    exitCode: 1,
  },
  {
    problem: 'a key without permission',
    evalon: withFault({ fault: 'refuse', status: 403, detail: `${CANARY_API_KEY} may not` }),
    line: /^fail {2}Evalon refuses EVALON_API_KEY \(403\)/,
    exitCode: 1,
  },
  {
    problem: 'that the first of two keys is refused',
    settings: { EVALON_API_KEY: `eva_former_canary,${CANARY_API_KEY}` },
    line: /^warn {2}Evalon refuses EVALON_API_KEY, key 1 of 2, \(401\) → remove it/,
    exitCode: 0,
  },
  {
    problem: 'that the second of two keys is refused',
    settings: { EVALON_API_KEY: `${CANARY_API_KEY},eva_former_canary` },
    line: /^warn {2}Evalon refuses EVALON_API_KEY, key 2 of 2, \(401\)/,
    exitCode: 0,
  },
  {
    problem: 'that both keys are refused',
    settings: { EVALON_API_KEY: 'eva_former_canary,eva_wrong_canary' },
    line: /^fail {2}Evalon refuses EVALON_API_KEY, key 2 of 2, \(401\)/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon that refuses connections',
    evalon: (evalon) => evalon.stop(),
    line: /^fail {2}Evalon does not respond at http:\S+ \(ECONNREFUSED\) → check EVALON_BASE_URL/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon that never responds',
    evalon: withFault({ fault: 'hang' }),
    line: /^fail {2}Evalon does not respond at http:\S+ \(no response within 5 s\)/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon that redirects',
    evalon: withFault({ fault: 'redirect', to: `http://127.0.0.1:9/?key=${CANARY_API_KEY}` }),
    line: /^fail {2}EVALON_API_KEY could not be checked: .* redirect \(302\)/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon with a server error',
    evalon: withFault({ fault: 'html' }),
    line: /^fail {2}EVALON_API_KEY could not be checked: Evalon responded 502/,
    exitCode: 1,
  },
  {
    problem: 'a key that has reached its rate limit',
    evalon: withFault({ fault: 'refuse', status: 429 }),
    line: /^warn {2}EVALON_API_KEY has reached its rate limit \(429\)/,
    exitCode: 0,
  },
  {
    problem: 'an address that is not the API',
    evalon: withFault({ fault: 'html', status: 404 }),
    line: /^warn {2}Evalon may accept EVALON_API_KEY, but .* → check that EVALON_BASE_URL/,
    exitCode: 0,
  },
  {
    problem: 'unsigned webhooks, with the consequence',
    settings: { EVALON_WEBHOOK_SECRET: undefined },
    line: /^warn {2}EVALON_WEBHOOK_SECRET is not set: .*false statuses.* → set it if Evalon can sign/,
    exitCode: 0,
  },
  {
    problem: 'missing origins',
    settings: { ALLOWED_ORIGINS: undefined },
    line: /^warn {2}ALLOWED_ORIGINS is empty/,
    exitCode: 0,
  },
  {
    problem: 'missing assessments',
    settings: { ASSESSMENTS: undefined },
    line: /^warn {2}ASSESSMENTS is empty/,
    exitCode: 0,
  },
  {
    problem: 'a setting that has no effect',
    settings: { ATS_LEVER_KEYS: 'x' },
    line: /^warn {2}ATS_LEVER_KEYS has no effect/,
    exitCode: 0,
  },
  {
    problem: 'a public URL of another host without trusted proxies',
    settings: { PUBLIC_URL: 'https://evalon.invalid' },
    line: /^warn {2}TRUSTED_PROXIES is empty, but/,
    exitCode: 0,
  },
  {
    problem: 'a public URL that does not respond',
    settings: { PUBLIC_URL: 'https://evalon.invalid' },
    line: /^warn {2}the proxy does not respond at https:\/\/evalon\.invalid /,
    exitCode: 0,
  },
  {
    problem: 'a database in memory',
    settings: { DATABASE_URL: 'file::memory:' },
    line: /^warn {2}DATABASE_URL keeps all data in memory/,
    exitCode: 0,
  },
  {
    problem: 'a database in a folder that cannot be written',
    settings: { DATABASE_URL: `file:${import.meta.filename}/evalon.db` },
    line: /^fail {2}DATABASE_URL names \S+, which this user cannot write \(\w+\) → let the user/,
    exitCode: 1,
  },
  {
    problem: 'a file that is not a database',
    settings: { DATABASE_URL: `file:${import.meta.filename}` },
    line: /^fail {2}DATABASE_URL names \S+, which is not a valid database \(SQLITE_NOTADB\)/,
    exitCode: 1,
  },
  {
    problem: 'a JWKS that cannot be fetched',
    settings: { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: 'http://127.0.0.1:9/jwks.json' },
    line: /^fail {2}HOST_TOKEN_JWKS \(http:\S+\) cannot be read \(\w+( \w+)?\) → make sure that/,
    exitCode: 1,
  },
];

describe('the doctor reports', { concurrency: 3 }, () => {
  for (const { problem, settings: changes, evalon: prepare, line, exitCode } of CASES) {
    it(problem, async (test) => {
      const { evalon, settings } = await deploy(test, changes);
      await prepare?.(evalon);
      const report = await diagnose(settings);
      assertLine(report, line);
      assert.equal(report.exitCode, exitCode, report.lines.join('\n'));
      assert.equal(failures(report).length > 0, exitCode !== 0);
      assertLine(report, /GiB are free|in memory/);
      assertLine(report, /the proxy does not respond/);
    });
  }

  for (const [ahead, line, exitCode] of [
    [0, /^ok {4}this machine's clock/, 0],
    [45, /^warn {2}this machine's clock is 4\d s ahead of Evalon's → synchronise it/, 0],
    [-45, /^warn {2}this machine's clock is 4\d s behind/, 0],
    [90, /^fail {2}this machine's clock is \d\d s ahead of Evalon's, and the proxy refuses tokens/, 1],
  ] as const) {
    it(`a clock that is ${ahead} s ahead`, async (test) => {
      const url = await serve(test, (_request, response) => {
        response.setHeader('date', new Date(Date.now() - ahead * 1_000).toUTCString());
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"Not found."}');
      });
      const { settings } = await deploy(test, { EVALON_BASE_URL: url });
      const report = await diagnose(settings);
      assertLine(report, line);
      assert.equal(report.exitCode, exitCode);
    });
  }

  it('how many keys of a JWKS are usable, and why others are not', async (test) => {
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
      assertLine(await diagnose(settings), line);
    }
  });

  it('an identity provider that works, one that lacks features, and one with another issuer', async (test) => {
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
    const working = await diagnose({ ...settings, PUBLIC_URL: 'https://evalon.invalid' });
    assertLine(
      working,
      /^ok {4}OIDC_ISSUER \S+ responds\. Its redirect URI must be https:\/\/evalon\.invalid\/v1\/sign-in\/callback$/,
    );
    assert.ok(!working.lines.join().includes(provider.clientSecret));
    assertLine(
      await diagnose({ ...settings, PUBLIC_URL: undefined }),
      /^warn {2}OIDC_ISSUER \S+ responds, but PUBLIC_URL is not set/,
    );
    const minimalIssuer = await serve(test, ({ headers }, response) => {
      const issuer = `http://${headers.host}`;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ issuer, scopes_supported: ['openid'], token_endpoint: `${issuer}/token` }));
    });
    const minimal = await diagnose({ ...settings, OIDC_ISSUER: minimalIssuer });
    assertLine(minimal, /^warn {2}OIDC_ISSUER \S+ does not list the scope offline_access/);
    assertLine(minimal, /^warn {2}OIDC_ISSUER \S+ has no revocation endpoint/);
    for (const other of ['http://127.0.0.1:9', `${minimalIssuer}/realm`]) {
      const report = await diagnose({ ...settings, OIDC_ISSUER: other });
      assertLine(report, /^fail {2}OIDC_ISSUER \S+ cannot be read, or is another issuer →/);
      assert.equal(report.exitCode, 1);
    }
  });

  it('a proxy that runs with another secret', async (test) => {
    const { settings, run } = await deploy(test);
    await run({ HOST_TOKEN_SECRET: 'another secret of at least thirty-two bytes' });
    const report = await diagnose(settings);
    assertLine(report, /^fail {2}the proxy at http:\S+ refuses a token minted with these settings \(401\)/);
    assert.equal(report.exitCode, 1);
  });

  it('a reverse proxy that buffers streams', async (test) => {
    const { settings, run } = await deploy(test);
    await run();
    const url = await serve(test, ({ method, url: path = '/', headers }, response) => {
      if (method === 'POST') return;
      request({ port: settings['PORT'], path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }).end();
    });
    const report = await diagnose({ ...settings, PUBLIC_URL: url });
    assertLine(report, /^ok {4}the proxy responds at/);
    assertLine(report, /^warn {2}a stream at \S+ does not start within 2 s: .* → switch buffering off/);
    assert.equal(report.exitCode, 0);
  });

  it("another site at the proxy's address", async (test) => {
    const url = await serve(test, (_request, response) => response.end('<h1>Welcome</h1>'));
    const { settings } = await deploy(test, { PUBLIC_URL: url });
    assertLine(await diagnose(settings), /^warn {2}another server responds at http:\S+ \(200\)/);
  });

  it('a reverse proxy that does not reach the proxy, and a proxy that is not ready', async (test) => {
    const badGateway = await serve(test, (_request, response) => response.writeHead(503).end('<h1>No server</h1>'));
    const { settings } = await deploy(test, { PUBLIC_URL: badGateway });
    assertLine(
      await diagnose(settings),
      /^warn {2}the reverse proxy at http:\S+ does not reach the proxy \(503\) → start/,
    );
    const unready = await serve(test, (_request, response) => response.writeHead(503).end('{"code":"unavailable"}'));
    assertLine(
      await diagnose({ ...settings, PUBLIC_URL: unready }),
      /^warn {2}the proxy at http:\S+ is not ready \(503\) → read its log/,
    );
  });

  it("another server at Evalon's address, which responds 404 to everything", async (test) => {
    const url = await serve(test, (_request, response) => response.writeHead(404).end('{"detail":"Not Found"}'));
    const { settings } = await deploy(test, { EVALON_BASE_URL: url });
    const report = await diagnose(settings);
    assertLine(report, /^ok {4}a server responds at http/);
    assertLine(
      report,
      /^warn {2}EVALON_API_KEY could not be checked: .* responds the same without a key \(404\) → check/,
    );
  });

  it('a database of another Evalon', async (test) => {
    const { settings, run } = await deploy(test);
    await (await run()).stop();
    const report = await diagnose({ ...settings, EVALON_BASE_URL: 'http://localhost:9' });
    assertLine(report, /^fail {2}DATABASE_URL names \S+, which belongs to http:\S+, not to http:\/\/localhost:9/);
    assert.equal(report.exitCode, 1);
  });

  it('a database of an older release, and one of a newer release', async (test) => {
    const { settings, folder, run } = await deploy(test);
    await (await run()).stop();
    const execute = (sql: string) => {
      const database = new Database(join(folder, 'evalon.db'));
      database.exec(sql);
      database.close();
    };
    execute('delete from kysely_migration where name = (select max(name) from kysely_migration)');
    const older = await diagnose(settings);
    assertLine(older, /^warn {2}database \S+ is of an older release\. .* irreversibly → make a backup first$/);
    assert.equal(older.exitCode, 0);
    execute("insert into kysely_migration values ('9999_of_tomorrow', '2026-01-15T14:30:00Z')");
    const newer = await diagnose(settings);
    assertLine(newer, /^fail {2}DATABASE_URL names \S+, which a newer release has written → start that release/);
    assert.equal(newer.exitCode, 1);
  });

  it('a secret in a file that every user of the machine can read', {
    skip: isWorldReadable(tmpdir())
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
      assertLine(await diagnose(withKeyFile), line);
    }
    chmodSync(folder, 0o700);
    chmodSync(file, 0o644);
    assertLine(await diagnose(withKeyFile), /^ok {4}other users of this machine cannot read/);
  });

  it('an ATS that refuses its credentials, one that fails, and one without a page adapter', async (test) => {
    const [greenhouse, lever, ashby, workday] = [
      await startFakeGreenhouse(test),
      await startFakeLever(test),
      await startFakeAshby(test),
      await startFakeWorkday(test),
    ];
    const ats = { ...greenhouse.settings, ...lever.settings, ...ashby.settings, ...workday.settings };
    const { settings } = await deploy(test, ats);
    const working = await diagnose(settings);
    for (const label of ['Greenhouse', 'Lever', 'Ashby', 'Workday']) {
      assertLine(working, new RegExp(`^ok +${label} responds and accepts`));
    }
    assertLine(
      working,
      /^warn +no page adapter reads the pages of Workday → describe them in ATS_ADAPTERS, with "ats": "workday"/,
    );
    lever.key = 'another';
    greenhouse.override = () => ({ status: 500, body: {} });
    const failing = await diagnose({ ...settings, ASSESSMENTS: undefined });
    assertLine(failing, /^fail +Lever does not let the proxy read candidates/);
    assertLine(failing, /^fail +Greenhouse gives no valid response/);
    assertLine(failing, /^warn +ASSESSMENTS is empty, so no candidate of an ATS is looked up/);
  });
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Whether every user of this machine can enter the folder. */
function isWorldReadable(folder: string): boolean {
  if (process.platform === 'win32' || !(statSync(folder).mode & 0o001)) return false;
  return folder === dirname(folder) || isWorldReadable(dirname(folder));
}
