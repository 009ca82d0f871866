/* Lists missing attributes, and combinations of options that cannot work. */

import { REQUIRED_ATTRIBUTES } from './options.js';

/* Loopback addresses and private IPv4 addresses. */
const PRIVATE_ADDRESS = /^https?:\/\/(localhost|127\.|\[::1\]|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

export function listHints({ tag, attributes, proxy, ats, signIn, tokenPath, sandbox, errors }) {
  const required = REQUIRED_ATTRIBUTES[tag];
  const missing = attributes.filter(([name, value]) => !value && required.includes(name)).map(([name]) => name);
  /* With 'none' the page provides no token: the proxy is a sandbox, or has single sign-on. */
  const hasTokens = signIn !== 'none';
  /* Loopback counts as secure. Chrome lets an https page call any private address over http if the user agrees. */
  const isPrivateProxy = PRIVATE_ADDRESS.test(proxy);
  return [
    ...errors,
    ...(missing.length ? [`Still missing: ${missing.join(', ')}.`] : []),
    ...(!hasTokens && proxy !== sandbox
      ? [
          'A proxy with a real Evalon API key requires a sign-in: use a token, or set up single sign-on (docs/sign-in.md).',
        ]
      : []),
    ...(hasTokens
      ? [`Your ATS must respond to a POST to ${tokenPath} with the recruiter's token. docs/tokens.md shows how.`]
      : []),
    ...(ats.startsWith('https:') && proxy.startsWith('http:') && !isPrivateProxy
      ? ['A page served over https cannot call a proxy over http.']
      : []),
    ...(isPrivateProxy && !PRIVATE_ADDRESS.test(ats)
      ? [
          'Your proxy is on a private network: the browser asks each recruiter for permission once. A public address avoids that.',
        ]
      : []),
  ];
}
