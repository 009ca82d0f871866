import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../proxy/config.ts';
import { SettingsError } from '../../proxy/errors.ts';

const PRODUCTION = {
  EVALON_BASE_URL: 'https://api.evalon.example/',
  EVALON_API_KEY: 'eva_test_key',
  EVALON_WEBHOOK_TOKEN: 'a-webhook-token-of-enough-length',
  HOST_TOKEN_SECRET: 'a secret of at least thirty-two bytes',
};

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.faults;
  }
  return [];
}

describe('settings', () => {
  it('are the sandbox on a loopback address when nothing is set', () => {
    const config = readConfig({});
    assert.equal(config.sandbox, true);
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.port, 8787);
    assert.equal(config.environment, 'sandbox');
    assert.equal(config.databaseFile, './data/sandbox.db');
  });

  it('are never the sandbox when NODE_ENV is production', () => {
    assert.ok(faultsOf({ NODE_ENV: 'production' }).length > 0);
  });

  it('refuse a sandbox that others could reach', () => {
    assert.match(faultsOf({ HOST: '0.0.0.0' }).join(), /HOST must be a loopback address/);
  });

  it('drop the trailing slash of the base URL and take the environment from the key', () => {
    const config = readConfig(PRODUCTION);
    assert.equal(config.evalon.baseUrl, 'https://api.evalon.example');
    assert.equal(config.environment, 'staging');
    assert.equal(readConfig({ ...PRODUCTION, EVALON_API_KEY: 'eva_live_a,eva_live_b' }).environment, 'production');
  });

  it('name every fault at once, each with its fix, and repeat no secret', () => {
    const faults = faultsOf({
      EVALON_API_KEY: 'kéy-with-é',
      HOST_TOKEN_SECRET: 'short-secret',
      PORT: 'eighty',
      ALLOWED_ORIGINS: 'https://ats.example.com/,https://*.example.com',
      ASSESSMENTS: '{not json',
      DATABASE_URL: 'mysql://db',
      LOG_LEVEL: 'loud',
    });
    const all = faults.join('\n');
    for (const name of [
      'EVALON_BASE_URL',
      'EVALON_API_KEY',
      'EVALON_WEBHOOK_TOKEN',
      'HOST_TOKEN_SECRET',
      'PORT',
      'ALLOWED_ORIGINS',
      'ASSESSMENTS',
      'DATABASE_URL',
      'LOG_LEVEL',
    ]) {
      assert.match(all, new RegExp(`^${name}\\b.*: `, 'm'), `${name} is not among:\n${all}`);
    }
    assert.equal(faults.filter((fault) => fault.startsWith('ALLOWED_ORIGINS')).length, 2);
    assert.doesNotMatch(all, /short-secret|kéy-with/);
  });

  for (const [name, value] of [
    ['EVALON_BASE_URL', 'http://api.evalon.example'],
    ['EVALON_BASE_URL', 'https://user:password@api.evalon.example'],
    ['EVALON_BASE_URL', 'https://:password@api.evalon.example'],
    ['EVALON_BASE_URL', 'api.evalon.example'],
    ['EVALON_WEBHOOK_TOKEN', 'short'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'https://ATS.example.com'],
    ['ALLOWED_ORIGINS', 'https://ats.example.com:443'],
    ['ASSESSMENTS', '[{"project_id":"p"}]'],
    ['EVALON_API_KEY', 'one,two,three'],
    ['INVITE_DELIVERY', 'pigeon'],
    ['INVITE_MESSAGE', 'Hello {name}, take the {assessment} assessment'],
    ['INVITE_MESSAGE', 'Hello {firstname}, {link}'],
    ['INVITE_SUBJECT', 'For {name}: {link}'],
  ] as const) {
    it(`refuse ${name}=${value}`, () => {
      assert.match(faultsOf({ ...PRODUCTION, [name]: value }).join('\n'), new RegExp(`^${name}`));
    });
  }

  it('are read from files where NAME_FILE names one', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'key');
    writeFileSync(file, 'eva_live_from_file\n');
    const { EVALON_API_KEY: _, ...rest } = PRODUCTION;
    assert.deepEqual(readConfig({ ...rest, EVALON_API_KEY_FILE: file }).evalon.apiKeys, ['eva_live_from_file']);
    assert.match(
      faultsOf({ ...rest, EVALON_API_KEY_FILE: `${file}-missing` }).join(),
      /EVALON_API_KEY_FILE cannot be read/,
    );
    assert.match(faultsOf({ ...PRODUCTION, EVALON_API_KEY_FILE: file }).join(), /both set/);
    writeFileSync(file, '\n');
    assert.match(faultsOf({ ...rest, EVALON_API_KEY_FILE: file }).join(), /EVALON_API_KEY_FILE names an empty file/);
  });

  it('take a JWKS instead of a secret, but not both and not neither', () => {
    const { HOST_TOKEN_SECRET: _, ...rest } = PRODUCTION;
    const jwks = 'https://ats.example.com/jwks.json';
    assert.equal(readConfig({ ...rest, HOST_TOKEN_JWKS: jwks }).hostTokens?.jwks, jwks);
    assert.match(
      faultsOf({ ...PRODUCTION, HOST_TOKEN_JWKS: jwks }).join(),
      /HOST_TOKEN_SECRET or HOST_TOKEN_JWKS must be set/,
    );
    assert.match(faultsOf(rest).join(), /HOST_TOKEN_SECRET or HOST_TOKEN_JWKS must be set/);
    assert.match(faultsOf({ ...rest, HOST_TOKEN_JWKS: '/nowhere/jwks.json' }).join(), /^HOST_TOKEN_JWKS must be/);
  });

  it('take the path of the batch endpoint, or off', () => {
    const pathOf = (path?: string) =>
      readConfig({ ...PRODUCTION, ...(path !== undefined && { EVALON_BATCH_PATH: path }) }).evalon.batchPath;
    assert.equal(pathOf(), '/api/v1/sessions/batch/');
    assert.equal(pathOf('/api/v2/bulk/'), '/api/v2/bulk/');
    assert.equal(pathOf('off'), undefined);
    for (const path of ['api/bulk/', 'https://evalon.example/bulk/', '/bulk/?all=1', 'none']) {
      assert.match(faultsOf({ ...PRODUCTION, EVALON_BATCH_PATH: path }).join(), /^EVALON_BATCH_PATH must be a path/);
    }
  });

  it('take the words of an invite, and name each place in them that is unknown or missing', () => {
    const words = { INVITE_SUBJECT: '{assessment} for {name}', INVITE_MESSAGE: 'Hello {name} {smile\r\n{link}' };
    const { inviteSubject, inviteMessage } = readConfig({ ...PRODUCTION, ...words });
    assert.deepEqual([inviteSubject, inviteMessage], ['{assessment} for {name}', 'Hello {name} {smile\n{link}']);
    const faults = faultsOf({ ...PRODUCTION, INVITE_MESSAGE: '{Name}: {url}' });
    for (const part of ['names {Name}', 'names {url}', 'leaves out {link}']) {
      assert.equal(faults.filter((fault) => fault.startsWith(`INVITE_MESSAGE ${part}`)).length, 1, `${faults}`);
    }
    const [long] = faultsOf({ ...PRODUCTION, INVITE_MESSAGE: `{link}${'x'.repeat(4_000)}` });
    assert.match(long ?? '', /^INVITE_MESSAGE takes 4000 characters at the most/);
    assert.match(faultsOf({ ...PRODUCTION, INVITE_SUBJECT: 'Two\nlines' }).join(), /^INVITE_SUBJECT must be one line/);
    assert.match(faults.join(), /: write \{link\} where the link belongs/);
  });

  it('take single sign-on beside host tokens, or instead of them, and whole', () => {
    const sso = {
      OIDC_ISSUER: 'https://id.example.com/realms/company/',
      OIDC_CLIENT_ID: 'evalon',
      OIDC_CLIENT_SECRET: 'a client secret of the provider',
      OIDC_GRANTS: '[{"claim":"groups","value":"recruiters","projects":["proj_abc123"],"scope":"read invite"}]',
    };
    const { HOST_TOKEN_SECRET: _, ...alone } = { ...PRODUCTION, ...sso };
    assert.equal(readConfig(alone).oidc?.issuer, sso.OIDC_ISSUER);
    assert.equal(readConfig(alone).hostTokens, undefined);
    assert.ok(readConfig({ ...PRODUCTION, ...sso }).hostTokens);
    for (const name of Object.keys(sso)) {
      const faults = faultsOf({ ...alone, [name]: '' });
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? '', new RegExp(`^${name} is missing for single sign-on: `));
    }
    for (const [name, value, fault] of [
      ['OIDC_ISSUER', 'http://id.example.com', /^OIDC_ISSUER must be an https/],
      ['OIDC_CLIENT_SECRET', 'too short', /^OIDC_CLIENT_SECRET must have 16/],
      ['OIDC_GRANTS', '[]', /^OIDC_GRANTS is empty: give JSON such as/],
      [
        'OIDC_GRANTS',
        '[{"claim":"groups","value":"a","projects":[],"scope":"read"}]',
        /^OIDC_GRANTS at 0.projects is empty/,
      ],
      [
        'OIDC_GRANTS',
        '[{"claim":"groups","value":"a","projects":["*"],"scope":"write"}]',
        /^OIDC_GRANTS at 0.scope must/,
      ],
      ['OIDC_GRANTS', '[{"claim":"groups","values":"a","projects":["*"],"scope":"read"}]', /^OIDC_GRANTS/],
    ] as const) {
      assert.match(faultsOf({ ...alone, [name]: value }).join('\n'), fault);
    }
  });

  it('name what this release does not serve yet', () => {
    assert.deepEqual(readConfig({ ...PRODUCTION, ATS_LEVER_KEY: 'x' }).ignored, ['ATS_LEVER_KEY']);
  });
});
