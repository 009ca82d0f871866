/** Mints recruiter tokens like an ATS's backend, and forges invalid ones. */
import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';

export const HOST_TOKEN_SECRET = 'a secret of tests that is long enough for HS256';

export interface TokenClaims {
  sub?: string;
  iss?: string;
  aud?: string;
  name?: string;
  projects?: string[];
  scope?: string;
  candidates?: string[];
  /** Seconds since 1970. Default: now. */
  iat?: number;
  /** Seconds since 1970. Default: ten minutes after `iat`. */
  exp?: number;
}

/** Grants everything in every project, unless `claims` override that. An undefined claim is left out. */
export function mintToken(
  claims: { [Name in keyof TokenClaims]: TokenClaims[Name] | undefined } = {},
  { secret = HOST_TOKEN_SECRET, algorithm = 'HS256' }: { secret?: string; algorithm?: string } = {},
): Promise<string> {
  const iat = claims.iat ?? Math.floor(Date.now() / 1_000);
  const allClaims = {
    sub: 'recruiter-1',
    iss: 'https://ats.example.com',
    aud: 'evalon-proxy',
    projects: ['*'],
    scope: 'read invite',
    iat,
    exp: iat + 600,
    ...claims,
  };
  const payload = Object.fromEntries(Object.entries(allClaims).filter(([, value]) => value !== undefined));
  return new SignJWT(payload).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(secret));
}

/** Signs the first two parts of a token. */
export type TokenSigner = (signingInput: string) => Buffer;

/** Combines any header with any claims. Claims that are a string are not converted to JSON. */
export function forgeToken(header: object, claims: unknown, sign: TokenSigner): string {
  const parts = [JSON.stringify(header), typeof claims === 'string' ? claims : JSON.stringify(claims)];
  const signingInput = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${signingInput}.${sign(signingInput).toString('base64url')}`;
}

/** @param secret may be empty. */
export function createHmacSigner(secret: string | Uint8Array, hash = 'sha256'): TokenSigner {
  return (signingInput) => createHmac(hash, secret).update(signingInput).digest();
}
