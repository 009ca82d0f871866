/**
 * What a look at a deployment found: a line for a person, with what to do where something should be done. Nothing that
 * another machine said is repeated in it, and no secret.
 */
import type { Clock } from '../util/clock.ts';

export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  seen: string;
  fix?: string;
}

export const ok = (seen: string): Finding => ({ level: 'ok', seen });
export const warn = (seen: string, fix: string): Finding => ({ level: 'warn', seen, fix });
export const fail = (seen: string, fix: string): Finding => ({ level: 'fail', seen, fix });

export function lineOf({ level, seen, fix }: Finding): string {
  return `${level.padEnd(4)}  ${seen}${fix ? ` → ${fix}` : ''}\n`;
}

/** Milliseconds that a look may take. */
const DEADLINE = 5_000;
/** Milliseconds more, in which a look can still say what the deadline cut off. */
const GRACE = 500;

export type Look = (signal: AbortSignal) => Finding[] | Promise<Finding[]>;

/** Takes a look at `subject` and always answers: a look that breaks or does not end is a finding too. */
export async function within(clock: Clock, subject: string, look: Look): Promise<Finding[]> {
  const controller = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<Finding[]>();
  const cancels = [
    clock.after(DEADLINE, () => controller.abort()),
    clock.after(DEADLINE + GRACE, () =>
      resolve([fail(`${subject} could not be looked at within ${DEADLINE / 1_000} s`, 'see what stalls there')]),
    ),
  ];
  const looked = async () => look(controller.signal);
  const broken = (error: unknown) => [
    fail(`${subject} could not be looked at (${reasonOf(error)})`, 'see that it is there and answers'),
  ];
  const findings = await Promise.race([looked().catch(broken), late]);
  for (const cancel of cancels) cancel();
  return findings;
}

/** Why there was no answer, in a word that is ours or Node's: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `no answer in 5 s`. */
export function reasonOf(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: { code?: unknown } };
  if (name === 'AbortError') return `no answer in ${DEADLINE / 1_000} s`;
  return String(cause?.code ?? (typeof code === 'string' ? code : name));
}
