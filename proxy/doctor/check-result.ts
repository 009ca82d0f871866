/**
 * The result of a check: one line, with a fix unless the check passed. Contains no secret and no text of another
 * server.
 */
import type { Clock } from '../util/clock.ts';

export interface CheckResult {
  level: 'ok' | 'warn' | 'fail';
  message: string;
  fix?: string;
}

export const ok = (message: string): CheckResult => ({ level: 'ok', message });
export const warn = (message: string, fix: string): CheckResult => ({ level: 'warn', message, fix });
export const fail = (message: string, fix: string): CheckResult => ({ level: 'fail', message, fix });

export function formatResult({ level, message, fix }: CheckResult): string {
  return `${level.padEnd(4)}  ${message}${fix ? ` → ${fix}` : ''}\n`;
}

const CHECK_TIMEOUT_MS = 5_000;
/** After the timeout, a check has this long to report which call the timeout interrupted. */
const GRACE_MS = 500;

export type Check = (signal: AbortSignal) => CheckResult[] | Promise<CheckResult[]>;

/** Runs a check. A check that throws or times out yields a failure about `subject`. */
export async function runCheck(clock: Clock, subject: string, check: Check): Promise<CheckResult[]> {
  const controller = new AbortController();
  const { promise: timedOut, resolve } = Promise.withResolvers<CheckResult[]>();
  const timers = [
    clock.runAfter(CHECK_TIMEOUT_MS, () => controller.abort()),
    clock.runAfter(CHECK_TIMEOUT_MS + GRACE_MS, () =>
      resolve([
        fail(`the check of ${subject} did not finish within ${CHECK_TIMEOUT_MS / 1_000} s`, 'find what blocks it'),
      ]),
    ),
  ];
  const run = async () => check(controller.signal);
  const toFailure = (error: unknown) => [
    fail(`the check of ${subject} failed (${describeError(error)})`, 'make sure that it exists and responds'),
  ];
  const results = await Promise.race([run().catch(toFailure), timedOut]);
  for (const cancel of timers) cancel();
  return results;
}

/**
 * Returns a reason that the proxy or Node defines, such as `ECONNREFUSED`, `CERT_HAS_EXPIRED` or `no response within 5
 * s`.
 */
export function describeError(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: { code?: unknown } };
  if (name === 'AbortError') return `no response within ${CHECK_TIMEOUT_MS / 1_000} s`;
  return String(cause?.code ?? (typeof code === 'string' ? code : name));
}
