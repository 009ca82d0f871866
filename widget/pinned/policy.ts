/**
 * The Trusted Types policy of the pinned file. A page permits a policy's name only once, so Lit uses this policy too.
 * A page may also load `embed.js` or another version, and only the first of them runs. Therefore the policy is created
 * at its first use.
 */
import '../util/shield-globals.ts';

interface Policy {
  createHTML(html: string): string;
  createScriptURL(url: string): string;
}

const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };

let created: Policy | undefined;

/** Undefined if the browser has no Trusted Types. */
export const policy: Policy | undefined = trustedTypes && {
  createHTML: (html) => getPolicy(trustedTypes).createHTML(html),
  createScriptURL: (url) => getPolicy(trustedTypes).createScriptURL(url),
};

function getPolicy(factory: NonNullable<typeof trustedTypes>): Policy {
  created ??= factory.createPolicy('evalon-widget', { createHTML: (html) => html, createScriptURL: (url) => url });
  return created;
}
