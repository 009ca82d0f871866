/** Tables of single sign-on. */
import type { Generated, Insertable, Selectable } from 'kysely';

/** Sign-ins that have not finished. Keys of the encrypted columns: sso/derived-keys.ts. */
export interface SsoAttemptsTable {
  /** Keyed hash of the attempt's id. */
  attempt_hash: string;
  /**
   * `started`: the client has the window's URL. `redirected`: the window is at the identity provider.
   * `code_issued`: the recruiter returned, and the client can exchange the code.
   */
  step: 'started' | 'redirected' | 'code_issued';
  /** The client's PKCE code challenge: the SHA-256 hash of its verifier. */
  code_challenge: string;
  /** The client's public key, as a JWK. */
  client_key: string;
  /** The page's origin; null for an extension. */
  origin: string | null;
  /** An extension's redirect URL; null for a page. */
  return_to: string | null;
  /** The session whose result page started the attempt; null for other pages. */
  return_session: string | null;
  /** Keyed hash of the code that the window sends to the client. */
  code_hash: string | null;
  /** Keyed hash of the code that the recruiter can type. */
  short_code_hash: string | null;
  /** The recruiter's identity, from the provider. */
  encrypted_identity: string | null;
  /** Failed attempts to exchange the code. */
  failed_redemptions: Generated<number>;
  expires_at: string;
}

/**
 * Sign-ins: one recruiter in one browser. A row stays after the sign-in's end until `expires_at`, to detect a reuse.
 */
export interface SignInsTable {
  /** A random id. */
  sign_in_id: string;
  /** The recruiter's `iss`. */
  issuer: string;
  /** The recruiter's `sub`. */
  sub: string;
  /** The recruiter's name. */
  name: string | null;
  /** The client's public key, as a JWK. */
  client_key: string;
  /** The page's origin; null for an extension. */
  origin: string | null;
  /** A JSON array of project ids. */
  projects: string;
  /** `read`, `invite` or both, separated by a space. */
  scope: string;
  /** The identity provider's refresh token; null if the provider issued none, or if the sign-in has ended. */
  encrypted_refresh_token: string | null;
  /**
   * Counts refreshes. The proxy's refresh token with this number is valid. For some seconds after a refresh, the token
   * with the number before is valid too.
   */
  refresh_generation: number;
  refreshed_at: string;
  /** The end of the lease of a running refresh. */
  refresh_leased_until: string | null;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
}

export type SsoAttempt = Selectable<SsoAttemptsTable>;
export type NewSsoAttempt = Insertable<SsoAttemptsTable>;
export type StoredSignIn = Selectable<SignInsTable>;
