/** Why the proxy refuses a token, with the fix, for the log and the doctor. Never contains any part of the token. */
import { errors } from 'jose';
import { z } from 'zod';

export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

interface ExpectedClaims {
  issuer?: string;
  audience: string;
}

const CLAIMS_HINT = 'see docs/tokens.md for the claims';

/** @param error what the verification threw. */
export function toTokenError(error: unknown, expected: ExpectedClaims): TokenError {
  if (error instanceof TokenError) return error;
  if (error instanceof errors.JWTExpired) {
    return new TokenError(
      'the token has expired (exp)',
      'mint a new token. If the token is new, synchronize the clocks',
    );
  }
  if (error instanceof errors.JWTClaimValidationFailed) return toClaimError(error, expected);
  if (error instanceof z.ZodError) {
    return new TokenError(`the token's claim ${String(error.issues[0]?.path[0])} has the wrong type`, CLAIMS_HINT);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new TokenError(
      "the token's signature is wrong: another key signed it, or the token was changed",
      "sign with exactly this proxy's HOST_TOKEN_SECRET, without an added line break, or with a private key of HOST_TOKEN_JWKS",
    );
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return new TokenError(
      'no published key, or more than one, matches the token (kid, alg)',
      'publish the key that signs, and put its kid into the header',
    );
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return new TokenError(
      'the token is signed with another algorithm (alg)',
      'sign with HS256 for HOST_TOKEN_SECRET, or with ES256, EdDSA (Ed25519) or RS256 for HOST_TOKEN_JWKS',
    );
  }
  return new TokenError('the token is not a signed JWT, or is cut off', 'pass all three parts and the dots');
}

function toClaimError(
  { claim, reason }: errors.JWTClaimValidationFailed,
  { issuer, audience }: ExpectedClaims,
): TokenError {
  if (reason === 'missing') return new TokenError(`the token has no ${claim}`, CLAIMS_HINT);
  if (claim === 'aud') {
    return new TokenError(
      'the token is for another audience (aud)',
      `set aud to ${audience}, or change HOST_TOKEN_AUDIENCE`,
    );
  }
  if (claim === 'iss') {
    return new TokenError('the token has another issuer (iss)', `set iss to ${issuer}, or change HOST_TOKEN_ISSUER`);
  }
  return new TokenError(`the token's claim ${claim} is invalid`, CLAIMS_HINT);
}
