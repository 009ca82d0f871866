/**
 * The Trusted Types policy of the pinned file. A page permits a policy's name only once, so Lit uses this policy too. It
 * is created when it is first used, because a page may also load `embed.js` or another version, and only the first of
 * them runs. Undefined if the browser has no Trusted Types.
 */
import '../util/shield-globals.ts';

interface Policy {
  createHTML(html: string): string;
  createScriptURL(url: string): string;
}

const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };

let created: Policy | undefined;

export const policy: Policy | undefined = trustedTypes && {
  createHTML: (html) => getPolicy(trustedTypes).createHTML(html),
  createScriptURL: (url) => getPolicy(trustedTypes).createScriptURL(url),
};

function getPolicy(factory: NonNullable<typeof trustedTypes>): Policy {
  created ??= factory.createPolicy('evalon-widget', { createHTML: (html) => html, createScriptURL: (url) => url });
  return created;
}
