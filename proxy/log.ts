/** One logger, JSON lines on stdout. Secrets and candidates' data are taken out here, whoever logs them. */
import { destination, type Logger, pino } from 'pino';
import { requestId } from './trace.ts';

export type Log = Logger;

const SECRET_PATHS = [
  'authorization',
  'token',
  'secret',
  'apiKey',
  'candidate_email',
  'candidate_name',
  'candidate_url',
  'email',
  'narrative',
];

const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u;
const NO_LETTER_BEFORE = '(?<![\\p{L}\\p{M}\\p{N}])';
const NO_LETTER_AFTER = '(?![\\p{L}\\p{M}\\p{N}])';

/** An email address, as far as a log needs to recognise one. */
const EMAIL = /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+/g;

/** Characters of foreign words that are looked at: many more than are shown, so that none is cut off in what is shown. */
const LOOKED_AT = 5_000;

/** Bytes of lines that are kept while they cannot be written; what comes beyond is lost. */
const KEPT = 1024 * 1024;

export function createLog(level: string): Log {
  const output = destination({ fd: process.stdout.fd, sync: false, maxLength: KEPT });
  // Where there is no room for the log, the proxy serves on without.
  output.on('error', () => {});
  return pino(
    {
      level,
      base: null,
      mixin: () => (requestId() ? { request_id: requestId() } : {}),
      redact: { paths: SECRET_PATHS.flatMap((path) => [path, `*.${path}`]), censor: '[redacted]' },
    },
    output,
  );
}

/**
 * Foreign words made fit for a log: one bounded line, without email addresses, without the given secrets, and without
 * any single word of `names`, however the words between are written.
 */
export function redacted(words: string, { secrets, names }: { secrets: readonly string[]; names: string[] }): string {
  const without = [...secrets, ...names]
    .filter(Boolean)
    .reduce((text, secret) => text.replace(literally(secret), '[redacted]'), words.slice(0, LOOKED_AT));
  const parts = new Set(names.flatMap((name) => name.split(BETWEEN_WORDS)).filter(({ length }) => length > 1));
  return [...parts]
    .reduce(
      (text, part) => text.replace(new RegExp(`${NO_LETTER_BEFORE}${part}${NO_LETTER_AFTER}`, 'giu'), '[redacted]'),
      without,
    )
    .replace(EMAIL, '[email]')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, 500);
}

/** Finds the words wherever they stand, in any letter case. */
function literally(words: string): RegExp {
  return new RegExp(words.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
}
