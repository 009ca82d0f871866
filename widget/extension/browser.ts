/**
 * As much of the browser's extension API as is used here, under one name: Chrome and Edge call it `chrome`, Firefox `browser`.
 * Messages come from this extension's own scripts alone: nothing is `externally_connectable`, and no page can send one.
 */
export interface MessageSender {
  id?: string;
  /** Address of the document that sent it. */
  url?: string;
  frameId?: number;
  tab?: { id?: number };
}

type Answer = (value: unknown) => void;

interface Listened<Listener> {
  addListener(listener: Listener): void;
}

interface Area {
  get(keys: string | string[] | null): Promise<Record<string, unknown>>;
  set(values: Record<string, unknown>): Promise<void>;
  /** Not in every browser. */
  setAccessLevel?(level: { accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

interface ExtensionApi {
  runtime: {
    /** Undefined in a content script whose extension was updated or removed. */
    id: string | undefined;
    getURL(path: string): string;
    getManifest(): { content_scripts: { matches: string[]; js: string[] }[]; host_permissions: string[] };
    openOptionsPage(): Promise<void>;
    connect(): { onDisconnect: Listened<() => void> };
    onConnect: Listened<() => void>;
    sendMessage(message: unknown): Promise<unknown>;
    onMessage: Listened<(message: unknown, sender: MessageSender, answer: Answer) => boolean | undefined>;
    onInstalled: Listened<() => void>;
    onStartup: Listened<() => void>;
  };
  storage: {
    local: Area;
    managed: Area;
    onChanged: Listened<(changes: Record<string, unknown>, area: string) => void>;
  };
  identity: {
    getRedirectURL(): string;
    launchWebAuthFlow(how: { url: string; interactive: true }): Promise<string | undefined>;
  };
  tabs: {
    create(how: { url: string }): Promise<unknown>;
    query(what: { url: string[] }): Promise<{ id?: number }[]>;
    sendMessage(tab: number, message: unknown, to: { frameId: number }): Promise<unknown>;
  };
  scripting: {
    executeScript(what: { target: { tabId: number }; files: string[] }): Promise<unknown>;
    registerContentScripts(scripts: { id: string; matches: string[]; js: string[]; runAt: string }[]): Promise<void>;
    unregisterContentScripts(): Promise<void>;
  };
  action: {
    setBadgeText(badge: { text: string }): Promise<void>;
    setTitle(title: { title: string }): Promise<void>;
  };
  alarms: {
    create(name: string, when: { periodInMinutes: number }): unknown;
    onAlarm: Listened<() => void>;
  };
  permissions: {
    contains(what: { origins: string[] }): Promise<boolean>;
    request(what: { origins: string[] }): Promise<boolean>;
    onAdded: Listened<(added: { origins?: string[] }) => void>;
    onRemoved: Listened<() => void>;
  };
}

const found = globalThis as { browser?: ExtensionApi; chrome?: ExtensionApi };
export const extension = (found.browser?.runtime ? found.browser : found.chrome) as ExtensionApi;

/**
 * Whether one of the extension's own documents sent it: `path` is such as `/confirm.html`. Its origin cannot be compared with
 * `getURL`, which in a page answers another one each session.
 */
export function isSentFrom({ id, url = '' }: MessageSender, path: string): boolean {
  if (id !== extension.runtime.id || !URL.canParse(url)) return false;
  const { protocol, pathname } = new URL(url);
  return protocol.endsWith('-extension:') && pathname === path;
}
