/** Every setting: how its text is read, and what to do when it is at fault. What they add up to is config.ts's part. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { adaptersSchema } from '../contract/built-in-page-adapters.ts';
import { assessmentSchema } from '../contract/client-config.ts';
import { grantSchema } from '../contract/sso-grant.ts';
import { customConnectorSchema } from './custom-connector.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** Whether a host name is this machine's own: `127.0.0.1`, `localhost`, `::1` (with or without brackets). */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

const isWebAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) &&
    !username &&
    !password &&
    !search &&
    !hash
  );
};

const webAddress = z
  .string()
  .refine(
    isWebAddress,
    'must be an https:// address (http:// only for this machine), without user name, query or fragment',
  )
  .transform((text) => new URL(text).href.replace(/\/+$/, ''));

/** Comma-separated; while a secret is rotated out, the new one and the old. */
const list = <T extends z.ZodType<string, string>>(item: T, most = 2) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item).min(1, 'is empty').max(most, `takes ${most} at the most`));

const isOrigin = (text: string): boolean =>
  /^(chrome|moz)-extension:\/\/[\w-]+$/.test(text) ||
  (!text.includes('*') && URL.canParse(text) && new URL(text).origin === text);

const isAddress = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) > 0 && !rest.length && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  );
};

const isSigningSecret = (text: string): boolean => {
  try {
    return Boolean(new Webhook(text));
  } catch {
    return false;
  }
};

const isKeyFile = (path: string): boolean => {
  try {
    return Array.isArray(JSON.parse(readFileSync(path, 'utf8')).keys);
  } catch {
    return false;
  }
};

const json = z.string().transform((text, check) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    check.addIssue(
      `must be JSON${text.includes('"') ? '' : ', and has no double quotes: put all of it into single ones'}`,
    );
    return z.NEVER;
  }
});

/** What zod would say in its own words, for people who do not write programs. */
const TYPE_MESSAGES: Record<string, string> = {
  string: 'must be text, in double quotes',
  number: 'must be a number',
  array: 'must be a list, in [ ]',
  object: 'must be fields, in { }',
};

function describeIssue(issue: {
  code?: string;
  input?: unknown;
  expected?: unknown;
  keys?: unknown;
}): string | undefined {
  if (issue.code === 'unrecognized_keys')
    return `must not have ${(issue.keys as string[]).join(', ')}, which is unknown`;
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined ? 'is missing' : TYPE_MESSAGES[String(issue.expected)];
}

/** Where in a setting something is: ` in entry 2, label`, ` at auth.name`. */
function formatIssuePath([first, ...rest]: readonly PropertyKey[]): string {
  if (typeof first === 'number') return ` in entry ${first + 1}${rest.length ? `, ${rest.join('.')}` : ''}`;
  return first === undefined ? '' : ` at ${[first, ...rest].join('.')}`;
}

const RANDOM_SECRET_HINT = 'make one with: openssl rand -hex 32';
const GREENHOUSE_HINT = 'make a credential of the type Harvest V3 (OAuth) in Greenhouse, and give both its parts';
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const bytes = (least: number) =>
  z
    .string()
    .transform((text) => new TextEncoder().encode(text))
    .refine(({ length }) => length >= least, `must have ${least} bytes or more`);
const days = z.coerce
  .number<string>('must be a number')
  .int('must be whole')
  .min(1, 'is too small')
  .max(36_500, 'is too big');
const printable = z.string().regex(/^[\x21-\x7e]+$/, 'must be a key of printable characters');
const urlSecret = z.string().regex(/^[\w.~-]{16,200}$/, 'must be 16 or more letters, digits, ".", "_", "~" or "-"');

/** Text with places for what differs from invite to invite: `places` may stand in it, `needed` must. */
const template = (most: number, places: string[], needed?: string) =>
  z
    .string()
    .max(most, `takes ${most} characters at the most`)
    .transform((text) => text.replaceAll('\r\n', '\n'))
    .superRefine((text, check) => {
      const found: string[] = text.match(/\{[^{}]*\}/g) ?? [];
      for (const place of found) if (!places.includes(place)) check.addIssue(`names ${place}, which it may not`);
      if (needed && !found.includes(needed)) check.addIssue(`leaves out ${needed}`);
    });

/** Name, what its text must be, and the fix that is printed where it is not. */
export const SETTINGS = {
  HOST: [z.string(), 'give an address to listen on, such as 127.0.0.1 or 0.0.0.0'],
  PORT: [
    z.coerce.number<string>('must be a number').int('must be whole').min(0, 'is too small').max(65_535, 'is too big'),
    'give a port from 0 to 65535',
  ],
  PUBLIC_URL: [webAddress, "give the proxy's address as browsers see it, such as https://evalon.example.com"],
  TRUSTED_PROXIES: [
    list(z.string().refine(isAddress, 'must be addresses or networks'), 100),
    'list them as 10.0.0.7 or 10.0.0.0/8, comma-separated',
  ],
  EVALON_BASE_URL: [
    webAddress.refine((url) => !/\/api\/v1$/.test(url), 'ends in /api/v1, which the proxy adds itself'),
    "give the address of Evalon's API, as Evalon told you, without /api/v1",
  ],
  EVALON_API_KEY: [list(printable), 'make one in the Evalon dashboard; two only while rotating'],
  EVALON_BATCH_PATH: [
    z.string().regex(/^(off|\/[\w.~%/-]*)$/, 'must be a path'),
    'give the path of the batch endpoint, such as /api/v1/sessions/batch/, or off',
  ],
  EVALON_WEBHOOK_TOKEN: [list(urlSecret), RANDOM_SECRET_HINT],
  EVALON_WEBHOOK_SECRET: [
    list(z.string().refine(isSigningSecret, 'must be a Standard Webhooks secret (whsec_… in base64)')),
    'copy it from the Evalon dashboard; two only while rotating',
  ],
  ENVIRONMENT: [z.string().max(40, 'is too long'), 'give a short word such as staging'],
  ASSESSMENTS: [
    json.pipe(z.array(assessmentSchema.strict())),
    'give JSON such as [{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing"}]',
  ],
  INVITE_DELIVERY: [z.enum(['evalon', 'copy', 'ats'], 'is unknown'), 'give one of evalon, copy, ats'],
  INVITE_SUBJECT: [
    template(200, ['{name}', '{assessment}']).refine((text) => !text.includes('\n'), 'must be one line'),
    'give one line; {name} and {assessment} are put in, and the link belongs to INVITE_MESSAGE',
  ],
  INVITE_MESSAGE: [
    template(4_000, ['{name}', '{link}', '{assessment}'], '{link}'),
    'write {link} where the link belongs; {name} and {assessment} are put in too',
  ],
  COMPARISON: [z.enum(['on', 'off'], 'is unknown'), 'give on or off'],
  DATABASE_URL: [
    z
      .string()
      .regex(/^file:.+/, 'must start with file:')
      .transform((text) => text.slice('file:'.length)),
    'give a file such as file:./data/evalon.db',
  ],
  ALLOWED_ORIGINS: [
    list(
      z.string().refine(isOrigin, {
        error: ({ input }) =>
          `names ${JSON.stringify(input)}, which is no exact origin (lower case, no path, no trailing slash)`,
      }),
      1_000,
    ),
    'list origins such as https://ats.example.com, comma-separated',
  ],
  HOST_TOKEN_SECRET: [bytes(32), `${RANDOM_SECRET_HINT}, and give it to the ATS backend that mints recruiter tokens`],
  HOST_TOKEN_JWKS: [
    z
      .string()
      .refine(
        (text) => isWebAddress(text) || isKeyFile(text),
        'must be an https:// address or a readable JSON file of public keys',
      ),
    'give the address of the JWKS that your ATS backend publishes, or a file with it',
  ],
  HOST_TOKEN_ISSUER: [z.string(), 'give what the tokens carry as iss'],
  HOST_TOKEN_AUDIENCE: [z.string(), 'give what the tokens carry as aud'],
  OIDC_ISSUER: [
    // As given: to providers a slash at the end makes another issuer.
    z
      .string()
      .refine(
        isWebAddress,
        'must be an https:// address (http:// only for this machine), without user name, query or fragment',
      ),
    "give your identity provider's issuer, the address under which /.well-known/openid-configuration is",
  ],
  OIDC_CLIENT_ID: [z.string().max(500, 'is too long'), 'give the client id under which the provider knows this proxy'],
  OIDC_CLIENT_SECRET: [
    z.string().min(16, 'must have 16 characters or more').max(1_000, 'is too long'),
    'make one at the provider, for a confidential web client',
  ],
  OIDC_GRANTS: [
    json.pipe(z.array(grantSchema).min(1, 'is empty')),
    'give JSON such as [{"claim":"groups","value":"recruiters","projects":["proj_abc123"],"scope":"read invite"}]',
  ],
  EVALON_RATE_PER_MINUTE: [
    z.coerce.number<string>('must be a number').int('must be whole').min(1, 'is too small').max(100_000, 'is too big'),
    'give the calls a minute that Evalon allows the key, such as 100',
  ],
  ATS_GREENHOUSE_CLIENT_ID: [printable, GREENHOUSE_HINT],
  ATS_GREENHOUSE_CLIENT_SECRET: [printable, GREENHOUSE_HINT],
  ATS_GREENHOUSE_USER_ID: [
    z.string().regex(/^\d{1,20}$/, 'must be a number'),
    'give the number of the Greenhouse user in whose name is read, as it stands in the address of their page',
  ],
  ATS_GREENHOUSE_URL: [webAddress, 'give the address of the Harvest API, such as https://harvest.greenhouse.io/v3'],
  ATS_GREENHOUSE_TOKEN_URL: [webAddress, 'give the address of the tokens, such as https://auth.greenhouse.io/token'],
  ATS_LEVER_KEY: [printable, 'make a key in Lever’s settings, on the page Integrations and API'],
  ATS_LEVER_URL: [webAddress, 'give the address of the API, such as https://api.lever.co/v1'],
  ATS_ASHBY_KEY: [printable, 'make a key in Ashby’s administration that may read candidates'],
  ATS_ASHBY_URL: [webAddress, 'give the address of the API, such as https://api.ashbyhq.com'],
  ATS_HTTP: [json.pipe(customConnectorSchema), 'write it as docs/ats/custom.md shows'],
  ATS_HTTP_SECRET: [z.string().max(10_000, 'is too long'), 'give the password, token or key that ATS_HTTP sends'],
  ATS_ADAPTERS: [json.pipe(adaptersSchema), 'write it as docs/ats/custom.md shows'],
  METRICS_TOKEN: [list(urlSecret), RANDOM_SECRET_HINT],
  ADMIN_TOKEN: [list(urlSecret), RANDOM_SECRET_HINT],
  RETENTION_DAYS: [days, 'give the days after its last news that a session is kept, or unset it to keep all'],
  AUDIT_RETENTION_DAYS: [days, 'give the days that the audit record is kept'],
  LOG_LEVEL: [z.enum(LOG_LEVELS, 'is unknown'), `give one of ${LOG_LEVELS.join(', ')}`],
} as const satisfies Record<string, readonly [z.ZodType<unknown, string>, string]>;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { [Name in SettingName]?: z.output<(typeof SETTINGS)[Name][0]> };
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Reads what is set, each also from `NAME_FILE`, and names every fault; no value of a secret is repeated. */
export function readSettings(environment: EnvironmentVariables): {
  settings: Settings;
  /** As they were given. */
  texts: Map<SettingName, string>;
  faults: string[];
} {
  const faults: string[] = [];
  const settings: Record<string, unknown> = {};
  const texts = new Map<SettingName, string>();
  for (const [name, [schema, fix]] of Object.entries(SETTINGS)) {
    const text = readSettingText(environment, name, faults);
    if (text === undefined) continue;
    texts.set(name as SettingName, text);
    const parsed = schema.safeParse(text, { error: describeIssue });
    if (parsed.success) settings[name] = parsed.data;
    else
      for (const { path, message } of parsed.error.issues) {
        faults.push(`${name}${formatIssuePath(path)} ${message}: ${fix}`);
      }
  }
  return { settings: settings as Settings, texts, faults };
}

function readSettingText(environment: EnvironmentVariables, name: string, faults: string[]): string | undefined {
  const file = environment[`${name}_FILE`];
  const value = environment[name]?.trim() || undefined;
  if (!file) return value;
  if (value) faults.push(`${name} and ${name}_FILE are both set: keep one of them`);
  try {
    const content = readFileSync(file, 'utf8').trim();
    if (!content) faults.push(`${name}_FILE names an empty file: write the value into it, or unset it`);
    return content || undefined;
  } catch (error) {
    faults.push(`${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code}): name a readable file`);
    return undefined;
  }
}
