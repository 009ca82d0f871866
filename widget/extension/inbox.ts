/** What the toolbar's button opens: what is new of those whom the recruiter has invited; the way in, and the way out. */
import { html, render } from 'lit/html.js';
import '../elements/evalon-inbox/evalon-inbox.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { describeProblem as sentenceOf } from '../strings/en/common.ts';
import * as say from '../strings/en/extension.ts';
import { extension } from './browser.ts';
import { openSession, requestSignIn } from './extension-session.ts';
import { readSettings } from './extension-settings.ts';
import { findBlockedProxyHost, listBlockedHosts, listOptionalHosts } from './optional-hosts.ts';

const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;

async function start(): Promise<void> {
  const { proxyUrl } = await readSettings();
  const options = () => extension.runtime.openOptionsPage();
  if (!proxyUrl) {
    render(html`<p>${say.noProxy}</p><button @click=${options}>${say.openOptions}</button>`, main);
    return;
  }
  const attempt = async (step: () => Promise<unknown>) => {
    status.textContent = '';
    await step().catch(async (problem: WidgetProblem) => {
      const isWithheld = problem.code === 'unreachable' && (await findBlockedProxyHost()) !== undefined;
      status.textContent = isWithheld ? say.proxyHostBlocked : sentenceOf(problem);
      const retry = html`<button @click=${() => attempt(start)}>${say.retry}</button>`;
      render(isWithheld ? html`<button @click=${options}>${say.openOptions}</button> ${retry}` : retry, main);
    });
  };
  const enter = () =>
    attempt(async () => {
      status.textContent = say.continueInWindow;
      if (!(await requestSignIn())) {
        status.textContent = say.signInWindowClosed;
        return;
      }
      status.textContent = '';
      await start();
    });
  const showSignIn = () =>
    render(html`<p>${say.signInNeeded}</p><button class="primary" @click=${enter}>${say.signIn}</button>`, main);
  await attempt(async () => {
    const session = await openSession(proxyUrl, showSignIn);
    if (!session) return showSignIn();
    const { getToken, signOut } = session;
    const leave = () =>
      attempt(async () => {
        await signOut();
        await start();
      });
    const inbox = Object.assign(document.createElement('evalon-inbox'), { proxyUrl, ...(getToken && { getToken }) });
    const hosts = [...(await listBlockedHosts()), ...(await listOptionalHosts())];
    const isWaiting = hosts.some(({ isAllowed }) => !isAllowed);
    render(
      html`${inbox}
        ${isWaiting ? html`<p>${say.optionalHostsPending} <button @click=${options}>${say.openOptions}</button></p>` : ''}
        ${getToken ? html`<p class="account"><button @click=${leave}>${say.signOut}</button></p>` : ''}`,
      main,
    );
    await extension.runtime.sendMessage({ tell: 'looked' }).catch(() => {});
  });
}

void start();
