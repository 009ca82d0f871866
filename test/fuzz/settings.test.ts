/** Random settings: the proxy returns a complete configuration or errors. An error never contains a secret. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { readConfig } from '../../proxy/config/config.ts';
import { SETTING_NAMES } from '../../proxy/config/settings.ts';
import { SettingsError } from '../../proxy/util/errors.ts';
import { testProperty } from '../support/property.ts';

const VALID: Record<string, string> = {
  EVALON_BASE_URL: 'https://api.evalon.example',
  EVALON_API_KEY: 'eva_test_key',
  EVALON_WEBHOOK_TOKEN: 'a-webhook-token-of-enough-length',
  HOST_TOKEN_SECRET: 'a secret of at least thirty-two bytes',
  ASSESSMENTS: '[{"project_id":"p","assessment_type":"t","label":"l"}]',
  PORT: '8787',
};
const SECRET = 'S3CR3T-that-must-not-leak';
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).map((value) => value.replaceAll('\0', '')),
  fc.constantFrom(
    '',
    ' ',
    ',',
    'on',
    'off',
    '0',
    '-1',
    '1e9',
    '[]',
    '{}',
    'https://x',
    'file:',
    'postgres://x',
    SECRET,
  ),
);
const settingName = fc.constantFrom(...SETTING_NAMES, 'NODE_ENV', 'EVALON_SANDBOX', 'EVALON_SOMETHING');
const environment = fc
  .tuple(fc.subarray(Object.keys(VALID)), fc.array(fc.tuple(settingName, text), { maxLength: 6 }))
  .map(
    ([validNames, arbitrary]): Record<string, string> => ({
      ...Object.fromEntries(validNames.map((name) => [name, VALID[name] ?? ''])),
      ...Object.fromEntries(arbitrary),
    }),
  );
const SECRET_NAMES = /KEY|TOKEN|SECRET/;

describe('settings with random values', () => {
  testProperty(
    'result in a complete configuration, or in errors without secrets',
    { shareOfCases: 0.04 },
    environment,
    (settings) => {
      try {
        const config = readConfig(settings);
        assert.ok(config.port >= 0 && config.port <= 65_535);
        assert.ok(config.evalon.ratePerMinute > 0);
        if (!config.isSandbox) {
          assert.ok((config.hostTokens || config.oidc) && config.evalon.baseUrl && config.evalon.apiKeys.length);
        }
      } catch (error) {
        assert.ok(error instanceof SettingsError, String(error));
        assert.ok(error.errors.length > 0);
        const messages = error.errors.join('\n');
        // Messages may quote the value of a setting that is not a secret.
        const mayQuoteSecret = Object.entries(settings).some(
          ([name, value]) => !SECRET_NAMES.test(name) && value.includes(SECRET),
        );
        if (!mayQuoteSecret) assert.ok(!messages.includes(SECRET), messages);
      }
    },
  );
});
