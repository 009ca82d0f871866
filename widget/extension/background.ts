/**
 * The background script. It opens the side panel, signs the recruiter in and sends the adapters to the content
 * scripts. The toolbar icon shows the status of the tab's candidate, or else the number of new results. The browser may
 * stop the script at any time, so all state that must last is in the extension's storage.
 */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { Client } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { parseQueryResponse } from '../api/parse.ts';
import { createTokenSource } from '../api/token-source.ts';
import { Tokens } from '../api/tokens.ts';
import { resultCountTitle } from '../strings/en/extension.ts';
import { FINISHED_STATUSES, getReportedTime } from '../sync/inbox.ts';
import { systemClock } from '../util/clock.ts';
import { isRecord, readString, toRecord } from '../util/json.ts';
import { extension, isSentFrom } from './browser.ts';
import { openSession, signIn } from './extension-session.ts';
import { readSettings, refreshAdapters } from './extension-settings.ts';
import type { CandidateShown, PageState, SignInResult } from './messages.ts';
import { updateContentScripts } from './optional-hosts.ts';
import { createStatusBadge } from './status-badge.ts';

const POLL_MINUTES = 5;
const MAX_RESULTS = 50;
/** Sorts before any timestamp from the proxy. */
const BEFORE_ALL_TIMES = '0';
/** A message listener returns this if it responds later. */
const RESPONDS_LATER = true;

const statusBadge = createStatusBadge(openClient);

/**
 * Requests the adapters and the newest results from the proxy. Shows the number of results since the recruiter last
 * viewed the inbox. Shows no number if the proxy does not respond.
 */
async function updateResultCount(isInboxViewed: boolean): Promise<void> {
  const client = await openClient();
  if (!client) return showResultCount(0);
  await refreshAdapters(client);
  const body = { filter: { mine: true, status: FINISHED_STATUSES }, sort: '-updated_at', limit: MAX_RESULTS };
  const response = await client.request(ROUTES.sessionQuery, { body }, parseQueryResponse).catch(() => undefined);
  if (!response) return showResultCount(0);
  const { viewer, sessions } = response;
  const reportedTimes = sessions.map(getReportedTime).sort();
  const viewedUpTo = readString(toRecord((await extension.storage.local.get('viewedUpTo'))['viewedUpTo']), viewer);
  if (isInboxViewed || viewedUpTo === undefined) {
    await extension.storage.local.set({ viewedUpTo: { [viewer]: reportedTimes.at(-1) ?? BEFORE_ALL_TIMES } });
    return showResultCount(0);
  }
  await showResultCount(reportedTimes.filter((time) => time > viewedUpTo).length);
}

async function showResultCount(count: number): Promise<void> {
  await extension.action.setBadgeText({ text: count ? `${count}${count === MAX_RESULTS ? '+' : ''}` : '' });
  await statusBadge.setDefaultTitle(resultCountTitle(count));
}

function tryUpdateResultCount({ isInboxViewed = false } = {}): void {
  void updateResultCount(isInboxViewed).catch(() => {});
}

function refreshAfterSignInChange(): void {
  tryUpdateResultCount();
  void statusBadge.reset().catch(() => {});
}

/** Returns undefined if no recruiter is signed in or the proxy does not respond. */
async function openClient(): Promise<Client | undefined> {
  const { proxyUrl } = await readSettings();
  const session = proxyUrl ? await openSession(proxyUrl, () => {}).catch(() => undefined) : undefined;
  if (!proxyUrl || !session) return undefined;
  const fetcher = globalThis.fetch.bind(globalThis);
  const tokens = new Tokens(createTokenSource(session.getToken, proxyUrl, fetcher), systemClock);
  return new Client(proxyUrl, tokens, systemClock, fetcher);
}

/** Returns the adapters of the settings. If none of them come from the proxy, requests the proxy's adapters first. */
async function getAdapters(): Promise<ServedAdapter[]> {
  const settings = await readSettings();
  if (settings.hasProxyAdapters) return settings.adapters;
  const client = await openClient();
  if (!client) return settings.adapters;
  await refreshAdapters(client);
  return (await readSettings()).adapters;
}

async function signInAtProxy(): Promise<SignInResult> {
  try {
    const { proxyUrl } = await readSettings();
    return { isSignedIn: proxyUrl !== undefined && (await signIn(proxyUrl)) };
  } catch (problem) {
    const { code, details } = problem as WidgetProblem;
    return { isSignedIn: false, problem: { code, detail: details?.detail, status: details?.status } };
  }
}

/**
 * Adds the content script to pages that are already open. Browsers run it automatically only in pages opened later.
 */
async function injectContentScript(patterns: string[]): Promise<void> {
  const [{ js } = { js: [] }] = extension.runtime.getManifest().content_scripts;
  for (const { id } of patterns.length ? await extension.tabs.query({ url: patterns }) : []) {
    if (id === undefined) continue;
    await extension.scripting.executeScript({ target: { tabId: id }, files: js }).catch(() => {});
  }
}

/** Updates the list of pages in which the browser runs the content script. Returns their match patterns. */
async function updateAllowedPages(): Promise<string[]> {
  const patterns = extension.runtime.getManifest().content_scripts.flatMap(({ matches }) => matches);
  return [...patterns, ...(await updateContentScripts())];
}

/** Injects the content script into open pages of `origins`, which the recruiter or IT has just allowed. */
async function injectIntoAllowedPages(origins: string[] = []): Promise<void> {
  await injectContentScript((await updateAllowedPages()).filter((pattern) => origins.includes(pattern)));
}

extension.runtime.onInstalled.addListener(async () => injectContentScript(await updateAllowedPages()));
extension.permissions.onAdded.addListener(({ origins }) => void injectIntoAllowedPages(origins));
extension.permissions.onRemoved.addListener(() => void updateContentScripts());
extension.storage.onChanged.addListener((changes, area) => {
  if (area === 'managed') void updateAllowedPages().then(injectContentScript);
  else if (changes['proxyAdapters'] || changes['proxyUrl']) void updateContentScripts();
});
extension.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (sender.id !== extension.runtime.id || !isRecord(message)) return undefined;
  switch (message['type']) {
    case 'open-panel':
      // The browser opens the panel only while this listener handles the message about the recruiter's click.
      if (sender.tab?.windowId !== undefined) void extension.sidePanel?.open({ windowId: sender.tab.windowId });
      return undefined;
    case 'get-adapters':
      void getAdapters().then(sendResponse, () => sendResponse(undefined));
      return RESPONDS_LATER;
    case 'sign-in':
      if (!isSentFrom(sender, '/panel.html')) return undefined;
      void signInAtProxy().then((result) => {
        sendResponse(result);
        refreshAfterSignInChange();
      });
      return RESPONDS_LATER;
    case 'results-changed':
      tryUpdateResultCount();
      return undefined;
    case 'sign-in-changed':
      refreshAfterSignInChange();
      return undefined;
    case 'page-changed':
      if (sender.frameId === 0 && sender.tab?.id !== undefined) {
        statusBadge.update(sender.tab.id, message['page'] as PageState);
      }
      return undefined;
    case 'candidate-shown': {
      const { tabId, key, email } = message as unknown as CandidateShown;
      if (isSentFrom(sender, '/panel.html')) statusBadge.showCandidate(tabId, key, email);
      return undefined;
    }
    case 'inbox-viewed':
      tryUpdateResultCount({ isInboxViewed: true });
      return undefined;
    default:
      return undefined;
  }
});
extension.runtime.onStartup.addListener(() => tryUpdateResultCount());
extension.alarms.create('poll', { periodInMinutes: POLL_MINUTES });
extension.alarms.onAlarm.addListener(() => {
  tryUpdateResultCount();
  void statusBadge.refresh().catch(() => {});
});
void extension.sidePanel?.setPanelBehavior({ openPanelOnActionClick: true });
extension.action.onClicked.addListener(() => void extension.sidebarAction?.toggle());
void extension.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
