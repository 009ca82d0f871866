/** Starts all checks at the same time, and returns them in the order of the report. */
import type { Config } from '../config/config.ts';
import { isPostgresUrl } from '../config/database-url.ts';
import type { Clock } from '../util/clock.ts';
import { checkAts } from './ats.ts';
import { type CheckResult, runCheck } from './check-result.ts';
import { checkConfig } from './config-checks.ts';
import { checkDatabase } from './database.ts';
import { checkEvalon } from './evalon.ts';
import { checkFilePermissions } from './file-permissions.ts';
import { checkHostKeys } from './host-keys.ts';
import { checkIdentityProvider } from './identity-provider.ts';
import { checkOutboundWebhook } from './outbound-webhook.ts';
import { checkProxyUrl } from './public-url.ts';

/** @param settingFiles the files from which the proxy reads settings. */
export function runChecks(config: Config, settingFiles: readonly string[], clock: Clock): Promise<CheckResult[]>[] {
  const { database, evalon, hostTokens, oidc, outboundWebhook, publicUrl, isSandbox } = config;
  const { apiKeys, baseUrl } = evalon;
  const jwks = hostTokens?.jwks;
  return [
    Promise.resolve(checkConfig(config)),
    runCheck(clock, 'the file permissions', () =>
      checkFilePermissions(isPostgresUrl(database) ? settingFiles : [...settingFiles, database]),
    ),
    checkDatabase(database, isSandbox ? 'sandbox' : (baseUrl ?? ''), clock),
    ...(baseUrl ? [runCheck(clock, baseUrl, (signal) => checkEvalon({ apiKeys, baseUrl }, clock, signal))] : []),
    ...(jwks ? [runCheck(clock, jwks, (signal) => checkHostKeys(jwks, signal))] : []),
    ...(oidc ? [runCheck(clock, oidc.issuer, () => checkIdentityProvider(oidc, publicUrl))] : []),
    runCheck(clock, 'the ATS', (signal) => checkAts(config, clock, signal)),
    ...(outboundWebhook
      ? [runCheck(clock, 'OUTBOUND_WEBHOOK_URL', (signal) => checkOutboundWebhook(outboundWebhook, signal))]
      : []),
    checkProxyUrl(config, clock),
  ];
}
