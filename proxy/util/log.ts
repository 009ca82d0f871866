/** The log: JSON lines on stdout, without secrets and candidates' data. */
import { destination, type LogFn, type Logger, pino } from 'pino';
import type { Throttle } from './log-throttle.ts';
import { getRequestId, withRequestId } from './request-context.ts';

export type Log = Logger;

const SECRET_FIELDS = [
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

/** If stdout cannot be written and this buffer is full, the log drops lines. */
const MAX_BUFFER_BYTES = 1024 * 1024;

/** @param throttle limits repeated lines, unless the level is `debug` or `trace`. */
export function createLog(level: string, throttle: Throttle): Log {
  const output = destination({ fd: process.stdout.fd, sync: false, maxLength: MAX_BUFFER_BYTES });
  // The proxy keeps serving if the log cannot be written, for example because the disk is full.
  output.on('error', () => {});
  const isThrottled = level !== 'debug' && level !== 'trace';
  return pino(
    {
      level,
      base: null,
      mixin: () => (getRequestId() ? { request_id: getRequestId() } : {}),
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
      ...(isThrottled && { hooks: { logMethod: throttleLines(throttle) } }),
    },
    output,
  );
}

/**
 * Lines with the same message are throttled separately if these fields differ. A client cannot choose the values of
 * these fields.
 */
const THROTTLE_KEY_FIELDS = ['alert', 'call', 'code', 'message', 'route', 'status', 'worker'];

function throttleLines(throttle: Throttle) {
  return function logMethod(this: Log, line: Parameters<LogFn>, method: LogFn): void {
    const [fields, message] = typeof line[0] === 'string' ? [{}, line[0]] : line;
    const key = Object.fromEntries(
      THROTTLE_KEY_FIELDS.map((name) => [name, (fields as Record<string, unknown> | null)?.[name]]),
    );
    const logSuppressed = (more: number) =>
      withRequestId(undefined, () => method.call(this, { ...key, more }, message));
    if (throttle.allow(JSON.stringify([message, key]), logSuppressed)) method.apply(this, line);
  };
}
