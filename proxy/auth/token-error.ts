/** Why a token is refused, in words for IT: for the log and the doctor. Nothing of the token itself is repeated in them. */
import { errors } from 'jose';
import { z } from 'zod';

export class TokenError extends Error {
  override readonly name = 'TokenFault';
  /** What to do about it. */
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

const CLAIMS_HINT = 'docs/tokens.md says what each claim must be';

/** @param error what proving the token has thrown. */
export function toTokenError(error: unknown, wanted: ExpectedClaims): TokenError {
  if (error instanceof TokenError) return error;
  if (error instanceof errors.JWTExpired) {
    return new TokenError('the token has expired (exp)', 'mint a fresh one; if it is fresh, the clocks disagree');
  }
  if (error instanceof errors.JWTClaimValidationFailed) return toClaimError(error, wanted);
  if (error instanceof z.ZodError) {
    return new TokenError(
      `the token's claim ${String(error.issues[0]?.path[0])} has a form that is not taken`,
      CLAIMS_HINT,
    );
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new TokenError(
      "the token's signature does not fit: it was signed with another key, or changed on its way",
      'see that what mints has the HOST_TOKEN_SECRET (or the private half of the HOST_TOKEN_JWKS) of this proxy, to the letter, line ends too',
    );
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return new TokenError(
      'not exactly one of the published keys fits the token (kid, alg)',
      'publish the key that signs, and name it by kid in the header',
    );
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return new TokenError(
      'the token is signed in a way that is not taken (alg)',
      'sign with HS256 for HOST_TOKEN_SECRET; with ES256, EdDSA or RS256 for HOST_TOKEN_JWKS',
    );
  }
  return new TokenError('the token is no signed JWT, or was cut off', 'give all three parts, with the dots between');
}

function toClaimError(
  { claim, reason }: errors.JWTClaimValidationFailed,
  { issuer, audience }: ExpectedClaims,
): TokenError {
  if (reason === 'missing') return new TokenError(`the token has no ${claim}`, CLAIMS_HINT);
  if (claim === 'aud') {
    return new TokenError(
      "the token's audience (aud) is another",
      `mint it for ${audience}, or set HOST_TOKEN_AUDIENCE`,
    );
  }
  if (claim === 'iss') {
    return new TokenError("the token's issuer (iss) is another", `let it be ${issuer}, or set HOST_TOKEN_ISSUER`);
  }
  return new TokenError(`the token's claim ${claim} is not what it must be`, CLAIMS_HINT);
}
