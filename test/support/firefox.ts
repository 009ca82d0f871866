/** Controls a recruiter's Firefox with the extension, and serves ATS pages at their real addresses. */
import { writeCall } from './engines/engine-page.ts';
import { readText } from './engines/in-page.ts';
import { waitFor } from './eventually.ts';
import type { Marionette } from './marionette.ts';
import { startFirefox } from './start-firefox.ts';

const WAIT_OPTIONS = { timeoutMs: 30_000, intervalMs: 50 };
/** The key of an element in WebDriver's responses. */
const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

/** The response that these origins return for every path. */
export interface ServedPages {
  origins: string[];
  body: string;
  /** The value of the `Content-Security-Policy` header. */
  policy: string;
}

/** @param managed the settings from a policy, by extension id. */
export async function launchFirefox(
  executable: string,
  pages: ServedPages,
  managed: Record<string, object> = {},
): Promise<Firefox> {
  const { marionette, version, close } = await startFirefox(executable, managed);
  const firefox = new Firefox(marionette, version, close);
  await firefox.runPrivileged(SERVE_PAGES_SCRIPT, pages);
  return firefox;
}

/** Runs in the browser's own window: replaces the network for these origins. */
const SERVE_PAGES_SCRIPT = `
  const [{ origins, body, policy }] = arguments;
  const respond = (channel) => {
    channel.QueryInterface(Ci.nsIHttpChannel);
    if (!origins.includes(channel.URI.prePath)) return;
    const response = Cc['@mozilla.org/network/replaced-http-response;1'].createInstance(Ci.nsIReplacedHttpResponse);
    response.responseStatus = 200;
    response.responseStatusText = 'OK';
    response.responseBody = body;
    response.setResponseHeader('content-type', 'text/html; charset=utf-8', false);
    response.setResponseHeader('content-security-policy', policy, false);
    channel.QueryInterface(Ci.nsIHttpChannelInternal).setResponseOverride(response);
  };
  Services.obs.addObserver(respond, 'http-on-before-connect');
`;

/** Defines `actor`, which runs Marionette's commands in the sidebar. It is undefined while the sidebar is closed. */
const SIDEBAR = `
  const sidebar = SidebarController.browser?.contentDocument?.getElementById('webext-panels-browser');
  const actor = sidebar?.browsingContext?.currentWindowGlobal?.getActor('MarionetteCommands');
`;

const READ_TEXT_SCRIPT = `return ${writeCall(readText, 'body')}`;

/** Finds the first matching element whose name begins with the text, and which is not disabled. */
const FIND_ELEMENT_SCRIPT = `
  const [selector, name] = arguments;
  const roots = (root) => [root, ...[...root.querySelectorAll('*')].flatMap((element) => element.shadowRoot ? roots(element.shadowRoot) : [])];
  return roots(document)
    .flatMap((root) => [...root.querySelectorAll(selector)])
    .find(({ inert, ariaLabel, labels, textContent }) => !inert && (ariaLabel ?? labels?.[0]?.textContent ?? textContent).trim().startsWith(name)) ?? null;
`;

export class Firefox {
  readonly #marionette: Marionette;
  readonly version: string;
  readonly close: () => Promise<void>;

  constructor(marionette: Marionette, version: string, close: () => Promise<void>) {
    this.#marionette = marionette;
    this.version = version;
    this.close = close;
  }

  /** Installs an unpacked extension, like “Load Temporary Add-on”. Returns its id. */
  async install(folder: string): Promise<string> {
    return getText(await this.#marionette.send('Addon:Install', { path: folder, temporary: true }));
  }

  /** Runs a script in the browser's own window with the rights of Firefox. */
  async runPrivileged(script: string, ...args: unknown[]): Promise<unknown> {
    await this.#marionette.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return await this.runScript(script, ...args);
    } finally {
      await this.#marionette.send('Marionette:SetContext', { value: 'content' });
    }
  }

  /** Runs a script in the focused document. Awaits the promise that it returns. */
  async runScript(script: string, ...args: unknown[]): Promise<unknown> {
    return getValue(await this.#marionette.send('WebDriver:ExecuteScript', { script, args }));
  }

  /** Opens and focuses a tab. Returns its handle. */
  async openTab(address: string): Promise<string> {
    const { handle } = (await this.#marionette.send('WebDriver:NewWindow', { type: 'tab', focus: true })) as {
      handle: string;
    };
    await this.focusTab(handle);
    await this.navigate(address);
    return handle;
  }

  async navigate(address: string): Promise<void> {
    await this.#marionette.send('WebDriver:Navigate', { url: address });
  }

  async navigateHistory(command: 'Back' | 'Forward' | 'Refresh'): Promise<void> {
    await this.#marionette.send(`WebDriver:${command}`);
  }

  async listTabs(): Promise<string[]> {
    return (await this.#marionette.send('WebDriver:GetWindowHandles')) as string[];
  }

  /** Returns the handle of the focused tab. */
  async getCurrentTab(): Promise<string> {
    return getText(await this.#marionette.send('WebDriver:GetWindowHandle'));
  }

  async focusTab(handle: string): Promise<void> {
    await this.#marionette.send('WebDriver:SwitchToWindow', { handle, focus: true });
  }

  /** Closes the focused tab, and focuses the first remaining one. */
  async closeTab(): Promise<void> {
    await this.#marionette.send('WebDriver:CloseWindow');
    const [first = ''] = await this.listTabs();
    await this.focusTab(first);
  }

  /** Runs `act`, waits for the tab or window that opens, and focuses it. Returns its handle. */
  async waitForNewTab(act: () => Promise<unknown>): Promise<string> {
    const before = new Set(await this.listTabs());
    await act();
    const handle = await waitFor(async () => (await this.listTabs()).find((tab) => !before.has(tab)), WAIT_OPTIONS);
    await this.focusTab(handle);
    return handle;
  }

  /** Focuses the page instead of one of its frames. */
  async focusTopFrame(): Promise<void> {
    await this.#marionette.send('WebDriver:SwitchToFrame', { id: null });
  }

  async readText(): Promise<string> {
    return String(await this.runScript(READ_TEXT_SCRIPT));
  }

  /** Clicks with a pointer, like a person, on a visible element. */
  async click(name: string, selector = 'button'): Promise<void> {
    await this.#marionette.send('WebDriver:ElementClick', { id: await this.#find(selector, name) });
  }

  async type(label: string, text: string): Promise<void> {
    await this.#marionette.send('WebDriver:ElementSendKeys', { id: await this.#find('input', label), text });
  }

  async hasElement(name: string, selector = 'button'): Promise<boolean> {
    return (await this.runScript(FIND_ELEMENT_SCRIPT, selector, name)) !== null;
  }

  /** Clicks the extension's icon in the toolbar, which opens or closes the sidebar. */
  async toggleSidebar(id: string): Promise<void> {
    await this.runPrivileged(
      `
      const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      const { extension } = WebExtensionPolicy.getByID(arguments[0]);
      return ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
    `,
      id,
    );
  }

  /** Returns the badge's text and the title of the extension's toolbar icon in the focused tab. */
  async readToolbar(id: string): Promise<string[]> {
    const script = `
      const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      const { action } = ExtensionParent.apiManager.global.browserActionFor(WebExtensionPolicy.getByID(arguments[0]).extension);
      return ['badgeText', 'title'].map((name) => String(action.getProperty(gBrowser.selectedTab, name) ?? ''));
    `;
    return (await this.runPrivileged(script, id)) as string[];
  }

  /** Returns the sidebar's text, or '' if the sidebar is closed. */
  async readSidebar(): Promise<string> {
    return String(
      await this.runPrivileged(`${SIDEBAR} return actor?.executeScript(arguments[0], [], {}) ?? '';`, READ_TEXT_SCRIPT),
    );
  }

  /** Clicks with a pointer, like a person, as soon as the element in the sidebar can be clicked. */
  async clickInSidebar(name: string): Promise<void> {
    await this.#actInSidebar('actor.clickElement(element, capabilities)', 'button', name);
  }

  async typeInSidebar(label: string, text: string): Promise<void> {
    await this.#actInSidebar('actor.sendKeysToElement(element, arguments[3], capabilities)', 'input', label, text);
  }

  /** @param action an expression that can use `element`, `capabilities`, and the text as `arguments[3]`. */
  async #actInSidebar(action: string, selector: string, name: string, text = ''): Promise<void> {
    const script = `${SIDEBAR}
      const capabilities = { get: () => false, toJSON: () => ({}) };
      return (async () => {
        const element = await actor?.executeScript(arguments[0], [arguments[1], arguments[2]], {});
        if (element) await ${action};
        return Boolean(element);
      })();`;
    await waitFor(() => this.runPrivileged(script, FIND_ELEMENT_SCRIPT, selector, name, text), WAIT_OPTIONS);
  }

  /** Revokes host permissions, like the extension's page in about:addons. */
  async revokeHosts(id: string, origins: string[]): Promise<void> {
    await this.runPrivileged(
      `
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const { extension } = WebExtensionPolicy.getByID(arguments[0]);
      return ExtensionPermissions.remove(arguments[0], { permissions: [], origins: arguments[1] }, extension);
    `,
      id,
      origins,
    );
  }

  /** Accepts the prompt that Firefox shows in a panel below the toolbar. */
  async acceptPrompt(): Promise<void> {
    await waitFor(
      () =>
        this.runPrivileged(
          'const [prompt] = PopupNotifications.panel.childNodes; prompt?.button?.click(); return !!prompt;',
        ),
      WAIT_OPTIONS,
    );
  }

  async #find(selector: string, name: string): Promise<string> {
    const found = await waitFor(async () => this.runScript(FIND_ELEMENT_SCRIPT, selector, name), WAIT_OPTIONS);
    return String((found as Record<string, unknown>)[ELEMENT_KEY]);
  }
}

function getValue(result: unknown): unknown {
  return (result as { value: unknown }).value;
}

function getText(result: unknown): string {
  return String(getValue(result));
}
