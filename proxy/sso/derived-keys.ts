/**
 * All keys of single sign-on come from the provider's client secret and this database's own: the same after a restart,
 * of no use to whoever has one of the two. With another client secret everybody signs in anew.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SignInKeys {
  /** What the proxy's own bearers are signed with: HS256. */
  accessTokenKey: Uint8Array;
  /** Encrypts (AES-256-GCM) for this one place: elsewhere it cannot be opened. */
  encrypt(text: string, place: string): string;
  /** Undefined where it was sealed with another key or for another place, or was changed. */
  decrypt(sealed: string, place: string): string | undefined;
  /** A secret that belongs to `name`, 43 characters of base64url: always the same. */
  deriveSecret(purpose: Purpose, name: string): string;
  /** Whether `given` is that secret, in constant time. */
  isDerivedSecret(given: string, purpose: Purpose, name: string): boolean;
}

/** What stands between proxy and provider, and a handle's seal. */
type Purpose = 'verifier' | 'nonce' | 'handle';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param pepper the database's own secret. */
export function deriveSignInKeys(clientSecret: string, pepper: string): SignInKeys {
  const key = (use: string) => Buffer.from(hkdfSync('sha256', clientSecret, pepper, `evalon sign-in ${use}`, 32));
  const [bearer, sealing, deriving] = [key('bearer'), key('seal'), key('derive')];
  const derive = (purpose: Purpose, name: string) =>
    createHmac('sha256', deriving)
      .update(JSON.stringify([purpose, name]))
      .digest('base64url');
  return {
    accessTokenKey: bearer,
    encrypt(text, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    decrypt(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64url');
      try {
        const cipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return Buffer.concat([cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    deriveSecret: derive,
    isDerivedSecret(given, purpose, name) {
      const [mine, theirs] = [Buffer.from(derive(purpose, name)), Buffer.from(given)];
      return mine.length === theirs.length && timingSafeEqual(mine, theirs);
    },
  };
}
