/**
 * Shows the candidate of the active tab: looks them up by the ids in the page, which the ATS's own API resolves, and
 * mounts their assessments. The recruiter confirms everything else. Shows no candidate while the tab's is unclear.
 */
import { html, render, type TemplateResult } from 'lit';
import * as ROUTES from '../../proxy/contract/routes.ts';
import '../elements/evalon-assessments/evalon-assessments.ts';
import type { Client } from '../api/client.ts';
import * as strings from '../strings/en/extension.ts';
import { getConnection } from '../sync/connections.ts';
import { toRecord } from '../util/json.ts';
import type { ActiveTab, TabState } from './active-tab.ts';
import { renderCandidateForm } from './candidate-form.ts';
import { type Candidate, lookUpCandidate, readAssessmentTypes } from './candidate-lookup.ts';
import type { RecruiterSession } from './extension-session.ts';
import { type ExtensionSettings, saveAdapters } from './extension-settings.ts';
import { createInviteGuard, disableUntilPainted, type InviteOutcome } from './invite-guard.ts';
import { type DetectedCandidate, notifyBackground } from './messages.ts';

export type PanelSettings = ExtensionSettings & { proxyUrl: string };

interface Options {
  container: HTMLElement;
  settings: PanelSettings;
  session: RecruiterSession;
  activeTab: Pick<ActiveTab, 'identify' | 'getTabId'>;
  /** Informs the recruiter in the panel's status line. */
  showStatus: (text: string) => void;
  renderProblem: (problem: unknown, retry: () => void) => Promise<TemplateResult>;
}

export interface CandidateView {
  update(state: TabState): void;
}

/** A change sooner after the previous one is fast. */
const FAST_CHANGE_MS = 1_000;
/** After a fast change, a page must show a candidate for this long before the side panel looks the candidate up. */
const SETTLE_MS = 300;

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
  /** Ends the work for a candidate who is no longer shown. */
  let controller = new AbortController();

  /** Waits if candidates follow each other quickly, as while the recruiter pages through them. */
  async function waitUntilSettled(): Promise<void> {
    const now = performance.now();
    const isFast = now - lastChangeMs < FAST_CHANGE_MS;
    lastChangeMs = now;
    if (isFast) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  }

  /** Replaces the view. Its buttons work after they have been painted for a while. */
  function show(view: TemplateResult, { signal }: AbortController): void {
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
    if (state.state === 'candidate') void identifyCandidate(state.candidate, controller);
    else
      show(
        html`<p class="hint">${state.state === 'none' ? strings.noCandidate : strings.pageChanging}</p>`,
        controller,
      );
  }

  async function identifyCandidate(detected: DetectedCandidate, current: AbortController): Promise<void> {
    const showCandidate = (candidate: Candidate) => tryStep(() => showAssessments(candidate, current));
    const askRecruiter = (reason: string, known: Partial<Candidate> = {}) =>
      show(renderCandidateForm(reason, { ...detected.shown, ...known }, showCandidate), current);
    const tryStep = async (step: () => Promise<void>) => {
      try {
        await step();
      } catch (problem) {
        const retry = () => void identifyCandidate(detected, current);
        show(await renderProblem(problem, retry), current);
      }
    };
    show(html`<p class="hint">${strings.lookingUpCandidate}</p>`, current);
    await waitUntilSettled();
    if (current.signal.aborted) return;
    void refreshAdapters(client, proxyUrl);
    await tryStep(async () => {
      if (!detected.ids) {
        const body = { adapter: detected.adapter.name, host: detected.host };
        void client.request(ROUTES.unknownPage, { body }, () => true).catch(() => {});
        return askRecruiter('');
      }
      if (!detected.adapter.connected) return askRecruiter('');
      const found = await lookUpCandidate(client, detected.adapter.ats, detected.ids);
      if (!found) return askRecruiter(strings.candidateNotFound);
      const { email, name } = found;
      if (!email || !name) return askRecruiter(strings.noEmail, found);
      const candidate = { ...found, email, name };
      if (detected.from === 'address') return showCandidate(candidate);
      show(
        html`<h2>${strings.candidateUnknown}</h2>
          <p>${strings.confirmCandidate}</p>
          <p><b>${name}</b> <bdi>${email}</bdi></p>
          <button class="primary" @click=${() => showCandidate(candidate)}>${strings.confirmYes}</button>
          <button @click=${() => askRecruiter('')}>${strings.confirmNo}</button>`,
        current,
      );
    });
  }

  async function showAssessments(candidate: Candidate, current: AbortController): Promise<void> {
    const { email, name, applicationId, assessmentTypes } = candidate;
    const candidateTypes =
      assessmentTypes ?? (allowedProjects && (await client.request(ROUTES.config, {}, readAssessmentTypes)));
    const offered = candidateTypes?.filter(
      (type) => !allowedProjects || allowedProjects.includes(type.split('@')[1] ?? ''),
    );
    if (current.signal.aborted) return;
    if (offered && !offered.length) return show(html`<p>${strings.noAssessments}</p>`, current);
    const panel = Object.assign(document.createElement('evalon-assessments'), {
      proxyUrl,
      candidateEmail: email,
      candidateName: name,
      ...(applicationId && { applicationId }),
      ...(offered && { assessmentTypes: offered.join(',') }),
      ...(getToken && { getToken }),
    });
    for (const event of ['evalon-completed', 'evalon-invited']) {
      panel.addEventListener(event, () => notifyBackground({ type: 'results-changed' }));
    }
    const notifyShown = () => {
      const tabId = activeTab.getTabId();
      if (current.signal.aborted || tabId === undefined || shownKey === undefined) return;
      notifyBackground({ type: 'candidate-shown', tabId, key: shownKey, email });
    };
    panel.addEventListener('evalon-status', notifyShown);
    notifyShown();
    show(html`${panel}`, current);
    guard.watch(panel);
  }

  return { update };
}

async function refreshAdapters(client: Client, proxyUrl: string): Promise<void> {
  const save = (config: unknown) => saveAdapters(proxyUrl, toRecord(config)['adapters']).then(() => true);
  await client.request(ROUTES.config, {}, save).catch(() => {});
}
