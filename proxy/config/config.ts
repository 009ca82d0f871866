/** The only reader of the environment: one typed value for the whole proxy, or every fault at once with its fix. */
import { randomBytes } from 'node:crypto';
import { BUILT_IN_ADAPTERS } from '../contract/built-in-page-adapters.ts';
import type { Assessment, ClientConfig } from '../contract/client-config.ts';
import type { Adapter } from '../contract/page-adapter.ts';
import type { Grant } from '../contract/sso-grant.ts';
import { SettingsError } from '../util/errors.ts';
import { digest } from '../util/timing-safe.ts';
import { type AtsConfig, readAtsConfig } from './ats.ts';
import {
  type EnvironmentVariables,
  isLoopback,
  readSettings,
  SETTINGS,
  type SettingName,
  type Settings,
} from './settings.ts';
import { findUnknownVariables, type UnknownVariable } from './unknown-variables.ts';

export interface Config {
  isSandbox: boolean;
  host: string;
  port: number;
  /** The address as browsers see it, without a trailing slash; absent where it follows from host and port. */
  publicUrl?: string;
  /** Addresses and networks whose forwarding headers count. */
  trustedProxies: string[];
  evalon: {
    /** Without a trailing slash; absent in sandbox mode, where it follows from the proxy's own address. */
    baseUrl?: string;
    /** One, or two of one account while one is rotated out. */
    apiKeys: string[];
    /** Calls in any 60 s. */
    ratePerMinute: number;
    /** Where many sessions are asked for at once; absent where there is no such endpoint. */
    batchPath?: string;
  };
  /** Digests of what may stand in the webhook's address. */
  webhookTokens: Buffer[];
  /** Where the simulated Evalon needs the webhook's address, the plain token; in sandbox mode only. */
  sandboxWebhookToken?: string;
  /** Standard Webhooks secrets; empty where Evalon does not sign. */
  webhookSecrets: string[];
  environment: string;
  assessments: Assessment[];
  delivery: ClientConfig['delivery'];
  /** What the recruiter sends along with the link, with places for `{name}`, `{link}` and `{assessment}`. */
  inviteSubject: string;
  inviteMessage: string;
  isComparisonEnabled: boolean;
  databaseFile: string;
  allowedOrigins: string[];
  /** Absent where recruiters come by single sign-on alone, and in sandbox mode, where everybody is the demo recruiter. */
  hostTokens?: HostTokenConfig;
  /** How candidates are found in ATS pages. */
  adapters: Adapter[];
  /** The ATSs whose own API tells who a candidate is. */
  ats: AtsConfig;
  /** Single sign-on, where it is offered. */
  oidc?: OidcConfig;
  /** Digests of the bearers that open `/metrics` and `/admin`; while there is none, nothing is there. */
  metricsTokens: Buffer[];
  adminTokens: Buffer[];
  /** Days after its last news that a session is kept; absent means for good. */
  retentionDays: number | undefined;
  auditRetentionDays: number;
  logLevel: string;
  /** Variables that look like settings and are none. */
  unknownVariables: UnknownVariable[];
  /** Of each setting that is set, a digest of its text. */
  settingDigests: ReadonlyMap<SettingName, string>;
}

/** Either a shared secret or a JWKS (address or file). */
export interface HostTokenConfig {
  secret?: Uint8Array;
  jwks?: string;
  issuer?: string;
  audience: string;
}

/** The company's identity provider, and what it takes there to be let in here. */
export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  grants: Grant[];
}

/** The files that `NAME_FILE` settings name, for who watches them. */
export function listSettingFiles(environment: EnvironmentVariables = process.env): string[] {
  return Object.keys(SETTINGS).flatMap((name) => environment[`${name}_FILE`] ?? []);
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 8787;
/** Assumed: Evalon's guide names the endpoint without a path. */
const DEFAULT_BATCH_PATH = '/api/v1/sessions/batch/';

/** Whoever sets one of these means the real Evalon. */
const PRODUCTION_ONLY = /^(EVALON_(?!SANDBOX$)|HOST_TOKEN_|OIDC_|ATS_)/;

/** Calls a minute: Evalon's documented limit of a key. */
const DEFAULT_RATE_PER_MINUTE = 100;

const DEFAULT_SUBJECT = 'Your {assessment} assessment';
const DEFAULT_MESSAGE = `Hello {name},

you are invited to the {assessment} assessment. Take it when it suits you:

{link}

The link is for you alone.`;

/** Days: a year, and the month in which the year is looked back on. */
const DEFAULT_AUDIT_RETENTION_DAYS = 400;

const REQUIRED: SettingName[] = ['EVALON_BASE_URL', 'EVALON_API_KEY', 'EVALON_WEBHOOK_TOKEN'];

/** What can prove recruiters' tokens: one of them at the most, and at least one where there is no single sign-on. */
const HOST_TOKEN_KEY_SETTINGS: SettingName[] = ['HOST_TOKEN_SECRET', 'HOST_TOKEN_JWKS'];

/** Single sign-on: all of them or none. */
const OIDC_SETTINGS = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_GRANTS'] as const;

/**
 * Reads the settings from an environment such as `process.env`.
 * @throws SettingsError naming every fault and its fix; no value of a secret is repeated in it.
 */
export function readConfig(environment: EnvironmentVariables = process.env): Config {
  const { settings, texts, faults } = readSettings(environment);
  const set = Object.keys(environment).filter((name) => environment[name]?.trim());
  const sandbox =
    environment['EVALON_SANDBOX'] === '1' ||
    (environment['NODE_ENV'] !== 'production' && !set.some((name) => PRODUCTION_ONLY.test(name)));

  if (sandbox && settings.PUBLIC_URL && !isLoopback(new URL(settings.PUBLIC_URL).hostname)) {
    faults.push('PUBLIC_URL must be a loopback address in sandbox mode, which signs everybody in: unset it');
  }
  if (sandbox && !isLoopback(settings.HOST ?? DEFAULT_HOST)) {
    faults.push(
      'HOST must be a loopback address in sandbox mode, which signs everybody in: unset it, or set EVALON_BASE_URL and EVALON_API_KEY',
    );
  }
  const isGiven = (name: SettingName): boolean =>
    settings[name] !== undefined ||
    faults.some((fault) => fault.startsWith(`${name} `) || fault.startsWith(`${name}_FILE `));
  for (const name of sandbox ? [] : REQUIRED) {
    if (!isGiven(name)) faults.push(`${name} is missing: ${SETTINGS[name][1]}`);
  }
  const signsOn = OIDC_SETTINGS.some(isGiven);
  for (const name of signsOn && !sandbox ? OIDC_SETTINGS : []) {
    if (!isGiven(name)) faults.push(`${name} is missing for single sign-on: ${SETTINGS[name][1]}`);
  }
  const proofs = HOST_TOKEN_KEY_SETTINGS.filter(isGiven).length;
  if (!sandbox && (proofs > 1 || (!proofs && !signsOn))) {
    faults.push(
      `${HOST_TOKEN_KEY_SETTINGS.join(' or ')} must be set, one of them, so that recruiters can sign in (or ${OIDC_SETTINGS.join(', ')} for single sign-on): ${SETTINGS.HOST_TOKEN_SECRET[1]}`,
    );
  }
  const { ats, faults: atsFaults } = readAtsConfig(settings, isGiven);
  faults.push(...atsFaults);
  const ignored = findUnknownVariables(set);
  // Where something is missing, it may be there under another name.
  if (faults.length) {
    throw new SettingsError([
      ...faults,
      ...ignored.map(
        ({ name, suggestion: nearest = 'one that there is' }) =>
          `${name} is no setting: name it ${nearest}, or unset it`,
      ),
    ]);
  }
  return {
    ...buildConfig(settings, sandbox),
    ats,
    unknownVariables: ignored,
    settingDigests: new Map([...texts].map(([name, text]) => [name, digest(text).toString('base64')])),
  };
}

/** Settings that a running proxy cannot take over. */
const RESTART_ONLY: SettingName[] = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUSTED_PROXIES',
  'EVALON_BASE_URL',
  'ENVIRONMENT',
  'INVITE_DELIVERY',
  'COMPARISON',
  'DATABASE_URL',
  'LOG_LEVEL',
];

/** The names of the settings that differ, and of those among them that wait for a restart. */
export function diffSettings(before: Config, after: Config): { changed: SettingName[]; waiting: SettingName[] } {
  const names = Object.keys(SETTINGS) as SettingName[];
  const changed = names.filter((name) => before.settingDigests.get(name) !== after.settingDigests.get(name));
  return { changed, waiting: changed.filter((name) => RESTART_ONLY.includes(name)) };
}

/**
 * Where the proxy of this environment listens, and what opens its `/admin`.
 * @throws SettingsError where `ADMIN_TOKEN` is missing or another setting is at fault.
 */
export function readAdminAccess(environment: EnvironmentVariables = process.env): { url: string; token: string } {
  const { settings, faults } = readSettings(environment);
  const token = settings.ADMIN_TOKEN?.[0];
  if (!token && !faults.length)
    faults.push(`ADMIN_TOKEN is missing: ${SETTINGS.ADMIN_TOKEN[1]}, for the proxy and here`);
  if (!token || faults.length) throw new SettingsError(faults);
  const { HOST: host = DEFAULT_HOST, PORT: port = DEFAULT_PORT } = settings;
  const reached = { '0.0.0.0': DEFAULT_HOST, '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return { url: `http://${reached}:${port}`, token };
}

function buildConfig(
  settings: Settings,
  sandbox: boolean,
): Omit<Config, 'ats' | 'unknownVariables' | 'settingDigests'> {
  const { EVALON_API_KEY: apiKeys = [], PUBLIC_URL: publicUrl, EVALON_BASE_URL: baseUrl } = settings;
  const ratePerMinute = settings.EVALON_RATE_PER_MINUTE ?? DEFAULT_RATE_PER_MINUTE;
  const { EVALON_BATCH_PATH: batchPath = DEFAULT_BATCH_PATH } = settings;
  const webhookTokens = settings.EVALON_WEBHOOK_TOKEN ?? [randomBytes(24).toString('hex')];
  const environment = apiKeys.every((key) => key.startsWith('eva_live_')) ? 'production' : 'staging';
  return {
    isSandbox: sandbox,
    host: settings.HOST ?? DEFAULT_HOST,
    port: settings.PORT ?? DEFAULT_PORT,
    ...(publicUrl && { publicUrl }),
    trustedProxies: settings.TRUSTED_PROXIES ?? [],
    evalon: {
      ...(batchPath !== 'off' && { batchPath }),
      ...(!sandbox && baseUrl && { baseUrl }),
      ratePerMinute,
      apiKeys: sandbox ? [`eva_sandbox_${randomBytes(16).toString('hex')}`] : apiKeys,
    },
    webhookTokens: webhookTokens.map(digest),
    ...(sandbox && webhookTokens[0] && { sandboxWebhookToken: webhookTokens[0] }),
    webhookSecrets: (!sandbox && settings.EVALON_WEBHOOK_SECRET) || [],
    environment: settings.ENVIRONMENT ?? (sandbox ? 'sandbox' : environment),
    assessments: settings.ASSESSMENTS ?? [],
    delivery: settings.INVITE_DELIVERY ?? 'copy',
    inviteSubject: settings.INVITE_SUBJECT ?? DEFAULT_SUBJECT,
    inviteMessage: settings.INVITE_MESSAGE ?? DEFAULT_MESSAGE,
    isComparisonEnabled: settings.COMPARISON === 'on',
    databaseFile: settings.DATABASE_URL ?? (sandbox ? './data/sandbox.db' : './data/evalon.db'),
    allowedOrigins: settings.ALLOWED_ORIGINS ?? [],
    adapters: settings.ATS_ADAPTERS ?? [...BUILT_IN_ADAPTERS],
    ...(!sandbox && readAuthenticators(settings)),
    metricsTokens: (settings.METRICS_TOKEN ?? []).map(digest),
    adminTokens: (settings.ADMIN_TOKEN ?? []).map(digest),
    retentionDays: settings.RETENTION_DAYS,
    auditRetentionDays: settings.AUDIT_RETENTION_DAYS ?? DEFAULT_AUDIT_RETENTION_DAYS,
    logLevel: settings.LOG_LEVEL ?? 'info',
  };
}

/** The ways in that are set up. */
function readAuthenticators(settings: Settings): Pick<Config, 'hostTokens' | 'oidc'> {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  const { OIDC_GRANTS: grants, HOST_TOKEN_SECRET: secret, HOST_TOKEN_JWKS: jwks } = settings;
  return {
    ...((secret || jwks) && { hostTokens: readHostTokenConfig(settings) }),
    ...(issuer && clientId && clientSecret && grants && { oidc: { issuer, clientId, clientSecret, grants } }),
  };
}

function readHostTokenConfig(settings: Settings): HostTokenConfig {
  const { HOST_TOKEN_SECRET: secret, HOST_TOKEN_JWKS: jwks, HOST_TOKEN_ISSUER: issuer } = settings;
  return {
    audience: settings.HOST_TOKEN_AUDIENCE ?? 'evalon-proxy',
    ...(secret && { secret }),
    ...(jwks && { jwks }),
    ...(issuer && { issuer }),
  };
}
