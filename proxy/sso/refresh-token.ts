/**
 * What a client renews with: which sign-in, and which of its turns, under a seal that only this proxy can make. Any handle
 * that was ever given can be told from one that somebody made up, and the newest from those before it.
 */
import type { SignInKeys } from './derived-keys.ts';

export interface Handle {
  signIn: string;
  turn: number;
}

export function handleOf({ signIn, turn }: Handle, keys: SignInKeys): string {
  const name = `${signIn}.${turn}`;
  return `${name}.${keys.derive('handle', name)}`;
}

/** Undefined where it was never given by this proxy, or with another client secret. */
export function readHandle(text: string, keys: SignInKeys): Handle | undefined {
  const [, name = '', signIn = '', turn = '', seal = ''] = /^((.+)\.(\d{1,9}))\.([\w-]{43})$/.exec(text) ?? [];
  return keys.isDerived(seal, 'handle', name) ? { signIn, turn: Number(turn) } : undefined;
}
