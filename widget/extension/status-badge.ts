/**
 * Shows the status of each tab's candidate on the toolbar icon, which pages cannot read. Shows no status while the
 * candidate is uncertain. Runs in the background script.
 */

import * as ROUTES from '../../proxy/contract/routes.ts';
import { hasEndedWithoutResult, type SessionStatus } from '../../proxy/contract/status.ts';
import type { Client } from '../api/client.ts';
import { parseQueryResponse, type Session } from '../api/parse.ts';
import * as commonStrings from '../strings/en/common.ts';
import { candidateBadgeTitle } from '../strings/en/extension.ts';
import { isRecord } from '../util/json.ts';
import { extension } from './browser.ts';
import { lookUpCandidate } from './candidate-lookup.ts';
import { CANDIDATE_PORT, type PageMessage, type PageState } from './messages.ts';

/** A page must show a candidate for this long before the extension looks the candidate up. */
const SETTLE_MS = 1_000;
/** A session often changes several times in a row. One lookup covers all changes within this time. */
const REFRESH_DELAY_MS = 200;
const PAGE_TIMEOUT_MS = 3_000;
const MAX_KNOWN_EMAILS = 200;

interface TabStatus {
  page: PageState;
  timer?: ReturnType<typeof setTimeout>;
}

export interface StatusBadge {
  /** Shows the status of the candidate that a page's content script reports. */
  update(tabId: number, page: PageState): void;
  /** Shows the status of the side panel's candidate. Must be called again when the status changes. */
  showCandidate(tabId: number, key: string, email: string): void;
  /** Reads the pages of the active tabs again, and looks up the status of their candidates. */
  refresh(): Promise<void>;
  /** Removes all statuses, because the recruiter has signed in or out. */
  reset(): Promise<void>;
  /** Sets the title of tabs without a status. */
  setDefaultTitle(title: string): Promise<void>;
}

/** @param openClient returns undefined if no recruiter is signed in or the proxy does not respond. */
export function createStatusBadge(openClient: () => Promise<Client | undefined>): StatusBadge {
  const tabs = new Map<number, TabStatus>();
  /** The emails of candidates by the key of their page. */
  const knownEmails = new Map<string, string>();

  async function showStatus(tabId: number, session: Session | undefined): Promise<void> {
    const title = session ? candidateBadgeTitle(describeStatus(session)) : await extension.action.getTitle({});
    // The tab may be closed.
    await extension.action.setBadgeText({ tabId, text: session ? toBadgeText(session) : null }).catch(() => {});
    await extension.action.setTitle({ tabId, title }).catch(() => {});
  }

  async function lookUp(tabId: number, tab: TabStatus): Promise<void> {
    const client = await openClient();
    const email = client && (await findEmail(client, tab.page));
    const session = email ? await findNewestSession(client, email) : undefined;
    if (tabs.get(tabId) === tab) await showStatus(tabId, session);
  }

  async function findEmail(client: Client, page: PageState): Promise<string | undefined> {
    if (page.state !== 'candidate') return undefined;
    const { adapter, ids, from } = page.candidate;
    const knownEmail = knownEmails.get(page.key);
    // Only the side panel can look up ids from page elements, because the recruiter must confirm them.
    if (knownEmail !== undefined || !ids || from !== 'address' || !adapter.connected) return knownEmail;
    const email = (await lookUpCandidate(client, adapter.ats, ids))?.email;
    if (email) rememberEmail(page.key, email);
    return email;
  }

  function rememberEmail(key: string, email: string): void {
    if (knownEmails.size >= MAX_KNOWN_EMAILS) knownEmails.clear();
    knownEmails.set(key, email);
  }

  /** Replaces the tab's entry, so that earlier lookups have no effect. */
  function scheduleLookup(tabId: number, page: PageState, delayMs: number): void {
    clearTimeout(tabs.get(tabId)?.timer);
    const tab: TabStatus = { page };
    tabs.set(tabId, tab);
    if (page.state !== 'candidate') return;
    tab.timer = setTimeout(() => void lookUp(tabId, tab).catch(() => {}), delayMs);
  }

  function update(tabId: number, page: PageState): void {
    scheduleLookup(tabId, page, SETTLE_MS);
    void showStatus(tabId, undefined);
  }

  async function refresh(): Promise<void> {
    for (const { id } of await extension.tabs.query({ active: true })) {
      const page = id === undefined ? undefined : await readPage(id);
      if (id !== undefined && page) scheduleLookup(id, page, REFRESH_DELAY_MS);
    }
  }

  return {
    update,
    refresh,
    showCandidate(tabId, key, email) {
      const page = tabs.get(tabId)?.page;
      // Ignores the message if the tab now shows another candidate. `page` is undefined after a restart of this script.
      if (page && !(page.state === 'candidate' && page.key === key)) return;
      rememberEmail(key, email);
      if (page) scheduleLookup(tabId, page, REFRESH_DELAY_MS);
      else void refresh();
    },
    async reset() {
      knownEmails.clear();
      for (const { timer } of tabs.values()) clearTimeout(timer);
      tabs.clear();
      for (const { id } of await extension.tabs.query({})) if (id !== undefined) await showStatus(id, undefined);
      await refresh();
    },
    async setDefaultTitle(title) {
      await extension.action.setTitle({ title });
      for (const [tabId, { page }] of tabs) {
        if (page.state !== 'candidate') await extension.action.setTitle({ tabId, title }).catch(() => {});
      }
    },
  };
}

async function findNewestSession(client: Client | undefined, email: string): Promise<Session | undefined> {
  const body = { candidates: [{ candidate_email: email }] };
  const response = await client?.request(ROUTES.sessionQuery, { body }, parseQueryResponse);
  return response?.sessions.sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1))[0];
}

/** Returns undefined if the page has no content script. */
async function readPage(tabId: number): Promise<PageState | undefined> {
  const { promise, resolve } = Promise.withResolvers<PageState | undefined>();
  const timer = setTimeout(() => resolve(undefined), PAGE_TIMEOUT_MS);
  const port = extension.tabs.connect(tabId, { name: CANDIDATE_PORT, frameId: 0 });
  port.onMessage.addListener((message) => {
    if (isRecord(message)) resolve((message as unknown as PageMessage).page);
  });
  port.onDisconnect.addListener(() => {
    // If this is not read, the browser logs an error for a page without a content script.
    void extension.runtime.lastError;
    resolve(undefined);
  });
  const page = await promise;
  clearTimeout(timer);
  port.disconnect();
  return page;
}

/** A badge has space for a few characters. The title has the status in words. */
function toBadgeText({ status, result_unavailable }: Session): string {
  if (status === 'completed') return '✓';
  return result_unavailable || hasEndedWithoutResult(status as SessionStatus) ? '!' : '…';
}

function describeStatus({ status, confirming, result_unavailable }: Session): string {
  if (confirming && status !== 'completed') return commonStrings.checkingResult;
  return result_unavailable ? commonStrings.resultUnavailable : commonStrings.statusLabel(status);
}
