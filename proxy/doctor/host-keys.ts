/** Checks that the JWKS of the ATS's backend can be read and contains a usable key. */
import { readFile } from 'node:fs/promises';
import { inspectKeySet } from '../auth/host-key.ts';
import { readBodyCapped } from '../util/http-response.ts';
import { decodeText } from '../util/text-file.ts';
import { type CheckResult, describeError, fail, ok } from './check-result.ts';

const MAX_JWKS_BYTES = 1_000_000;

/** @param jwks a URL or a file. */
export async function checkHostKeys(jwks: string, signal: AbortSignal): Promise<CheckResult[]> {
  const name = `HOST_TOKEN_JWKS (${jwks})`;
  let text: string;
  try {
    text = /^https?:/.test(jwks) ? await fetchText(jwks, signal) : (decodeText(await readFile(jwks, { signal })) ?? '');
  } catch (error) {
    return [
      fail(
        `${name} cannot be read (${describeError(error)})`,
        "make sure that the ATS's backend publishes it, and that this machine can reach it",
      ),
    ];
  }
  const keySet = await inspectKeySet(parseJson(text));
  if (!keySet) {
    return [fail(`${name} is not a JWKS`, 'publish JSON such as {"keys": [{"kty": "EC", …}]} with status 200')];
  }
  const { usableKeyCount, hasSecretKey } = keySet;
  if (hasSecretKey) {
    return [fail(`${name} contains a private key`, 'publish public keys only, and replace the exposed key')];
  }
  return [
    usableKeyCount
      ? ok(`${name} contains ${usableKeyCount} usable ${usableKeyCount === 1 ? 'key' : 'keys'}`)
      : fail(`${name} contains no usable key`, 'publish a public signing key for ES256, EdDSA (Ed25519) or RS256'),
  ];
}

/** Does not follow redirects, because token verification does not either. Returns '' for every status but 200. */
async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { headers: { accept: 'application/json' }, redirect: 'manual', signal });
  const text = await readBodyCapped(response, MAX_JWKS_BYTES);
  return response.status === 200 ? text : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
