import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../../proxy/config/config.ts';
import { SETTING_NAMES } from '../../../proxy/config/settings.ts';
import { PRODUCTION, readErrors } from '../../support/settings.ts';

describe('settings', () => {
  it('select the sandbox on a loopback address if nothing is set', () => {
    const config = readConfig({});
    assert.equal(config.isSandbox, true);
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.port, 8787);
    assert.equal(config.environment, 'sandbox');
    assert.equal(config.database, './data/sandbox.db');
  });

  it('never select the sandbox if NODE_ENV is production', () => {
    assert.ok(readErrors({ NODE_ENV: 'production' }).length > 0);
  });

  it('refuse a sandbox that other machines can reach', () => {
    assert.match(readErrors({ HOST: '0.0.0.0' }).join(), /HOST must be a loopback address/);
  });

  it('remove the trailing slash from the base URL, and derive the environment from the key', () => {
    const config = readConfig(PRODUCTION);
    assert.equal(config.evalon.baseUrl, 'https://api.evalon.example');
    assert.equal(config.environment, 'staging');
    assert.equal(readConfig({ ...PRODUCTION, EVALON_API_KEY: 'eva_live_a,eva_live_b' }).environment, 'production');
  });

  it('report every problem at once, each with its fix and without secrets', () => {
    const errors = readErrors({
      EVALON_API_KEY: 'kéy-with-é',
      HOST_TOKEN_SECRET: 'short-secret',
      PORT: 'eighty',
      ALLOWED_ORIGINS: 'https://ats.example.com/,https://*.example.com',
      ASSESSMENTS: '{not json',
      DATABASE_URL: 'mysql://db',
      LOG_LEVEL: 'loud',
    });
    const allErrors = errors.join('\n');
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
      assert.match(allErrors, new RegExp(`^(.* of )?${name}\\b.*: `, 'm'), `${name} is not among:\n${allErrors}`);
    }
    assert.equal(errors.filter((error) => error.includes(' of ALLOWED_ORIGINS ')).length, 2);
    assert.doesNotMatch(allErrors, /short-secret|kéy-with/);
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
    // At most two keys.
    ['EVALON_API_KEY', 'one,two,three'],
    ['INVITE_DELIVERY', 'pigeon'],
    // A message needs {link}, and a subject must not have it.
    ['INVITE_MESSAGE', 'Hello {name}, take the {assessment} assessment'],
    ['INVITE_MESSAGE', 'Hello {firstname}, {link}'],
    ['INVITE_SUBJECT', 'For {name}: {link}'],
    ['REMINDER_MESSAGE', 'Hi {first_name}'],
    ['REMINDER_SUBJECT', 'For {last_name}'],
    ['COMPANY_NAME', 'Two\nlines'],
    ['CANDIDATE_NOTICE', 'http://example.com/notice'],
    ['CANDIDATE_NOTICE', 'javascript://example.com'],
  ] as const) {
    it(`refuse ${name}=${value}`, () => {
      assert.match(readErrors({ ...PRODUCTION, [name]: value }).join('\n'), new RegExp(`^(.* of )?${name} `));
    });
  }

  it('are read from the file that NAME_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'key');
    writeFileSync(file, 'eva_live_from_file\n');
    const { EVALON_API_KEY: _, ...otherSettings } = PRODUCTION;
    assert.deepEqual(readConfig({ ...otherSettings, EVALON_API_KEY_FILE: file }).evalon.apiKeys, [
      'eva_live_from_file',
    ]);
    assert.match(
      readErrors({ ...otherSettings, EVALON_API_KEY_FILE: `${file}-missing` }).join(),
      /EVALON_API_KEY_FILE cannot be read/,
    );
    assert.match(readErrors({ ...PRODUCTION, EVALON_API_KEY_FILE: file }).join(), /both set/);
    writeFileSync(file, '\n');
    assert.match(
      readErrors({ ...otherSettings, EVALON_API_KEY_FILE: file }).join(),
      /EVALON_API_KEY_FILE names an empty file/,
    );
  });

  it('are read from a file in UTF-8 or UTF-16 with a byte order mark, and refused in any other encoding', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'secret');
    const secret = 'a secret of at least thirty-two bytes: ü';
    const { HOST_TOKEN_SECRET: _, ...otherSettings } = PRODUCTION;
    const environment = { ...otherSettings, HOST_TOKEN_SECRET_FILE: file };
    const utf16 = Buffer.from(`\ufeff${secret}\r\n`, 'utf16le');
    for (const bytes of [Buffer.from(`\ufeff${secret}\n`), utf16, Buffer.from(utf16).swap16()]) {
      writeFileSync(file, bytes);
      assert.equal(Buffer.from(readConfig(environment).hostTokens?.secret ?? []).toString(), secret);
    }
    const utf32 = Buffer.concat([...`\ufeff${secret}`].map((char) => Buffer.from([char.charCodeAt(0), 0, 0, 0])));
    const utf16WithoutMark = utf16.subarray(2);
    const latin1 = Buffer.from(secret, 'latin1');
    for (const bytes of [utf16WithoutMark, Buffer.from(utf16WithoutMark).swap16(), utf32, latin1]) {
      writeFileSync(file, bytes);
      assert.deepEqual(readErrors(environment), [
        'HOST_TOKEN_SECRET_FILE names a file that is not text in UTF-8: save it as UTF-8',
      ]);
    }
  });

  it('never repeat a password or a secret in an error', () => {
    const secret = 's3cret-Passw0rd';
    const values = [
      secret,
      `${secret}\u0000`,
      `https://user:${secret}@host.example.com`,
      `https://${secret}@host.example.com/path?key=${secret}#${secret}`,
      `https://host.example.com/?token=${secret}`,
      `postgres://user:${secret}@db.example.com/evalon`,
      `file://user:${secret}@host/evalon.db`,
      `file:postgres://user:${secret}@host/evalon`,
      `"${secret}`,
      `["${secret}"]`,
      `{"a":"${secret}","b":{"c":["${secret}"]}}`,
      `10.0.0.7,${secret}`,
    ];
    for (const name of SETTING_NAMES) {
      for (const value of values) {
        const errors = readErrors({ ...PRODUCTION, [name]: value });
        assert.doesNotMatch(errors.join('\n'), new RegExp(secret), `${name}=${value}`);
        assert.doesNotMatch(readErrors({ [`${name}_FILE`]: value }).join('\n'), new RegExp(secret), `${name}_FILE`);
      }
    }
    for (const name of ['DATABASE_URL', 'OIDC_ISSUER', 'EVALON_BASE_URL', 'PUBLIC_URL', 'ALLOWED_ORIGINS', 'HOST']) {
      const errors = readErrors({ ...PRODUCTION, [name]: `https://user:${secret}@host.example.com` });
      // The error names the setting.
      assert.ok(
        errors.some((error) => error.split(' ').includes(name)),
        name,
      );
    }
  });

  it('accept a path or a URL of this machine as DATABASE_URL', () => {
    const readDatabaseFile = (DATABASE_URL: string) => readConfig({ ...PRODUCTION, DATABASE_URL }).database;
    assert.equal(readDatabaseFile('file:./data/evalon.db'), './data/evalon.db');
    assert.equal(readDatabaseFile('file:/data/a%20b.db'), '/data/a%20b.db');
    assert.equal(readDatabaseFile('file::memory:'), ':memory:');
    for (const url of ['file:///data/a%20b.db', 'file://localhost/data/a%20b.db', 'file:///data/./x/../a b.db']) {
      assert.equal(readDatabaseFile(url), '/data/a b.db');
    }
    for (const url of ['file:', 'file://db.example.com/x', 'file:x.db?mode=ro', 'file:///x.db#1', 'file:http://x/y']) {
      assert.match(readErrors({ ...PRODUCTION, DATABASE_URL: url }).join(), /^DATABASE_URL must/, url);
    }
  });

  it('require either HOST_TOKEN_SECRET or HOST_TOKEN_JWKS', () => {
    const { HOST_TOKEN_SECRET: _, ...otherSettings } = PRODUCTION;
    const jwks = 'https://ats.example.com/jwks.json';
    assert.equal(readConfig({ ...otherSettings, HOST_TOKEN_JWKS: jwks }).hostTokens?.jwks, jwks);
    assert.match(
      readErrors({ ...PRODUCTION, HOST_TOKEN_JWKS: jwks }).join(),
      /HOST_TOKEN_SECRET and HOST_TOKEN_JWKS are both set/,
    );
    assert.match(readErrors(otherSettings).join(), /HOST_TOKEN_SECRET or HOST_TOKEN_JWKS must be set/);
    assert.match(
      readErrors({ ...otherSettings, HOST_TOKEN_JWKS: '/nowhere/jwks.json' }).join(),
      /^HOST_TOKEN_JWKS must be/,
    );
  });

  it('accept the batch endpoint’s path, or off', () => {
    const readPath = (path?: string) =>
      readConfig({ ...PRODUCTION, ...(path !== undefined && { EVALON_BATCH_PATH: path }) }).evalon.batchPath;
    assert.equal(readPath(), '/api/v1/sessions/batch/');
    assert.equal(readPath('/api/v2/bulk/'), '/api/v2/bulk/');
    assert.equal(readPath('off'), undefined);
    for (const path of ['api/bulk/', 'https://evalon.example/bulk/', '/bulk/?all=1', 'none']) {
      assert.match(readErrors({ ...PRODUCTION, EVALON_BATCH_PATH: path }).join(), /^EVALON_BATCH_PATH must be a path/);
    }
  });

  it('accept a field map for Evalon, and report each unknown field and invalid pointer', () => {
    const read = (map: string) => readConfig({ ...PRODUCTION, EVALON_FIELD_MAP: map }).evalon.fieldMap;
    const map = { overall: ['/report/points', '/list/0/a~1b'], 'webhook:event': ['/kind'], 'section.name': ['/title'] };
    assert.deepEqual(read(JSON.stringify(map)), map);
    assert.deepEqual(readConfig(PRODUCTION).evalon.fieldMap, {});
    for (const [text, problem] of [
      ['{"overal":["/a"]}', 'EVALON_FIELD_MAP has the unknown field "overal"'],
      ['{"mail:overall":["/a"]}', 'EVALON_FIELD_MAP has the unknown field "mail:overall"'],
      ['{"webhook:webhook:event":["/a"]}', 'EVALON_FIELD_MAP has the unknown field "webhook:webhook:event"'],
      ['{"__proto__":["/a"]}', 'EVALON_FIELD_MAP has the unknown field "__proto__"'],
      ['{"overall":["report.points"]}', 'overall.0 in EVALON_FIELD_MAP must be a JSON pointer such as /data/score'],
      ['{"overall":["/a~2"]}', 'overall.0 in EVALON_FIELD_MAP must be a JSON pointer'],
      ['{"overall":["/__proto__/a"]}', 'overall.0 in EVALON_FIELD_MAP must not contain __proto__'],
      ['{"overall":"/a"}', 'overall in EVALON_FIELD_MAP must be a list, in [ ]'],
      ['{"overall":[]}', 'overall in EVALON_FIELD_MAP is empty'],
      [
        JSON.stringify({ overall: Array.from({ length: 21 }, () => '/a') }),
        'overall in EVALON_FIELD_MAP accepts at most 20 pointers',
      ],
      ['["/a"]', 'EVALON_FIELD_MAP must be an object, in { }'],
      ['{overall:[/a]}', 'EVALON_FIELD_MAP must be JSON, but has no double quotes'],
      ['{"overall"', 'EVALON_FIELD_MAP must be JSON: '],
    ] as const) {
      const errors = readErrors({ ...PRODUCTION, EVALON_FIELD_MAP: text });
      assert.equal(errors.length, 1, text);
      assert.ok(errors[0]?.startsWith(problem), `${errors}`);
      assert.match(errors[0] ?? '', /: set JSON such as .*docs\/evalon-api\.md/);
    }
  });

  it('accept templates for invites, and report each unknown or missing placeholder', () => {
    // An unclosed brace is text. A setting replaces the template of every language, also of German.
    const templates = { INVITE_SUBJECT: '{assessment} for {name}', INVITE_MESSAGE: 'Hello {name} {smile\r\n{link}' };
    const { inviteSubject, inviteMessage } = readConfig({ ...PRODUCTION, ...templates }).messages.templates.de;
    assert.deepEqual([inviteSubject, inviteMessage], ['{assessment} for {name}', 'Hello {name} {smile\n{link}']);
    const errors = readErrors({ ...PRODUCTION, INVITE_MESSAGE: '{Name}: {url}' });
    for (const problem of [
      'contains the unknown placeholder {Name}',
      'contains the unknown placeholder {url}',
      'lacks {link}',
    ]) {
      assert.equal(errors.filter((error) => error.startsWith(`INVITE_MESSAGE ${problem}`)).length, 1, `${errors}`);
    }
    assert.match(errors.join(), /: set a text with the placeholder \{link\}/);
    const allPlaceholders = '{first_name} {name} {assessment} {recruiter} {company} {link}';
    const messages = {
      INVITE_MESSAGE: allPlaceholders,
      REMINDER_MESSAGE: allPlaceholders,
      CANDIDATE_NOTICE: 'Scored: see example.com.',
    };
    assert.deepEqual(readConfig({ ...PRODUCTION, ...messages }).messages.templates.de.reminderMessage, allPlaceholders);
    const [long] = readErrors({ ...PRODUCTION, INVITE_MESSAGE: `{link}${'x'.repeat(4_000)}` });
    assert.match(long ?? '', /^INVITE_MESSAGE must have at most 4000 characters/);
    assert.match(
      readErrors({ ...PRODUCTION, INVITE_SUBJECT: 'Two\nlines' }).join(),
      /^INVITE_SUBJECT must be one line/,
    );
  });

  for (const [problem, text, expected] of [
    [
      'quotes that a shell has removed',
      '[{project_id:p}]',
      [
        'ASSESSMENTS must be JSON, but has no double quotes. Your shell may have removed them: put the value into single quotes',
      ],
    ],
    ['an object instead of a list', '{"project_id":"p"}', ['ASSESSMENTS must be a list, in [ ]']],
    [
      'an unknown field',
      '[{"project_id":"p","assessment_type":"t","label":"l","job":["9"]}]',
      ['entry 1 of ASSESSMENTS has the unknown field job'],
    ],
    ['a missing field', '[{"project_id":"p","assessment_type":"t"}]', ['label in entry 1 of ASSESSMENTS is missing']],
    [
      'wrong types in several entries',
      '[{"project_id":7,"assessment_type":" ","label":"l"},"p",{"project_id":"p","assessment_type":"t","label":"l","jobs":"9"}]',
      [
        'project_id in entry 1 of ASSESSMENTS must be text, in double quotes',
        'assessment_type in entry 1 of ASSESSMENTS must not be empty',
        'entry 2 of ASSESSMENTS must be an object, in { }',
        'jobs in entry 3 of ASSESSMENTS must be a list, in [ ]',
      ],
    ],
  ] as const) {
    it(`report the position, problem and fix of ${problem} in ASSESSMENTS`, () => {
      const errors = readErrors({ ...PRODUCTION, ASSESSMENTS: text });
      assert.equal(errors.length, expected.length);
      for (const [index, error] of errors.entries()) {
        assert.ok(error.startsWith(expected[index] ?? ''), error);
        assert.ok(
          error.endsWith(
            ': set JSON such as [{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing"}]',
          ),
        );
      }
    });
  }

  it('accept single sign-on with or without host tokens, but only if all its settings are set', () => {
    const sso = {
      OIDC_ISSUER: 'https://id.example.com/realms/company/',
      OIDC_CLIENT_ID: 'evalon',
      OIDC_CLIENT_SECRET: 'a client secret of the provider',
      OIDC_GRANTS: '[{"claim":"groups","value":"recruiters","projects":["proj_abc123"],"scope":"read invite"}]',
    };
    const { HOST_TOKEN_SECRET: _, ...ssoOnly } = { ...PRODUCTION, ...sso };
    assert.equal(readConfig(ssoOnly).oidc?.issuer, sso.OIDC_ISSUER);
    assert.equal(readConfig(ssoOnly).hostTokens, undefined);
    assert.ok(readConfig({ ...PRODUCTION, ...sso }).hostTokens);
    for (const name of Object.keys(sso)) {
      const errors = readErrors({ ...ssoOnly, [name]: '' });
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', new RegExp(`^${name} is missing for single sign-on: `));
    }
    for (const [name, value, expected] of [
      ['OIDC_ISSUER', 'http://id.example.com', /^OIDC_ISSUER must be an https/],
      ['OIDC_CLIENT_SECRET', 'too short', /^OIDC_CLIENT_SECRET must have 16/],
      ['OIDC_GRANTS', '[]', /^OIDC_GRANTS is empty: set JSON such as/],
      [
        'OIDC_GRANTS',
        '[{"claim":"groups","value":"a","projects":[],"scope":"read"}]',
        /^projects in entry 1 of OIDC_GRANTS is empty/,
      ],
      [
        'OIDC_GRANTS',
        '[{"claim":"groups","value":"a","projects":["*"],"scope":"write"}]',
        /^scope in entry 1 of OIDC_GRANTS must/,
      ],
      [
        'OIDC_GRANTS',
        '[{"claim":"groups","values":"a","projects":["*"],"scope":"read"}]',
        /^entry 1 of OIDC_GRANTS has the unknown field values/m,
      ],
    ] as const) {
      const errors = readErrors({ ...ssoOnly, [name]: value }).join('\n');
      assert.match(errors, expected);
      assert.doesNotMatch(errors, new RegExp(`^${name} is missing`, 'm'));
    }
  });
});
