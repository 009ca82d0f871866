/** Single sign-on inside other elements. The widget loads `<evalon-sign-in>` when the proxy requires a sign-in. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Connection } from '../sync/connection.ts';

/** @param onSignedIn called when the recruiter has signed in, here or in another tab. */
export function renderSignIn(proxyUrl: string, onSignedIn: () => void): TemplateResult {
  return html`<evalon-sign-in .proxyUrl=${proxyUrl} .onSignedIn=${onSignedIn}></evalon-sign-in>`;
}

/** The recruiter's name and a sign-out button; nothing if the page provides the tokens. */
export function renderAccount(connection: Connection | undefined): TemplateResult | typeof nothing {
  if (!connection?.tokens.isSignedIn) return nothing;
  return html`<evalon-sign-in
    .proxyUrl=${connection.proxyUrl}
    .signedIn=${true}
    .onSignedOut=${() => connection.tokens.signOut()}
  ></evalon-sign-in>`;
}
