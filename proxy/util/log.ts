/** One logger, JSON lines on stdout. Secrets and candidates' data are taken out here, whoever logs them. */
import { destination, type LogFn, type Logger, pino } from 'pino';
import type { Throttle } from './log-throttle.ts';
import { getRequestId, withRequestId } from './request-context.ts';

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
const MAX_INPUT_CHARS = 5_000;

/** Bytes of lines that are kept while they cannot be written; what comes beyond is lost. */
const MAX_BUFFER_BYTES = 1024 * 1024;

/**
 * @param repeats bounds lines that say the same; where somebody looks for a fault (`debug`, `trace`) all are written.
 */
export function createLog(level: string, repeats: Throttle): Log {
  const output = destination({ fd: process.stdout.fd, sync: false, maxLength: MAX_BUFFER_BYTES });
  // Where there is no room for the log, the proxy serves on without.
  output.on('error', () => {});
  const all = level === 'debug' || level === 'trace';
  return pino(
    {
      level,
      base: null,
      mixin: () => (getRequestId() ? { request_id: getRequestId() } : {}),
      redact: { paths: SECRET_PATHS.flatMap((path) => [path, `*.${path}`]), censor: '[redacted]' },
      ...(!all && { hooks: { logMethod: throttleLines(repeats) } }),
    },
    output,
  );
}

/** Facts that tell lines with the same words apart. Which there are is up to us, and not to who calls. */
const THROTTLE_KEY_FIELDS = ['alert', 'call', 'code', 'route', 'status', 'worker'];

function throttleLines(repeats: Throttle) {
  return function write(this: Log, line: Parameters<LogFn>, method: LogFn): void {
    const [facts, message] = typeof line[0] === 'string' ? [{}, line[0]] : line;
    const kind = Object.fromEntries(
      THROTTLE_KEY_FIELDS.map((name) => [name, (facts as Record<string, unknown> | null)?.[name]]),
    );
    const tellMore = (more: number) => withRequestId(undefined, () => method.call(this, { ...kind, more }, message));
    if (repeats.allow(JSON.stringify([message, kind]), tellMore)) method.apply(this, line);
  };
}

/**
 * Foreign words made fit for a log: one bounded line, without email addresses, without the given secrets, and without
 * any single word of `names`, however the words between are written.
 */
export function redact(words: string, { secrets, names }: { secrets: readonly string[]; names: string[] }): string {
  const without = [...secrets, ...names]
    .filter(Boolean)
    .reduce((text, secret) => text.replace(literalPattern(secret), '[redacted]'), words.slice(0, MAX_INPUT_CHARS));
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
function literalPattern(words: string): RegExp {
  return new RegExp(words.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
}
