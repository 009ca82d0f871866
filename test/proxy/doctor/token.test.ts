/** `npm run doctor -- token`: would the proxy take it, and if not, why? */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { printReport } from '../../../proxy/doctor/report.ts';
import { buildChildEnv, type Settings, WEBHOOK_TOKEN } from '../../support/proxy.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';
import { HOST_TOKEN_SECRET, mintToken } from '../../support/token.ts';

const DOCTOR = join(import.meta.dirname, '../../../proxy/cli/doctor.ts');
const NOW = Math.floor(Date.now() / 1_000);
const SSO = {
  OIDC_ISSUER: 'https://id.example.com',
  OIDC_CLIENT_ID: 'evalon',
  OIDC_CLIENT_SECRET: 'a client secret of the provider',
  OIDC_GRANTS: '[{"claim":"groups","value":"recruiters","projects":["*"],"scope":"read"}]',
};

interface TokenCase {
  of: string;
  token: () => string | Promise<string>;
  settings?: Settings;
  line: RegExp;
}

const TOKENS: TokenCase[] = [
  {
    of: 'one that has expired',
    token: () => mintToken({ iat: NOW - 2_000 }),
    line: /^fail {2}the proxy would refuse this: the token has expired \(exp\) → mint a fresh one/m,
  },
  {
    of: 'one of tomorrow',
    token: () => mintToken({ iat: NOW + 86_400 }),
    line: /^fail {2}.*: the token is not valid yet \(iat\) → /m,
  },
  {
    of: 'one that lives too long',
    token: () => mintToken({ exp: NOW + 3_600 }),
    line: /^fail {2}.*: the token lives longer than 900 s → /m,
  },
  {
    of: 'one that was signed with another secret',
    token: () => mintToken({}, { secret: 'another secret that is long enough too' }),
    line: /^fail {2}.*: the token's signature does not fit: .* → .*HOST_TOKEN_SECRET/m,
  },
  {
    of: 'one that was signed in another way',
    token: () => mintToken({}, { algorithm: 'HS512' }),
    line: /^fail {2}.*: the token is signed in a way that is not taken \(alg\) → sign with HS256/m,
  },
  {
    of: 'one for another audience',
    token: () => mintToken({ aud: 'another-app' }),
    line: /^fail {2}.*: the token's audience \(aud\) is another → mint it for evalon-proxy/m,
  },
  {
    of: 'one of another issuer',
    token: () => mintToken(),
    settings: { HOST_TOKEN_ISSUER: 'https://other.example.com' },
    line: /^fail {2}.*: the token's issuer \(iss\) is another → let it be https:\/\/other\.example\.com/m,
  },
  {
    of: 'one of nobody',
    token: () => mintToken({ sub: undefined }),
    line: /^fail {2}.*: the token has no sub → docs\/tokens\.md/m,
  },
  {
    of: 'one whose projects are no list',
    token: () => mintToken({ projects: 'proj_abc123' as never }),
    line: /^fail {2}.*: the token's claim projects has a form that is not taken → docs\/tokens\.md/m,
  },
  {
    of: 'one without projects',
    token: () => mintToken({ projects: [] }),
    line: /^fail {2}.*: the token names no projects → /m,
  },
  {
    of: 'one without scope',
    token: () => mintToken({ scope: 'write' }),
    line: /^fail {2}.*: the token's scope grants nothing → let scope be/m,
  },
  {
    of: 'what is none',
    token: () => 'secret-canary',
    line: /^fail {2}.*: the token is no signed JWT, or was cut off → /m,
  },
  { of: 'nothing', token: () => '', line: /^fail {2}no token was given → give it on standard input/m },
  {
    of: 'one of the ATS where there is single sign-on alone',
    token: () => mintToken(),
    settings: { HOST_TOKEN_SECRET: undefined, ...SSO },
    line: /^fail {2}no token of an ATS is taken → /m,
  },
  {
    of: 'one for projects in which nothing is offered',
    token: () => mintToken({ projects: ['proj_other'] }),
    line: /^warn {2}none of its projects is in ASSESSMENTS, so nothing is offered → /m,
  },
  {
    of: 'any, in the sandbox',
    token: () => mintToken(),
    settings: { EVALON_SANDBOX: '1', PUBLIC_URL: undefined },
    line: /^warn {2}the sandbox looks at no token → /m,
  },
];

describe('the doctor, asked about a token,', () => {
  const settings: Settings = {
    EVALON_BASE_URL: 'https://api.evalon.invalid',
    EVALON_API_KEY: CANARY_API_KEY,
    EVALON_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    HOST_TOKEN_SECRET,
    ASSESSMENTS: '[{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing"}]',
  };
  async function judge(token: string, changes: Settings = {}): Promise<{ exitCode: number; output: string }> {
    const printed: string[] = [];
    const environment = { ...settings, ...changes };
    const exitCode = await printReport((text) => void printed.push(text), { environment, token });
    const output = printed.join('');
    assert.doesNotMatch(output, /canary|eyJ|jane@example|recruiter-1/);
    return { exitCode, output };
  }

  it('says for what it would be taken, and for how long', async () => {
    const whole = await judge(await mintToken());
    assert.equal(whole.exitCode, 0);
    assert.match(whole.output, /^ok {4}the token is taken for \d+ s more: read and invite in every project$/m);
    const narrow = { projects: ['proj_abc123', 'proj_x'], scope: 'read', candidates: ['jane@example.com'] };
    assert.match(
      (await judge(`Bearer ${await mintToken(narrow)}`)).output,
      /^ok {4}the token is taken for \d+ s more: read in proj_abc123, proj_x, for named candidates only \(1\)$/m,
    );
  });

  for (const { of, token, settings: changes, line } of TOKENS) {
    it(`says what is wrong with ${of}`, async () => {
      const { exitCode, output } = await judge(await token(), changes);
      assert.match(output, line);
      assert.equal(exitCode, line.source.startsWith('^fail') ? 1 : 0);
    });
  }

  it('says that the keys cannot be read, where that is what is wrong', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: '1' }).sign(privateKey);
    const jwks = { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: 'http://127.0.0.1:9/jwks.json' };
    assert.match((await judge(token, jwks)).output, /^fail {2}the keys in HOST_TOKEN_JWKS cannot be read → /m);
  });

  it('reads it from standard input, and nowhere else', async () => {
    const run = async (input: string, ...words: string[]) => {
      const child = spawn(process.execPath, [DOCTOR, ...words], { env: buildChildEnv(settings) });
      child.stdin.end(input);
      const printed: string[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(String(text)));
      return { exitCode: await new Promise((resolve) => child.on('close', resolve)), output: printed.join('') };
    };
    const token = await mintToken();
    const taken = await run(`${token}\n`, 'token');
    assert.equal(taken.exitCode, 0);
    assert.match(taken.output, /the token is taken/);
    assert.doesNotMatch(taken.output, /eyJ/);
    const wrong = await run('', 'token', token);
    assert.equal(wrong.exitCode, 64);
    assert.doesNotMatch(wrong.output, /eyJ/);
  });
});
