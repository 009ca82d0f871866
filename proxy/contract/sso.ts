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

export const authorizationRequestSchema = z
  .object({
    challenge: random32Schema.describe('The PKCE code challenge: the SHA-256 hash of the verifier (RFC 7636).'),
    key: clientKeySchema,
    return_to: z
      .url('must be a URL')
      .max(300)
      .optional()
      .describe(
        'For an extension: the redirect URL of `identity.getRedirectURL()`. Absent: the window posts a message to its opener.',
      ),
    session_uuid: z
      .string()
      .min(1)
      .max(1_000)
      .overwrite((text) => text.toWellFormed())
      .optional()
      .describe("For the proxy's own result page: the session whose page the browser returns to."),
  })
  .refine(({ return_to, session_uuid }) => return_to === undefined || session_uuid === undefined, {
    path: ['session_uuid'],
    error: 'excludes return_to',
  })
  .meta({ id: 'SignInRequest' });

export const authorizationResponseSchema = z
  .object({ attempt: random32Schema, url: z.string() })
  .meta({ id: 'SignIn', description: 'The client opens `url` in a window when the recruiter clicks.' });

export const codeExchangeRequestSchema = z
  .object({
    attempt: random32Schema,
    verifier: random32Schema,
    code: z
      .string()
      .min(1)
      .max(100)
      .describe('The code from the callback, or the short code that the recruiter typed.'),
    proof: proofSchema,
  })
  .meta({ id: 'CodeExchange', description: '`proof` signs `evalon redeem <attempt> <code>`.' });

export const refreshRequestSchema = z
  .object({
    handle: z.string().min(1).max(200).describe('The refresh token.'),
    proof: proofSchema,
  })
  .meta({ id: 'Refresh', description: '`proof` signs `evalon renew <handle>` or `evalon out <handle>`.' });

export const tokenResponseSchema = z
  .object({
    token: z.string().describe('The access token.'),
    expires_in: z.int().describe('Seconds.'),
    handle: z.string().describe('The refresh token.'),
    name: z.string().optional(),
  })
  .meta({ id: 'Tokens' });

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
