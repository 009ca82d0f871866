/** Reads what the simulated Evalon of `npm run simulate-evalon` needs from the settings of the proxy that uses it. */
import type { Assessment } from '../contract/client-config.ts';
import { webhookPath } from '../contract/routes.ts';
import { SettingsError } from '../util/errors.ts';
import { isLoopback } from '../util/loopback.ts';
import { buildLocalUrl, readConfig } from './config.ts';
import { type Environment, readSettings } from './environment.ts';

export interface SimulatedEvalonConfig {
  /** The URL at which the simulated Evalon listens. */
  baseUrl: URL;
  apiKey: string;
  /** The webhook URL of the proxy on this machine. */
  webhookUrl: string;
  /** Signs the webhooks by Standard Webhooks. Absent: the webhooks are not signed. */
  webhookSecret?: string;
  assessments: readonly Assessment[];
  /** The database of the proxy. */
  proxyDatabase: string;
}

/** @throws SettingsError if a setting is invalid, or if the settings could belong to a proxy with real candidates. */
export function readSimulatedEvalonConfig(environment: Environment = process.env): SimulatedEvalonConfig {
  const { evalon, host, port, webhookSecrets, assessments, database, ...config } = readConfig(environment);
  // The config contains only the digest of the webhook token.
  const [webhookToken] = readSettings(environment).settings.EVALON_WEBHOOK_TOKEN ?? [];
  const [apiKey] = evalon.apiKeys;
  // In sandbox mode there is no URL. The placeholder fails the check below.
  const baseUrl = new URL(evalon.baseUrl ?? 'https://none.invalid');
  if (baseUrl.protocol !== 'http:' || !isLoopback(baseUrl.hostname) || !apiKey || !webhookToken) {
    throw new SettingsError([
      'EVALON_BASE_URL must be an http URL on this machine, to simulate Evalon: set http://127.0.0.1:8790 here and for the proxy',
    ]);
  }
  if (config.environment === 'production') {
    throw new SettingsError([
      'ENVIRONMENT is production, so the widget would not mark simulated results as test data: unset it, and set an EVALON_API_KEY that begins with eva_test_',
    ]);
  }
  const [webhookSecret] = webhookSecrets;
  return {
    baseUrl,
    apiKey,
    webhookUrl: `${buildLocalUrl(host, port)}${webhookPath(webhookToken)}`,
    ...(webhookSecret && { webhookSecret }),
    assessments,
    proxyDatabase: database,
  };
}
