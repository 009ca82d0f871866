import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../../proxy/config/config.ts';
import { SETTINGS } from '../../../proxy/config/settings.ts';
import { SettingsError } from '../../../proxy/util/errors.ts';

const ATS_DOCS = join(import.meta.dirname, '../../../docs/ats');

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
    return error.errors;
  }
  return [];
}

describe('settings', () => {
  it('are the sandbox on a loopback address when nothing is set', () => {
    const config = readConfig({});
    assert.equal(config.isSandbox, true);
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
    ['EVALON_BASE_URL', 'https://api.evalon.example/api/v1/'],
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

  for (const [what, text, faults] of [
    [
      'quotes that a shell has taken',
      '[{project_id:p}]',
      ['must be JSON, and has no double quotes: put all of it into'],
    ],
    ['no list', '{"project_id":"p"}', ['must be a list, in [ ]']],
    [
      'what nobody knows, and would have been for some jobs only',
      '[{"project_id":"p","assessment_type":"t","label":"l","job":["9"]}]',
      ['in entry 1 must not have job, which is unknown'],
    ],
    ['what is left out', '[{"project_id":"p","assessment_type":"t"}]', ['in entry 1, label is missing']],
    [
      'what is of another form, in each entry',
      '[{"project_id":7,"assessment_type":" ","label":"l"},"p",{"project_id":"p","assessment_type":"t","label":"l","jobs":"9"}]',
      [
        'in entry 1, project_id must be text, in double quotes',
        'in entry 1, assessment_type must not be empty',
        'in entry 2 must be fields, in { }',
        'in entry 3, jobs must be a list, in [ ]',
      ],
    ],
  ] as const) {
    it(`name what is wrong with ASSESSMENTS, where, and how it should be: ${what}`, () => {
      const told = faultsOf({ ...PRODUCTION, ASSESSMENTS: text });
      assert.equal(told.length, faults.length);
      for (const [index, fault] of told.entries()) {
        assert.ok(fault.startsWith(`ASSESSMENTS ${faults[index]}`), fault);
        assert.ok(
          fault.endsWith(
            ': give JSON such as [{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing"}]',
          ),
        );
      }
    });
  }

  it('that are misspelt are named with the one that was meant', () => {
    const nearestTo = (name: string) => readConfig({ ...PRODUCTION, [name]: 'x' }).unknownVariables;
    for (const [name, nearest] of [
      ['EVALON_BASEURL', 'EVALON_BASE_URL'],
      ['EVALON_WEBHOOK_SECRETS', 'EVALON_WEBHOOK_SECRET'],
      ['HOST_TOKEN_ISS', 'HOST_TOKEN_ISSUER'],
      ['HOST_TOKEN_AUDIANCE_FILE', 'HOST_TOKEN_AUDIENCE_FILE'],
      ['INVITE_MESAGE', 'INVITE_MESSAGE'],
      ['OIDC_SOMETHING_ELSE', undefined],
      ['ALLOWED_ORIGIN', 'ALLOWED_ORIGINS'],
      ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
      ['ASSESMENTS', 'ASSESSMENTS'],
      ['METRIC_TOKEN_FILE', 'METRICS_TOKEN_FILE'],
    ] as const) {
      assert.deepEqual(nearestTo(name), [{ name, ...(nearest && { suggestion: nearest }) }]);
    }
    const { EVALON_API_KEY, ...rest } = PRODUCTION;
    const faults = faultsOf({ ...rest, EVALON_APIKEY: EVALON_API_KEY });
    assert.match(
      faults.join('\n'),
      /^EVALON_API_KEY is missing: .*\nEVALON_APIKEY is no setting: name it EVALON_API_KEY, or/,
    );
  });

  it('of other programs are not named', () => {
    const others = [
      ...Object.keys(process.env),
      ...[
        'HOSTNAME',
        'HOSTS',
        'PORTS',
        'LOG_LEVELS',
        'DATABASE_URI',
        'PUBLIC_URI',
        'ENVIRONMENTS',
        'NODE_ENV',
        'NODE_OPTIONS',
      ],
      ...[
        'HTTPS_PROXY',
        'NO_PROXY',
        'PATH',
        'HOME',
        'USER',
        'LANG',
        'TZ',
        'INVOCATION_ID',
        'JOURNAL_STREAM',
        'STATE_DIRECTORY',
      ],
      ...['GITHUB_TOKEN', 'NPM_TOKEN', 'AWS_REGION', 'ALLOWED_HOSTS', 'KUBERNETES_SERVICE_HOST', 'EXTENSION_PROXY_URL'],
      ...[
        'EVALON_SERVICE_HOST',
        'EVALON_PROXY_SERVICE_PORT_HTTP',
        'EVALON_PORT',
        'EVALON_PORT_8787_TCP_ADDR',
        'EVALON_SANDBOX',
      ],
    ];
    const set = Object.fromEntries(others.filter((name) => !(name in SETTINGS)).map((name) => [name, '0']));
    assert.deepEqual(readConfig({ ...set, ...PRODUCTION }).unknownVariables, []);
  });

  describe('of an ATS', () => {
    const CONNECTOR = {
      ats: 'workday',
      url: 'https://wd2.example.com/report?format=json&who={application}',
      auth: { type: 'basic', user: 'ISU' },
      ids: { application: { kind: 'text', at: '/Application_ID' } },
      email: '/Email',
      name: ['/First', '/Last'],
    };
    const atsOf = (settings: Record<string, string>) => readConfig({ ...PRODUCTION, ...settings }).ats;
    const httpFaults = (changes: object) =>
      faultsOf({ ...PRODUCTION, ATS_HTTP: JSON.stringify({ ...CONNECTOR, ...changes }), ATS_HTTP_SECRET: 's3cret' });

    it('name the APIs that are asked, each with its public address unless another is given', () => {
      assert.deepEqual(atsOf({}), {});
      const ats = atsOf({
        ATS_GREENHOUSE_CLIENT_ID: 'id',
        ATS_GREENHOUSE_CLIENT_SECRET: 'secret',
        ATS_LEVER_KEY: 'key',
        ATS_LEVER_URL: 'https://api.sandbox.lever.co/v1/',
        ATS_ASHBY_KEY: 'key',
        ATS_HTTP: JSON.stringify(CONNECTOR),
        ATS_HTTP_SECRET: 's3cret',
      });
      assert.deepEqual(
        [ats.greenhouse?.url, ats.greenhouse?.tokenUrl, ats.lever?.url, ats.ashby?.url, ats.custom?.secret],
        [
          'https://harvest.greenhouse.io/v3',
          'https://auth.greenhouse.io/token',
          'https://api.sandbox.lever.co/v1',
          'https://api.ashbyhq.com',
          's3cret',
        ],
      );
    });

    it('are refused where one lacks the other, or two speak for one ATS', () => {
      assert.match(
        faultsOf({ ...PRODUCTION, ATS_GREENHOUSE_CLIENT_ID: 'id' }).join(),
        /^ATS_GREENHOUSE_CLIENT_SECRET is missing/,
      );
      assert.match(
        faultsOf({ ...PRODUCTION, ATS_HTTP_SECRET: 's' }).join(),
        /^ATS_HTTP is missing, without which ATS_HTTP_SECRET/,
      );
      const settings = {
        ATS_LEVER_KEY: 'key',
        ATS_HTTP: JSON.stringify({ ...CONNECTOR, ats: 'lever' }),
        ATS_HTTP_SECRET: 's',
      };
      assert.match(faultsOf({ ...PRODUCTION, ...settings }).join(), /^ATS_HTTP declares lever, whose own settings/);
    });

    for (const name of readdirSync(ATS_DOCS)) {
      it(`are taken as docs/ats/${name} shows them`, () => {
        const document = readFileSync(join(ATS_DOCS, name), 'utf8');
        const shown = [...document.matchAll(/^export (\w+)='([^']*)'/gm)].map(([, setting = '', text = '']) => [
          setting,
          text,
        ]);
        assert.ok(shown.length > 1, 'it shows settings');
        const { ats, unknownVariables: ignored } = readConfig({ ...PRODUCTION, ...Object.fromEntries(shown) });
        assert.equal(Object.keys(ats).length, 1);
        assert.deepEqual(ignored, []);
      });
    }

    it('that are misspelt are named, because they have no effect', () => {
      const settings = { ATS_LEVER_KEY: 'key', ATS_LEVER_KEYS: 'key', ATS_LEVER_URL_FILE: '' };
      assert.deepEqual(readConfig({ ...PRODUCTION, ...settings }).unknownVariables, [
        { name: 'ATS_LEVER_KEYS', suggestion: 'ATS_LEVER_KEY' },
      ]);
    });

    for (const [what, changes, fault] of [
      ['an address without TLS', { url: 'http://wd2.example.com/{application}' }, /ATS_HTTP at url must be an https/],
      ['a host from outside', { url: 'https://{application}/report' }, /at url must be an https/],
      ['a user name', { url: 'https://user@wd2.example.com/{application}' }, /at url must be an https/],
      ['an id that is not described', { url: 'https://wd2.example.com/{application}/{job}' }, /names \{job\}/],
      [
        'an id that is not used',
        { url: 'https://wd2.example.com/report' },
        /has application, which the url does not name/,
      ],
      ['an answer that repeats no id', { ids: { application: { kind: 'text' } } }, /where the answer repeats it/],
      ['a pointer that is none', { email: 'Email' }, /at email must be a JSON pointer/],
      ['an unknown way in', { auth: { type: 'digest' } }, /at auth.* must have the type basic, bearer or header/],
      ['a header that is not ours to set', { auth: { type: 'header', name: 'Host' } }, /at auth.name must be a header/],
      ['a misspelt field', { emails: '/Email' }, /emails/],
    ] as const) {
      it(`describe a connector, but not with ${what}`, () => {
        const faults = httpFaults(changes);
        assert.match(faults.join('\n'), fault);
        assert.doesNotMatch(faults.join('\n'), /s3cret/);
      });
    }

    for (const [what, adapter, fault] of [
      ['no host', { name: 'own' }, /hosts/],
      ['a host that is everybody', { name: 'own', hosts: ['*.com'] }, /must name its last two labels/],
      ['a host that is an address', { name: 'own', hosts: ['https://ats.example.com'] }, /must be a host/],
      [
        'an id that is not described',
        { name: 'own', hosts: ['a.example'], addresses: ['/p/{person}'] },
        /\{person\} looks like/,
      ],
      ['an expression', { name: 'lever', addresses: ['/candidates/(.*)+'] }, /must be an address/],
      [
        'an address that does not begin',
        { name: 'lever', addresses: ['candidates/{opportunity}'] },
        /must be an address/,
      ],
      ['** in the middle', { name: 'lever', addresses: ['/**/candidates/{opportunity}'] }, /must be an address/],
      ['two ids in one segment', { name: 'lever', addresses: ['/c/{opportunity}{opportunity}'] }, /must be an address/],
      ['a misspelt field', { name: 'lever', adresses: [] }, /adresses/],
    ] as const) {
      it(`correct page adapters, but not with ${what}`, () => {
        assert.match(faultsOf({ ...PRODUCTION, ATS_ADAPTERS: JSON.stringify([adapter]) }).join('\n'), fault);
      });
    }
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
        /^OIDC_GRANTS in entry 1, projects is empty/,
      ],
      [
        'OIDC_GRANTS',
        '[{"claim":"groups","value":"a","projects":["*"],"scope":"write"}]',
        /^OIDC_GRANTS in entry 1, scope must/,
      ],
      ['OIDC_GRANTS', '[{"claim":"groups","values":"a","projects":["*"],"scope":"read"}]', /^OIDC_GRANTS/],
    ] as const) {
      assert.match(faultsOf({ ...alone, [name]: value }).join('\n'), fault);
    }
  });
});
