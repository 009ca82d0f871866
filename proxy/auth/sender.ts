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

interface Options {
  tokens: readonly string[];
  /** Standard Webhooks secrets, `whsec_…`. */
  secrets: readonly string[];
}

export function createSenderCheck({ tokens, secrets }: Options): SenderCheck {
  const digests = tokens.map(digest);
  const signers = secrets.map((secret) => new Webhook(secret));
  return {
    address(token) {
      const given = digest(token);
      if (!digests.map((known) => timingSafeEqual(known, given)).includes(true)) {
        throw new Unauthenticated('The webhook address is not valid.');
      }
    },
    signature(body, headers) {
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

/** Tokens are held and compared as digests: equal lengths, and nothing readable in memory. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
