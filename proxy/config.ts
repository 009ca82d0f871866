/** The only reader of the environment: settings in, one typed value out, or every fault at once with its fix. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Assessment, assessmentSchema, type Offer } from './contract/offer.ts';
import { SettingsError } from './errors.ts';

export interface Config {
  sandbox: boolean;
  host: string;
  port: number;
  /** The address as browsers see it, without a trailing slash; absent where it follows from host and port. */
  publicUrl?: string;
  evalon: {
    /** Without a trailing slash; absent in sandbox mode, where it follows from the proxy's own address. */
    baseUrl?: string;
    /** One, or two of one account while one is rotated out. */
    apiKeys: string[];
  };
  webhookTokens: string[];
  environment: string;
  assessments: Assessment[];
  delivery: Offer['delivery'];
  comparison: boolean;
  databaseFile: string;
  allowedOrigins: string[];
  /** Absent in sandbox mode only, where everybody is the demo recruiter. */
  hostTokens?: { secret: Uint8Array; issuer?: string; audience: string };
  logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** Whether a host name is this machine's own: `127.0.0.1`, `localhost`, `::1` (with or without brackets). */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const webAddress = z.string().transform((text, check) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    check.addIssue('must be an https:// address (http:// only for this machine)');
  } else if (url.username || url.search || url.hash) {
    check.addIssue('must not carry a user name, a query or a fragment');
  }
  return text.replace(/\/+$/, '');
});

const origin = z
  .string()
  .refine(
    (text) =>
      (!text.includes('*') && URL.canParse(text) && new URL(text).origin === text) ||
      /^(chrome|moz)-extension:\/\/[\w-]+$/.test(text),
    {
      error: (issue) =>
        `${JSON.stringify(issue.input)} is not an exact origin such as https://ats.example.com (lower case, no path, no trailing slash)`,
    },
  );

const jsonAssessments = z
  .string()
  .transform((text, check) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      check.addIssue('must be JSON');
      return z.NEVER;
    }
  })
  .pipe(z.array(assessmentSchema));

const PRODUCTION_ONLY = /^(EVALON_(?!SANDBOX$)|HOST_TOKEN_|OIDC_|ATS_)/;

/** Settings of the contract that this release does not serve yet; ignoring them would be worse than refusing. */
const NOT_YET =
  /^(EVALON_WEBHOOK_SECRET|HOST_TOKEN_JWKS|OIDC_\w+|ATS_\w+|TRUSTED_PROXIES|METRICS_TOKEN|ADMIN_TOKEN)(_FILE)?$/;

/**
 * Reads the settings from an environment such as `process.env`.
 * @throws SettingsError naming every fault and its fix; no value of a secret is repeated in it.
 */
export function readConfig(environment: Environment = process.env): Config {
  const faults: string[] = [];

  function raw(name: string): string | undefined {
    const file = environment[`${name}_FILE`];
    if (!file) return environment[name]?.trim() || undefined;
    if (environment[name]) faults.push(`${name} and ${name}_FILE are both set: keep one of them`);
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch (error) {
      faults.push(`${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code}): name a readable file`);
      return undefined;
    }
  }

  function read<T>(name: string, schema: z.ZodType<T, string>, fix: string): T | undefined {
    const text = raw(name);
    if (text === undefined) return undefined;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      faults.push(`${name}${path.length ? ` at ${path.join('.')}` : ''} ${message}: ${fix}`);
    }
    return undefined;
  }

  const set = Object.keys(environment).filter((name) => environment[name]?.trim());
  const sandbox =
    environment['EVALON_SANDBOX'] === '1' ||
    (environment['NODE_ENV'] !== 'production' && !set.some((name) => PRODUCTION_ONLY.test(name)));
  for (const name of set.filter((candidate) => NOT_YET.test(candidate))) {
    faults.push(`${name} is not served by this release: unset it`);
  }

  const host = read('HOST', z.string(), 'give an address to listen on, such as 127.0.0.1 or 0.0.0.0') ?? '127.0.0.1';
  if (sandbox && !isLoopback(host)) {
    faults.push(
      'HOST must be a loopback address in sandbox mode, which signs everybody in: unset it, or set EVALON_BASE_URL and EVALON_API_KEY',
    );
  }
  const port = read('PORT', z.coerce.number<string>().int().min(0).max(65_535), 'give a port from 0 to 65535') ?? 8787;
  const publicUrl = read(
    'PUBLIC_URL',
    webAddress,
    "give the proxy's address as browsers see it, such as https://evalon.example.com",
  );

  const baseUrl = read('EVALON_BASE_URL', webAddress, "give the address of Evalon's API, as Evalon told you");
  const apiKeys = read(
    'EVALON_API_KEY',
    commaList.pipe(
      z
        .array(z.string().regex(/^[\x21-\x7e]+$/, 'must be a key of printable characters'))
        .min(1)
        .max(2),
    ),
    'give one key from the Evalon dashboard, or two while rotating',
  );
  const webhookTokens = read(
    'EVALON_WEBHOOK_TOKEN',
    commaList.pipe(
      z
        .array(z.string().regex(/^[\w.~-]{16,200}$/, 'must be 16 or more letters, digits, ".", "_", "~" or "-"'))
        .min(1)
        .max(2),
    ),
    'make one with: openssl rand -hex 32',
  );
  const secret = read(
    'HOST_TOKEN_SECRET',
    z
      .string()
      .transform((text) => new TextEncoder().encode(text))
      .refine((bytes) => bytes.length >= 32, 'must have 32 bytes or more'),
    'make one with: openssl rand -hex 32',
  );
  const issuer = read('HOST_TOKEN_ISSUER', z.string(), 'give what the tokens carry as iss');
  const audience = read('HOST_TOKEN_AUDIENCE', z.string(), 'give what the tokens carry as aud') ?? 'evalon-proxy';

  if (!sandbox) {
    if (!baseUrl && !faults.some((fault) => fault.startsWith('EVALON_BASE_URL')))
      faults.push("EVALON_BASE_URL is missing: give the address of Evalon's API, as Evalon told you");
    if (!apiKeys && !faults.some((fault) => fault.startsWith('EVALON_API_KEY')))
      faults.push('EVALON_API_KEY is missing: make one in the Evalon dashboard');
    if (!webhookTokens && !faults.some((fault) => fault.startsWith('EVALON_WEBHOOK_TOKEN')))
      faults.push('EVALON_WEBHOOK_TOKEN is missing: make one with: openssl rand -hex 32');
    if (!secret && !faults.some((fault) => fault.startsWith('HOST_TOKEN_SECRET')))
      faults.push(
        'HOST_TOKEN_SECRET is missing, so that nobody could sign in: make one with: openssl rand -hex 32, and give it to the ATS backend that mints recruiter tokens',
      );
  }

  const databaseFile = read(
    'DATABASE_URL',
    z
      .string()
      .regex(/^file:.+/, 'must start with file:')
      .transform((text) => text.slice('file:'.length)),
    'give a file such as file:./data/evalon.db',
  );
  const config: Config = {
    sandbox,
    host,
    port,
    ...(publicUrl && { publicUrl }),
    evalon: sandbox
      ? { apiKeys: [`eva_sandbox_${randomBytes(16).toString('hex')}`] }
      : { ...(baseUrl && { baseUrl }), apiKeys: apiKeys ?? [] },
    webhookTokens: webhookTokens ?? [randomBytes(24).toString('hex')],
    environment:
      read('ENVIRONMENT', z.string().max(40), 'give a short word such as staging') ??
      (sandbox ? 'sandbox' : apiKeys?.every((key) => key.startsWith('eva_live_')) ? 'production' : 'staging'),
    assessments:
      read(
        'ASSESSMENTS',
        jsonAssessments,
        'give JSON such as [{"project_id":"proj_abc123","assessment_type":"marketing","label":"Marketing"}]',
      ) ?? [],
    delivery:
      read('INVITE_DELIVERY', z.enum(['evalon', 'copy', 'ats'], 'is unknown'), 'give one of evalon, copy, ats') ??
      'copy',
    comparison: read('COMPARISON', z.enum(['on', 'off'], 'is unknown'), 'give on or off') === 'on',
    databaseFile: databaseFile ?? (sandbox ? './data/sandbox.db' : './data/evalon.db'),
    allowedOrigins:
      read('ALLOWED_ORIGINS', commaList.pipe(z.array(origin)), 'list exact origins of ATS pages, comma-separated') ??
      [],
    ...(!sandbox && secret && { hostTokens: { secret, audience, ...(issuer && { issuer }) } }),
    logLevel:
      read(
        'LOG_LEVEL',
        z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'is unknown'),
        'give one of fatal, error, warn, info, debug, trace, silent',
      ) ?? 'info',
  };
  if (faults.length) throw new SettingsError(faults);
  return config;
}
