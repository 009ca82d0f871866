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

interface Diagnosis {
  exitCode: number | null;
  lines: string[];
}

/** What the doctor says to these settings alone. */
async function diagnose(settings: Settings): Promise<Diagnosis> {
  let output = '';
  const exitCode = await printReport(
    (text) => {
      output += text;
    },
    { environment: settings },
  );
  return read(exitCode, output);
}

/** The same as the command: a process of its own. */
async function runDoctor(settings: Settings): Promise<Diagnosis> {
  const child = spawn(process.execPath, [DOCTOR], { env: buildChildEnv(settings) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return read(exitCode, output);
}

/** Whatever it was run on, no secret may be in what it has printed. */
function read(exitCode: number | null, output: string): Diagnosis {
  for (const secret of [...KEYS, WEBHOOK_TOKEN, SIGNING_SECRET, HOST_TOKEN_SECRET, 'eyJ', ...ATS_SECRETS]) {
    assert.ok(!output.includes(secret), `it printed ${secret}:\n${output}`);
  }
  const lines = output.split('\n').slice(0, -1);
  for (const line of lines) assert.match(line, /^(ok {4}\S|(warn|fail) {2}\S.*(→|:) \S)/, output);
  return { exitCode, lines };
}

function find({ lines }: Diagnosis, line: RegExp): void {
  assert.ok(
    lines.some((one) => line.test(one)),
    `${line} is not among:\n${lines.join('\n')}`,
  );
}

/** Those of the fakes. */
const ATS_SECRETS = [
  LEVER_KEY,
  'greenhouse-canary-secret',
  'ashby-canary-key',
  'workday-canary-password',
  'greenhouse-token',
];

const failures = ({ lines }: Diagnosis) => lines.filter((line) => line.startsWith('fail'));

async function serve(test: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A deployment on this machine that wants for nothing; its proxy runs where `run` was called. */
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
  async function run(other: Settings = {}): Promise<{ end(): Promise<unknown> }> {
    const proxy = await startProxyProcess({ ...settings, ...other });
    test.after(() => proxy.kill('SIGKILL'));
    return { end: () => proxy.kill('SIGTERM') };
  }
  return { evalon, folder, settings, run };
}

describe('the doctor', () => {
  it('finds nothing to do in a deployment that is well, and says that it runs', async (test) => {
    const { settings, run } = await deploy(test);
    await run();
    const diagnosis = await runDoctor(settings);
    assert.equal(diagnosis.exitCode, 0);
    const isBuilt = existsSync(join(ROOT, 'dist/widget/embed.js'));
    assert.deepEqual(
      diagnosis.lines.filter((line) => !line.startsWith('ok') && (isBuilt || !line.includes('/embed.js'))),
      [],
    );
    for (const line of [
      /^ok {4}Node \d/,
      /^ok {4}production mode, environment "staging"/,
      /^ok {4}database .* belongs to this Evalon; .*the proxy is running$/,
      /^ok {4}[\d.]+ GiB are free/,
      /^ok {4}EVALON_API_KEY is taken/,
      /^ok {4}this machine's clock is within 30 s/,
      /^ok {4}the proxy answers at http:/,
      /^ok {4}a stream begins at once/,
    ]) {
      find(diagnosis, line);
    }
  });

  it('warns where the proxy is not running, and leaves no trace', async (test) => {
    const { settings, folder, run } = await deploy(test);
    const before = await runDoctor(settings);
    assert.equal(before.exitCode, 0);
    find(before, /^ok {4}database .* is not there yet/);
    find(before, /^warn {2}the proxy does not answer at http:\S+, .* \(ECONNREFUSED\) → start the proxy/);
    assert.deepEqual(readdirSync(folder), []);

    await (await run()).end();
    const contents = () => readdirSync(folder).map((name) => `${name} ${hashOf(join(folder, name))}`);
    const left = contents();
    const after = await runDoctor(settings);
    find(after, /^ok {4}database .* belongs to this Evalon$/);
    assert.deepEqual(contents(), left);
  });

  it('asks Evalon once for each key and once without, and for no session that could exist', async (test) => {
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

  it('names every fault of the settings, a line each, and exits with 78', async () => {
    const diagnosis = await runDoctor({ EVALON_API_KEY: 'eva_wrong_canary', PORT: 'eighty', ASSESSMENTS: '{' });
    assert.equal(diagnosis.exitCode, 78);
    for (const name of ['EVALON_BASE_URL', 'EVALON_WEBHOOK_TOKEN', 'HOST_TOKEN_SECRET', 'PORT', 'ASSESSMENTS']) {
      find(diagnosis, new RegExp(`^fail {2}${name}\\b.*: .+`));
    }
  });

  it('lets a reader leave that has seen enough', async (test) => {
    const { settings } = await deploy(test);
    const child = spawn(process.execPath, [DOCTOR], { env: buildChildEnv(settings) });
    let complaints = '';
    child.stderr.on('data', (text) => {
      complaints += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
    assert.equal(complaints, '');
  });

  it('says plainly that nothing configured is the sandbox', async () => {
    const diagnosis = await runDoctor({ PORT: String(await findFreePort()), DATABASE_URL: `file:${tmpdir()}/none.db` });
    assert.equal(diagnosis.exitCode, 0);
    find(diagnosis, /^warn {2}sandbox mode: .* → to deploy/);
  });
});

interface Case {
  says: string;
  settings?: Settings;
  evalon?: (evalon: TestEvalon) => void | Promise<void>;
  line: RegExp;
  exitCode: number;
}

const refusing = (fault: Fault) => (evalon: TestEvalon) => evalon.injectFault('any', fault);

const CASES: Case[] = [
  {
    says: 'a key that Evalon refuses',
    settings: { EVALON_API_KEY: 'eva_wrong_canary' },
    line: /^fail {2}EVALON_API_KEY is refused by Evalon \(401\) → make a new one/,
    exitCode: 1,
  },
  {
    says: 'a key that may not do this',
    evalon: refusing({ fault: 'refuse', status: 403, detail: `${CANARY_API_KEY} may not` }),
    line: /^fail {2}EVALON_API_KEY is refused by Evalon \(403\)/,
    exitCode: 1,
  },
  {
    says: 'the first of two keys being refused, which the other makes up for',
    settings: { EVALON_API_KEY: `eva_former_canary,${CANARY_API_KEY}` },
    line: /^warn {2}EVALON_API_KEY, key 1 of 2, is refused by Evalon \(401\) → remove it/,
    exitCode: 0,
  },
  {
    says: 'the second of two keys being refused',
    settings: { EVALON_API_KEY: `${CANARY_API_KEY},eva_former_canary` },
    line: /^warn {2}EVALON_API_KEY, key 2 of 2, is refused/,
    exitCode: 0,
  },
  {
    says: 'two keys that are both refused',
    settings: { EVALON_API_KEY: 'eva_former_canary,eva_wrong_canary' },
    line: /^fail {2}EVALON_API_KEY, key 2 of 2, is refused/,
    exitCode: 1,
  },
  {
    says: 'an Evalon that does not answer',
    evalon: (evalon) => evalon.stop(),
    line: /^fail {2}Evalon does not answer at http:\S+ \(ECONNREFUSED\) → check EVALON_BASE_URL/,
    exitCode: 1,
  },
  {
    says: 'an Evalon that never answers',
    evalon: refusing({ fault: 'hang' }),
    line: /^fail {2}Evalon does not answer at http:\S+ \(no answer in 5 s\)/,
    exitCode: 1,
  },
  {
    says: 'an Evalon that has moved',
    evalon: refusing({ fault: 'redirect', to: `http://127.0.0.1:9/?key=${CANARY_API_KEY}` }),
    line: /^fail {2}EVALON_API_KEY could not be tried: .* redirect \(302\)/,
    exitCode: 1,
  },
  {
    says: 'an Evalon with a problem of its own',
    evalon: refusing({ fault: 'html' }),
    line: /^fail {2}EVALON_API_KEY could not be tried: Evalon answered 502/,
    exitCode: 1,
  },
  {
    says: 'a key at its limit',
    evalon: refusing({ fault: 'refuse', status: 429 }),
    line: /^warn {2}EVALON_API_KEY is at its limit of calls \(429\)/,
    exitCode: 0,
  },
  {
    says: 'an address that is not the API',
    evalon: refusing({ fault: 'html', status: 404 }),
    line: /^warn {2}EVALON_API_KEY may be taken, but .* → check that EVALON_BASE_URL/,
    exitCode: 0,
  },
  {
    says: 'webhooks that nobody signs, and what that means',
    settings: { EVALON_WEBHOOK_SECRET: undefined },
    line: /^warn {2}EVALON_WEBHOOK_SECRET is not set: .*stages that did not happen.* → set it if Evalon can sign/,
    exitCode: 0,
  },
  {
    says: 'no origins',
    settings: { ALLOWED_ORIGINS: undefined },
    line: /^warn {2}ALLOWED_ORIGINS is empty/,
    exitCode: 0,
  },
  {
    says: 'no assessments',
    settings: { ASSESSMENTS: undefined },
    line: /^warn {2}ASSESSMENTS is empty/,
    exitCode: 0,
  },
  {
    says: 'a setting that has no effect',
    settings: { ATS_LEVER_KEYS: 'x' },
    line: /^warn {2}ATS_LEVER_KEYS has no effect/,
    exitCode: 0,
  },
  {
    says: 'a public address of another host without trusted proxies',
    settings: { PUBLIC_URL: 'https://evalon.invalid' },
    line: /^warn {2}TRUSTED_PROXIES is empty though/,
    exitCode: 0,
  },
  {
    says: 'a public address that leads nowhere',
    settings: { PUBLIC_URL: 'https://evalon.invalid' },
    line: /^warn {2}the proxy does not answer at https:\/\/evalon\.invalid,/,
    exitCode: 0,
  },
  {
    says: 'a database in memory',
    settings: { DATABASE_URL: 'file::memory:' },
    line: /^warn {2}DATABASE_URL keeps everything in memory/,
    exitCode: 0,
  },
  {
    says: 'a database where nothing can be written',
    settings: { DATABASE_URL: `file:${import.meta.filename}/evalon.db` },
    line: /^fail {2}DATABASE_URL names \S+, where this user may not write \(\w+\) → let the user/,
    exitCode: 1,
  },
  {
    says: 'a file that is no database',
    settings: { DATABASE_URL: `file:${import.meta.filename}` },
    line: /^fail {2}DATABASE_URL names \S+, which is no usable database \(SQLITE_NOTADB\)/,
    exitCode: 1,
  },
  {
    says: 'keys of the host that cannot be fetched',
    settings: { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: 'http://127.0.0.1:9/jwks.json' },
    line: /^fail {2}HOST_TOKEN_JWKS \(http:\S+\) cannot be read \(\w+( \w+)?\) → see that/,
    exitCode: 1,
  },
];

describe('the doctor recognises', { concurrency: 3 }, () => {
  for (const { says, settings: changes, evalon: prepare, line, exitCode } of CASES) {
    it(says, async (test) => {
      const { evalon, settings } = await deploy(test, changes);
      await prepare?.(evalon);
      const diagnosis = await diagnose(settings);
      find(diagnosis, line);
      assert.equal(diagnosis.exitCode, exitCode, diagnosis.lines.join('\n'));
      assert.equal(failures(diagnosis).length > 0, exitCode !== 0);
      find(diagnosis, /GiB are free|in memory/);
      find(diagnosis, /the proxy does not answer/);
    });
  }

  for (const [ahead, line, exitCode] of [
    [0, /^ok {4}this machine's clock/, 0],
    [45, /^warn {2}this machine's clock is 4\d s ahead of Evalon's → synchronise it/, 0],
    [-45, /^warn {2}this machine's clock is 4\d s behind/, 0],
    [90, /^fail {2}this machine's clock is \d\d s ahead of Evalon's, and recruiters' tokens are refused/, 1],
  ] as const) {
    it(`a clock that is ${ahead} s ahead`, async (test) => {
      const url = await serve(test, (_request, response) => {
        response.setHeader('date', new Date(Date.now() - ahead * 1_000).toUTCString());
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"Not found."}');
      });
      const { settings } = await deploy(test, { EVALON_BASE_URL: url });
      const diagnosis = await diagnose(settings);
      find(diagnosis, line);
      assert.equal(diagnosis.exitCode, exitCode);
    });
  }

  it('public keys by what they are worth', async (test) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    for (const [published, line] of [
      [{ keys: [jwk, { ...jwk, kid: '2' }] }, /^ok {4}HOST_TOKEN_JWKS .* holds 2 usable keys$/],
      [{ keys: [{ ...jwk, use: 'enc' }] }, /^fail {2}HOST_TOKEN_JWKS .* holds no usable key →/],
      [{ keys: [] }, /^fail {2}HOST_TOKEN_JWKS .* holds no usable key →/],
      [{ keys: [await exportJWK(privateKey)] }, /^fail {2}HOST_TOKEN_JWKS .* gives a private key away →/],
      ['<!doctype html>', /^fail {2}HOST_TOKEN_JWKS .* is no JWKS →/],
    ] as const) {
      const url = await serve(test, (_request, response) => response.end(JSON.stringify(published)));
      const { settings } = await deploy(test, { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: url });
      find(await diagnose(settings), line);
    }
  });

  it('an identity provider that is there, that lacks something, and that is another', async (test) => {
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
    const good = await diagnose({ ...settings, PUBLIC_URL: 'https://evalon.invalid' });
    find(
      good,
      /^ok {4}OIDC_ISSUER \S+ answers; registered there must be https:\/\/evalon\.invalid\/v1\/sign-in\/callback$/,
    );
    assert.ok(!good.lines.join().includes(provider.clientSecret));
    find(
      await diagnose({ ...settings, PUBLIC_URL: undefined }),
      /^warn {2}OIDC_ISSUER \S+ answers, but PUBLIC_URL is not set/,
    );
    const bare = await serve(test, ({ headers }, response) => {
      const issuer = `http://${headers.host}`;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ issuer, scopes_supported: ['openid'], token_endpoint: `${issuer}/token` }));
    });
    const lacking = await diagnose({ ...settings, OIDC_ISSUER: bare });
    find(lacking, /^warn {2}OIDC_ISSUER \S+ lists no scope offline_access/);
    find(lacking, /^warn {2}OIDC_ISSUER \S+ has no revocation endpoint/);
    for (const other of ['http://127.0.0.1:9', `${bare}/realm`]) {
      const diagnosis = await diagnose({ ...settings, OIDC_ISSUER: other });
      find(diagnosis, /^fail {2}OIDC_ISSUER \S+ cannot be read, or is another issuer →/);
      assert.equal(diagnosis.exitCode, 1);
    }
  });

  it('a proxy that runs with another secret', async (test) => {
    const { settings, run } = await deploy(test);
    await run({ HOST_TOKEN_SECRET: 'another secret of at least thirty-two bytes' });
    const diagnosis = await diagnose(settings);
    find(diagnosis, /^fail {2}the proxy at http:\S+ refuses a token that these settings mint \(401\)/);
    assert.equal(diagnosis.exitCode, 1);
  });

  it('a reverse proxy that holds streams back', async (test) => {
    const { settings, run } = await deploy(test);
    await run();
    const url = await serve(test, ({ method, url: path = '/', headers }, response) => {
      if (method === 'POST') return;
      request({ port: settings['PORT'], path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }).end();
    });
    const diagnosis = await diagnose({ ...settings, PUBLIC_URL: url });
    find(diagnosis, /^ok {4}the proxy answers at/);
    find(diagnosis, /^warn {2}a stream at \S+ does not begin within 2 s: .* → switch buffering off/);
    assert.equal(diagnosis.exitCode, 0);
  });

  it("another site at the proxy's address", async (test) => {
    const url = await serve(test, (_request, response) => response.end('<h1>Welcome</h1>'));
    const { settings } = await deploy(test, { PUBLIC_URL: url });
    find(await diagnose(settings), /^warn {2}something that is not the proxy answers at http:\S+ \(200\)/);
  });

  it('a reverse proxy that does not reach the proxy, and a proxy that takes no writes', async (test) => {
    const gone = await serve(test, (_request, response) => response.writeHead(503).end('<h1>No server</h1>'));
    const { settings } = await deploy(test, { PUBLIC_URL: gone });
    find(
      await diagnose(settings),
      /^warn {2}what stands before the proxy at http:\S+ does not reach it \(503\) → start/,
    );
    const unready = await serve(test, (_request, response) => response.writeHead(503).end('{"code":"unavailable"}'));
    find(
      await diagnose({ ...settings, PUBLIC_URL: unready }),
      /^warn {2}the proxy at http:\S+ is not ready \(503\) → read its log/,
    );
  });

  it("another server at Evalon's address, which says 404 to everything", async (test) => {
    const url = await serve(test, (_request, response) => response.writeHead(404).end('{"detail":"Not Found"}'));
    const { settings } = await deploy(test, { EVALON_BASE_URL: url });
    const diagnosis = await diagnose(settings);
    find(diagnosis, /^ok {4}a server answers at http/);
    find(
      diagnosis,
      /^warn {2}EVALON_API_KEY was not tried by this: .* without a key gets the same answer \(404\) → check/,
    );
  });

  it('a database of another Evalon', async (test) => {
    const { settings, run } = await deploy(test);
    await (await run()).end();
    const diagnosis = await diagnose({ ...settings, EVALON_BASE_URL: 'http://localhost:9' });
    find(diagnosis, /^fail {2}DATABASE_URL names \S+, which belongs to http:\S+, not to http:\/\/localhost:9/);
    assert.equal(diagnosis.exitCode, 1);
  });

  it('a database of an older release, and one of a newer', async (test) => {
    const { settings, folder, run } = await deploy(test);
    await (await run()).end();
    const ofRelease = (change: string) => {
      const database = new Database(join(folder, 'evalon.db'));
      database.exec(change);
      database.close();
    };
    ofRelease('delete from kysely_migration where name = (select max(name) from kysely_migration)');
    const older = await diagnose(settings);
    find(older, /^warn {2}database \S+ is of an older release, .* for good → take a backup before$/);
    assert.equal(older.exitCode, 0);
    ofRelease("insert into kysely_migration values ('9999_of_tomorrow', '2026-01-15T14:30:00Z')");
    const newer = await diagnose(settings);
    find(newer, /^fail {2}DATABASE_URL names \S+, which a newer release has written → start that one/);
    assert.equal(newer.exitCode, 1);
  });

  it('a secret in a file that everybody on the machine can read', {
    skip: isOpen(tmpdir()) ? false : `${tmpdir()} is closed to others, or their rights are not told by a mode`,
  }, async (test) => {
    const { settings, folder } = await deploy(test);
    const file = join(folder, 'key');
    writeFileSync(file, CANARY_API_KEY);
    const given = { ...settings, EVALON_API_KEY: undefined, EVALON_API_KEY_FILE: file };
    chmodSync(folder, 0o755);
    for (const [mode, line] of [
      [0o644, /^warn {2}\S+\/key can be read by everybody on this machine → chmod o-r/],
      [0o640, /^ok {4}no file of settings/],
    ] as const) {
      chmodSync(file, mode);
      find(await diagnose(given), line);
    }
    chmodSync(folder, 0o700);
    chmodSync(file, 0o644);
    find(await diagnose(given), /^ok {4}no file of settings/);
  });

  it('an ATS that does not let candidates be read, one that gives no answer, and one whose pages nobody has described', async (test) => {
    const [greenhouse, lever, ashby, workday] = [
      await startFakeGreenhouse(test),
      await startFakeLever(test),
      await startFakeAshby(test),
      await startFakeWorkday(test),
    ];
    const ats = { ...greenhouse.settings, ...lever.settings, ...ashby.settings, ...workday.settings };
    const { settings } = await deploy(test, ats);
    const well = await diagnose(settings);
    for (const label of ['Greenhouse', 'Lever', 'Ashby', 'Workday'])
      find(well, new RegExp(`^ok +${label} answers, and takes`));
    find(well, /^warn +no page adapter leads to Workday → describe its pages in ATS_ADAPTERS, with "ats": "workday"/);
    lever.key = 'another';
    greenhouse.override = () => ({ status: 500, body: {} });
    const ill = await diagnose({ ...settings, ASSESSMENTS: undefined });
    find(ill, /^fail +Lever does not let us read candidates/);
    find(ill, /^fail +Greenhouse gives no answer that can be used/);
    find(ill, /^warn +ASSESSMENTS is empty, so no candidate of an ATS is told/);
  });
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Whether everybody on this machine may enter the folder. */
function isOpen(folder: string): boolean {
  if (process.platform === 'win32' || !(statSync(folder).mode & 0o001)) return false;
  return folder === dirname(folder) || isOpen(dirname(folder));
}
