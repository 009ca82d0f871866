/**
 * The part of the WebExtension API that the extension uses.
 * Messages come only from the extension's own scripts, because the manifest has no key `externally_connectable` that
 * would let pages send messages.
 */

export interface MessageSender {
  /** The extension's id. */
  id?: string;
  /** URL of the document that sent the message. */
  url?: string;
  frameId?: number;
  tab?: { id?: number; windowId?: number };
}

export interface Port {
  readonly name: string;
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: ExtensionEvent<(message: unknown) => void>;
  onDisconnect: ExtensionEvent<() => void>;
}

export interface Tab {
  id?: number;
  windowId?: number;
}

type SendResponse = (value: unknown) => void;

interface ExtensionEvent<Listener> {
  addListener(listener: Listener): void;
}

interface StorageArea {
  get(keys: string | string[] | null): Promise<Record<string, unknown>>;
  set(values: Record<string, unknown>): Promise<void>;
  /** Missing in some browsers. */
  setAccessLevel?(level: { accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

interface ExtensionApi {
  runtime: {
    /** Undefined in a content script after the extension was updated or removed. */
    id: string | undefined;
    getURL(path: string): string;
    getManifest(): { content_scripts: { matches: string[]; js: string[] }[]; host_permissions: string[] };
    openOptionsPage(): Promise<void>;
    /** The error that the browser reports to the running listener, if any. */
    lastError?: unknown;
    onConnect: ExtensionEvent<(port: Port) => void>;
    sendMessage(message: unknown): Promise<unknown>;
    onMessage: ExtensionEvent<
      (message: unknown, sender: MessageSender, sendResponse: SendResponse) => boolean | undefined
    >;
    onInstalled: ExtensionEvent<() => void>;
    onStartup: ExtensionEvent<() => void>;
  };
  i18n: {
    /** Returns a text of `_locales` in the browser's language. */
    getMessage(name: string): string;
  };
  storage: {
    local: StorageArea;
    managed: StorageArea;
    onChanged: ExtensionEvent<(changes: Record<string, unknown>, area: string) => void>;
  };
  identity: {
    getRedirectURL(): string;
    launchWebAuthFlow(options: { url: string; interactive: true }): Promise<string | undefined>;
  };
  tabs: {
    query(filter: { url?: string[]; active?: boolean; windowId?: number }): Promise<Tab[]>;
    connect(tabId: number, options: { name: string; frameId: number }): Port;
    onActivated: ExtensionEvent<(tab: { tabId: number; windowId: number }) => void>;
    onUpdated: ExtensionEvent<(tabId: number, changes: { status?: string; url?: string }) => void>;
  };
  windows: {
    /** Returns the window of the calling document. */
    getCurrent(): Promise<{ id?: number }>;
  };
  /** In Chrome and Edge only. */
  sidePanel?: {
    /** Must be called synchronously in the handler of a user's action. */
    open(options: { windowId: number }): Promise<void>;
    setPanelBehavior(behavior: { openPanelOnActionClick: boolean }): Promise<void>;
  };
  /** In Firefox only. */
  sidebarAction?: { toggle(): Promise<void> };
  scripting: {
    executeScript(options: { target: { tabId: number }; files: string[] }): Promise<unknown>;
    registerContentScripts(scripts: { id: string; matches: string[]; js: string[]; runAt: string }[]): Promise<void>;
    unregisterContentScripts(): Promise<void>;
  };
  action: {
    /** Without `tabId`, sets the text of all tabs. `null` removes a tab's own text. */
    setBadgeText(options: { text: string | null; tabId?: number }): Promise<void>;
    setTitle(options: { title: string; tabId?: number }): Promise<void>;
    /** Returns the title that applies to all tabs. */
    getTitle(options: Record<string, never>): Promise<string>;
    onClicked: ExtensionEvent<() => void>;
  };
  alarms: {
    create(name: string, options: { periodInMinutes: number }): unknown;
    onAlarm: ExtensionEvent<() => void>;
  };
  permissions: {
    contains(permissions: { origins: string[] }): Promise<boolean>;
    request(permissions: { origins: string[] }): Promise<boolean>;
    onAdded: ExtensionEvent<(permissions: { origins?: string[] }) => void>;
    onRemoved: ExtensionEvent<() => void>;
  };
}

/**
 * The WebExtension API. Firefox also names it `chrome`. Every browser defines this property on the window, so an
 * element of the page with the id `chrome` cannot replace it.
 */
export const extension = (globalThis as unknown as { chrome: ExtensionApi }).chrome;

export const isFirefox = extension.runtime.getURL('').startsWith('moz-extension:');

/** Whether the extension's own document at `path`, such as `/panel.html`, sent the message. */
export function isSentFrom({ id, url = '' }: MessageSender, path: string): boolean {
  return id === extension.runtime.id && url.split(/[?#]/)[0] === extension.runtime.getURL(path.slice(1));
}
