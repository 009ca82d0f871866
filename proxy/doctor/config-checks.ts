/** What the settings alone tell: nothing of it keeps the proxy from serving, all of it is worth knowing before. */
import type { Config } from '../config/config.ts';
import { type CheckResult, ok, warn } from './check-result.ts';

export function checkConfig(config: Config): CheckResult[] {
  if (config.isSandbox) {
    return [
      warn(
        'sandbox mode: a simulated Evalon, and everybody is signed in as a demo recruiter',
        'to deploy, set EVALON_BASE_URL and the other settings of docs/deploy.md, and run this with the environment of the service',
      ),
      ...checkUnknownVariables(config),
    ];
  }
  return [
    ok(`production mode, environment "${config.environment}", for ${config.evalon.baseUrl}`),
    ...checkUnknownVariables(config),
    checkOrigins(config),
    checkAssessments(config),
    checkWebhookSigning(config),
    ...checkTrustedProxies(config),
  ];
}

function checkUnknownVariables({ unknownVariables: ignored }: Config): CheckResult[] {
  return ignored.map(({ name, suggestion: nearest }) =>
    warn(
      `${name} has no effect: there is no such setting`,
      nearest ? `call it ${nearest}, or unset it` : 'correct its name, or unset it',
    ),
  );
}

function checkOrigins({ allowedOrigins }: Config): CheckResult {
  return allowedOrigins.length
    ? ok(`ALLOWED_ORIGINS lets in ${allowedOrigins.join(', ')}`)
    : warn(
        'ALLOWED_ORIGINS is empty, so no page of another origin can show the widget',
        'list the origins of your ATS pages, such as https://ats.example.com',
      );
}

function checkAssessments({ assessments }: Config): CheckResult {
  return assessments.length
    ? ok(`ASSESSMENTS offers ${assessments.map(({ label }) => label).join(', ')}`)
    : warn(
        'ASSESSMENTS is empty, so a panel has nothing to offer unless the page names it',
        'list what recruiters may invite to',
      );
}

function checkWebhookSigning({ webhookSecrets }: Config): CheckResult {
  return webhookSecrets.length
    ? ok('webhooks must be signed (EVALON_WEBHOOK_SECRET)')
    : warn(
        'EVALON_WEBHOOK_SECRET is not set: whoever learns the webhook address can report stages that did not happen (opened, expired, …) and cause scorecard reads, though never a score',
        'set it if Evalon can sign; else keep the address out of logs',
      );
}

function checkTrustedProxies({ publicUrl, host, trustedProxies }: Config): CheckResult[] {
  if (!publicUrl) {
    return [
      warn(
        'PUBLIC_URL is not set, so the address that browsers use was not looked at',
        "set it to the proxy's https:// address",
      ),
    ];
  }
  if (trustedProxies.length) return [ok(`TRUSTED_PROXIES believes ${trustedProxies.join(', ')}`)];
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' || hostname === host) return [];
  return [
    warn(
      'TRUSTED_PROXIES is empty though PUBLIC_URL is another host: limits by address see all recruiters as one',
      'list the addresses of your reverse proxy',
    ),
  ];
}
