/**
 * What the background does for the frame in a page: there Firefox gives the extension no more than it gives a page's script, no
 * tabs, no sign-in window, no options. Which tab it is for says the browser, never the frame. Nothing is kept from one to the next.
 */
import type { WidgetProblem } from '../api/errors.ts';
import { extension, isFrom, type Sender } from './browser.ts';
import { signIn } from './extension-session.ts';
import { readSettings } from './extension-settings.ts';
import type { Entered } from './messages.ts';
import { withheldProxy } from './optional-hosts.ts';

/** Begins what is asked for, and answers what comes of it; undefined where nothing of this was asked, or not by who may. */
export function runErrand(message: Record<string, unknown>, sender: Sender): Promise<unknown> | undefined {
  const { tab: { id: tab } = {}, frameId } = sender;
  const isFrame = isFrom(sender, '/panel.html') && tab !== undefined;
  switch (message['ask']) {
    case 'sign-in':
      return isFrame || isFrom(sender, '/inbox.html') ? enter() : undefined;
    case 'options':
      return isFrame ? extension.runtime.openOptionsPage() : undefined;
    case 'reach':
      return isFrame ? withheldProxy().then((proxy) => proxy === undefined) : undefined;
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

async function enter(): Promise<Entered> {
  const { proxyUrl } = await readSettings();
  try {
    return { isIn: proxyUrl !== undefined && (await signIn(proxyUrl)) };
  } catch (problem) {
    const { code, facts } = problem as WidgetProblem;
    return { isIn: false, problem: { code, detail: facts?.detail } };
  }
}
