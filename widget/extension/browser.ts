/**
 * The part of the WebExtension API that the extension uses. Chrome and Edge call it `chrome`, Firefox `browser`.
 * Messages come only from the extension's own scripts: it is not `externally_connectable`, so pages cannot send any.
 */
export interface MessageSender {
  /** The extension's id. */
  id?: string;
  /** URL of the document that sent the message. */
  url?: string;
  frameId?: number;
  tab?: { id?: number };
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
    connect(): { onDisconnect: ExtensionEvent<() => void> };
    onConnect: ExtensionEvent<() => void>;
    sendMessage(message: unknown): Promise<unknown>;
    onMessage: ExtensionEvent<
      (message: unknown, sender: MessageSender, sendResponse: SendResponse) => boolean | undefined
    >;
    onInstalled: ExtensionEvent<() => void>;
    onStartup: ExtensionEvent<() => void>;
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
    create(options: { url: string }): Promise<unknown>;
    query(filter: { url: string[] }): Promise<{ id?: number }[]>;
    sendMessage(tabId: number, message: unknown, options: { frameId: number }): Promise<unknown>;
  };
  scripting: {
    executeScript(options: { target: { tabId: number }; files: string[] }): Promise<unknown>;
    registerContentScripts(scripts: { id: string; matches: string[]; js: string[]; runAt: string }[]): Promise<void>;
    unregisterContentScripts(): Promise<void>;
  };
  action: {
    setBadgeText(options: { text: string }): Promise<void>;
    setTitle(options: { title: string }): Promise<void>;
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

const globals = globalThis as { browser?: ExtensionApi; chrome?: ExtensionApi };
export const extension = (globals.browser?.runtime ? globals.browser : globals.chrome) as ExtensionApi;

/**
 * Whether one of the extension's own documents sent the message. Compares the path: in a page, `getURL` returns another
 * origin in each session.
 * @param path such as `/panel.html`.
 */
export function isSentFrom({ id, url = '' }: MessageSender, path: string): boolean {
  if (id !== extension.runtime.id || !URL.canParse(url)) return false;
  const { protocol, pathname } = new URL(url);
  return protocol.endsWith('-extension:') && pathname === path;
}
