/**
 * A sign-in under way, in three steps: begun by a client, sent to the provider, returned from it. Whoever would redeem
 * what came back needs the code, which only the returned window has, and the verifier and key of the client that began:
 * a window that somebody else lured a recruiter into is worth nothing to either.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { signInStartPath } from '../contract/routes.ts';
import type { Begin, Begun, Handback } from '../contract/sso.ts';
import type { Attempt } from '../store/schema.ts';
import { timestamp } from '../util/clock.ts';
import { Forbidden, InvalidRequest, ProxyError, Unauthenticated, Unavailable } from '../util/errors.ts';
import { rightsOf } from './claim-mapping.ts';
import type { Checks, Identity } from './identity-provider.ts';
import type { Desk, OpenDesk, SignOnOptions } from './oidc-session.ts';
import { keyOf } from './proof-of-possession.ts';

/** Milliseconds for the provider's pages, second factor included; then for the code that came of it. */
const UNDER_WAY = 10 * 60_000;
const CODE_LIFE = 3 * 60_000;
/** Sign-ins under way at the same time: a stranger can begin some, and cannot fill the disk. */
const MOST = 20_000;
/** Letters that nobody takes for others, and that make no words. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const SHORT = 8;
/** Where Firefox takes over for an extension. */
const FIREFOX = /^[\da-f]{40}\.extensions\.allizom\.org$/;

/** What the window shows and hands back. */
export interface Returned {
  /** Absent where it is not known who began. */
  attempt?: Pick<Attempt, 'origin' | 'return_to'>;
  handback: Handback;
  /** To be typed where the window cannot reach the page. */
  shortCode?: string;
}

export interface Attempts {
  /**
   * Begins one; `origin` is that of the page that asks.
   * @throws Forbidden where neither it nor the extension is allowed; Unavailable where the provider is down.
   */
  begin(asked: Begin, origin: string | undefined): Promise<Begun>;
  /**
   * Where the window goes on to, once; Firefox asks for an extension's by itself first, whether it can do without a window.
   * @throws Unauthenticated where the attempt is unknown, used or over.
   */
  send(attempt: string): Promise<string>;
  /** The window comes back; what is wrong is told in the answer. */
  comeBack(search: string): Promise<Returned>;
}

export function createAttempts({ store, clock, log, config, publicUrl }: SignOnOptions, open: OpenDesk): Attempts {
  const { hash } = store;
  const checksOf = (attempt: string, { keys }: Desk): Checks => ({
    state: attempt,
    nonce: keys.derive('nonce', attempt),
    verifier: keys.derive('verifier', attempt),
  });

  async function settle(attempt: string, identity: Identity, desk: Desk): Promise<Handback & { shortCode: string }> {
    if (!rightsOf(identity.claims, desk.grants)) {
      throw new Forbidden('Your account gives no access to Evalon projects. Ask your IT team for it.');
    }
    const code = randomBytes(32).toString('base64url');
    const shortCode = Array.from({ length: SHORT }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    const place = hash(attempt);
    const isFirst = await store.write(({ signIns }) =>
      signIns.step(place, 'sent', {
        step: 'returned',
        code: hash(code),
        short_code: hash(shortCode),
        identity: desk.keys.seal(JSON.stringify(identity), place),
        expires_at: timestamp(clock, CODE_LIFE),
      }),
    );
    if (!isFirst) throw over();
    return { evalon: 'sign-in', attempt, code, shortCode };
  }

  return {
    async begin({ challenge, key, return_to }, origin) {
      const { provider } = open();
      const { allowedOrigins } = config();
      if (!keyOf(key)) throw new InvalidRequest('key is no public key.', [{ path: 'key', message: 'is no point' }]);
      if (
        return_to === undefined ? !origin || !allowedOrigins.includes(origin) : !isExtension(return_to, allowedOrigins)
      ) {
        throw new Forbidden('Nobody can sign in from this page. Ask your IT team to allow it (ALLOWED_ORIGINS).');
      }
      await provider.look();
      const attempt = randomBytes(32).toString('base64url');
      await store.write(async ({ signIns }) => {
        if ((await signIns.underWay(MOST)) >= MOST) {
          throw new Unavailable('Too many people are signing in right now. Try again in a moment.', { retryAfter: 30 });
        }
        await signIns.begin({
          attempt: hash(attempt),
          step: 'begun',
          challenge,
          client_key: JSON.stringify({ kty: key.kty, crv: key.crv, x: key.x, y: key.y }),
          origin: return_to === undefined ? (origin ?? null) : null,
          return_to: return_to ?? null,
          expires_at: timestamp(clock, UNDER_WAY),
        });
      });
      return { attempt, url: `${publicUrl}${signInStartPath(attempt)}` };
    },

    async send(attempt) {
      const desk = open();
      const address = await desk.provider.address(checksOf(attempt, desk));
      const place = hash(attempt);
      const isSent = await store.write(async ({ signIns }) => {
        if (await signIns.step(place, 'begun', { step: 'sent' })) return true;
        const held = await signIns.attempt(place);
        return held?.step === 'sent' && held.return_to !== null && FIREFOX.test(new URL(held.return_to).host);
      });
      if (!isSent) throw over();
      return address;
    },

    async comeBack(search) {
      const desk = open();
      const attempt = new URLSearchParams(search).get('state') ?? '';
      const held = await store.read(({ signIns }) => signIns.attempt(hash(attempt)));
      if (held?.step !== 'sent') return failed(attempt, over());
      try {
        // Whoever asks for it a second time meanwhile is refused by the provider, or by the step.
        const identity = await desk.provider.comeBack(search, checksOf(attempt, desk));
        const { shortCode, ...handback } = await settle(attempt, identity, desk);
        return { attempt: held, handback, shortCode };
      } catch (error) {
        if (!(error instanceof ProxyError)) throw error;
        await store.write(({ signIns }) => signIns.drop(hash(attempt)));
        log.warn({ code: error.code, reason: error.cause }, 'a sign-in came to nothing');
        return { attempt: held, ...failed(attempt, error) };
      }
    },
  };
}

function failed(attempt: string, { message }: ProxyError): Returned {
  return { handback: { evalon: 'sign-in', attempt, detail: message } };
}

function over(): Unauthenticated {
  return new Unauthenticated('This sign-in is over or was used already. Begin again where you clicked “Sign in”.');
}

/**
 * Whether an extension that is allowed gets what is sent there: Chrome's and Edge's by its id, Firefox's, whose own
 * origin differs from browser to browser, by the address that Firefox makes of its id.
 */
function isExtension(returnTo: string, allowedOrigins: readonly string[]): boolean {
  const { protocol, host, origin, username, password } = new URL(returnTo);
  if (protocol !== 'https:' || username || password) return false;
  const id = /^([a-p]{32})\.chromiumapp\.org$/.exec(host)?.[1];
  if (id) return allowedOrigins.includes(`chrome-extension://${id}`);
  return FIREFOX.test(host) && allowedOrigins.includes(origin);
}
