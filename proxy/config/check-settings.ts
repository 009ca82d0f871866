/** Checks that the settings are complete and do not contradict each other. */
import { isLoopback } from '../util/loopback.ts';
import { checkAtsSettings } from './ats.ts';
import type { Environment } from './environment.ts';
import { checkPartnerSettings } from './partners.ts';
import { getFix, type SettingName, type Settings } from './settings.ts';

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8787;

/** Settings that only a production proxy needs. Any of them selects production mode, unless `EVALON_SANDBOX` is 1. */
const PRODUCTION_ONLY = /^(EVALON_(?!SANDBOX$)|HOST_TOKEN_|OIDC_|ATS_)/;

const REQUIRED: SettingName[] = ['EVALON_BASE_URL', 'EVALON_API_KEY', 'EVALON_WEBHOOK_TOKEN'];

/** Setting both is an error. Setting neither requires single sign-on. */
const HOST_TOKEN_KEYS: SettingName[] = ['HOST_TOKEN_SECRET', 'HOST_TOKEN_JWKS'];

/** Setting only some of these is an error. */
const OIDC_SETTINGS: SettingName[] = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_GRANTS'];

/**
 * Returns true if `EVALON_SANDBOX` is 1. Otherwise, returns false if `NODE_ENV` is `production`, or if a variable
 * matches `PRODUCTION_ONLY`.
 * @param variables the names of the variables that are set.
 */
export function isSandboxMode(environment: Environment, variables: readonly string[]): boolean {
  if (environment['EVALON_SANDBOX'] === '1') return true;
  return environment['NODE_ENV'] !== 'production' && !variables.some((name) => PRODUCTION_ONLY.test(name));
}

/**
 * Returns one error per problem.
 * @param settings the valid settings.
 * @param variables the names of the variables that are set. An invalid or unreadable setting counts as set.
 */
export function checkSettings(settings: Settings, variables: readonly string[], isSandbox: boolean): string[] {
  const isSet = (name: SettingName): boolean => variables.includes(name) || variables.includes(`${name}_FILE`);
  return [
    ...(isSandbox ? checkSandbox(settings) : [...checkProduction(isSet), ...checkPartnerSettings(isSet)]),
    ...checkAtsSettings(settings, isSet, isSandbox),
  ];
}

function checkSandbox({ HOST: host = DEFAULT_HOST, PUBLIC_URL: publicUrl }: Settings): string[] {
  const errors: string[] = [];
  if (publicUrl && !isLoopback(new URL(publicUrl).hostname)) {
    errors.push('PUBLIC_URL must be a loopback address, because sandbox mode signs every visitor in: unset it');
  }
  if (!isLoopback(host)) {
    errors.push(
      'HOST must be a loopback address, because sandbox mode signs every visitor in: unset it, or set EVALON_BASE_URL and EVALON_API_KEY',
    );
  }
  return errors;
}

function checkProduction(isSet: (name: SettingName) => boolean): string[] {
  const isMissing = (name: SettingName) => !isSet(name);
  const errors = REQUIRED.filter(isMissing).map((name) => `${name} is missing: ${getFix(name)}`);
  const usesSingleSignOn = OIDC_SETTINGS.some(isSet);
  if (usesSingleSignOn) {
    errors.push(
      ...OIDC_SETTINGS.filter(isMissing).map((name) => `${name} is missing for single sign-on: ${getFix(name)}`),
    );
  }
  const hostTokenKeyCount = HOST_TOKEN_KEYS.filter(isSet).length;
  if (hostTokenKeyCount > 1) errors.push(`${HOST_TOKEN_KEYS.join(' and ')} are both set: unset one of them`);
  if (!hostTokenKeyCount && !usesSingleSignOn) {
    errors.push(
      `${HOST_TOKEN_KEYS.join(' or ')} must be set so that recruiters can sign in (or ${OIDC_SETTINGS.join(', ')} for single sign-on): ${getFix('HOST_TOKEN_SECRET')}`,
    );
  }
  return errors;
}
