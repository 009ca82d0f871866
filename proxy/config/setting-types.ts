/**
 * The types of settings. Each type parses the text of an environment variable. An error message continues a sentence
 * that begins with the setting's name, such as `must be a number`.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { isLoopback } from '../util/loopback.ts';
import { decodeText } from '../util/text-file.ts';
import { isPostgresUrl } from './database-url.ts';

export function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isSecure = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSecure && !username && !password && !search && !hash;
}

/** A URL. Keeps its text exactly as written. */
export const exactWebUrl = z
  .string()
  .refine(isWebUrl, 'must be an https:// URL (http:// only for this machine), without user name, query or fragment');

/** A URL without trailing slashes. */
export const webUrl = exactWebUrl.transform((text) => new URL(text).href.replace(/\/+$/, ''));

/** A URL that the proxy sends requests to. It may have a query. */
export const recipientUrl = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && !url.hash && isWebUrl(`${url.origin}${url.pathname}`) && !url.username && !url.password;
}, 'must be an https:// URL (http:// only for this machine), without user name or fragment');

/** A comma-separated list. @param maxItems the default suits secrets: the old and the new one during a rotation. */
export const list = <T extends z.ZodType<string, string>>(item: T, maxItems = 2) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item).min(1, 'is empty').max(maxItems, `accepts at most ${maxItems}`));

export const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue(
      text.includes('"')
        ? 'must be JSON'
        : 'must be JSON, but has no double quotes. Your shell may have removed them: put the value into single quotes',
    );
    return z.NEVER;
  }
});

/** A JSON pointer (RFC 6901). */
export const jsonPointer = z
  .string()
  .max(500, 'must have at most 500 characters')
  .regex(/^(\/([^~/]|~[01])*)*$/, 'must be a JSON pointer such as /data/score');

export const integer = (min: number, max: number) =>
  z.coerce
    .number<string>('must be a number')
    .int('must be a whole number')
    .min(min, `must be ${min} or more`)
    .max(max, `must be ${max} or less`);

/** At most about 100 years. */
export const days = integer(1, 36_500);

export const text = (maxChars: number) => z.string().max(maxChars, `must have at most ${maxChars} characters`);

/** The UTF-8 bytes of a text. */
export const bytes = (minBytes: number) =>
  z
    .string()
    .transform((value) => new TextEncoder().encode(value))
    .refine(({ length }) => length >= minBytes, `must have ${minBytes} bytes or more`);

export const apiKey = z.string().regex(/^[\x21-\x7e]+$/, 'must be a key of printable characters');

/** A secret that fits into a URL and a header. */
export const urlSecret = z
  .string()
  .regex(/^[\w.~-]{16,200}$/, 'must have 16 or more letters, digits, ".", "_", "~" or "-"');

/** A key that a partner sends as a user name. Greenhouse accepts at most 170 characters. */
export const partnerKey = z
  .string()
  .regex(/^[\w.~-]{16,170}$/, 'must have 16 to 170 letters, digits, ".", "_", "~" or "-"');

/** A host, optionally with a port. */
export const hostAndPort = z
  .string()
  .regex(/^([a-z\d-]+(\.[a-z\d-]+)*|\[::1\])(:\d{1,5})?$/, 'must be hosts such as app.greenhouse.io');

export const signingSecret = z.string().refine((value) => {
  try {
    return Boolean(new Webhook(value));
  } catch {
    return false;
  }
}, 'must be a Standard Webhooks secret (whsec_… in base64)');

/** A URL, or a file that exists and contains a JWKS. */
export const jwks = z.string().refine((value) => {
  if (isWebUrl(value)) return true;
  try {
    return Array.isArray(JSON.parse(decodeText(readFileSync(value)) ?? '').keys);
  } catch {
    return false;
  }
}, 'must be an https:// URL, or a readable JSON file of public keys');

/**
 * `file:` and a path, or a `file:///` URL of this machine. Returns the path. The pattern refuses another URL after
 * `file:`, such as `file:postgres://…`.
 */
const databaseFile = z
  .string()
  .regex(/^file:(?!\/?[^/].*:\/\/)[^?#]+$/, 'must be file: and a path, without ? and #')
  .transform((value, context) => {
    const path = value.slice('file:'.length);
    if (!path.startsWith('//')) return path;
    try {
      return fileURLToPath(value);
    } catch {
      context.addIssue('must name a file on this machine');
      return z.NEVER;
    }
  });

const postgresUrl = z.string().refine((value) => {
  const url = URL.parse(value);
  return url !== null && url.hostname !== '' && /^\/[^/]+$/.test(url.pathname);
}, 'must name a host and a database, such as postgres://user:password@db.example.com/evalon');

/** The path of an SQLite file, or the URL of a PostgreSQL database. */
export const database = z.string().transform((value, context) => {
  const result = (isPostgresUrl(value) ? postgresUrl : databaseFile).safeParse(value);
  if (result.success) return result.data;
  for (const { message } of result.error.issues) context.addIssue(message);
  return z.NEVER;
});

/** An IP address or a host name. */
export const host = z.string().regex(/^[\w.:%-]+$/, 'must be an address or a host name');

/** An IP address or a network in CIDR notation. */
export const network = z.string().refine((value) => {
  const [address = '', bits, ...rest] = value.split('/');
  const maxBits = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) > 0 && !rest.length && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits))
  );
}, 'must be addresses or networks');

export const origin = z
  .string()
  .refine(
    (value) =>
      /^(chrome|moz)-extension:\/\/[\w-]+$/.test(value) ||
      (!value.includes('*') && URL.canParse(value) && new URL(value).origin === value),
    'is not an exact origin (lower case, no path, no trailing slash, no user name)',
  );

export const isSingleLine = (value: string) => !/[\r\n]/.test(value);

export const singleLine = (maxChars: number) => text(maxChars).refine(isSingleLine, 'must be one line');

const MAX_NOTICE_CHARS = 2_000;

/** A text, or the https URL of a page. */
export const candidateNotice = text(MAX_NOTICE_CHARS)
  .transform((value) => value.replaceAll('\r\n', '\n'))
  .refine((value) => {
    if (/\s/.test(value) || !/^[a-z][a-z\d+.-]*:\/\//i.test(value)) return true;
    return URL.canParse(value) && new URL(value).protocol === 'https:' && !new URL(value).username;
  }, 'must be a text or an https:// URL');

/** Text with placeholders. @param required a placeholder that must occur. */
export const template = (maxChars: number, placeholders: string[], required?: string) =>
  text(maxChars)
    .transform((value) => value.replaceAll('\r\n', '\n'))
    .superRefine((value, context) => {
      const used: string[] = value.match(/\{[^{}]*\}/g) ?? [];
      for (const placeholder of used) {
        if (placeholders.includes(placeholder)) continue;
        const shown = /^\{\w{1,40}\}$/.test(placeholder) ? placeholder : '{…}';
        context.addIssue(`contains the unknown placeholder ${shown}`);
      }
      if (required && !used.includes(required)) context.addIssue(`lacks ${required}`);
    });
