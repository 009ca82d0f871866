/**
 * Whether each part of a JWT is base64url without padding and without unused bits (RFC 7515, 2). The JWT library also
 * accepts other encodings of the same bytes. With them, one token would have several spellings.
 */
export function isCanonicalJwt(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}
