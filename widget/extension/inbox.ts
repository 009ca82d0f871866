/** The popup of the toolbar icon: the recruiter's inbox, sign-in and sign-out. */
import { html, render } from 'lit';
import '../elements/evalon-inbox/evalon-inbox.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { describeProblem } from '../strings/en/common.ts';
import * as strings from '../strings/en/extension.ts';
import { extension } from './browser.ts';
import { openSession, type RecruiterSession, requestSignIn } from './extension-session.ts';
import { readSettings } from './extension-settings.ts';
import { notifyBackground } from './messages.ts';
import { findBlockedProxyHost, listBlockedHosts, listOptionalHosts } from './optional-hosts.ts';

const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;
const optionsButton = html`<button @click=${() => extension.runtime.openOptionsPage()}>${strings.openOptions}</button>`;

async function start(): Promise<void> {
  const { proxyUrl } = await readSettings();
  if (!proxyUrl) {
    render(html`<p>${strings.noProxy}</p>${optionsButton}`, main);
    return;
  }
  await withProblemView(async () => {
    const session = await openSession(proxyUrl, showSignIn);
    if (session) await showInbox(proxyUrl, session);
    else showSignIn();
  });
}

/** Runs a step. If it fails, shows the problem with a retry button. */
async function withProblemView(step: () => Promise<unknown>): Promise<void> {
  status.textContent = '';
  try {
    await step();
  } catch (cause) {
    const problem = cause as WidgetProblem;
    const isBlocked = problem.code === 'unreachable' && (await findBlockedProxyHost()) !== undefined;
    status.textContent = isBlocked ? strings.proxyHostBlocked : describeProblem(problem);
    const retryButton = html`<button @click=${() => withProblemView(start)}>${strings.retry}</button>`;
    render(isBlocked ? html`${optionsButton} ${retryButton}` : retryButton, main);
  }
}

function showSignIn(): void {
  const signIn = async () => {
    status.textContent = strings.continueInWindow;
    const isSignedIn = await requestSignIn();
    status.textContent = isSignedIn ? '' : strings.signInWindowClosed;
    if (isSignedIn) await start();
  };
  render(
    html`<p>${strings.signInNeeded}</p><button class="primary" @click=${() => withProblemView(signIn)}>${strings.signIn}</button>`,
    main,
  );
}

async function showInbox(proxyUrl: string, { getToken, signOut }: RecruiterSession): Promise<void> {
  const signOutAndRestart = async () => {
    await signOut();
    await start();
  };
  const inbox = Object.assign(document.createElement('evalon-inbox'), { proxyUrl, ...(getToken && { getToken }) });
  const hosts = [...(await listBlockedHosts()), ...(await listOptionalHosts())];
  const needsPermission = hosts.some(({ isAllowed }) => !isAllowed);
  render(
    html`${inbox}
      ${needsPermission ? html`<p>${strings.optionalHostsPending} ${optionsButton}</p>` : ''}
      ${getToken ? html`<p class="account"><button @click=${() => withProblemView(signOutAndRestart)}>${strings.signOut}</button></p>` : ''}`,
    main,
  );
  notifyBackground('inbox-viewed');
}

void start();
