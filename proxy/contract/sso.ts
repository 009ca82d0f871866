/** What a client and the proxy say to each other while a recruiter signs in, and to stay signed in. */
import { z } from 'zod';

/** 32 random bytes, or a SHA-256 of such, in base64url. */
const random32Schema = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url');

/** A P-256 signature as WebCrypto makes it (r and s, 64 bytes), in base64url. */
const proofSchema = z.string().regex(/^[\w-]{86}$/, 'must be 64 bytes in base64url');

const coordinateSchema = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url');

/** The public half of the client's key; the private one never leaves its browser. */
const clientKeySchema = z
  .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinateSchema, y: coordinateSchema })
  .meta({ description: 'P-256, public half only' });

/** Body of `POST /v1/sign-in`. */
export const authorizationRequestSchema = z.object({
  /** SHA-256 of the verifier that the client keeps until it redeems. */
  challenge: random32Schema,
  key: clientKeySchema,
  /** For a browser extension: the address that its browser hands back to it. Absent: a page's window is told. */
  return_to: z.url('must be an address').max(300).optional(),
});

/** Its answer: the window is opened at `url`, on a click. */
export const authorizationResponseSchema = z.object({ attempt: random32Schema, url: z.string() });

/** Body of `POST /v1/sign-in/redeem`; `proof` signs {@link redeemText}. */
export const codeExchangeRequestSchema = z.object({
  attempt: random32Schema,
  verifier: random32Schema,
  /** The code that was handed back, or the short one that the recruiter has typed. */
  code: z.string().min(1).max(100),
  proof: proofSchema,
});

/** Body of `POST /v1/sign-in/renew` and of `POST /v1/sign-in/out`; `proof` signs {@link handleText}. */
export const refreshRequestSchema = z.object({ handle: z.string().min(1).max(200), proof: proofSchema });

/** What keeps a recruiter signed in: a bearer for ten minutes, and the handle that the next one is asked for with. */
export const tokenResponseSchema = z.object({
  token: z.string(),
  /** Seconds. */
  expires_in: z.int(),
  handle: z.string(),
  name: z.string().optional(),
});

export type ClientKey = z.infer<typeof clientKeySchema>;
export type AuthorizationRequest = z.infer<typeof authorizationRequestSchema>;
export type AuthorizationResponse = z.infer<typeof authorizationResponseSchema>;
export type CodeExchangeRequest = z.infer<typeof codeExchangeRequestSchema>;
export type RefreshRequest = z.infer<typeof refreshRequestSchema>;
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** What the window that comes back posts to the page that opened it. */
export interface CallbackMessage {
  evalon: 'sign-in';
  attempt: string;
  /** To redeem; absent where the sign-in came to nothing. */
  code?: string;
  /** Why it came to nothing: a sentence for the recruiter. */
  detail?: string;
}
