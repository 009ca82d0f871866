/**
 * Actions that the background script runs for the extension's documents. A panel in a page cannot run them itself: Firefox
 * gives it no tabs, no sign-in window and no options. The browser names the sender's tab, so that a panel cannot fake it.
 */
import type { WidgetProblem } from '../api/errors.ts';
import { extension, isSentFrom, type MessageSender } from './browser.ts';
import { signIn } from './extension-session.ts';
import { readSettings } from './extension-settings.ts';
import type { SignInResult } from './messages.ts';
import { findBlockedProxyHost } from './optional-hosts.ts';

/** Returns the result; undefined if the message is no action or its sender must not run it. */
export function runAction(message: Record<string, unknown>, sender: MessageSender): Promise<unknown> | undefined {
  const { tab: { id: tabId } = {}, frameId } = sender;
  if (message['type'] === 'sign-in' && isSentFrom(sender, '/inbox.html')) return signInAtProxy();
  if (!isSentFrom(sender, '/panel.html') || tabId === undefined) return undefined;
  if (message['ask'] === 'confirm') {
    const query = new URLSearchParams({ tab: `${tabId}`, frame: `${frameId}`, ticket: String(message['ticket']) });
    return extension.tabs.create({ url: extension.runtime.getURL(`confirm.html#${query}`) });
  }
  switch (message['type']) {
    case 'sign-in':
      return signInAtProxy();
    case 'open-options':
      return extension.runtime.openOptionsPage();
    case 'is-proxy-reachable':
      return findBlockedProxyHost().then((host) => host === undefined);
    case 'detect-candidate':
    case 'resize':
      return extension.tabs.sendMessage(tabId, message, { frameId: 0 });
    default:
      return undefined;
  }
}

async function signInAtProxy(): Promise<SignInResult> {
  const { proxyUrl } = await readSettings();
  try {
    return { isSignedIn: proxyUrl !== undefined && (await signIn(proxyUrl)) };
  } catch (problem) {
    const { code, details } = problem as WidgetProblem;
    return { isSignedIn: false, problem: { code, detail: details?.detail } };
  }
}
