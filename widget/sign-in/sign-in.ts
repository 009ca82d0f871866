/** Single sign-on as a further source of tokens, for pages that give none themselves. Fetched only where a proxy asks for one. */
import { html } from 'lit/html.js';
import { WidgetProblem } from '../api/errors.ts';
import type { Tokens } from '../api/tokens.ts';
import * as say from '../strings/en/sign-in.ts';
import { clearAccount, type SsoContext } from './context.ts';
import { SignInClient } from './sso-client.ts';
import './evalon-sign-in.ts';
import { createTokenStore } from './token-store.ts';

/** For the page's style sheet, as if they were the panel's own. */
const PARTS = 'account, sign-out-button, sign-in, sign-in-button, sign-in-link, code, code-input, code-button, problem';

const desks = new Map<string, SsoContext>();

/**
 * A token other than `present`; undefined where this proxy offers no single sign-on.
 * @throws WidgetProblem where nobody is signed in, with the way in as its view.
 */
export async function getSsoToken(tokens: Tokens, present: string | undefined): Promise<string | undefined> {
  const desk = deskAt(tokens.proxyUrl);
  if (!globalThis.crypto?.subtle) throw new WidgetProblem('no_token', { detail: say.needsHttps });
  const token = await desk.client.getToken(present).catch((problem: WidgetProblem) => {
    if (problem.code === 'forbidden') clearAccount(tokens);
    throw problem;
  });
  if (token) {
    tokens.accountView ??= html`<evalon-sign-in exportparts=${PARTS} .context=${desk} .tokens=${tokens} .signedIn=${true}></evalon-sign-in>`;
    return token;
  }
  clearAccount(tokens);
  if (await desk.client.isAvailable()) throw desk.signInProblem;
  return undefined;
}

function deskAt(proxyUrl: string): SsoContext {
  const known = desks.get(proxyUrl);
  if (known) return known;
  const client = new SignInClient(proxyUrl, createTokenStore(proxyUrl), globalThis.fetch.bind(globalThis));
  const desk: SsoContext = {
    client,
    proxyUrl,
    channel: new BroadcastChannel(`evalon-sign-in ${proxyUrl}`),
    signInProblem: new WidgetProblem('unauthenticated', {
      detail: say.signInNeeded,
      render: (done) =>
        html`<evalon-sign-in exportparts=${PARTS} .context=${desk} .onSignedIn=${done}></evalon-sign-in>`,
    }),
  };
  desks.set(proxyUrl, desk);
  return desk;
}
