/** Warns about settings that work but are probably not intended. */
import type { Config } from '../config/config.ts';
import { type CheckResult, ok, warn } from './check-result.ts';
import { checkOrders } from './orders.ts';

export function checkConfig(config: Config): CheckResult[] {
  if (config.isSandbox) {
    return [
      warn(
        'sandbox mode: Evalon is simulated, and every visitor is signed in as a demo recruiter',
        'to deploy, set EVALON_BASE_URL and the other settings of docs/deploy.md, and run the doctor with them',
      ),
      ...checkUnknownVariables(config),
    ];
  }
  return [
    ok(`production mode, environment "${config.environment}", Evalon at ${config.evalon.baseUrl}`),
    ...checkUnknownVariables(config),
    checkOrigins(config),
    checkAssessments(config),
    ...checkMessages(config),
    checkWebhookSigning(config),
    ...checkOrders(config),
    ...checkTrustedProxies(config),
  ];
}

function checkUnknownVariables({ unknownVariables }: Config): CheckResult[] {
  return unknownVariables.map(({ name, suggestion }) =>
    warn(
      `${name} has no effect: there is no setting of this name`,
      suggestion ? `rename it to ${suggestion}, or unset it` : 'correct its name, or unset it',
    ),
  );
}

function checkOrigins({ allowedOrigins }: Config): CheckResult {
  return allowedOrigins.length
    ? ok(`ALLOWED_ORIGINS allows ${allowedOrigins.join(', ')}`)
    : warn(
        'ALLOWED_ORIGINS is empty, so no page of another origin can show the widget',
        'list the origins of your ATS pages, such as https://ats.example.com',
      );
}

function checkAssessments({ assessments }: Config): CheckResult {
  return assessments.length
    ? ok(`ASSESSMENTS offers ${assessments.map(({ label }) => label).join(', ')}`)
    : warn(
        'ASSESSMENTS is empty, so the panel offers nothing unless the page names an assessment',
        'list what recruiters may offer',
      );
}

/** Without COMPANY_NAME, the widget drops a line that contains only {company}, and writes `our company` elsewhere. */
function checkMessages({ messages: { companyName, templates } }: Config): CheckResult[] {
  // Only checks English: IT's texts replace those of every language, and all built-in texts use {company} alike.
  const lines = Object.values(templates.en).flatMap((text) => text.split('\n'));
  const usesCompany = lines.some((line) => line.includes('{company}') && line.trim() !== '{company}');
  if (companyName !== undefined || !usesCompany) return [];
  return [
    warn(
      'a message to candidates uses {company}, but COMPANY_NAME is not set: candidates read “our company”',
      'set COMPANY_NAME, or remove the placeholder',
    ),
  ];
}

function checkWebhookSigning({ webhookSecrets }: Config): CheckResult {
  return webhookSecrets.length
    ? ok('webhooks must be signed (EVALON_WEBHOOK_SECRET)')
    : warn(
        'EVALON_WEBHOOK_SECRET is not set: anyone who knows the webhook URL can report false statuses (opened, expired, …) and cause scorecard reads, but never a score',
        'set it if Evalon can sign. Otherwise keep the URL out of logs',
      );
}

function checkTrustedProxies({ publicUrl, host, trustedProxies }: Config): CheckResult[] {
  if (!publicUrl) {
    return [
      warn('PUBLIC_URL is not set, so the URL that browsers use was not checked', "set it to the proxy's https:// URL"),
    ];
  }
  if (trustedProxies.length) return [ok(`TRUSTED_PROXIES trusts ${trustedProxies.join(', ')}`)];
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' || hostname === host) return [];
  return [
    warn(
      'TRUSTED_PROXIES is empty, but PUBLIC_URL is another host: limits per address treat all recruiters as one',
      'list the addresses of your reverse proxy',
    ),
  ];
}
