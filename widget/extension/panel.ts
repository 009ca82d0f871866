/**
 * The side panel (Chrome, Edge) or sidebar (Firefox): sign-in, the candidate of the active tab, and the recruiter's inbox.
 * No page can frame, cover or read it.
 */
import { html, render, type TemplateResult } from 'lit';
import { WidgetProblem } from '../api/errors.ts';
import { defineElement } from '../elements/base/define-element.ts';
import EvalonInbox from '../elements/evalon-inbox/evalon-inbox.ts';
import { describeProblem } from '../strings/en/common.ts';
import * as strings from '../strings/en/extension.ts';
import { followActiveTab, type TabState } from './active-tab.ts';
import { extension } from './browser.ts';
import { type CandidateView, createCandidateView, type PanelSettings } from './candidate-view.ts';
import { onSignInChange, openSession, type RecruiterSession, requestSignIn } from './extension-session.ts';
import { readSettings } from './extension-settings.ts';
import { localizeDocument } from './language.ts';
import { notifyBackground } from './messages.ts';
import { findBlockedProxyHost, listBlockedHosts, listOptionalHosts } from './optional-hosts.ts';

defineElement('evalon-inbox', EvalonInbox);

type Section = 'candidate' | 'inbox';

const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;
const optionsButton = html`<button @click=${() => extension.runtime.openOptionsPage()}>${strings.openOptions}</button>`;
let isProxyMissing = false;
let tabState: TabState = { state: 'none' };
let candidateView: CandidateView | undefined;

const activeTab = followActiveTab((state) => {
  tabState = state;
  candidateView?.update(state);
});

function showStatus(text: string): void {
  status.textContent = text;
}

async function start(): Promise<void> {
  showStatus('');
  const settings = await readSettings();
  const { proxyUrl } = settings;
  isProxyMissing = !proxyUrl;
  if (!proxyUrl) {
    render(html`<p>${strings.noProxy}</p>${optionsButton}`, main);
    return;
  }
  try {
    const session = await openSession(proxyUrl, showSignIn);
    if (session) await showRecruiter({ ...settings, proxyUrl }, session);
    else showSignIn();
  } catch (problem) {
    render(await renderProblem(problem, start), main);
  }
}

function showSignIn(): void {
  candidateView = undefined;
  const signIn = async () => {
    showStatus(strings.continueInWindow);
    try {
      if (await requestSignIn()) return await start();
      showStatus(strings.signInWindowClosed);
    } catch (problem) {
      showStatus(describeProblem(problem as WidgetProblem));
    }
  };
  render(html`<p>${strings.signInNeeded}</p><button class="primary" @click=${signIn}>${strings.signIn}</button>`, main);
}

/** Shows the candidate and the inbox of a signed-in recruiter. */
async function showRecruiter(settings: PanelSettings, session: RecruiterSession): Promise<void> {
  const sections = { candidate: document.createElement('section'), inbox: document.createElement('section') };
  // The view hides this container during a navigation. The tabs hide the section.
  const candidateContainer = document.createElement('div');
  sections.candidate.append(candidateContainer);
  candidateView = createCandidateView({
    container: candidateContainer,
    settings,
    session,
    activeTab: await activeTab,
    showStatus,
    renderProblem,
  });
  candidateView.update(tabState);

  const signOut = async () => {
    await session.signOut().catch((problem) => showStatus(describeProblem(problem)));
    location.reload();
  };
  const selectSection = (section: Section) => {
    const renderTab = (name: Section, label: string) =>
      html`<button aria-pressed=${String(name === section)} @click=${() => selectSection(name)}>${label}</button>`;
    for (const [name, element] of Object.entries(sections)) element.hidden = name !== section;
    render(
      html`<nav>${renderTab('candidate', strings.candidateTab)}${renderTab('inbox', strings.inboxTab)}</nav>
        ${sections.candidate}${sections.inbox}
        ${session.getToken ? html`<p class="account"><button @click=${signOut}>${strings.signOut}</button></p>` : ''}`,
      main,
    );
    if (section === 'inbox') void showInbox(sections.inbox, settings, session);
  };
  selectSection('candidate');
}

async function showInbox(
  container: HTMLElement,
  { proxyUrl }: PanelSettings,
  { getToken }: RecruiterSession,
): Promise<void> {
  if (!container.querySelector('evalon-inbox')) {
    const inbox = Object.assign(document.createElement('evalon-inbox'), { proxyUrl, ...(getToken && { getToken }) });
    const hosts = [...(await listBlockedHosts()), ...(await listOptionalHosts())];
    const needsPermission = hosts.some(({ isAllowed }) => !isAllowed);
    render(
      html`${needsPermission ? html`<p>${strings.optionalHostsPending} ${optionsButton}</p>` : ''}${inbox}`,
      container,
    );
  }
  notifyBackground({ type: 'inbox-viewed' });
}

async function renderProblem(problem: unknown, retry: () => void): Promise<TemplateResult> {
  const isUnreachable = problem instanceof WidgetProblem && problem.code === 'unreachable';
  const isBlocked = isUnreachable && (await findBlockedProxyHost()) !== undefined;
  const sentence = problem instanceof WidgetProblem ? describeProblem(problem) : String(problem);
  return html`<p role="alert">${isBlocked ? strings.proxyHostBlocked : sentence}</p>
    ${isBlocked ? optionsButton : ''} <button @click=${retry}>${strings.retry}</button>`;
}

localizeDocument();
onSignInChange(() => location.reload());
extension.storage.onChanged.addListener(() => {
  if (isProxyMissing) void start();
});
void start();
