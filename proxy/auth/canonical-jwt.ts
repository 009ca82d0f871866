/**
 * Whether each part of a JWT is base64url without padding (RFC 7515, 2), and its unused bits are 0 (RFC 4648, 3.5). The
 * JWT library also accepts other encodings of the same bytes. With them, one token would have several spellings.
 */
export function isCanonicalJwt(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}
