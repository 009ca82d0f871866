/**
 * Follows the active tab of this window. The page's content script reports which candidate the page shows. During a
 * navigation the state is `loading`, until the content script reports again.
 */
import { isRecord } from '../util/json.ts';
import { extension, type Port } from './browser.ts';
import { CANDIDATE_PORT, type PageMessage, type PageRequest, type PageState } from './messages.ts';

export type TabState = PageState | { state: 'loading' };

export interface ActiveTab {
  /** Reads the page now. Must be called before each action on the candidate. Returns undefined without a response. */
  identify(): Promise<PageState | undefined>;
  getTabId(): number | undefined;
}

const RESPONSE_TIMEOUT_MS = 3_000;

/** @param onChange may be called with the same state again, if a navigation did not change the candidate. */
export async function followActiveTab(onChange: (state: TabState) => void): Promise<ActiveTab> {
  let tabId: number | undefined;
  let port: Port | undefined;
  let lastRequestId = 0;
  const pendingReplies = new Map<number, (page: PageState | undefined) => void>();
  const { id: windowId } = await extension.windows.getCurrent();

  function disconnect(): void {
    port?.disconnect();
    port = undefined;
    for (const reply of pendingReplies.values()) reply(undefined);
    pendingReplies.clear();
  }

  function connect(id: number): void {
    disconnect();
    tabId = id;
    const newPort = extension.tabs.connect(id, { name: CANDIDATE_PORT, frameId: 0 });
    port = newPort;
    newPort.onMessage.addListener((message) => {
      if (port !== newPort || !isRecord(message)) return;
      const { page, replyTo } = message as unknown as PageMessage;
      onChange(page);
      if (replyTo !== undefined) pendingReplies.get(replyTo)?.(page);
    });
    newPort.onDisconnect.addListener(() => {
      // If this is not read, the browser logs an error for a page without a content script.
      void extension.runtime.lastError;
      if (port !== newPort) return;
      disconnect();
      onChange({ state: 'none' });
    });
  }

  function requestPage(): number {
    const request: PageRequest = { requestId: ++lastRequestId };
    port?.postMessage(request);
    return request.requestId;
  }

  extension.tabs.onActivated.addListener((activeTab) => {
    if (activeTab.windowId !== windowId || activeTab.tabId === tabId) return;
    onChange({ state: 'none' });
    connect(activeTab.tabId);
  });
  extension.tabs.onUpdated.addListener((id, { status, url }) => {
    if (id !== tabId) return;
    if (status === 'loading' || url !== undefined) onChange({ state: 'loading' });
    // If only the URL changed, the page has navigated without a load, so no `complete` follows.
    if (!port) connect(id);
    else if (status === 'complete' || (url !== undefined && status === undefined)) requestPage();
  });
  extension.runtime.onMessage.addListener((message, sender) => {
    const isPageReady = isRecord(message) && message['type'] === 'page-ready' && sender.id === extension.runtime.id;
    if (isPageReady && sender.frameId === 0 && sender.tab?.id === tabId && tabId !== undefined) connect(tabId);
    return undefined;
  });

  async function findActiveTab(): Promise<number | undefined> {
    const [tab] = await extension.tabs.query({ active: true, ...(windowId !== undefined && { windowId }) });
    return tab?.id;
  }

  const activeTabId = await findActiveTab();
  if (activeTabId !== undefined && tabId === undefined) connect(activeTabId);

  return {
    getTabId: () => tabId,
    async identify() {
      if (!port) return { state: 'none' };
      const { promise, resolve } = Promise.withResolvers<PageState | undefined>();
      const requestId = requestPage();
      pendingReplies.set(requestId, resolve);
      const timer = setTimeout(() => resolve(undefined), RESPONSE_TIMEOUT_MS);
      const page = await promise;
      clearTimeout(timer);
      pendingReplies.delete(requestId);
      return (await findActiveTab()) === tabId ? page : { state: 'none' };
    },
  };
}
