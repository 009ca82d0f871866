/** Builds the proxy's configuration from the environment, or reports every problem at once. */
import { randomBytes } from 'node:crypto';
import { BUILT_IN_ADAPTERS } from '../contract/built-in-page-adapters.ts';
import type { Assessment, ClientConfig } from '../contract/client-config.ts';
import type { Locale } from '../contract/locales.ts';
import type { Adapter } from '../contract/page-adapter.ts';
import type { Grant } from '../contract/sso-grant.ts';
import { SettingsError } from '../util/errors.ts';
import { digest } from '../util/timing-safe.ts';
import { type AtsConfig, buildAtsConfig } from './ats.ts';
import { checkSettings, DEFAULT_HOST, DEFAULT_PORT, isSandboxMode } from './check-settings.ts';
import { type Environment, readSettings } from './environment.ts';
import type { CustomFieldMap } from './field-map.ts';
import { buildMessages, type MessageConfig } from './messages/messages.ts';
import { buildPartnerConfig, type PartnerConfig } from './partners.ts';
import { getFix, type SettingName, type Settings } from './settings.ts';
import { type AtsWebhookSecrets, buildAtsWebhookSecrets, type StageTrigger } from './stage-triggers.ts';
import { findUnknownVariables, type UnknownVariable } from './unknown-variables.ts';
import type { WriteTarget } from './write-back.ts';

export interface Config {
  isSandbox: boolean;
  host: string;
  port: number;
  /** The URL as browsers see it, without a trailing slash. Absent: derived from host and port. */
  publicUrl?: string;
  /** Addresses and networks whose forwarding headers the proxy trusts. */
  trustedProxies: string[];
  evalon: {
    /** Without a trailing slash. Absent in sandbox mode. */
    baseUrl?: string;
    /** One key, or two keys during a rotation. */
    apiKeys: string[];
    /** The calls that Evalon allows per key and minute. */
    ratePerMinute: number;
    /** Absent if Evalon has no batch endpoint. */
    batchPath?: string;
    /** IT's JSON pointers into Evalon's messages. */
    fieldMap: CustomFieldMap;
  };
  /** SHA-256 digests of the tokens that are valid in the URL of Evalon's webhook. */
  webhookTokenDigests: Buffer[];
  /** The plain token, for the simulated Evalon. In sandbox mode only. */
  sandboxWebhookToken?: string;
  /** The Standard Webhooks secrets of Evalon's webhooks. Empty: the proxy requires no signature. */
  webhookSecrets: string[];
  /** `production`, or another name, which the widget shows as a badge. */
  environment: string;
  assessments: Assessment[];
  /** Who sends the invite link to the candidate. */
  delivery: ClientConfig['delivery'];
  messages: MessageConfig;
  /** The widget's language on pages whose language is not supported. */
  defaultLocale: Locale;
  isComparisonEnabled: boolean;
  /** The path of an SQLite file, `:memory:`, or the URL of a PostgreSQL database. */
  database: string;
  allowedOrigins: string[];
  /** Absent in sandbox mode, and if recruiters sign in through single sign-on only. */
  hostTokens?: HostTokenConfig;
  oidc?: OidcConfig;
  /** How to find the candidate in an ATS's pages. */
  adapters: Adapter[];
  ats: AtsConfig;
  /** What the proxy writes into the ATSs. */
  writeBack: WriteTarget[];
  /** Where the proxy posts status changes, and the Standard Webhooks secrets that sign them. */
  outboundWebhook?: { url: string; secrets: string[] };
  /** The ATSs in which recruiters can order assessments. */
  partners: PartnerConfig;
  /** Which stage change in the ATS invites a candidate. */
  stageTriggers: StageTrigger[];
  atsWebhookSecrets: AtsWebhookSecrets;
  /** SHA-256 digests of `METRICS_TOKEN`. If there are none, `/metrics` returns 404. */
  metricsTokenDigests: Buffer[];
  /** SHA-256 digests of `ADMIN_TOKEN`. If there are none, `/admin` returns 404. */
  adminTokenDigests: Buffer[];
  /** Days from a candidate's last change to the erasure. Undefined: the proxy keeps candidates forever. */
  retentionDays: number | undefined;
  auditRetentionDays: number;
  logLevel: string;
  unknownVariables: UnknownVariable[];
  /** A digest of each setting's text, to detect changes. */
  settingDigests: ReadonlyMap<SettingName, string>;
}

/** Has either a secret or a JWKS (URL or file). */
export interface HostTokenConfig {
  secret?: Uint8Array;
  jwks?: string;
  issuer?: string;
  audience: string;
}

export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  grants: Grant[];
}

/** An assumption: Evalon's guide describes the batch endpoint, but does not state its path. */
const DEFAULT_BATCH_PATH = '/api/v1/sessions/batch/';
/** The documented limit of an Evalon key. */
const DEFAULT_RATE_PER_MINUTE = 100;
/** One year, and about a month to review the log of that year. */
const DEFAULT_AUDIT_RETENTION_DAYS = 400;

/** @throws SettingsError with every problem and its fix, without the values of secrets. */
export function readConfig(environment: Environment = process.env): Config {
  const { settings, texts, errors } = readSettings(environment);
  const variables = listVariables(environment);
  const isSandbox = isSandboxMode(environment, variables);
  const allErrors = [...errors, ...checkSettings(settings, variables, isSandbox)];
  const unknownVariables = findUnknownVariables(variables);
  // An unknown variable may be the misspelt name of a missing setting.
  if (allErrors.length) throw new SettingsError([...allErrors, ...unknownVariables.map(formatUnknownVariable)]);
  return {
    ...buildConfig(settings, isSandbox),
    unknownVariables,
    settingDigests: new Map([...texts].map(([name, text]) => [name, digest(text).toString('base64')])),
  };
}

function formatUnknownVariable({ name, suggestion }: UnknownVariable): string {
  return `${name} is not a setting: ${suggestion ? `rename it to ${suggestion}` : 'correct its name'}, or unset it`;
}

/**
 * Returns the running proxy's local URL and its admin token, for the command line.
 * @throws SettingsError if `ADMIN_TOKEN` is missing, or if any setting is invalid.
 */
export function readAdminAccess(environment: Environment = process.env): { url: string; token: string } {
  const { settings, errors } = readSettings(environment);
  const token = settings.ADMIN_TOKEN?.[0];
  if (errors.length) throw new SettingsError(errors);
  if (!token) {
    throw new SettingsError([`ADMIN_TOKEN is missing: ${getFix('ADMIN_TOKEN')}, and set it here and for the proxy`]);
  }
  return { url: buildLocalUrl(settings.HOST ?? DEFAULT_HOST, settings.PORT ?? DEFAULT_PORT), token };
}

/** Returns the URL at which other programs on this machine reach the proxy. */
export function buildLocalUrl(host: string, port: number): string {
  const hostname = { '0.0.0.0': DEFAULT_HOST, '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return `http://${hostname}:${port}`;
}

/**
 * Returns the path or the URL of the database, for the command line.
 * @throws SettingsError if any setting is invalid.
 */
export function readDatabase(environment: Environment = process.env): string {
  const { settings, errors } = readSettings(environment);
  if (errors.length) throw new SettingsError(errors);
  return getDatabase(settings, isSandboxMode(environment, listVariables(environment)));
}

function listVariables(environment: Environment): string[] {
  return Object.keys(environment).filter((name) => environment[name]?.trim());
}

function getDatabase({ DATABASE_URL: database }: Settings, isSandbox: boolean): string {
  return database ?? (isSandbox ? './data/sandbox.db' : './data/evalon.db');
}

function buildConfig(settings: Settings, isSandbox: boolean): Omit<Config, 'unknownVariables' | 'settingDigests'> {
  const { PUBLIC_URL: publicUrl } = settings;
  const webhookTokens = settings.EVALON_WEBHOOK_TOKEN ?? [randomBytes(24).toString('hex')];
  const evalon = isSandbox ? buildSandboxEvalon(settings) : buildEvalon(settings);
  return {
    isSandbox,
    host: settings.HOST ?? DEFAULT_HOST,
    port: settings.PORT ?? DEFAULT_PORT,
    ...(publicUrl && { publicUrl }),
    trustedProxies: settings.TRUSTED_PROXIES ?? [],
    evalon,
    webhookTokenDigests: webhookTokens.map(digest),
    ...(isSandbox && webhookTokens[0] && { sandboxWebhookToken: webhookTokens[0] }),
    // The sandbox's simulated Evalon does not sign its webhooks.
    webhookSecrets: (!isSandbox && settings.EVALON_WEBHOOK_SECRET) || [],
    environment: settings.ENVIRONMENT ?? (isSandbox ? 'sandbox' : deriveEnvironment(evalon.apiKeys)),
    assessments: settings.ASSESSMENTS ?? [],
    delivery: settings.INVITE_DELIVERY ?? 'copy',
    messages: buildMessages(settings),
    defaultLocale: settings.DEFAULT_LOCALE ?? 'en',
    isComparisonEnabled: settings.COMPARISON === 'on',
    database: getDatabase(settings, isSandbox),
    allowedOrigins: settings.ALLOWED_ORIGINS ?? [],
    ...(!isSandbox && buildSignIn(settings)),
    adapters: settings.ATS_ADAPTERS ?? [...BUILT_IN_ADAPTERS],
    ats: buildAtsConfig(settings),
    writeBack: settings.ATS_WRITE_BACK ?? [],
    ...buildOutboundWebhook(settings),
    partners: buildPartnerConfig(settings),
    stageTriggers: settings.STAGE_TRIGGERS ?? [],
    atsWebhookSecrets: buildAtsWebhookSecrets(settings, buildAtsConfig(settings)),
    metricsTokenDigests: (settings.METRICS_TOKEN ?? []).map(digest),
    adminTokenDigests: (settings.ADMIN_TOKEN ?? []).map(digest),
    retentionDays: settings.RETENTION_DAYS,
    auditRetentionDays: settings.AUDIT_RETENTION_DAYS ?? DEFAULT_AUDIT_RETENTION_DAYS,
    logLevel: settings.LOG_LEVEL ?? 'info',
  };
}

function buildEvalon(settings: Settings): Config['evalon'] {
  const { EVALON_BASE_URL: baseUrl, EVALON_BATCH_PATH: batchPath = DEFAULT_BATCH_PATH } = settings;
  return {
    ...(baseUrl && { baseUrl }),
    apiKeys: settings.EVALON_API_KEY ?? [],
    ratePerMinute: settings.EVALON_RATE_PER_MINUTE ?? DEFAULT_RATE_PER_MINUTE,
    ...(batchPath !== 'off' && { batchPath }),
    fieldMap: settings.EVALON_FIELD_MAP ?? {},
  };
}

/** Ignores the URL and the keys of a real Evalon. */
function buildSandboxEvalon(settings: Settings): Config['evalon'] {
  const { baseUrl: _, ...evalon } = buildEvalon(settings);
  return { ...evalon, apiKeys: [`eva_sandbox_${randomBytes(16).toString('hex')}`] };
}

function buildOutboundWebhook(settings: Settings): Pick<Config, 'outboundWebhook'> {
  const { OUTBOUND_WEBHOOK_URL: url, OUTBOUND_WEBHOOK_SECRET: secrets } = settings;
  return url && secrets ? { outboundWebhook: { url, secrets } } : {};
}

/** Evalon's live keys begin with `eva_live_`. */
function deriveEnvironment(apiKeys: readonly string[]): string {
  return apiKeys.every((key) => key.startsWith('eva_live_')) ? 'production' : 'staging';
}

function buildSignIn(settings: Settings): Pick<Config, 'hostTokens' | 'oidc'> {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  const { OIDC_GRANTS: grants, HOST_TOKEN_SECRET: secret, HOST_TOKEN_JWKS: jwks } = settings;
  return {
    ...((secret || jwks) && { hostTokens: buildHostTokens(settings) }),
    ...(issuer && clientId && clientSecret && grants && { oidc: { issuer, clientId, clientSecret, grants } }),
  };
}

function buildHostTokens(settings: Settings): HostTokenConfig {
  const { HOST_TOKEN_SECRET: secret, HOST_TOKEN_JWKS: jwks, HOST_TOKEN_ISSUER: issuer } = settings;
  return {
    audience: settings.HOST_TOKEN_AUDIENCE ?? 'evalon-proxy',
    ...(secret && { secret }),
    ...(jwks && { jwks }),
    ...(issuer && { issuer }),
  };
}
