/** Single sign-on at one proxy: what its elements on a page share. */
import type { WidgetProblem } from '../api/errors.ts';
import type { Tokens } from '../api/tokens.ts';
import type { SignInClient } from './sso-client.ts';

export interface SsoContext {
  readonly client: SignInClient;
  readonly proxyUrl: string;
  /** Where this tab tells the others that somebody signed in or out, and is told. */
  readonly channel: BroadcastChannel;
  /** What a recruiter is shown who is not signed in. */
  readonly signInProblem: WidgetProblem;
}

/** Whoever was signed in is not any more: nothing of theirs stays in sight. The proxy takes the last token no longer. */
export function clearAccount(tokens: Tokens): void {
  if (!tokens.accountView) return;
  tokens.accountView = undefined;
  tokens.onSignedOut();
}
