/** The token of a recruiter who signed in with single sign-on. Loads when a proxy refuses a request without a token. */
import { WidgetProblem } from '../api/errors.ts';
import { needsHttps } from '../strings/en/sign-in.ts';
import { getSsoContext } from './context.ts';
import './evalon-sign-in.ts';

/**
 * Returns a token other than `refused`; undefined if the proxy has no single sign-on.
 * @throws WidgetProblem `unauthenticated` if the recruiter has to sign in.
 */
export async function getSsoToken(proxyUrl: string, refused: string | undefined): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) throw new WidgetProblem('no_token', { detail: needsHttps });
  const { client, signInProblem } = getSsoContext(proxyUrl);
  const token = await client.getToken(refused);
  if (!token && (await client.isAvailable())) throw signInProblem;
  return token;
}
