/**
 * The frame in the ATS's page: signs the recruiter in, has the proxy look up whom the page shows, and shows their assessments. Of
 * the page it believes nothing but ids, and these only as a question to the ATS's own API; all else the recruiter confirms.
 */
import { html, render, type TemplateResult } from 'lit/html.js';
import { EMAIL_PATTERN } from '../../proxy/contract/candidate.ts';
import * as ROUTES from '../../proxy/contract/routes.ts';
import '../elements/evalon-assessments/evalon-assessments.ts';
import { WidgetProblem } from '../api/errors.ts';
import { describeProblem as sentenceOf } from '../strings/en/common.ts';
import * as say from '../strings/en/extension.ts';
import { getConnection } from '../sync/connections.ts';
import { isRecord, readRecords, readString, toRecord } from '../util/json.ts';
import { extension } from './browser.ts';
import { guardInvites } from './clickjacking-guard.ts';
import { confirmElsewhere } from './confirmation.ts';
import { onSignInChange, openSession, type RecruiterSession, requestSignIn } from './extension-session.ts';
import { type ExtensionSettings, readSettings, saveAdapters } from './extension-settings.ts';
import type { DetectedCandidate } from './messages.ts';

interface Candidate {
  email: string;
  name: string;
  application?: string | undefined;
  /** As the element takes them; undefined: all that is offered. */
  types?: string[] | undefined;
}

const frame = location.hash.slice(1);
const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;

function show(view: TemplateResult): void {
  render(view, main);
}

function tell(sentence: string): void {
  status.textContent = sentence;
}

/** Whom the page shows right now; undefined where that is nobody, or this frame is not the one beside them. */
async function whoIsOnShow(): Promise<DetectedCandidate | undefined> {
  const answer = await extension.runtime.sendMessage({ ask: 'who', frame }).catch(() => undefined);
  return isRecord(answer) ? (answer as unknown as DetectedCandidate) : undefined;
}

const keyOf = (one: DetectedCandidate | undefined) =>
  one && JSON.stringify([one.adapter.name, one.host, Object.entries(one.ids ?? {}).sort()]);

let isWithoutProxy = false;

async function start(): Promise<void> {
  tell('');
  const settings = await readSettings();
  const { proxyUrl } = settings;
  isWithoutProxy = !proxyUrl;
  if (!proxyUrl) return show(noProxyView);
  try {
    const session = await openSession(proxyUrl, () => show(signInView()));
    if (!session) return show(signInView());
    const shown = await whoIsOnShow();
    if (!shown) return show(html`<p>${say.pageChanged}</p>`);
    show(html`<p>${say.lookingUpCandidate}</p>`);
    await identify(shown, { ...settings, proxyUrl }, session);
  } catch (problem) {
    await showProblem(problem);
  }
}

type Reachable = ExtensionSettings & { proxyUrl: string };

async function identify(shown: DetectedCandidate, settings: Reachable, session: RecruiterSession): Promise<void> {
  const { client } = getConnection(settings.proxyUrl, session.getToken);
  void client
    .request(ROUTES.config, {}, (answer) =>
      saveAdapters(settings.proxyUrl, toRecord(answer)['adapters']).then(() => true),
    )
    .catch(() => {});
  const reach = (candidate: Candidate) => present(candidate, shown, settings, session).catch(showProblem);
  const ask = (why: string, known: { name?: string | undefined } & Partial<Candidate> = {}) =>
    show(formView(why, { ...shown.shown, ...known }, reach));
  if (!shown.ids) {
    const body = { adapter: shown.adapter.name, host: shown.host };
    void client.request(ROUTES.unknownPage, { body }, () => true).catch(() => {});
    return ask('');
  }
  if (!shown.adapter.connected) return ask('');
  const body = { ats: shown.adapter.ats, ...shown.ids };
  const found = await client.request(ROUTES.resolve, { body }, candidateIn).catch((problem: WidgetProblem) => {
    const { status: code } = problem.details;
    if (code === 404 || code === 400) return undefined;
    throw problem;
  });
  if (!found) return ask(say.candidateNotFound);
  const { email, name } = found;
  if (!email || !name) return ask(say.noEmail, found);
  const candidate = { ...found, email, name };
  if (shown.from === 'address') return reach(candidate);
  show(html`<h2>${say.candidateUnknown}</h2>
    <p>${say.confirmCandidate}</p>
    <p><b>${name}</b> <bdi>${email}</bdi></p>
    <button class="primary" @click=${() => reach(candidate)}>${say.confirmYes}</button>
    <button @click=${() => ask('')}>${say.confirmNo}</button>`);
}

/** As the proxy has found them in the ATS. */
function candidateIn(answer: unknown): Partial<Candidate> | undefined {
  if (!isRecord(answer)) return undefined;
  return {
    email: readString(answer, 'candidate_email') ?? '',
    name: readString(answer, 'candidate_name') ?? '',
    application: readString(answer, 'application_id'),
    types: typesIn(answer),
  };
}

function typesIn(answer: unknown): string[] {
  return readRecords(toRecord(answer), 'assessments').map(
    (one) => `${readString(one, 'assessment_type')}@${readString(one, 'project_id')}`,
  );
}

async function present(
  { email, name, application, types }: Candidate,
  shown: DetectedCandidate,
  { proxyUrl, allowedProjects: projects }: Reachable,
  { getToken }: RecruiterSession,
): Promise<void> {
  const isStillOnShow = async () => {
    const isSame = keyOf(await whoIsOnShow()) === keyOf(shown);
    if (!isSame) {
      show(html`<p role="alert">${say.candidateChanged}</p>`);
      panel.remove();
    }
    return isSame;
  };
  const panel = document.createElement('evalon-assessments');
  const { client } = getConnection(proxyUrl, getToken);
  const fitting = types ?? (projects && (await client.request(ROUTES.config, {}, typesIn)));
  const offered = fitting?.filter((type) => !projects || projects.includes(type.split('@')[1] ?? ''));
  if (!(await isStillOnShow())) return;
  if (offered && !offered.length) return show(html`<p>${say.noAssessments}</p>`);
  Object.assign(panel, {
    proxyUrl,
    candidateEmail: email,
    candidateName: name,
    ...(application && { applicationId: application }),
    ...(offered && { assessmentTypes: offered.join(',') }),
    ...(getToken && { getToken }),
  });
  guardInvites(panel, {
    isStillOnShow,
    tooSoon: () => tell(say.clickAgain),
    async confirm(button) {
      const label = button.getAttribute('aria-label') ?? '';
      tell(say.confirmInTab);
      const isConfirmed = await confirmElsewhere({ name, email, label });
      tell(isConfirmed ? '' : say.inviteCancelled);
      return isConfirmed;
    },
  });
  panel.addEventListener('evalon-invited', () => tell(''));
  for (const news of ['evalon-completed', 'evalon-invited']) {
    panel.addEventListener(news, () => void extension.runtime.sendMessage({ tell: 'news' }).catch(() => {}));
  }
  show(html`${panel}${getToken ? html`<p class="account"><button @click=${leave}>${say.signOut}</button></p>` : ''}`);

  async function leave(): Promise<void> {
    await (await openSession(proxyUrl, () => {}))?.signOut().catch((problem) => tell(sentenceOf(problem)));
    location.reload();
  }
}

function formView(
  why: string,
  { email = '', name = '', ...known }: Partial<Candidate>,
  use: (candidate: Candidate) => Promise<void>,
): TemplateResult {
  const take = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = new FormData(event.target as HTMLFormElement);
    const [given, called] = [String(typed.get('email')).trim(), String(typed.get('name')).trim()];
    if (event.isTrusted && EMAIL_PATTERN.test(given) && called) void use({ ...known, email: given, name: called });
  };
  return html`<h2>${say.candidateUnknown}</h2>
    ${why ? html`<p>${why}</p>` : ''}
    <p>${say.enterManually}</p>
    <form @submit=${take}>
      <label>${say.email} <input name="email" type="email" required autocomplete="off" .value=${email}></label>
      <label>${say.name} <input name="name" required autocomplete="off" .value=${name}></label>
      <button class="primary">${say.useCandidate}</button>
    </form>`;
}

function signInView(): TemplateResult {
  const begin = async () => {
    tell(say.continueInWindow);
    try {
      if (await requestSignIn()) return await start();
      tell(say.signInWindowClosed);
    } catch (problem) {
      tell(sentenceOf(problem as WidgetProblem));
    }
  };
  return html`<p>${say.signInNeeded}</p><button class="primary" @click=${begin}>${say.signIn}</button>`;
}

const optionsView = html`<button @click=${() => extension.runtime.sendMessage({ ask: 'options' })}>${say.openOptions}</button>`;
const noProxyView = html`<p>${say.noProxy}</p>${optionsView}`;

async function showProblem(problem: unknown): Promise<void> {
  const { code } = problem as WidgetProblem;
  const mayReach = code !== 'unreachable' || (await extension.runtime.sendMessage({ ask: 'reach' }).catch(() => true));
  const sentence = problem instanceof WidgetProblem ? sentenceOf(problem) : String(problem);
  show(html`<p role="alert">${mayReach ? sentence : say.proxyHostBlocked}</p>
    ${mayReach ? '' : optionsView} <button @click=${start}>${say.retry}</button>`);
}

async function tellHeight(): Promise<void> {
  const { height } = document.documentElement.getBoundingClientRect();
  await extension.runtime.sendMessage({ ask: 'height', frame, height }).catch(() => {});
}

new ResizeObserver(() => void tellHeight()).observe(document.documentElement);
onSignInChange(() => location.reload());
/** Somebody has said which proxy it is. */
extension.storage.onChanged.addListener(() => {
  if (isWithoutProxy) void start();
});
void start();
