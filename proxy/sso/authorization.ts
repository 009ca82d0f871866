/**
 * The authorization request (RFC 6749, 4.1), in three steps: start, redirect to the provider, callback.
 *
 * To exchange the resulting code, a client needs the code itself, the PKCE verifier and the private key. Only the
 * callback window has the code. Only the client that started the sign-in has the verifier and the key. An attacker who
 * lures a recruiter into a window lacks the code. An attacker who steals the code lacks the verifier and the key.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { signInStartPath } from '../contract/routes.ts';
import type { AuthorizationRequest, AuthorizationResponse, CallbackMessage } from '../contract/sso.ts';
import type { SsoAttempt } from '../store/schema.ts';
import { Forbidden, InvalidRequest, ProxyError, Unauthenticated, Unavailable } from '../util/errors.ts';
import { mapClaimsToRights } from './claim-mapping.ts';
import type { AuthorizationChecks, Identity } from './identity-provider.ts';
import type { OidcContext } from './oidc-context.ts';
import { parseClientKey } from './proof-of-possession.ts';

/** Time for the recruiter to sign in at the provider, including a second factor. */
const ATTEMPT_TTL_MS = 10 * 60_000;
const CODE_TTL_MS = 3 * 60_000;
/** Limits how much an unauthenticated client can make the proxy store. */
const MAX_OPEN_ATTEMPTS = 20_000;
/** Contains no vowels, because codes must not form words, and no letters that are easily confused. */
const SHORT_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const SHORT_CODE_LENGTH = 8;
/** The host of Firefox's `identity.getRedirectURL()`. */
const FIREFOX_REDIRECT_HOST = /^[\da-f]{40}\.extensions\.allizom\.org$/;

export interface CallbackResult {
  /** Absent if `state` names no open attempt. */
  storedAttempt?: Pick<SsoAttempt, 'origin' | 'return_to' | 'return_session'>;
  callbackMessage: CallbackMessage;
  /** The recruiter types it if the window cannot post the code to the page. */
  shortCode?: string;
}

/**
 * Stores an attempt and returns the URL that the sign-in window opens.
 * @param origin the origin of the requesting page.
 * @throws Forbidden if neither the page nor the extension is allowed; Unavailable if the provider is down.
 */
export async function startAuthorization(
  oidc: OidcContext,
  { challenge, key, return_to, session_uuid }: AuthorizationRequest,
  origin: string | undefined,
): Promise<AuthorizationResponse> {
  const { store, allowedOrigins } = oidc;
  if (!parseClientKey(key)) {
    throw new InvalidRequest('key is not a valid public key.', [{ path: 'key', message: 'is not a point of P-256' }]);
  }
  const isResultPage = origin === new URL(oidc.publicUrl).origin;
  const isAllowedPage =
    isResultPage || (session_uuid === undefined && origin !== undefined && allowedOrigins.includes(origin));
  const isAllowed = return_to === undefined ? isAllowedPage : isAllowedExtension(return_to, allowedOrigins);
  if (!isAllowed) {
    throw new Forbidden('This page is not allowed to sign in. Ask IT to add it to ALLOWED_ORIGINS.');
  }
  await oidc.provider.ensureReachable();
  const attempt = randomBytes(32).toString('base64url');
  await store.write(async ({ sso }) => {
    if ((await sso.countOpenAttempts(MAX_OPEN_ATTEMPTS)) >= MAX_OPEN_ATTEMPTS) {
      throw new Unavailable('Too many people are signing in right now. Try again in a moment.', {
        retryAfterSeconds: 30,
      });
    }
    await sso.insertAttempt({
      attempt_hash: store.hash(attempt),
      step: 'started',
      code_challenge: challenge,
      client_key: JSON.stringify({ kty: key.kty, crv: key.crv, x: key.x, y: key.y }),
      origin: return_to === undefined ? (origin ?? null) : null,
      return_to: return_to ?? null,
      return_session: session_uuid ?? null,
      expires_at: store.dueClock.dueAt(ATTEMPT_TTL_MS),
    });
  });
  return { attempt, url: `${oidc.publicUrl}${signInStartPath(attempt)}` };
}

/**
 * Returns the provider's URL for the window, once for each attempt. An extension in Firefox gets the URL twice, because
 * Firefox first requests the proxy's URL in the background, and then again in the window.
 * @throws Unauthenticated if the attempt is unknown, used or expired.
 */
export async function buildProviderUrl(oidc: OidcContext, attempt: string): Promise<string> {
  const providerUrl = await oidc.provider.buildAuthorizationUrl(deriveChecks(oidc, attempt));
  const attemptHash = oidc.store.hash(attempt);
  const isRedirected = await oidc.store.write(async ({ sso }) => {
    if (await sso.advanceAttempt(attemptHash, 'started', { step: 'redirected' })) return true;
    const stored = await sso.getOpenAttempt(attemptHash);
    if (stored?.step !== 'redirected' || stored.return_to === null) return false;
    return FIREFOX_REDIRECT_HOST.test(new URL(stored.return_to).host);
  });
  if (!isRedirected) throw attemptExpired();
  return providerUrl;
}

/**
 * Exchanges the provider's code and issues the proxy's own code. Returns errors as part of the result, because the
 * window shows them.
 * @param search the query of the callback's URL, with `?`.
 */
export async function handleCallback(oidc: OidcContext, search: string): Promise<CallbackResult> {
  const { store, log } = oidc;
  const attempt = new URLSearchParams(search).get('state') ?? '';
  const storedAttempt = await store.read(({ sso }) => sso.getOpenAttempt(store.hash(attempt)));
  if (storedAttempt?.step !== 'redirected') return toFailedCallback(attempt, attemptExpired());
  try {
    // Of two concurrent callbacks, one fails: the provider refuses the code, or issueCode finds another step.
    const identity = await oidc.provider.exchangeCode(search, deriveChecks(oidc, attempt));
    const { code, shortCode } = await issueCode(oidc, attempt, identity);
    return { storedAttempt, callbackMessage: { evalon: 'sign-in', attempt, code }, shortCode };
  } catch (error) {
    if (!(error instanceof ProxyError)) throw error;
    await store.write(({ sso }) => sso.deleteAttempt(store.hash(attempt)));
    log.warn({ code: error.code, reason: error.cause }, 'a sign-in failed');
    return { storedAttempt, ...toFailedCallback(attempt, error) };
  }
}

/** Creates a code and a short code. Stores their hashes and the encrypted identity. */
async function issueCode(
  oidc: OidcContext,
  attempt: string,
  identity: Identity,
): Promise<{ code: string; shortCode: string }> {
  const { store } = oidc;
  if (!mapClaimsToRights(identity.claims, oidc.grants)) {
    throw new Forbidden('Your account has no access to Evalon projects. Ask IT for access.');
  }
  const code = randomBytes(32).toString('base64url');
  const shortCode = Array.from(
    { length: SHORT_CODE_LENGTH },
    () => SHORT_CODE_LETTERS[randomInt(SHORT_CODE_LETTERS.length)],
  ).join('');
  const attemptHash = store.hash(attempt);
  const isIssued = await store.write(({ sso }) =>
    sso.advanceAttempt(attemptHash, 'redirected', {
      step: 'code_issued',
      code_hash: store.hash(code),
      short_code_hash: store.hash(shortCode),
      encrypted_identity: oidc.keys.encrypt(JSON.stringify(identity), attemptHash),
      expires_at: store.dueClock.dueAt(CODE_TTL_MS),
    }),
  );
  if (!isIssued) throw attemptExpired();
  return { code, shortCode };
}

function deriveChecks({ keys }: OidcContext, attempt: string): AuthorizationChecks {
  return {
    state: attempt,
    nonce: keys.deriveSecret('nonce', attempt),
    codeVerifier: keys.deriveSecret('verifier', attempt),
  };
}

function toFailedCallback(attempt: string, { message }: ProxyError): CallbackResult {
  return { callbackMessage: { evalon: 'sign-in', attempt, detail: message } };
}

function attemptExpired(): Unauthenticated {
  return new Unauthenticated('This sign-in was already used or has expired. Click “Sign in” again.');
}

/**
 * Chrome's and Edge's redirect host contains the extension's id. Firefox's redirect host is a hash of the id, so
 * `ALLOWED_ORIGINS` lists that host.
 */
function isAllowedExtension(returnTo: string, allowedOrigins: readonly string[]): boolean {
  const { protocol, host, origin, username, password } = new URL(returnTo);
  if (protocol !== 'https:' || username || password) return false;
  const chromeId = /^([a-p]{32})\.chromiumapp\.org$/.exec(host)?.[1];
  if (chromeId) return allowedOrigins.includes(`chrome-extension://${chromeId}`);
  return FIREFOX_REDIRECT_HOST.test(host) && allowedOrigins.includes(origin);
}
