/** Settings as people write them: a configuration, or every fault, and never a secret in what is printed. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { readConfig } from '../../proxy/config/config.ts';
import { SETTINGS } from '../../proxy/config/settings.ts';
import { SettingsError } from '../../proxy/util/errors.ts';
import { testProperty } from '../support/property.ts';

const GOOD: Record<string, string> = {
  EVALON_BASE_URL: 'https://api.evalon.example',
  EVALON_API_KEY: 'eva_test_key',
  EVALON_WEBHOOK_TOKEN: 'a-webhook-token-of-enough-length',
  HOST_TOKEN_SECRET: 'a secret of at least thirty-two bytes',
  ASSESSMENTS: '[{"project_id":"p","assessment_type":"t","label":"l"}]',
  PORT: '8787',
};
const SECRET = 'S3CR3T-that-nobody-may-read';
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).map((one) => one.replaceAll('\0', '')),
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
const setting = fc.constantFrom(...Object.keys(SETTINGS), 'NODE_ENV', 'EVALON_SANDBOX', 'EVALON_SOMETHING');
const environment = fc.tuple(fc.subarray(Object.keys(GOOD)), fc.array(fc.tuple(setting, text), { maxLength: 6 })).map(
  ([good, odd]): Record<string, string> => ({
    ...Object.fromEntries(good.map((name) => [name, GOOD[name] ?? ''])),
    ...Object.fromEntries(odd),
  }),
);
const SECRETS = /KEY|TOKEN|SECRET/;

describe('settings of any sort', () => {
  testProperty('are taken, or refused with every fault', 0.04, environment, (settings) => {
    try {
      const config = readConfig(settings);
      assert.ok(config.port >= 0 && config.port <= 65_535);
      assert.ok(config.evalon.ratePerMinute > 0);
      if (!config.isSandbox)
        assert.ok((config.hostTokens || config.oidc) && config.evalon.baseUrl && config.evalon.apiKeys.length);
    } catch (error) {
      assert.ok(error instanceof SettingsError, String(error));
      assert.ok(error.errors.length > 0);
      const told = error.errors.join('\n');
      // Whoever puts it into a setting that is no secret is shown it.
      const isShown = Object.entries(settings).some(([name, value]) => !SECRETS.test(name) && value.includes(SECRET));
      if (!isShown) assert.ok(!told.includes(SECRET), told);
    }
  });
});
