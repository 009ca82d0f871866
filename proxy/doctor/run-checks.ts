/** Every look at a deployment, all at once, in the order in which a person would want to read of them. */

import type { Config } from '../config/config.ts';
import type { Clock } from '../util/clock.ts';
import { lookAtAts } from './ats.ts';
import { type Finding, within } from './check-result.ts';
import { adviceOn } from './config-checks.ts';
import { lookAtDatabase } from './database.ts';
import { lookAtEvalon } from './evalon.ts';
import { lookAtFiles } from './file-permissions.ts';
import { lookAtHostKeys } from './host-keys.ts';
import { lookAtIdentityProvider } from './identity-provider.ts';
import { lookAtAddress } from './public-url.ts';

/** @param files those that settings were read from. */
export function examine(config: Config, files: readonly string[], clock: Clock): Promise<Finding[]>[] {
  const { databaseFile, evalon, hostTokens, oidc, publicUrl, sandbox } = config;
  const { apiKeys, baseUrl } = evalon;
  const jwks = hostTokens?.jwks;
  return [
    Promise.resolve(adviceOn(config)),
    within(clock, 'the files', () => lookAtFiles([...files, databaseFile])),
    within(clock, databaseFile, () => lookAtDatabase(databaseFile, sandbox ? 'sandbox' : (baseUrl ?? ''))),
    ...(baseUrl ? [within(clock, baseUrl, (signal) => lookAtEvalon({ apiKeys, baseUrl }, clock, signal))] : []),
    ...(jwks ? [within(clock, jwks, (signal) => lookAtHostKeys(jwks, signal))] : []),
    ...(oidc ? [within(clock, oidc.issuer, () => lookAtIdentityProvider(oidc, publicUrl))] : []),
    within(clock, 'the ATS', (signal) => lookAtAts(config, clock, signal)),
    lookAtAddress(config, clock),
  ];
}
