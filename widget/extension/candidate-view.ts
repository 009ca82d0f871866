/**
 * Shows the assessments of the active tab's candidate. The ATS's own API resolves the ids in the page's URL to a
 * candidate. The recruiter must confirm a candidate that was identified in any other way. Shows no candidate while the
 * page is changing.
 */
import { html, render, type TemplateResult } from 'lit';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { defineElement } from '../elements/base/define-element.ts';
import EvalonAssessments from '../elements/evalon-assessments/evalon-assessments.ts';
import * as strings from '../strings/en/extension.ts';
import { getConnection } from '../sync/connections.ts';
import type { ActiveTab, TabState } from './active-tab.ts';
import { renderCandidateForm } from './candidate-form.ts';
import { type Candidate, lookUpCandidate, readAssessmentTypes } from './candidate-lookup.ts';
import type { RecruiterSession } from './extension-session.ts';
import { type ExtensionSettings, refreshAdapters } from './extension-settings.ts';
import { createInviteGuard, disableUntilPainted, type InviteOutcome } from './invite-guard.ts';
import { type DetectedCandidate, notifyBackground } from './messages.ts';

defineElement('evalon-assessments', EvalonAssessments);

export type PanelSettings = ExtensionSettings & { proxyUrl: string };

interface Options {
  container: HTMLElement;
  settings: PanelSettings;
  session: RecruiterSession;
  activeTab: Pick<ActiveTab, 'identify' | 'getTabId'>;
  /** Informs the recruiter in the side panel's status line. */
  showStatus: (text: string) => void;
  renderProblem: (problem: unknown, retry: () => void) => Promise<TemplateResult>;
}

export interface CandidateView {
  update(state: TabState): void;
}

/** A change of the candidate is quick if it follows the previous change within this time. */
const QUICK_CHANGE_MS = 1_000;
/** After a quick change, a page must show a candidate for this long before the side panel looks the candidate up. */
const SETTLE_MS = 300;

/** The form then does not show why the candidate is unknown. */
const NO_REASON = '';

const OUTCOME_TEXT: Record<InviteOutcome, string> = {
  sent: '',
  changed: strings.candidateChanged,
  'no-response': strings.pageNotResponding,
};

export function createCandidateView(options: Options): CandidateView {
  const { container, settings, session, activeTab, showStatus, renderProblem } = options;
  const { proxyUrl, allowedProjects } = settings;
  const { getToken } = session;
  const { client } = getConnection(proxyUrl, getToken);
  const guard = createInviteGuard({
    getShownKey: () => (container.hidden ? undefined : shownKey),
    async identify() {
      const page = await activeTab.identify();
      return page && { key: page.state === 'candidate' ? page.key : undefined };
    },
    onOutcome: (outcome) => showStatus(OUTCOME_TEXT[outcome]),
  });
  let shownKey: string | undefined;
  let lastChangeMs = Number.NEGATIVE_INFINITY;
  /** Aborts the work for a candidate that is no longer shown. */
  let controller = new AbortController();

  /** Waits if the candidate changes quickly, for example while the recruiter pages through candidates. */
  async function waitUntilSettled(): Promise<void> {
    const now = performance.now();
    const isQuick = now - lastChangeMs < QUICK_CHANGE_MS;
    lastChangeMs = now;
    if (isQuick) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  }

  /** Replaces the view. Its buttons are disabled until they have been painted for a while. */
  function show(view: TemplateResult, signal: AbortSignal): void {
    if (signal.aborted) return;
    render(view, container);
    disableButtons();
  }

  function disableButtons(): void {
    for (const button of container.querySelectorAll('button')) disableUntilPainted(button);
  }

  function update(state: TabState): void {
    const key = state.state === 'candidate' ? state.key : undefined;
    if (state.state === 'loading') {
      container.hidden = true;
      guard.cancelPending();
      return;
    }
    const wasHidden = container.hidden;
    container.hidden = false;
    if (key !== undefined && key === shownKey) {
      if (wasHidden) {
        disableButtons();
        guard.disableAll();
      }
      return;
    }
    controller.abort();
    controller = new AbortController();
    shownKey = key;
    guard.cancelPending();
    if (state.state === 'candidate') void identifyCandidate(state.candidate, controller.signal);
    else
      show(
        html`<p class="hint">${state.state === 'none' ? strings.noCandidate : strings.pageChanging}</p>`,
        controller.signal,
      );
  }

  async function identifyCandidate(detected: DetectedCandidate, signal: AbortSignal): Promise<void> {
    const { ats } = detected.adapter;
    const showCandidate = (candidate: Candidate) =>
      runOrShowProblem(() => showAssessments({ ats, ...candidate }, signal));
    const askRecruiter = (reason: string, known: Partial<Candidate> = {}) =>
      show(renderCandidateForm(reason, { ...detected.shown, ...known }, showCandidate), signal);
    const runOrShowProblem = async (step: () => Promise<void>) => {
      try {
        await step();
      } catch (problem) {
        const retry = () => void identifyCandidate(detected, signal);
        show(await renderProblem(problem, retry), signal);
      }
    };
    show(html`<p class="hint">${strings.lookingUpCandidate}</p>`, signal);
    await waitUntilSettled();
    if (signal.aborted) return;
    void refreshAdapters(client);
    await runOrShowProblem(async () => {
      if (!detected.ids) {
        const body = { adapter: detected.adapter.name, host: detected.host };
        void client.request(ROUTES.unknownPage, { body }, () => true).catch(() => {});
        return askRecruiter(NO_REASON);
      }
      if (!detected.adapter.connected) return askRecruiter(NO_REASON);
      const found = await lookUpCandidate(client, ats, detected.ids);
      if (!found) return askRecruiter(strings.candidateNotFound);
      const { email, name } = found;
      if (!email || !name) return askRecruiter(strings.noEmail, found);
      const candidate = { ...found, email, name };
      if (detected.from === 'address') return showCandidate(candidate);
      show(
        html`<h2>${strings.candidateUnknown}</h2>
          <p>${strings.confirmCandidate}</p>
          <p><b><bdi>${name}</bdi></b> <bdi>${email}</bdi></p>
          <button class="primary" @click=${() => showCandidate(candidate)}>${strings.confirmYes}</button>
          <button @click=${() => askRecruiter(NO_REASON)}>${strings.confirmNo}</button>`,
        signal,
      );
    });
  }

  async function showAssessments(candidate: Candidate & { ats: string }, signal: AbortSignal): Promise<void> {
    const { ats, email, name, applicationId, assessmentTypes } = candidate;
    const candidateTypes =
      assessmentTypes ?? (allowedProjects && (await client.request(ROUTES.config, {}, readAssessmentTypes)));
    const offeredTypes = candidateTypes?.filter(
      (type) => !allowedProjects || allowedProjects.includes(type.split('@')[1] ?? ''),
    );
    if (signal.aborted) return;
    if (offeredTypes && !offeredTypes.length) return show(html`<p>${strings.noAssessments}</p>`, signal);
    const panel = Object.assign(document.createElement('evalon-assessments'), {
      proxyUrl,
      candidateEmail: email,
      candidateName: name,
      ...(applicationId && { applicationId, ats }),
      ...(offeredTypes && { assessmentTypes: offeredTypes.join(',') }),
      ...(getToken && { getToken }),
    });
    for (const event of ['evalon-completed', 'evalon-invited']) {
      panel.addEventListener(event, () => notifyBackground({ type: 'results-changed' }));
    }
    const notifyShown = () => {
      const tabId = activeTab.getTabId();
      if (signal.aborted || tabId === undefined || shownKey === undefined) return;
      notifyBackground({ type: 'candidate-shown', tabId, key: shownKey, email });
    };
    panel.addEventListener('evalon-status', notifyShown);
    notifyShown();
    show(html`${panel}`, signal);
    guard.watch(panel);
  }

  return { update };
}
