/**
 * The keys of single sign-on. HKDF derives them from the provider's client secret and the database's pepper, so they
 * are the same after a restart. A new client secret signs every recruiter out.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SignInKeys {
  /** Signs access tokens (HS256). */
  accessTokenKey: Uint8Array;
  /**
   * Encrypts with AES-256-GCM. Authenticates `context`, so that an attacker cannot move a ciphertext to another row.
   */
  encrypt(plaintext: string, context: string): string;
  /** Returns undefined if the key or the context differs, or if the ciphertext was changed. */
  decrypt(ciphertext: string, context: string): string | undefined;
  /** Returns the HMAC of `purpose` and `name`: 43 characters of base64url. */
  deriveSecret(purpose: Purpose, name: string): string;
  /** Compares in constant time. */
  isDerivedSecret(secret: string, purpose: Purpose, name: string): boolean;
}

/** `verifier`: the PKCE verifier. `nonce`: for the ID token. `handle`: the MAC of the proxy's refresh tokens. */
type Purpose = 'verifier' | 'nonce' | 'handle';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param pepper the database's own secret. */
export function deriveSignInKeys(clientSecret: string, pepper: string): SignInKeys {
  /** @param use must not change between releases: another text derives another key. */
  const deriveKey = (use: 'seal' | 'derive' | 'bearer') =>
    Buffer.from(hkdfSync('sha256', clientSecret, pepper, `evalon sign-in ${use}`, KEY_BYTES));
  const encryptionKey = deriveKey('seal');
  const hmacKey = deriveKey('derive');
  const deriveSecret = (purpose: Purpose, name: string) =>
    createHmac('sha256', hmacKey)
      .update(JSON.stringify([purpose, name]))
      .digest('base64url');
  return {
    accessTokenKey: deriveKey('bearer'),
    encrypt(plaintext, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, iv).setAAD(Buffer.from(context));
      const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url');
    },
    decrypt(ciphertext, context) {
      const bytes = Buffer.from(ciphertext, 'base64url');
      const [iv, tag, encrypted] = [
        bytes.subarray(0, IV_BYTES),
        bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
        bytes.subarray(IV_BYTES + TAG_BYTES),
      ];
      try {
        const decipher = createDecipheriv('aes-256-gcm', encryptionKey, iv, { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(context))
          .setAuthTag(tag);
        return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    deriveSecret,
    isDerivedSecret(secret, purpose, name) {
      const [expected, actual] = [Buffer.from(deriveSecret(purpose, name)), Buffer.from(secret)];
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
  };
}
