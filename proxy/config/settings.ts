/** The environment schema: for each setting its type, and the fix to print if it is missing or invalid. */
import { z } from 'zod';
import { adaptersSchema } from '../contract/built-in-page-adapters.ts';
import { assessmentSchema } from '../contract/client-config.ts';
import { LOCALES } from '../contract/locales.ts';
import { grantSchema } from '../contract/sso-grant.ts';
import { customConnectorSchema } from './custom-connector.ts';
import { fieldMapSchema } from './field-map.ts';
import {
  apiKey,
  bytes,
  candidateNotice,
  database,
  days,
  exactWebUrl,
  host,
  hostAndPort,
  integer,
  isSingleLine,
  json,
  jwks,
  list,
  network,
  origin,
  partnerKey,
  recipientUrl,
  signingSecret,
  singleLine,
  template,
  text,
  urlSecret,
  webUrl,
} from './setting-types.ts';
import { stageTriggersSchema } from './stage-triggers.ts';
import { writeBackSchema } from './write-back.ts';

const RANDOM_SECRET_FIX = 'generate one with: openssl rand -hex 32';
const GREENHOUSE_FIX =
  'create a credential of type Harvest V3 (OAuth) in Greenhouse, and set its client id and its client secret';
const SUBJECT_PLACEHOLDERS = ['{first_name}', '{name}', '{assessment}', '{recruiter}', '{company}'];
const SUBJECT_FIX = `set one line, optionally with the placeholders ${SUBJECT_PLACEHOLDERS.join(', ')}`;
const MESSAGE_FIX = `set a text with the placeholder {link}, and optionally ${SUBJECT_PLACEHOLDERS.join(', ')}`;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const subjectTemplate = template(200, SUBJECT_PLACEHOLDERS).refine(isSingleLine, 'must be one line');
const messageTemplate = template(4_000, [...SUBJECT_PLACEHOLDERS, '{link}'], '{link}');

type SettingSchema = readonly [type: z.ZodType<unknown, string>, fix: string];

const SERVER_SETTINGS = {
  HOST: [host, 'set an address to listen on, such as 127.0.0.1 or 0.0.0.0'],
  PORT: [integer(0, 65_535), 'set a port from 0 to 65535'],
  PUBLIC_URL: [webUrl, "set the proxy's URL as browsers see it, such as https://evalon.example.com"],
  TRUSTED_PROXIES: [list(network, 100), 'list them as 10.0.0.7 or 10.0.0.0/8, comma-separated'],
  ALLOWED_ORIGINS: [list(origin, 1_000), 'list origins such as https://ats.example.com, comma-separated'],
  DATABASE_URL: [
    database,
    'set a file such as file:./data/evalon.db, or for several nodes postgres://user:password@host/database',
  ],
  METRICS_TOKEN: [list(urlSecret), RANDOM_SECRET_FIX],
  ADMIN_TOKEN: [list(urlSecret), RANDOM_SECRET_FIX],
  RETENTION_DAYS: [
    days,
    'set the number of days after which the proxy erases an unchanged candidate, or unset it to keep all candidates',
  ],
  AUDIT_RETENTION_DAYS: [days, 'set the number of days to keep entries of the audit log'],
  LOG_LEVEL: [z.enum(LOG_LEVELS, 'is unknown'), `set one of ${LOG_LEVELS.join(', ')}`],
} as const satisfies Record<string, SettingSchema>;

const EVALON_SETTINGS = {
  EVALON_BASE_URL: [
    webUrl.refine((url) => !/\/api\/v1$/.test(url), 'ends in /api/v1, which the proxy adds'),
    "set Evalon's API URL from the Evalon dashboard, without /api/v1",
  ],
  EVALON_API_KEY: [list(apiKey), 'create a key in the Evalon dashboard. Set two only during a rotation'],
  EVALON_BATCH_PATH: [
    z.string().regex(/^(off|\/[\w.~%/-]*)$/, 'must be a path'),
    'set the path of the batch endpoint, such as /api/v1/sessions/batch/, or off',
  ],
  EVALON_RATE_PER_MINUTE: [integer(1, 100_000), 'set the calls per minute that Evalon allows for the key, such as 100'],
  EVALON_FIELD_MAP: [
    json.pipe(fieldMapSchema),
    'set JSON such as {"overall":["/report/points"]}. docs/evalon-api.md lists the fields',
  ],
  EVALON_WEBHOOK_TOKEN: [list(urlSecret), RANDOM_SECRET_FIX],
  EVALON_WEBHOOK_SECRET: [list(signingSecret), 'copy it from the Evalon dashboard. Set two only during a rotation'],
  ENVIRONMENT: [text(40), 'set a short word such as staging'],
} as const satisfies Record<string, SettingSchema>;

const INVITE_SETTINGS = {
  ASSESSMENTS: [
    json.pipe(z.array(assessmentSchema.strict())),
    'set JSON such as [{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing"}]',
  ],
  INVITE_DELIVERY: [z.enum(['evalon', 'copy', 'ats'], 'is unknown'), 'set one of evalon, copy, ats'],
  INVITE_SUBJECT: [subjectTemplate, `${SUBJECT_FIX}. The link belongs in INVITE_MESSAGE`],
  INVITE_MESSAGE: [messageTemplate, MESSAGE_FIX],
  REMINDER_SUBJECT: [subjectTemplate, `${SUBJECT_FIX}. The link belongs in REMINDER_MESSAGE`],
  REMINDER_MESSAGE: [messageTemplate, MESSAGE_FIX],
  COMPANY_NAME: [singleLine(200), 'set the name that candidates know, such as Example Inc.'],
  CANDIDATE_NOTICE: [
    candidateNotice,
    'set a short text, or the https:// URL of a page, that is added to every message to a candidate',
  ],
  DEFAULT_LOCALE: [z.enum(LOCALES, 'is not supported'), `set one of ${LOCALES.join(', ')}`],
  COMPARISON: [z.enum(['on', 'off'], 'is unknown'), 'set on or off'],
} as const satisfies Record<string, SettingSchema>;

const SIGN_IN_SETTINGS = {
  HOST_TOKEN_SECRET: [bytes(32), `${RANDOM_SECRET_FIX}, and set it in the ATS's backend, which mints the tokens`],
  HOST_TOKEN_JWKS: [jwks, "set the URL of the JWKS that the ATS's backend publishes, or a file"],
  HOST_TOKEN_ISSUER: [z.string(), 'set the iss claim of the tokens'],
  HOST_TOKEN_AUDIENCE: [z.string(), 'set the aud claim of the tokens'],
  // Exact: providers treat an issuer with a trailing slash as another issuer.
  OIDC_ISSUER: [exactWebUrl, "set your identity provider's issuer, the URL before /.well-known/openid-configuration"],
  OIDC_CLIENT_ID: [text(500), "set this proxy's client id at the provider"],
  OIDC_CLIENT_SECRET: [
    text(1_000).min(16, 'must have 16 characters or more'),
    'create one at the provider, for a confidential web client',
  ],
  OIDC_GRANTS: [
    json.pipe(z.array(grantSchema).min(1, 'is empty')),
    'set JSON such as [{"claim":"groups","value":"recruiters","projects":["proj_abc123"],"scope":"read invite"}]',
  ],
} as const satisfies Record<string, SettingSchema>;

const ATS_SETTINGS = {
  ATS_GREENHOUSE_CLIENT_ID: [apiKey, GREENHOUSE_FIX],
  ATS_GREENHOUSE_CLIENT_SECRET: [apiKey, GREENHOUSE_FIX],
  ATS_GREENHOUSE_USER_ID: [
    z.string().regex(/^\d{1,20}$/, 'must be a number'),
    "set the id of the Greenhouse user whose permissions apply. The URL of this user's page contains the id",
  ],
  ATS_GREENHOUSE_URL: [webUrl, "set the Harvest API's URL, such as https://harvest.greenhouse.io/v3"],
  ATS_GREENHOUSE_TOKEN_URL: [webUrl, 'set the token endpoint, such as https://auth.greenhouse.io/token'],
  ATS_LEVER_KEY: [apiKey, "create a key in Lever's settings, on the page Integrations and API"],
  ATS_LEVER_URL: [webUrl, "set the API's URL, such as https://api.lever.co/v1"],
  ATS_ASHBY_KEY: [apiKey, "create a key that can read candidates in Ashby's administration"],
  ATS_ASHBY_URL: [webUrl, "set the API's URL, such as https://api.ashbyhq.com"],
  ATS_HTTP: [json.pipe(customConnectorSchema), 'see docs/ats/custom.md for examples'],
  ATS_HTTP_SECRET: [text(10_000), 'set the password, token or key that ATS_HTTP sends'],
  ATS_WRITE_BACK: [
    z
      .string()
      .transform((text) => (text === 'off' ? '[]' : text))
      .pipe(json)
      .pipe(writeBackSchema),
    'see docs/ats/write-back.md for examples, or set off',
  ],
  ATS_ADAPTERS: [json.pipe(adaptersSchema), 'see docs/ats/custom.md for examples'],
} as const satisfies Record<string, SettingSchema>;

const INTEGRATION_SETTINGS = {
  OUTBOUND_WEBHOOK_URL: [recipientUrl, 'set the URL of your system that receives status changes'],
  OUTBOUND_WEBHOOK_SECRET: [
    list(signingSecret),
    'generate one with: echo whsec_$(openssl rand -base64 32). Set two only during a rotation',
  ],
  PARTNER_GREENHOUSE_KEY: [list(partnerKey), `${RANDOM_SECRET_FIX}, and give it to Greenhouse`],
  PARTNER_ASHBY_KEY: [list(partnerKey), `${RANDOM_SECRET_FIX}, and give it to Ashby`],
  PARTNER_CALLBACK_HOSTS: [
    list(hostAndPort, 50),
    'list the hosts of your ATS to which the proxy may send results, comma-separated, or unset it',
  ],
  ATS_WEBHOOK_SECRET_GREENHOUSE: [
    list(apiKey),
    'set the secret key of the webhook in Greenhouse. Set two only during a rotation',
  ],
  ATS_WEBHOOK_SECRET_LEVER: [
    list(apiKey),
    'copy the signature token of the webhook “Candidate stage change” in Lever. Set two only during a rotation',
  ],
  ATS_WEBHOOK_SECRET_HTTP: [
    list(signingSecret),
    'generate one with: echo whsec_$(openssl rand -base64 32), and let your ATS sign with it. Set two only during a rotation',
  ],
  STAGE_TRIGGERS: [json.pipe(stageTriggersSchema), 'see docs/ats/stage-triggers.md for an example'],
} as const satisfies Record<string, SettingSchema>;

export const SETTINGS = {
  ...SERVER_SETTINGS,
  ...EVALON_SETTINGS,
  ...INVITE_SETTINGS,
  ...SIGN_IN_SETTINGS,
  ...ATS_SETTINGS,
  ...INTEGRATION_SETTINGS,
};

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** Returns the fix to print if the setting is missing or invalid. */
export function getFix(name: SettingName): string {
  return SETTINGS[name][1];
}

/** The parsed values of the settings that are set. */
export type Settings = { [Name in SettingName]?: z.output<(typeof SETTINGS)[Name][0]> };
