/** Authenticates a webhook: by the secret token in its URL and, if a signing secret is configured, by its signature. */
import { Unauthenticated } from '../util/errors.ts';
import { matchesAnyDigest } from '../util/timing-safe.ts';
import { hasStandardSignature } from '../util/webhook-signature.ts';

export interface WebhookVerifier {
  /** @throws Unauthenticated */
  verifyToken(token: string): void;
  /**
   * Verifies the signature as Standard Webhooks defines it. Accepts every webhook if no signing secret is configured.
   * @param headers each with all its values: a header that was sent twice is invalid
   * @throws Unauthenticated if no signature is valid, or the timestamp is more than five minutes off
   */
  verifySignature(body: Buffer, headers: HeaderValues): void;
}

type HeaderValues = NodeJS.Dict<string[]>;

/** Two values of each kind during a rotation. */
interface Secrets {
  /** SHA-256 digests. */
  webhookTokenDigests: readonly Buffer[];
  /** Standard Webhooks secrets, `whsec_…`. */
  webhookSecrets: readonly string[];
}

/** @param getSecrets returns the current secrets. */
export function createWebhookVerifier(getSecrets: () => Secrets): WebhookVerifier {
  return {
    verifyToken(token) {
      if (!matchesAnyDigest(token, getSecrets().webhookTokenDigests)) {
        throw new Unauthenticated('The webhook URL is not valid.');
      }
    },
    verifySignature(body, headers) {
      const { webhookSecrets } = getSecrets();
      if (webhookSecrets.length && !hasStandardSignature(webhookSecrets, body, headers)) {
        throw new Unauthenticated('The webhook has no valid signature.');
      }
    },
  };
}
