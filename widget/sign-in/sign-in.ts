/** Single sign-on as a further source of tokens, for pages that give none themselves. Fetched only where a proxy asks for one. */
import { html } from 'lit/html.js';
import { WidgetProblem } from '../api/errors.ts';
import type { Tokens } from '../api/tokens.ts';
import * as say from '../strings/en/sign-in.ts';
import { type Desk, leave } from './context.ts';
import { SignInClient } from './sso-client.ts';
import './evalon-sign-in.ts';
import { browserKeeper } from './token-store.ts';

/** For the page's style sheet, as if they were the panel's own. */
const PARTS = 'account, sign-out-button, sign-in, sign-in-button, sign-in-link, code, code-input, code-button, problem';

const desks = new Map<string, Desk>();

/**
 * A token other than `present`; undefined where this proxy offers no single sign-on.
 * @throws WidgetProblem where nobody is signed in, with the way in as its view.
 */
export async function tokenFor(tokens: Tokens, present: string | undefined): Promise<string | undefined> {
  const desk = deskAt(tokens.proxyUrl);
  if (!globalThis.crypto?.subtle) throw new WidgetProblem('no_token', { detail: say.needsHttps });
  const token = await desk.client.token(present).catch((problem: WidgetProblem) => {
    if (problem.code === 'forbidden') leave(tokens);
    throw problem;
  });
  if (token) {
    tokens.account ??= html`<evalon-sign-in exportparts=${PARTS} .desk=${desk} .tokens=${tokens} .isIn=${true}></evalon-sign-in>`;
    return token;
  }
  leave(tokens);
  if (await desk.client.isOffered()) throw desk.problem;
  return undefined;
}

function deskAt(proxyUrl: string): Desk {
  const known = desks.get(proxyUrl);
  if (known) return known;
  const client = new SignInClient(proxyUrl, browserKeeper(proxyUrl), globalThis.fetch.bind(globalThis));
  const desk: Desk = {
    client,
    proxyUrl,
    channel: new BroadcastChannel(`evalon-sign-in ${proxyUrl}`),
    problem: new WidgetProblem('unauthenticated', {
      detail: say.needed,
      view: (done) => html`<evalon-sign-in exportparts=${PARTS} .desk=${desk} .done=${done}></evalon-sign-in>`,
    }),
  };
  desks.set(proxyUrl, desk);
  return desk;
}
