/**
 * The page of one result, for links in the ATS. Signs the recruiter in at the identity provider, and then shows the
 * scorecard of the session in the page's address. A proxy in sandbox mode needs no sign-in.
 */
import { html, render } from 'lit';
import { WidgetProblem } from '../api/errors.ts';
import { defineElement } from '../elements/base/define-element.ts';
import EvalonScorecard from '../elements/evalon-scorecard/evalon-scorecard.ts';
import { getSsoContext } from '../sign-in/context.ts';
import { describeProblem } from '../strings/en/common.ts';
import * as strings from '../strings/en/result-page.ts';
import '../sign-in/evalon-sign-in.ts';
import { createPendingStore } from '../sign-in/token-store.ts';

defineElement('evalon-scorecard', EvalonScorecard);

/** The folder above `/results`. */
const PROXY_URL = new URL('..', location.href).href.replace(/\/$/, '');
const SESSION_UUID = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');

const { client } = getSsoContext(PROXY_URL);
const pendingStore = createPendingStore(PROXY_URL);
const main = document.querySelector('main') as HTMLElement;

/** Reads the parameters of the identity provider's redirect, and removes them from the address. */
function consumeRedirectParameters(): URLSearchParams {
  const parameters = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return parameters;
}

/** Goes to the identity provider, which returns to this page. */
async function goToProvider(): Promise<void> {
  const pending = await client.start({ session_uuid: SESSION_UUID });
  await pendingStore.write(pending);
  location.replace(pending.authorizationUrl);
}

/** Completes the sign-in that this browser started. Returns false for any other code. */
async function completeSignIn(parameters: URLSearchParams): Promise<boolean> {
  const pending = await pendingStore.read();
  const code = parameters.get('code');
  if (!code || pending?.attemptId !== parameters.get('attempt')) return false;
  await pendingStore.write(undefined);
  await client.exchangeCode(pending, code);
  return true;
}

async function showResult(): Promise<void> {
  const parameters = consumeRedirectParameters();
  if (!(await client.isAvailable())) return renderResult({ isSignedIn: false });
  const error = parameters.get('error');
  if (error) return renderMessage(strings.describeSignInFailure(error));
  const isSignedIn = (await completeSignIn(parameters)) || (await client.getToken()) !== undefined;
  if (isSignedIn) return renderResult({ isSignedIn: true });
  // The code belongs to another sign-in. Waits for a click, so that the page never redirects in a loop.
  if (parameters.has('attempt')) return renderMessage(strings.signInExpired);
  await goToProvider();
}

function renderResult({ isSignedIn }: { isSignedIn: boolean }): void {
  const account = html`<evalon-sign-in
    .proxyUrl=${PROXY_URL}
    .signedIn=${true}
    .onSignedOut=${() => renderMessage(strings.signedOut)}
  ></evalon-sign-in>`;
  render(
    html`<evalon-scorecard session-uuid=${SESSION_UUID} proxy-url=${PROXY_URL}></evalon-scorecard>
      ${isSignedIn ? account : ''}`,
    main,
  );
}

function renderMessage(text: string): void {
  const signIn = () => void runOrShowProblem(goToProvider);
  render(html`<p role="alert">${text}</p><button @click=${signIn}>${strings.signIn}</button>`, main);
}

/** Runs a step. If the step fails, shows the reason with a button to sign in. */
async function runOrShowProblem(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (cause) {
    renderMessage(cause instanceof WidgetProblem ? describeProblem(cause) : strings.signInFailed);
  }
}

void runOrShowProblem(showResult);
