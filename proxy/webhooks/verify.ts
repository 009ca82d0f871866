/** Authenticates a webhook: by the secret token in its URL and, if a signing secret is configured, by its signature. */
import { Webhook } from 'standardwebhooks';
import { Unauthenticated } from '../util/errors.ts';
import { matchesAnyDigest } from '../util/timing-safe.ts';

export interface WebhookVerifier {
  /** @throws Unauthenticated */
  verifyToken(token: string): void;
  /**
   * Verifies the signature as Standard Webhooks defines it. Accepts every webhook if no signing secret is configured.
   * @param headers each with all its values: a header that was sent twice is invalid
   * @throws Unauthenticated if no signature is valid, or the timestamp is five minutes off
   */
  verifySignature(body: Buffer, headers: Headers): void;
}

type Headers = NodeJS.Dict<string[]>;

/** Two values of each kind during a rotation. */
interface Secrets {
  /** SHA-256 digests. */
  webhookTokens: readonly Buffer[];
  /** Standard Webhooks secrets, `whsec_…`. */
  webhookSecrets: readonly string[];
}

/** @param getSecrets returns the current secrets. */
export function createWebhookVerifier(getSecrets: () => Secrets): WebhookVerifier {
  return {
    verifyToken(token) {
      if (!matchesAnyDigest(token, getSecrets().webhookTokens)) {
        throw new Unauthenticated('The webhook URL is not valid.');
      }
    },
    verifySignature(body, headers) {
      const { webhookSecrets } = getSecrets();
      if (webhookSecrets.length && !webhookSecrets.some((secret) => hasValidSignature(secret, body, headers))) {
        throw new Unauthenticated('The webhook has no valid signature.');
      }
    },
  };
}

function hasValidSignature(secret: string, body: Buffer, headers: Headers): boolean {
  const getSingle = (name: string): string => {
    const [value = '', ...repeats] = headers[name] ?? [];
    return repeats.length ? '' : value;
  };
  const signatures = getSingle('webhook-signature').split(' ').filter(isSignatureEntry);
  try {
    new Webhook(secret).verify(
      body,
      {
        'webhook-id': getSingle('webhook-id'),
        'webhook-timestamp': getSingle('webhook-timestamp'),
        'webhook-signature': signatures.join(' '),
      },
      { jsonParse: false },
    );
    return true;
  } catch {
    return false;
  }
}

/** Whether the text is a version and one signature, `v1,…`. The library would ignore text after a second comma. */
function isSignatureEntry(text: string): boolean {
  return text.split(',').length === 2;
}
