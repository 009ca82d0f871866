/**
 * Whether a webhook comes from Evalon: by the secret in its address, and by its signature (Standard Webhooks) where a
 * signing secret is set. Two of each are known while one is being rotated out.
 */
import { Webhook } from 'standardwebhooks';
import { Unauthenticated } from '../util/errors.ts';
import { matchesAnyDigest } from '../util/timing-safe.ts';

export interface WebhookVerifier {
  /** @throws Unauthenticated */
  verifyToken(token: string): void;
  /**
   * Passes everything where no signing secret is set.
   * @param headers each with all its values; one that was sent twice proves nothing.
   * @throws Unauthenticated where none of the signatures fits, or the timestamp is five minutes off or more.
   */
  verifySignature(body: Buffer, headers: Headers): void;
}

type Headers = NodeJS.Dict<string[]>;

interface Secrets {
  /** Digests. */
  webhookTokens: readonly Buffer[];
  /** Standard Webhooks secrets, `whsec_…`. */
  webhookSecrets: readonly string[];
}

/** @param secrets those of the moment. */
export function createWebhookVerifier(secrets: () => Secrets): WebhookVerifier {
  return {
    verifyToken(token) {
      if (!matchesAnyDigest(token, secrets().webhookTokens))
        throw new Unauthenticated('The webhook address is not valid.');
    },
    verifySignature(body, headers) {
      const signers = secrets().webhookSecrets.map((secret) => new Webhook(secret));
      if (signers.length && !signers.some((signer) => hasValidSignature(signer, body, headers))) {
        throw new Unauthenticated('The webhook is not signed, or its signature is not valid.');
      }
    },
  };
}

function hasValidSignature(signer: Webhook, body: Buffer, headers: Headers): boolean {
  const once = (name: string): string => {
    const [value = '', ...more] = headers[name] ?? [];
    return more.length ? '' : value;
  };
  try {
    signer.verify(
      body,
      {
        'webhook-id': once('webhook-id'),
        'webhook-timestamp': once('webhook-timestamp'),
        'webhook-signature': once('webhook-signature').split(' ').filter(isSignatureEntry).join(' '),
      },
      { jsonParse: false },
    );
    return true;
  } catch {
    return false;
  }
}

/** `v1,…`: a version and one signature; what follows a second comma would go unread. */
function isSignatureEntry(text: string): boolean {
  return text.split(',').length === 2;
}
