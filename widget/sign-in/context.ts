/** The objects that all sign-in elements of a page share, one set per proxy. */
import { WidgetProblem } from '../api/errors.ts';
import { signInNeeded } from '../strings/en/sign-in.ts';
import { SignInClient } from './sso-client.ts';
import { createTokenStore } from './token-store.ts';

export interface SsoContext {
  readonly client: SignInClient;
  /** Carries `in` and `out` to the other tabs when the recruiter signs in or out. Undefined if not supported. */
  readonly channel: BroadcastChannel | undefined;
  /** The same object for all requests, so that elements report it only once. */
  readonly signInProblem: WidgetProblem;
}

const contexts = new Map<string, SsoContext>();

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}

export function getSsoContext(proxyUrl: string): SsoContext {
  const existing = contexts.get(proxyUrl);
  if (existing) return existing;
  const context: SsoContext = {
    client: new SignInClient(proxyUrl, createTokenStore(proxyUrl), globalThis.fetch.bind(globalThis)),
    channel: openChannel(`evalon-sign-in ${proxyUrl}`),
    signInProblem: new WidgetProblem('unauthenticated', { detail: signInNeeded, signInUrl: proxyUrl }),
  };
  contexts.set(proxyUrl, context);
  return context;
}
