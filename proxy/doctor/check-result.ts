/**
 * What a look at a deployment found: a line for a person, with what to do where something should be done. Nothing that
 * another machine said is repeated in it, and no secret.
 */
import type { Clock } from '../util/clock.ts';

export interface CheckResult {
  level: 'ok' | 'warn' | 'fail';
  message: string;
  fix?: string;
}

export const ok = (seen: string): CheckResult => ({ level: 'ok', message: seen });
export const warn = (seen: string, fix: string): CheckResult => ({ level: 'warn', message: seen, fix });
export const fail = (seen: string, fix: string): CheckResult => ({ level: 'fail', message: seen, fix });

export function formatResult({ level, message: seen, fix }: CheckResult): string {
  return `${level.padEnd(4)}  ${seen}${fix ? ` → ${fix}` : ''}\n`;
}

/** Milliseconds that a look may take. */
const CHECK_TIMEOUT_MS = 5_000;
/** Milliseconds more, in which a look can still say what the deadline cut off. */
const GRACE_MS = 500;

export type Check = (signal: AbortSignal) => CheckResult[] | Promise<CheckResult[]>;

/** Takes a look at `subject` and always answers: a look that breaks or does not end is a finding too. */
export async function runCheck(clock: Clock, subject: string, look: Check): Promise<CheckResult[]> {
  const controller = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<CheckResult[]>();
  const cancels = [
    clock.runAfter(CHECK_TIMEOUT_MS, () => controller.abort()),
    clock.runAfter(CHECK_TIMEOUT_MS + GRACE_MS, () =>
      resolve([
        fail(`${subject} could not be looked at within ${CHECK_TIMEOUT_MS / 1_000} s`, 'see what stalls there'),
      ]),
    ),
  ];
  const looked = async () => look(controller.signal);
  const broken = (error: unknown) => [
    fail(`${subject} could not be looked at (${describeError(error)})`, 'see that it is there and answers'),
  ];
  const findings = await Promise.race([looked().catch(broken), late]);
  for (const cancel of cancels) cancel();
  return findings;
}

/** Why there was no answer, in a word that is ours or Node's: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `no answer in 5 s`. */
export function describeError(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: { code?: unknown } };
  if (name === 'AbortError') return `no answer in ${CHECK_TIMEOUT_MS / 1_000} s`;
  return String(cause?.code ?? (typeof code === 'string' ? code : name));
}
