/** The public keys that prove recruiters' tokens: can they be had, and can any of them be used? */
import { readFile } from 'node:fs/promises';
import { inspectKeySet } from '../auth/host-key.ts';
import { type CheckResult, describeError, fail, ok } from './check-result.ts';

/** Characters of a JWKS that are worth reading. */
const MAX_JWKS_CHARS = 1_000_000;

/** @param jwks an address or a file. */
export async function checkHostKeys(jwks: string, signal: AbortSignal): Promise<CheckResult[]> {
  const name = `HOST_TOKEN_JWKS (${jwks})`;
  let text: string;
  try {
    text = /^https?:/.test(jwks) ? await fetchText(jwks, signal) : await readFile(jwks, { encoding: 'utf8', signal });
  } catch (error) {
    return [
      fail(
        `${name} cannot be read (${describeError(error)})`,
        "see that the ATS's backend publishes it, and that this machine reaches it",
      ),
    ];
  }
  const worth = await inspectKeySet(parseJson(text));
  if (!worth) return [fail(`${name} is no JWKS`, 'publish JSON such as {"keys": [{"kty": "EC", …}]} with status 200')];
  if (worth.givesAway) {
    return [fail(`${name} gives a private key away`, 'publish public keys only, and replace the one that was shown')];
  }
  return [
    worth.usable
      ? ok(`${name} holds ${worth.usable} usable ${worth.usable === 1 ? 'key' : 'keys'}`)
      : fail(`${name} holds no usable key`, 'publish a public signing key for ES256, EdDSA or RS256'),
  ];
}

/** Empty where the answer is no 200: redirects are not followed when tokens are proven either. */
async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { headers: { accept: 'application/json' }, redirect: 'manual', signal });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_JWKS_CHARS) return '';
  }
  return response.status === 200 ? text : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
