/** Settings of a production proxy, and a function that returns the errors of invalid settings. */
import assert from 'node:assert/strict';
import { readConfig } from '../../proxy/config/config.ts';
import { SettingsError } from '../../proxy/util/errors.ts';

export const PRODUCTION = {
  EVALON_BASE_URL: 'https://api.evalon.example/',
  EVALON_API_KEY: 'eva_test_key',
  EVALON_WEBHOOK_TOKEN: 'a-webhook-token-of-enough-length',
  HOST_TOKEN_SECRET: 'a secret of at least thirty-two bytes',
};

export function readErrors(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.errors;
  }
  return [];
}
