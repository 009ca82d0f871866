/**
 * The signed-in recruiter, for all documents of the extension. The tokens are stored in the extension's own origin, so
 * that pages cannot read them.
 */
import { WidgetProblem } from '../api/errors.ts';
import type { TokenProvider } from '../package/settings.ts';
import { SignInClient } from '../sign-in/sso-client.ts';
import { createTokenStore } from '../sign-in/token-store.ts';
import { signInNeeded } from '../strings/en/extension.ts';
import { describeSignInFailure } from '../strings/en/sign-in.ts';
import { readString } from '../util/json.ts';
import { extension } from './browser.ts';
import { notifyBackground, type SignInResult, sendMessage } from './messages.ts';

export interface RecruiterSession {
  /** Undefined if the proxy needs no token, as in the sandbox. */
  getToken: TokenProvider | undefined;
  signOut(): Promise<void>;
}

const clients = new Map<string, SignInClient>();
/** Does not deliver messages to the document that sends them. */
const channel = new BroadcastChannel('evalon-extension');

/** Calls `listener` when the recruiter signs in or out in another document. */
export function onSignInChange(listener: () => void): void {
  channel.addEventListener('message', listener);
}

function broadcastSignInChange(): void {
  channel.postMessage('sign-in-changed');
  notifyBackground({ type: 'sign-in-changed' });
}

function getSignInClient(proxyUrl: string): SignInClient {
  const existing = clients.get(proxyUrl);
  if (existing) return existing;
  const client = new SignInClient(proxyUrl, createTokenStore(proxyUrl), globalThis.fetch.bind(globalThis));
  clients.set(proxyUrl, client);
  return client;
}

/**
 * Returns undefined if the recruiter has to sign in.
 * @param onSignedOut called when the sign-in has ended.
 * @throws WidgetProblem if the proxy does not respond.
 */
export async function openSession(proxyUrl: string, onSignedOut: () => void): Promise<RecruiterSession | undefined> {
  const client = getSignInClient(proxyUrl);
  const signOut = async () => {
    await client.signOut();
    broadcastSignInChange();
  };
  if (!(await client.getToken())) return (await client.isAvailable()) ? undefined : { getToken: undefined, signOut };
  let lastToken: string | undefined;
  return {
    signOut,
    async getToken() {
      const stored = await client.getToken();
      // The widget asks again because the proxy refused the token or because it expires soon.
      const token = stored === lastToken ? await client.getToken(stored) : stored;
      lastToken = token;
      if (token) return token;
      onSignedOut();
      throw new WidgetProblem('unauthenticated', { detail: signInNeeded });
    },
  };
}

/**
 * Signs in through the background script, which outlives the side panel and can open the sign-in window.
 * @returns false if the recruiter closed the window.
 * @throws WidgetProblem with a sentence for the recruiter.
 */
export async function requestSignIn(): Promise<boolean> {
  const result = (await sendMessage({ type: 'sign-in' })) as SignInResult | undefined;
  const { isSignedIn = false, problem } = result ?? {};
  if (problem) {
    const { code, detail, status } = problem;
    throw new WidgetProblem(code, { detail, ...(status !== undefined && { status }) });
  }
  return isSignedIn;
}

/**
 * Opens the sign-in window and signs in. Only the background script may call this.
 * @returns false if the recruiter closed the window.
 * @throws WidgetProblem with a sentence for the recruiter.
 */
export async function signIn(proxyUrl: string): Promise<boolean> {
  const client = getSignInClient(proxyUrl);
  const pending = await client.start({ return_to: extension.identity.getRedirectURL() });
  const callbackUrl = await extension.identity
    .launchWebAuthFlow({ url: pending.authorizationUrl, interactive: true })
    .catch(() => undefined);
  if (!callbackUrl) return false;
  const parameters = Object.fromEntries(new URLSearchParams(new URL(callbackUrl).hash.slice(1)));
  const code = readString(parameters, 'code');
  if (!code || parameters['attempt'] !== pending.attemptId) {
    throw new WidgetProblem('unauthenticated', { detail: describeSignInFailure(readString(parameters, 'error')) });
  }
  await client.exchangeCode(pending, code);
  broadcastSignInChange();
  return true;
}
