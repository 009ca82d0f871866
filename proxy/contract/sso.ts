/** The requests and responses of single sign-on. docs/sign-in.md describes the flow. */
import { z } from 'zod';

/** 32 bytes in base64url: random bytes, or a SHA-256 digest. */
const random32Schema = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url');

/** A P-256 signature in WebCrypto's format (r and s, 64 bytes), in base64url. */
const proofSchema = z.string().regex(/^[\w-]{86}$/, 'must be 64 bytes in base64url');

const coordinateSchema = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url');

/** The public half of the client's key. The browser never exports the private key. */
const clientKeySchema = z
  .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinateSchema, y: coordinateSchema })
  .meta({ description: 'P-256 public key' });

/** Body of `POST /v1/sign-in`. */
export const authorizationRequestSchema = z.object({
  /** The PKCE code challenge: the SHA-256 hash of the verifier (RFC 7636). */
  challenge: random32Schema,
  key: clientKeySchema,
  /**
   * For an extension: the redirect URL of `identity.getRedirectURL()`. Absent: the window posts a message to its
   * opener.
   */
  return_to: z.url('must be a URL').max(300).optional(),
});

/** Response of `POST /v1/sign-in`. The client opens `url` in a window when the recruiter clicks. */
export const authorizationResponseSchema = z.object({ attempt: random32Schema, url: z.string() });

/** Body of `POST /v1/sign-in/redeem`: exchanges a code. `proof` signs `evalon redeem <attempt> <code>`. */
export const codeExchangeRequestSchema = z.object({
  attempt: random32Schema,
  verifier: random32Schema,
  /** The code from the callback, or the short code that the recruiter typed. */
  code: z.string().min(1).max(100),
  proof: proofSchema,
});

/**
 * Body of `POST /v1/sign-in/renew` and `POST /v1/sign-in/out`. `proof` signs `evalon renew <handle>` or `evalon out
 * <handle>`.
 */
export const refreshRequestSchema = z.object({
  /** The refresh token. */
  handle: z.string().min(1).max(200),
  proof: proofSchema,
});

export const tokenResponseSchema = z.object({
  /** The access token. */
  token: z.string(),
  /** Seconds. */
  expires_in: z.int(),
  /** The refresh token. */
  handle: z.string(),
  name: z.string().optional(),
});

export type ClientKey = z.infer<typeof clientKeySchema>;
export type AuthorizationRequest = z.infer<typeof authorizationRequestSchema>;
export type AuthorizationResponse = z.infer<typeof authorizationResponseSchema>;
export type CodeExchangeRequest = z.infer<typeof codeExchangeRequestSchema>;
export type RefreshRequest = z.infer<typeof refreshRequestSchema>;
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** The message that the callback window posts to its opener. */
export interface CallbackMessage {
  evalon: 'sign-in';
  attempt: string;
  /** Absent if the sign-in failed. */
  code?: string;
  /** Why the sign-in failed: a sentence for the recruiter. */
  detail?: string;
}
