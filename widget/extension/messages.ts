/** Messages between the scripts of the extension. A content script exchanges only ids and a height with its panel. */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import type { AtsIds } from '../../proxy/contract/page-address.ts';
import type { WidgetProblemCode } from '../api/errors.ts';
import { extension } from './browser.ts';
import type { PageCandidate } from './page-detection/read-page.ts';

export type ExtensionMessage =
  // Actions of the background script:
  | { type: 'sign-in' }
  | { type: 'open-options' }
  | { type: 'is-proxy-reachable' }
  | { type: 'get-adapters' }
  // From a panel to the content script of its page, through the background script. `panelId` identifies the panel:
  | { type: 'detect-candidate'; panelId: string }
  | { type: 'resize'; panelId: string; height: number }
  // Events for the background script:
  | { type: 'sign-in-changed' }
  | { type: 'results-changed' }
  | { type: 'inbox-viewed' };

/** The candidate that the page shows. The content script reads it again for every message. */
export interface DetectedCandidate {
  adapter: Pick<ServedAdapter, 'name' | 'ats' | 'connected'>;
  host: string;
  /** Undefined if the page does not identify the candidate. */
  ids?: AtsIds;
  /** `address` if all ids are in the URL, `page` if page elements provided some of them. */
  from: 'address' | 'page';
  /** Only a suggestion: the recruiter confirms it. */
  shown: PageCandidate;
}

/** The invite that the recruiter confirms in a tab of the extension. */
export interface InviteProposal {
  name: string;
  email: string;
  label: string;
}

export interface SignInResult {
  isSignedIn: boolean;
  problem?: { code: WidgetProblemCode; detail?: string | undefined };
}

/** Sends a message to the background script. */
export function sendMessage(message: ExtensionMessage): Promise<unknown> {
  return extension.runtime.sendMessage(message);
}

/** Notifies the background script, if it runs. */
export function notifyBackground(type: 'sign-in-changed' | 'results-changed' | 'inbox-viewed'): void {
  void sendMessage({ type }).catch(() => {});
}
