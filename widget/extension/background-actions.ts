/**
 * What the background does for the frame in a page: there Firefox gives the extension no more than it gives a page's script, no
 * tabs, no sign-in window, no options. Which tab it is for says the browser, never the frame. Nothing is kept from one to the next.
 */
import type { WidgetProblem } from '../api/errors.ts';
import { extension, isSentFrom, type MessageSender } from './browser.ts';
import { signIn } from './extension-session.ts';
import { readSettings } from './extension-settings.ts';
import type { SignInResult } from './messages.ts';
import { findBlockedProxyHost } from './optional-hosts.ts';

/** Begins what is asked for, and answers what comes of it; undefined where nothing of this was asked, or not by who may. */
export function runAction(message: Record<string, unknown>, sender: MessageSender): Promise<unknown> | undefined {
  const { tab: { id: tab } = {}, frameId } = sender;
  const isFrame = isSentFrom(sender, '/panel.html') && tab !== undefined;
  switch (message['ask']) {
    case 'sign-in':
      return isFrame || isSentFrom(sender, '/inbox.html') ? enter() : undefined;
    case 'options':
      return isFrame ? extension.runtime.openOptionsPage() : undefined;
    case 'reach':
      return isFrame ? findBlockedProxyHost().then((proxy) => proxy === undefined) : undefined;
    case 'who':
    case 'height':
      return isFrame ? extension.tabs.sendMessage(tab, message, { frameId: 0 }) : undefined;
    case 'confirm': {
      const question = new URLSearchParams({ tab: `${tab}`, frame: `${frameId}`, ticket: String(message['ticket']) });
      return isFrame ? extension.tabs.create({ url: extension.runtime.getURL(`confirm.html#${question}`) }) : undefined;
    }
    default:
      return undefined;
  }
}

async function enter(): Promise<SignInResult> {
  const { proxyUrl } = await readSettings();
  try {
    return { isSignedIn: proxyUrl !== undefined && (await signIn(proxyUrl)) };
  } catch (problem) {
    const { code, details: facts } = problem as WidgetProblem;
    return { isSignedIn: false, problem: { code, detail: facts?.detail } };
  }
}
