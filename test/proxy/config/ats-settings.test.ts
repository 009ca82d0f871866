import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../../proxy/config/config.ts';
import { PRODUCTION, readErrors } from '../../support/settings.ts';

const ATS_DOCS = join(import.meta.dirname, '../../../docs/ats');

describe('settings of an ATS', () => {
  const CONNECTOR = {
    ats: 'workday',
    url: 'https://wd2.example.com/report?format=json&who={application}',
    auth: { type: 'basic', user: 'ISU' },
    ids: { application: { kind: 'text', at: '/Application_ID' } },
    email: '/Email',
    name: ['/First', '/Last'],
  };
  const readAts = (settings: Record<string, string>) => readConfig({ ...PRODUCTION, ...settings }).ats;
  const readConnectorErrors = (changes: object) =>
    readErrors({ ...PRODUCTION, ATS_HTTP: JSON.stringify({ ...CONNECTOR, ...changes }), ATS_HTTP_SECRET: 's3cret' });

  it('use the public URL of each API unless another URL is set', () => {
    assert.deepEqual(readAts({}), {});
    const ats = readAts({
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

  it('are refused if only one setting of a pair is set, or if two connectors read the same ATS', () => {
    assert.match(
      readErrors({ ...PRODUCTION, ATS_GREENHOUSE_CLIENT_ID: 'id' }).join(),
      /^ATS_GREENHOUSE_CLIENT_SECRET is missing/,
    );
    assert.match(
      readErrors({ ...PRODUCTION, ATS_HTTP_SECRET: 's' }).join(),
      /^ATS_HTTP is missing\. Without it ATS_HTTP_SECRET has no effect/,
    );
    const settings = {
      ATS_LEVER_KEY: 'key',
      ATS_HTTP: JSON.stringify({ ...CONNECTOR, ats: 'lever' }),
      ATS_HTTP_SECRET: 's',
    };
    assert.match(
      readErrors({ ...PRODUCTION, ...settings }).join(),
      /^ATS_HTTP describes lever, but the settings of its built-in connector/,
    );
  });

  for (const name of readdirSync(ATS_DOCS)) {
    it(`in docs/ats/${name} are valid`, () => {
      const document = readFileSync(join(ATS_DOCS, name), 'utf8');
      const examples = [...document.matchAll(/^export (\w+)='([^']*)'/gm)].map(([, setting = '', text = '']) => [
        setting,
        text,
      ]);
      assert.ok(examples.length > 1);
      const { ats, unknownVariables } = readConfig({ ...PRODUCTION, ...Object.fromEntries(examples) });
      assert.equal(Object.keys(ats).length, 1);
      assert.deepEqual(unknownVariables, []);
    });
  }

  it('that are misspelt are reported', () => {
    const settings = { ATS_LEVER_KEY: 'key', ATS_LEVER_KEYS: 'key', ATS_LEVER_URL_FILE: '' };
    assert.deepEqual(readConfig({ ...PRODUCTION, ...settings }).unknownVariables, [
      { name: 'ATS_LEVER_KEYS', suggestion: 'ATS_LEVER_KEY' },
    ]);
  });

  for (const [problem, changes, expected] of [
    ['a URL without TLS', { url: 'http://wd2.example.com/{application}' }, /^url in ATS_HTTP must be an https/],
    ['a placeholder in the host', { url: 'https://{application}/report' }, /^url in ATS_HTTP must be an https/],
    ['a user name', { url: 'https://user@wd2.example.com/{application}' }, /^url in ATS_HTTP must be an https/],
    ['an unknown id', { url: 'https://wd2.example.com/{application}/{job}' }, /contains \{job\}/],
    ['an unused id', { url: 'https://wd2.example.com/report' }, /has application, which the url does not contain/],
    [
      'no pointer to the id in the response',
      { ids: { application: { kind: 'text' } } },
      /where the response repeats it/,
    ],
    ['an invalid pointer', { email: 'Email' }, /^email in ATS_HTTP must be a JSON pointer/],
    [
      'an unknown authentication',
      { auth: { type: 'digest' } },
      /^auth.* in ATS_HTTP must have the type basic, bearer or header/,
    ],
    [
      'a header that a client cannot set',
      { auth: { type: 'header', name: 'Host' } },
      /^auth\.name in ATS_HTTP must be a header/,
    ],
    ['a misspelt field', { emails: '/Email' }, /emails/],
  ] as const) {
    it(`refuse a connector with ${problem}`, () => {
      const errors = readConnectorErrors(changes).join('\n');
      assert.match(errors, expected);
      assert.doesNotMatch(errors, /s3cret/);
    });
  }

  for (const [problem, adapter, expected] of [
    ['a missing host', { name: 'own' }, /hosts/],
    ['a wildcard for a whole domain', { name: 'own', hosts: ['*.com'] }, /must name its last two labels/],
    ['a URL instead of a host', { name: 'own', hosts: ['https://ats.example.com'] }, /must be a host/],
    [
      'an id without a format',
      { name: 'own', hosts: ['a.example'], addresses: ['/p/{person}'] },
      /lacks the format of \{person\}/,
    ],
    ['a regular expression', { name: 'lever', addresses: ['/candidates/(.*)+'] }, /must be a URL pattern/],
    ['a relative address', { name: 'lever', addresses: ['candidates/{opportunity}'] }, /must be a URL pattern/],
    ['** in the middle', { name: 'lever', addresses: ['/**/candidates/{opportunity}'] }, /must be a URL pattern/],
    [
      'two ids in one segment',
      { name: 'lever', addresses: ['/c/{opportunity}{opportunity}'] },
      /must be a URL pattern/,
    ],
    ['a misspelt field', { name: 'lever', adresses: [] }, /adresses/],
  ] as const) {
    it(`refuse a page adapter with ${problem}`, () => {
      assert.match(readErrors({ ...PRODUCTION, ATS_ADAPTERS: JSON.stringify([adapter]) }).join('\n'), expected);
    });
  }
});
