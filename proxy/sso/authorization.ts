/**
 * A sign-in under way, in three steps: begun by a client, sent to the provider, returned from it. Whoever would redeem
 * what came back needs the code, which only the returned window has, and the verifier and key of the client that began:
 * a window that somebody else lured a recruiter into is worth nothing to either.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { signInStartPath } from '../contract/routes.ts';
import type { AuthorizationRequest, AuthorizationResponse, CallbackMessage } from '../contract/sso.ts';
import type { SsoAttempt } from '../store/schema.ts';
import { timestamp } from '../util/clock.ts';
import { Forbidden, InvalidRequest, ProxyError, Unauthenticated, Unavailable } from '../util/errors.ts';
import { mapClaimsToRights } from './claim-mapping.ts';
import type { AuthorizationChecks, Identity } from './identity-provider.ts';
import type { GetOidcContext, OidcContext, SingleSignOnOptions } from './oidc-session.ts';
import { parseClientKey } from './proof-of-possession.ts';

/** Milliseconds for the provider's pages, second factor included; then for the code that came of it. */
const ATTEMPT_TTL_MS = 10 * 60_000;
const CODE_TTL_MS = 3 * 60_000;
/** Sign-ins under way at the same time: a stranger can begin some, and cannot fill the disk. */
const MAX_PENDING_ATTEMPTS = 20_000;
/** Letters that nobody takes for others, and that make no words. */
const SHORT_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const SHORT_CODE_LENGTH = 8;
/** Where Firefox takes over for an extension. */
const FIREFOX_REDIRECT_HOST = /^[\da-f]{40}\.extensions\.allizom\.org$/;

/** What the window shows and hands back. */
export interface CallbackResult {
  /** Absent where it is not known who began. */
  attempt?: Pick<SsoAttempt, 'origin' | 'return_to'>;
  callbackMessage: CallbackMessage;
  /** To be typed where the window cannot reach the page. */
  shortCode?: string;
}

export interface AuthorizationFlow {
  /**
   * Begins one; `origin` is that of the page that asks.
   * @throws Forbidden where neither it nor the extension is allowed; Unavailable where the provider is down.
   */
  start(asked: AuthorizationRequest, origin: string | undefined): Promise<AuthorizationResponse>;
  /**
   * Where the window goes on to, once; Firefox asks for an extension's by itself first, whether it can do without a window.
   * @throws Unauthenticated where the attempt is unknown, used or over.
   */
  redirect(attempt: string): Promise<string>;
  /** The window comes back; what is wrong is told in the answer. */
  handleCallback(search: string): Promise<CallbackResult>;
}

export function createAuthorizationFlow(
  { store, clock, log, config, publicUrl }: SingleSignOnOptions,
  open: GetOidcContext,
): AuthorizationFlow {
  const { hash } = store;
  const checksOf = (attempt: string, { keys }: OidcContext): AuthorizationChecks => ({
    state: attempt,
    nonce: keys.deriveSecret('nonce', attempt),
    codeVerifier: keys.deriveSecret('verifier', attempt),
  });

  async function settle(
    attempt: string,
    identity: Identity,
    desk: OidcContext,
  ): Promise<CallbackMessage & { shortCode: string }> {
    if (!mapClaimsToRights(identity.claims, desk.grants)) {
      throw new Forbidden('Your account gives no access to Evalon projects. Ask your IT team for it.');
    }
    const code = randomBytes(32).toString('base64url');
    const shortCode = Array.from(
      { length: SHORT_CODE_LENGTH },
      () => SHORT_CODE_LETTERS[randomInt(SHORT_CODE_LETTERS.length)],
    ).join('');
    const place = hash(attempt);
    const isFirst = await store.write(({ sso: signIns }) =>
      signIns.advanceAttempt(place, 'sent', {
        step: 'returned',
        code: hash(code),
        short_code: hash(shortCode),
        identity: desk.keys.encrypt(JSON.stringify(identity), place),
        expires_at: timestamp(clock, CODE_TTL_MS),
      }),
    );
    if (!isFirst) throw attemptExpired();
    return { evalon: 'sign-in', attempt, code, shortCode };
  }

  return {
    async start({ challenge, key, return_to }, origin) {
      const { provider } = open();
      const { allowedOrigins } = config();
      if (!parseClientKey(key))
        throw new InvalidRequest('key is no public key.', [{ path: 'key', message: 'is no point' }]);
      if (
        return_to === undefined
          ? !origin || !allowedOrigins.includes(origin)
          : !isAllowedExtension(return_to, allowedOrigins)
      ) {
        throw new Forbidden('Nobody can sign in from this page. Ask your IT team to allow it (ALLOWED_ORIGINS).');
      }
      await provider.ensureReachable();
      const attempt = randomBytes(32).toString('base64url');
      await store.write(async ({ sso: signIns }) => {
        if ((await signIns.countOpenAttempts(MAX_PENDING_ATTEMPTS)) >= MAX_PENDING_ATTEMPTS) {
          throw new Unavailable('Too many people are signing in right now. Try again in a moment.', { retryAfter: 30 });
        }
        await signIns.insertAttempt({
          attempt: hash(attempt),
          step: 'begun',
          challenge,
          client_key: JSON.stringify({ kty: key.kty, crv: key.crv, x: key.x, y: key.y }),
          origin: return_to === undefined ? (origin ?? null) : null,
          return_to: return_to ?? null,
          expires_at: timestamp(clock, ATTEMPT_TTL_MS),
        });
      });
      return { attempt, url: `${publicUrl}${signInStartPath(attempt)}` };
    },

    async redirect(attempt) {
      const desk = open();
      const address = await desk.provider.buildAuthorizationUrl(checksOf(attempt, desk));
      const place = hash(attempt);
      const isSent = await store.write(async ({ sso: signIns }) => {
        if (await signIns.advanceAttempt(place, 'begun', { step: 'sent' })) return true;
        const held = await signIns.getOpenAttempt(place);
        return (
          held?.step === 'sent' && held.return_to !== null && FIREFOX_REDIRECT_HOST.test(new URL(held.return_to).host)
        );
      });
      if (!isSent) throw attemptExpired();
      return address;
    },

    async handleCallback(search) {
      const desk = open();
      const attempt = new URLSearchParams(search).get('state') ?? '';
      const held = await store.read(({ sso: signIns }) => signIns.getOpenAttempt(hash(attempt)));
      if (held?.step !== 'sent') return toFailedCallback(attempt, attemptExpired());
      try {
        // Whoever asks for it a second time meanwhile is refused by the provider, or by the step.
        const identity = await desk.provider.exchangeCode(search, checksOf(attempt, desk));
        const { shortCode, ...handback } = await settle(attempt, identity, desk);
        return { attempt: held, callbackMessage: handback, shortCode };
      } catch (error) {
        if (!(error instanceof ProxyError)) throw error;
        await store.write(({ sso: signIns }) => signIns.deleteAttempt(hash(attempt)));
        log.warn({ code: error.code, reason: error.cause }, 'a sign-in came to nothing');
        return { attempt: held, ...toFailedCallback(attempt, error) };
      }
    },
  };
}

function toFailedCallback(attempt: string, { message }: ProxyError): CallbackResult {
  return { callbackMessage: { evalon: 'sign-in', attempt, detail: message } };
}

function attemptExpired(): Unauthenticated {
  return new Unauthenticated('This sign-in is over or was used already. Begin again where you clicked “Sign in”.');
}

/**
 * Whether an extension that is allowed gets what is sent there: Chrome's and Edge's by its id, Firefox's, whose own
 * origin differs from browser to browser, by the address that Firefox makes of its id.
 */
function isAllowedExtension(returnTo: string, allowedOrigins: readonly string[]): boolean {
  const { protocol, host, origin, username, password } = new URL(returnTo);
  if (protocol !== 'https:' || username || password) return false;
  const id = /^([a-p]{32})\.chromiumapp\.org$/.exec(host)?.[1];
  if (id) return allowedOrigins.includes(`chrome-extension://${id}`);
  return FIREFOX_REDIRECT_HOST.test(host) && allowedOrigins.includes(origin);
}
