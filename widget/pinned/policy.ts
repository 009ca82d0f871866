/**
 * The Trusted Types policy of the pinned file. A page permits a policy's name only once, so Lit uses this policy too.
 * Undefined if the browser has no Trusted Types.
 */
import '../util/shield-globals.ts';

interface Policy {
  createHTML(html: string): string;
  createScriptURL(url: string): string;
}

const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };

export const policy = trustedTypes?.createPolicy('evalon-widget', {
  createHTML: (html) => html,
  createScriptURL: (url) => url,
});
