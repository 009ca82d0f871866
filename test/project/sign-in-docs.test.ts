/** The settings in docs/sign-in.md are valid, and untried recipes are marked as not verified. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../proxy/config/config.ts';
import { HOST_TOKEN_SECRET } from '../support/token.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/sign-in.md'), 'utf8');
const PRODUCTION = {
  EVALON_BASE_URL: 'https://api.evalon.example.com',
  EVALON_API_KEY: 'eva_test_key',
  EVALON_WEBHOOK_TOKEN: 'webhook-token-of-tests',
  PUBLIC_URL: 'https://evalon.example.com',
  OIDC_CLIENT_ID: 'evalon-proxy',
  // Any secret of sufficient length.
  OIDC_CLIENT_SECRET: HOST_TOKEN_SECRET,
};

function readSettings(section: string): Record<string, string> {
  const lines = [...section.matchAll(/^ *export (\w+)=(?:'(.*)'|(\S+))/gm)];
  return Object.fromEntries(lines.map(([, name, quoted, plain]) => [name, quoted ?? plain]));
}

const findSection = (title: string) => DOCUMENT.split(`\n### ${title}\n`)[1]?.split(/\n##/)[0] ?? '';

describe('the sign-in recipe for', () => {
  for (const title of ['Okta', 'Microsoft Entra ID', 'Google']) {
    it(`${title} has settings that the proxy accepts, and is marked as not verified`, () => {
      const section = findSection(title);
      const settings = readSettings(section);
      assert.deepEqual(Object.keys(settings), ['OIDC_ISSUER', 'OIDC_GRANTS']);
      assert.ok(readConfig({ ...PRODUCTION, ...settings }));
      assert.match(section, /^\*\*Not verified\*\*/m);
    });
  }

  it('any provider has settings that the proxy accepts', () => {
    const [, section = ''] = DOCUMENT.split('## Set it up');
    const { OIDC_CLIENT_SECRET: _, ...settings } = readSettings(section.split('### Okta')[0] ?? '');
    assert.deepEqual(Object.keys(settings), ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_GRANTS']);
    assert.ok(readConfig({ ...PRODUCTION, ...settings }));
  });
});
