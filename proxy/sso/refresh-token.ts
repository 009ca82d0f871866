/**
 * What a client renews with: which sign-in, and which of its turns, under a seal that only this proxy can make. Any handle
 * that was ever given can be told from one that somebody made up, and the newest from those before it.
 */
import type { SignInKeys } from './derived-keys.ts';

export interface RefreshToken {
  signInId: string;
  generation: number;
}

export function mintRefreshToken({ signInId: signIn, generation: turn }: RefreshToken, keys: SignInKeys): string {
  const name = `${signIn}.${turn}`;
  return `${name}.${keys.deriveSecret('handle', name)}`;
}

/** Undefined where it was never given by this proxy, or with another client secret. */
export function parseRefreshToken(text: string, keys: SignInKeys): RefreshToken | undefined {
  const [, name = '', signIn = '', turn = '', seal = ''] = /^((.+)\.(\d{1,9}))\.([\w-]{43})$/.exec(text) ?? [];
  return keys.isDerivedSecret(seal, 'handle', name) ? { signInId: signIn, generation: Number(turn) } : undefined;
}
