/** Verifies signatures of webhooks as Standard Webhooks defines them. */
import { Webhook } from 'standardwebhooks';

/**
 * Whether one of the secrets has signed the webhook within the last five minutes.
 * @param secrets `whsec_…`
 * @param headers each with all its values: a header that was sent twice is invalid
 */
export function hasStandardSignature(
  secrets: readonly string[],
  body: Buffer,
  headers: NodeJS.Dict<string[]>,
): boolean {
  return secrets.some((secret) => hasSignatureOf(secret, body, headers));
}

function hasSignatureOf(secret: string, body: Buffer, headers: NodeJS.Dict<string[]>): boolean {
  const signatures = getSingleHeader(headers, 'webhook-signature').split(' ').filter(isSignatureEntry);
  try {
    new Webhook(secret).verify(
      body,
      {
        'webhook-id': getSingleHeader(headers, 'webhook-id'),
        'webhook-timestamp': getSingleHeader(headers, 'webhook-timestamp'),
        'webhook-signature': signatures.join(' '),
      },
      { jsonParse: false },
    );
    return true;
  } catch {
    return false;
  }
}

/** Returns '' if the header is missing or was sent twice. */
export function getSingleHeader(headers: NodeJS.Dict<string[]>, name: string): string {
  const [value = '', ...repeats] = headers[name] ?? [];
  return repeats.length ? '' : value;
}

/** Whether the text is a version and one signature, `v1,…`. The library would ignore text after a second comma. */
function isSignatureEntry(text: string): boolean {
  return text.split(',').length === 2;
}
