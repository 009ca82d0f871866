/** Verifies that a webhook is from the ATS, with the ATS's own kind of signature. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Unauthenticated } from '../util/errors.ts';
import { getSingleHeader, hasStandardSignature } from '../util/webhook-signature.ts';

/** Lever repeats a failed webhook within hours. */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** Tolerance for a clock that is behind. */
const MAX_FUTURE_MS = 5 * 60_000;

export interface SignedWebhook {
  /** The unparsed body. */
  body: Buffer;
  /** Undefined if the body is not JSON. */
  json: unknown;
  /** Each header with all its values. */
  headers: NodeJS.Dict<string[]>;
}

const leverSchema = z.object({
  token: z.string().min(1).max(1_000),
  triggeredAt: z.int(),
  signature: z.string().max(1_000),
});

/**
 * Returns the signed text that identifies the webhook. A repeat has the same text.
 * @throws Unauthenticated if no secret fits, or the time of a Lever webhook differs too much from the present.
 */
export function verifySignature(
  ats: string,
  webhook: SignedWebhook,
  secrets: readonly string[],
  nowMs: number,
): string {
  if (ats === 'greenhouse') return verifyHmac(readGreenhouseSignature(webhook), secrets);
  if (ats === 'lever') return verifyHmac(readLeverSignature(webhook, nowMs), secrets);
  if (!hasStandardSignature(secrets, webhook.body, webhook.headers)) refuse();
  return getSingleHeader(webhook.headers, 'webhook-id');
}

function verifyHmac(signed: Signed, secrets: readonly string[]): string {
  // Checks every secret, so that the time does not reveal which one fits.
  const isValid = secrets.map((secret) => hasSignature(secret, signed)).includes(true);
  return isValid ? signed.text.toString('utf8') : refuse();
}

function refuse(): never {
  throw new Unauthenticated('The webhook has no valid signature.');
}

interface Signed {
  text: Buffer;
  /** HMAC-SHA-256 in hexadecimal digits. */
  signature: string;
}

/** Greenhouse signs the body: `Signature: sha256 <hex>`. */
function readGreenhouseSignature({ body, headers }: SignedWebhook): Signed {
  const signature = getSingleHeader(headers, 'signature');
  return { text: body, signature: /^sha256 (\S+)$/.exec(signature)?.[1] ?? '' };
}

/**
 * Lever signs only a random token and the time, not the data. So the proxy accepts each token once, and gets the
 * candidate from Lever's API.
 */
function readLeverSignature({ json }: SignedWebhook, nowMs: number): Signed {
  const { success, data } = leverSchema.safeParse(json);
  if (!success) return { text: Buffer.alloc(0), signature: '' };
  const ageMs = nowMs - data.triggeredAt;
  if (ageMs > MAX_AGE_MS || ageMs < -MAX_FUTURE_MS) {
    throw new Unauthenticated('The time of the webhook differs too much from the proxy’s clock.');
  }
  return { text: Buffer.from(`${data.token}${data.triggeredAt}`), signature: data.signature };
}

function hasSignature(secret: string, { text, signature }: Signed): boolean {
  const expected = createHmac('sha256', secret).update(text).digest();
  const actual = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : '', 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
