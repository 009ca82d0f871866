/**
 * The recruiter who is signed in, for all documents of the extension: what is kept lies in the extension's own origin, where no
 * page reaches. Signing in takes the browser's own window.
 */

import { WidgetProblem } from '../api/errors.ts';
import type { TokenProvider } from '../api/token-source.ts';
import { SignInClient } from '../sign-in/sso-client.ts';
import { createTokenStore } from '../sign-in/token-store.ts';
import * as say from '../strings/en/extension.ts';
import { toRecord } from '../util/json.ts';
import { extension } from './browser.ts';
import type { SignInResult } from './messages.ts';

export interface RecruiterSession {
  /** For the elements; undefined where this proxy wants nobody to sign in, as the sandbox does. */
  getToken: TokenProvider | undefined;
  signOut(): Promise<void>;
}

const clients = new Map<string, SignInClient>();
/** To all documents of the extension but this one. */
const channel = new BroadcastChannel('evalon-extension');

/** Calls back when somebody has signed in or out in another document. */
export function onSignInChange(listener: () => void): void {
  channel.addEventListener('message', listener);
}

function tellSigned(how: 'in' | 'out'): void {
  channel.postMessage(how);
  void extension.runtime.sendMessage({ tell: 'signed' }).catch(() => {});
}

export function getSignInClient(proxyUrl: string): SignInClient {
  const known = clients.get(proxyUrl);
  if (known) return known;
  const client = new SignInClient(proxyUrl, createTokenStore(proxyUrl), globalThis.fetch.bind(globalThis));
  clients.set(proxyUrl, client);
  return client;
}

/**
 * Whoever is signed in; undefined where somebody has to.
 * @param left called when nobody is signed in any more.
 * @throws WidgetProblem where the proxy cannot be asked.
 */
export async function openSession(proxyUrl: string, left: () => void): Promise<RecruiterSession | undefined> {
  const client = getSignInClient(proxyUrl);
  const signOut = async () => {
    await client.signOut();
    tellSigned('out');
  };
  if (!(await client.getToken())) return (await client.isAvailable()) ? undefined : { getToken: undefined, signOut };
  let last: string | undefined;
  return {
    signOut,
    async getToken() {
      const kept = await client.getToken();
      // The same one again: the proxy took it no longer, or it is about to end.
      const token = kept === last ? await client.getToken(kept) : kept;
      last = token;
      if (token) return token;
      left();
      throw new WidgetProblem('unauthenticated', { detail: say.signInNeeded });
    },
  };
}

/**
 * Has the background sign in, which outlives the popup and may open the window; answers whether somebody did.
 * @throws WidgetProblem with a sentence for the recruiter.
 */
export async function requestSignIn(): Promise<boolean> {
  const answer = (await extension.runtime.sendMessage({ ask: 'sign-in' })) as SignInResult | undefined;
  const { isSignedIn: isIn = false, problem } = answer ?? {};
  if (problem) throw new WidgetProblem(problem.code, { detail: problem.detail });
  return isIn;
}

/**
 * Signs in, in the background; answers whether somebody did: the window may have been closed.
 * @throws WidgetProblem with a sentence for the recruiter.
 */
export async function signIn(proxyUrl: string): Promise<boolean> {
  const client = getSignInClient(proxyUrl);
  const pending = await client.start(extension.identity.getRedirectURL());
  const back = await extension.identity
    .launchWebAuthFlow({ url: pending.authorizationUrl, interactive: true })
    .catch(() => undefined);
  if (!back) return false;
  const told = toRecord(Object.fromEntries(new URLSearchParams(new URL(back).hash.slice(1))));
  if (told['attempt'] !== pending.attemptId || typeof told['code'] !== 'string') {
    throw new WidgetProblem('unauthenticated', { detail: String(told['error'] || say.signInFailed) });
  }
  await client.exchangeCode(pending, told['code']);
  tellSigned('in');
  return true;
}
