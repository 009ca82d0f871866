/** The public keys that prove recruiters' tokens: can they be had, and can any of them be used? */
import { readFile } from 'node:fs/promises';
import { judgeKeySet } from '../auth/host-key.ts';
import { type Finding, fail, ok, reasonOf } from './check-result.ts';

/** Characters of a JWKS that are worth reading. */
const LONGEST = 1_000_000;

/** @param jwks an address or a file. */
export async function lookAtHostKeys(jwks: string, signal: AbortSignal): Promise<Finding[]> {
  const name = `HOST_TOKEN_JWKS (${jwks})`;
  let text: string;
  try {
    text = /^https?:/.test(jwks) ? await fetchText(jwks, signal) : await readFile(jwks, { encoding: 'utf8', signal });
  } catch (error) {
    return [
      fail(
        `${name} cannot be read (${reasonOf(error)})`,
        "see that the ATS's backend publishes it, and that this machine reaches it",
      ),
    ];
  }
  const worth = await judgeKeySet(parsed(text));
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
    if (text.length > LONGEST) return '';
  }
  return response.status === 200 ? text : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
