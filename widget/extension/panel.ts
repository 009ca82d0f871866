/**
 * The panel in the ATS's page: signs the recruiter in, looks the candidate up and shows their assessments. It accepts
 * only ids from the page, which the ATS's own API resolves. The recruiter confirms everything else.
 */
import { html, render, type TemplateResult } from 'lit';
import * as ROUTES from '../../proxy/contract/routes.ts';
import '../elements/evalon-assessments/evalon-assessments.ts';
import type { Client } from '../api/client.ts';
import { WidgetProblem } from '../api/errors.ts';
import { describeProblem } from '../strings/en/common.ts';
import * as strings from '../strings/en/extension.ts';
import { getConnection } from '../sync/connections.ts';
import { isRecord, toRecord } from '../util/json.ts';
import { extension } from './browser.ts';
import { type Candidate, lookUpCandidate, readAssessmentTypes, renderCandidateForm } from './candidate-lookup.ts';
import { guardInvites } from './clickjacking-guard.ts';
import { confirmInviteInTab } from './confirmation.ts';
import { onSignInChange, openSession, type RecruiterSession, requestSignIn } from './extension-session.ts';
import { type ExtensionSettings, readSettings, saveAdapters } from './extension-settings.ts';
import { type DetectedCandidate, notifyBackground, sendMessage } from './messages.ts';

type PanelSettings = ExtensionSettings & { proxyUrl: string };

const panelId = location.hash.slice(1);
const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;
const optionsButton = html`<button @click=${() => sendMessage({ type: 'open-options' })}>${strings.openOptions}</button>`;
let isProxyMissing = false;

function show(view: TemplateResult): void {
  render(view, main);
}

function showStatus(text: string): void {
  status.textContent = text;
}

/** Returns undefined if the page shows no candidate, or if this panel is no longer the page's panel. */
async function detectCandidate(): Promise<DetectedCandidate | undefined> {
  const candidate = await sendMessage({ type: 'detect-candidate', panelId }).catch(() => undefined);
  return isRecord(candidate) ? (candidate as unknown as DetectedCandidate) : undefined;
}

/** Equal for the same candidate. */
function toKey(candidate: DetectedCandidate | undefined): string | undefined {
  if (!candidate) return undefined;
  const { adapter, host, ids = {} } = candidate;
  return JSON.stringify([adapter.name, host, Object.entries(ids).sort()]);
}

async function start(): Promise<void> {
  showStatus('');
  const settings = await readSettings();
  const { proxyUrl } = settings;
  isProxyMissing = !proxyUrl;
  if (!proxyUrl) return show(html`<p>${strings.noProxy}</p>${optionsButton}`);
  try {
    const session = await openSession(proxyUrl, showSignIn);
    if (!session) return showSignIn();
    const detected = await detectCandidate();
    if (!detected) return show(html`<p>${strings.pageChanged}</p>`);
    show(html`<p>${strings.lookingUpCandidate}</p>`);
    await identifyCandidate(detected, { ...settings, proxyUrl }, session);
  } catch (problem) {
    await showProblem(problem);
  }
}

async function identifyCandidate(
  detected: DetectedCandidate,
  settings: PanelSettings,
  session: RecruiterSession,
): Promise<void> {
  const { client } = getConnection(settings.proxyUrl, session.getToken);
  void refreshAdapters(client, settings.proxyUrl);
  const showCandidate = (candidate: Candidate) =>
    showAssessments(candidate, detected, settings, session).catch(showProblem);
  const askRecruiter = (reason: string, known: Partial<Candidate> = {}) =>
    show(renderCandidateForm(reason, { ...detected.shown, ...known }, showCandidate));
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
  show(html`<h2>${strings.candidateUnknown}</h2>
    <p>${strings.confirmCandidate}</p>
    <p><b>${name}</b> <bdi>${email}</bdi></p>
    <button class="primary" @click=${() => showCandidate(candidate)}>${strings.confirmYes}</button>
    <button @click=${() => askRecruiter('')}>${strings.confirmNo}</button>`);
}

async function refreshAdapters(client: Client, proxyUrl: string): Promise<void> {
  const save = (config: unknown) => saveAdapters(proxyUrl, toRecord(config)['adapters']).then(() => true);
  await client.request(ROUTES.config, {}, save).catch(() => {});
}

async function showAssessments(
  { email, name, applicationId, assessmentTypes }: Candidate,
  detected: DetectedCandidate,
  { proxyUrl, allowedProjects }: PanelSettings,
  { getToken }: RecruiterSession,
): Promise<void> {
  const panel = document.createElement('evalon-assessments');
  const isStillShown = async () => {
    const isSame = toKey(await detectCandidate()) === toKey(detected);
    if (!isSame) {
      show(html`<p role="alert">${strings.candidateChanged}</p>`);
      panel.remove();
    }
    return isSame;
  };
  const { client } = getConnection(proxyUrl, getToken);
  const candidateTypes =
    assessmentTypes ?? (allowedProjects && (await client.request(ROUTES.config, {}, readAssessmentTypes)));
  const offered = candidateTypes?.filter(
    (type) => !allowedProjects || allowedProjects.includes(type.split('@')[1] ?? ''),
  );
  if (!(await isStillShown())) return;
  if (offered && !offered.length) return show(html`<p>${strings.noAssessments}</p>`);
  Object.assign(panel, {
    proxyUrl,
    candidateEmail: email,
    candidateName: name,
    ...(applicationId && { applicationId }),
    ...(offered && { assessmentTypes: offered.join(',') }),
    ...(getToken && { getToken }),
  });
  guardInvites(panel, {
    isStillShown,
    onTooEarly: () => showStatus(strings.clickAgain),
    async confirm(button) {
      const label = button.getAttribute('aria-label') ?? '';
      showStatus(strings.confirmInTab);
      const isConfirmed = await confirmInviteInTab({ name, email, label });
      showStatus(isConfirmed ? '' : strings.inviteCancelled);
      return isConfirmed;
    },
  });
  panel.addEventListener('evalon-invited', () => showStatus(''));
  for (const event of ['evalon-completed', 'evalon-invited']) {
    panel.addEventListener(event, () => notifyBackground('results-changed'));
  }
  const signOut = async () => {
    const session = await openSession(proxyUrl, () => {});
    await session?.signOut().catch((problem) => showStatus(describeProblem(problem)));
    location.reload();
  };
  show(
    html`${panel}${getToken ? html`<p class="account"><button @click=${signOut}>${strings.signOut}</button></p>` : ''}`,
  );
}

function showSignIn(): void {
  const signIn = async () => {
    showStatus(strings.continueInWindow);
    try {
      if (await requestSignIn()) return await start();
      showStatus(strings.signInWindowClosed);
    } catch (problem) {
      showStatus(describeProblem(problem as WidgetProblem));
    }
  };
  show(html`<p>${strings.signInNeeded}</p><button class="primary" @click=${signIn}>${strings.signIn}</button>`);
}

async function showProblem(problem: unknown): Promise<void> {
  const { code } = problem as WidgetProblem;
  const isBlocked = code === 'unreachable' && !(await sendMessage({ type: 'is-proxy-reachable' }).catch(() => true));
  const sentence = problem instanceof WidgetProblem ? describeProblem(problem) : String(problem);
  show(html`<p role="alert">${isBlocked ? strings.proxyHostBlocked : sentence}</p>
    ${isBlocked ? optionsButton : ''} <button @click=${start}>${strings.retry}</button>`);
}

async function reportHeight(): Promise<void> {
  const { height } = document.documentElement.getBoundingClientRect();
  await sendMessage({ type: 'resize', panelId, height }).catch(() => {});
}

new ResizeObserver(() => void reportHeight()).observe(document.documentElement);
onSignInChange(() => location.reload());
extension.storage.onChanged.addListener(() => {
  if (isProxyMissing) void start();
});
void start();
