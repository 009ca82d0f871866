/**
 * Whether a webhook comes from Evalon: by the secret in its address, and by its signature (Standard Webhooks) where a
 * signing secret is set. Two of each are known while one is being rotated out.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { Unauthenticated } from '../errors.ts';

export interface SenderCheck {
  /** @throws Unauthenticated */
  address(token: string): void;
  /**
   * Passes everything where no signing secret is set.
   * @throws Unauthenticated where none of the signatures fits, or the timestamp is five minutes off or more.
   */
  signature(body: Buffer, headers: IncomingHttpHeaders): void;
}

interface Secrets {
  webhookTokens: readonly string[];
  /** Standard Webhooks secrets, `whsec_…`. */
  webhookSecrets: readonly string[];
}

/** @param secrets those of the moment. */
export function createSenderCheck(secrets: () => Secrets): SenderCheck {
  return {
    address(token) {
      const given = digest(token);
      const known = secrets().webhookTokens.map(digest);
      if (!known.map((one) => timingSafeEqual(one, given)).includes(true)) {
        throw new Unauthenticated('The webhook address is not valid.');
      }
    },
    signature(body, headers) {
      const signers = secrets().webhookSecrets.map((secret) => new Webhook(secret));
      if (signers.length && !signers.some((signer) => isSigned(signer, body, headers))) {
        throw new Unauthenticated('The webhook is not signed, or its signature is not valid.');
      }
    },
  };
}

function isSigned(signer: Webhook, body: Buffer, headers: IncomingHttpHeaders): boolean {
  try {
    signer.verify(body, headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

/** Tokens are compared as digests, so that their lengths are equal. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
