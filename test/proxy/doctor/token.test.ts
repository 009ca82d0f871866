/** `npm run doctor -- token`: explains why the proxy accepts or refuses a token. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, it } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { printReport } from '../../../proxy/doctor/report.ts';
import { DOCTOR } from '../../support/doctor.ts';
import { buildChildEnv, type Settings, WEBHOOK_TOKEN } from '../../support/proxy.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';
import { HOST_TOKEN_SECRET, mintToken } from '../../support/token.ts';

const NOW_SECONDS = Math.floor(Date.now() / 1_000);
const SSO = {
  OIDC_ISSUER: 'https://id.example.com',
  OIDC_CLIENT_ID: 'evalon',
  OIDC_CLIENT_SECRET: 'a client secret of the provider',
  OIDC_GRANTS: '[{"claim":"groups","value":"recruiters","projects":["*"],"scope":"read"}]',
};

interface TokenCase {
  name: string;
  token: () => string | Promise<string>;
  settings?: Settings;
  line: RegExp;
}

const TOKENS: TokenCase[] = [
  {
    name: 'an expired token',
    token: () => mintToken({ iat: NOW_SECONDS - 2_000 }),
    line: /^fail {2}the proxy refuses this token: the token has expired \(exp\) → mint a new token/m,
  },
  {
    name: 'a token minted in the future',
    token: () => mintToken({ iat: NOW_SECONDS + 86_400 }),
    line: /^fail {2}.*: the token is not valid yet \(iat\) → /m,
  },
  {
    name: 'a token with too long a lifetime',
    token: () => mintToken({ exp: NOW_SECONDS + 3_600 }),
    line: /^fail {2}.*: the token is valid for more than 900 s → /m,
  },
  {
    name: 'a token signed with another secret',
    token: () => mintToken({}, { secret: 'another secret that is long enough too' }),
    line: /^fail {2}.*: the token's signature is wrong: .* → .*HOST_TOKEN_SECRET/m,
  },
  {
    name: 'a token signed with another algorithm',
    token: () => mintToken({}, { algorithm: 'HS512' }),
    line: /^fail {2}.*: the token is signed with another algorithm \(alg\) → sign with HS256/m,
  },
  {
    name: 'a token for another audience',
    token: () => mintToken({ aud: 'another-app' }),
    line: /^fail {2}.*: the token is for another audience \(aud\) → set aud to evalon-proxy/m,
  },
  {
    name: 'a token of another issuer',
    token: () => mintToken(),
    settings: { HOST_TOKEN_ISSUER: 'https://other.example.com' },
    line: /^fail {2}.*: the token has another issuer \(iss\) → set iss to https:\/\/other\.example\.com/m,
  },
  {
    name: 'a token without sub',
    token: () => mintToken({ sub: undefined }),
    line: /^fail {2}.*: the token has no sub → see docs\/tokens\.md/m,
  },
  {
    name: 'a token whose projects are not a list',
    token: () => mintToken({ projects: 'proj_abc123' as never }),
    line: /^fail {2}.*: the token's claim projects has the wrong type → see docs\/tokens\.md/m,
  },
  {
    name: 'a token without projects',
    token: () => mintToken({ projects: [] }),
    line: /^fail {2}.*: the token names no projects → /m,
  },
  {
    name: 'a token without a known scope',
    token: () => mintToken({ scope: 'write' }),
    line: /^fail {2}.*: the token's scope grants nothing → set scope to/m,
  },
  {
    name: 'text that is not a token',
    token: () => 'secret-canary',
    line: /^fail {2}.*: the token is not a signed JWT, or is cut off → /m,
  },
  { name: 'no token', token: () => '', line: /^fail {2}no token was given → pass it on standard input/m },
  {
    name: "an ATS's token if only single sign-on is configured",
    token: () => mintToken(),
    settings: { HOST_TOKEN_SECRET: undefined, ...SSO },
    line: /^fail {2}the proxy accepts no tokens from an ATS, only single sign-on → /m,
  },
  {
    name: 'a token for projects without an offered assessment',
    token: () => mintToken({ projects: ['proj_other'] }),
    line: /^warn {2}ASSESSMENTS contains none of its projects, so nothing is offered → /m,
  },
  {
    name: 'any token in the sandbox',
    token: () => mintToken(),
    settings: { EVALON_SANDBOX: '1', PUBLIC_URL: undefined },
    line: /^warn {2}the sandbox verifies no tokens → /m,
  },
];

describe('the doctor, given a token,', () => {
  const settings: Settings = {
    EVALON_BASE_URL: 'https://api.evalon.invalid',
    EVALON_API_KEY: CANARY_API_KEY,
    EVALON_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    HOST_TOKEN_SECRET,
    ASSESSMENTS: '[{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing"}]',
  };
  async function explain(token: string, changes: Settings = {}): Promise<{ exitCode: number; output: string }> {
    const printed: string[] = [];
    const environment = { ...settings, ...changes };
    const exitCode = await printReport((text) => void printed.push(text), { environment, token });
    const output = printed.join('');
    // The output contains no secret, no token (a token begins with eyJ), and no person from a token's claims.
    assert.doesNotMatch(output, /canary|eyJ|jane@example|recruiter-1/);
    return { exitCode, output };
  }

  it('shows the token’s rights and remaining lifetime', async () => {
    const unlimited = await explain(await mintToken());
    assert.equal(unlimited.exitCode, 0);
    assert.match(
      unlimited.output,
      /^ok {4}the proxy accepts this token for another \d+ s: read and invite in every project$/m,
    );
    const limited = { projects: ['proj_abc123', 'proj_x'], scope: 'read', candidates: ['jane@example.com'] };
    assert.match(
      (await explain(`Bearer ${await mintToken(limited)}`)).output,
      /^ok {4}the proxy accepts this token for another \d+ s: read in proj_abc123, proj_x, limited to named candidates \(1\)$/m,
    );
  });

  for (const { name, token, settings: changes, line } of TOKENS) {
    it(`explains the result for ${name}`, async () => {
      const { exitCode, output } = await explain(await token(), changes);
      assert.match(output, line);
      assert.equal(exitCode, line.source.startsWith('^fail') ? 1 : 0);
    });
  }

  it('reports a JWKS that cannot be read', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: '1' }).sign(privateKey);
    const jwks = { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: 'http://127.0.0.1:9/jwks.json' };
    assert.match((await explain(token, jwks)).output, /^fail {2}the keys in HOST_TOKEN_JWKS cannot be read → /m);
  });

  it('reads the token from standard input only', async () => {
    const run = async (input: string, ...args: string[]) => {
      const child = spawn(process.execPath, [DOCTOR, ...args], { env: buildChildEnv(settings) });
      child.stdin.end(input);
      const printed: string[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(String(text)));
      return { exitCode: await new Promise((resolve) => child.on('close', resolve)), output: printed.join('') };
    };
    const token = await mintToken();
    const fromInput = await run(`${token}\n`, 'token');
    assert.equal(fromInput.exitCode, 0);
    assert.match(fromInput.output, /the proxy accepts this token/);
    assert.doesNotMatch(fromInput.output, /eyJ/);
    const fromArgument = await run('', 'token', token);
    assert.equal(fromArgument.exitCode, 64);
    assert.doesNotMatch(fromArgument.output, /eyJ/);
  });
});
