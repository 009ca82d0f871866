/* Lists hints about the chosen options: missing attributes, combinations that cannot work, and what to set up. */

import { REQUIRED_ATTRIBUTES } from './options.js';

/* Loopback addresses and private IPv4 addresses. */
const PRIVATE_ADDRESS = /^https?:\/\/(localhost|127\.|\[::1\]|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/* `options` are the result of `readOptions`. Returns one text for each hint. */
export function listHints(options) {
  const { tag, attributes, proxyUrl, atsOrigin, sandboxOrigin, signIn, tokenPath, errors } = options;
  const required = REQUIRED_ATTRIBUTES[tag];
  const missing = attributes.filter(([name, value]) => !value && required.includes(name)).map(([name]) => name);
  /* Without tokens, the proxy must be a sandbox or have single sign-on. */
  const usesTokens = signIn !== 'none';
  const isPrivateProxy = PRIVATE_ADDRESS.test(proxyUrl);
  /* Browsers let an https page call loopback over http. Chrome also allows private addresses if the user agrees. */
  const isMixedContent = atsOrigin.startsWith('https:') && proxyUrl.startsWith('http:') && !isPrivateProxy;
  return [
    ...errors,
    ...(missing.length ? [`Still missing: ${missing.join(', ')}.`] : []),
    ...(!usesTokens && proxyUrl !== sandboxOrigin
      ? [
          'A proxy with a real Evalon API key requires a sign-in: use a token, or set up single sign-on (docs/sign-in.md).',
        ]
      : []),
    ...(usesTokens
      ? [`Your ATS must respond to a POST to ${tokenPath} with the recruiter's token. docs/tokens.md shows how.`]
      : []),
    ...(isMixedContent ? ['A page served over https cannot call a proxy over http.'] : []),
    ...(isPrivateProxy && !PRIVATE_ADDRESS.test(atsOrigin)
      ? [
          'Your proxy is on a private network: the browser asks each recruiter for permission once. A public address avoids that.',
        ]
      : []),
  ];
}
