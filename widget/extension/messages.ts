/** Messages between the extension's scripts. A content script sends only what identifies the candidate of its page. */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import type { AtsIds } from '../../proxy/contract/page-address.ts';
import type { EvalonErrorCode } from '../package/events.ts';
import { extension } from './browser.ts';
import type { PageCandidate } from './page-detection/read-page.ts';

export type ExtensionMessage =
  // Requests to the background script:
  | { type: 'sign-in' }
  | { type: 'get-adapters' }
  | { type: 'open-panel' }
  // From a content script to the side panel:
  | { type: 'page-ready' }
  // Events for the background script:
  | { type: 'page-changed'; page: PageState }
  | CandidateShown
  | { type: 'sign-in-changed' }
  | { type: 'results-changed' }
  | { type: 'inbox-viewed' };

/** The side panel shows a candidate, or the candidate's status has changed. */
export interface CandidateShown {
  type: 'candidate-shown';
  tabId: number;
  /** The key of the page's state. */
  key: string;
  email: string;
}

/** The name of the side panel's connection to a content script. */
export const CANDIDATE_PORT = 'candidate';

/** Sent by a content script to the side panel or the background script: on each change, and in reply to `PageRequest`. */
export interface PageMessage {
  page: PageState;
  /** The `requestId`, in a reply. */
  replyTo?: number;
}

/** Asks a content script to read its page now. */
export interface PageRequest {
  requestId: number;
}

export type PageState =
  /** The page is not about a candidate. */
  | { state: 'none' }
  /** The page is changing from one candidate to the next. */
  | { state: 'changing' }
  /** `key` identifies the candidate, or the page's URL if the page does not identify the candidate. */
  | { state: 'candidate'; key: string; candidate: DetectedCandidate };

/** The candidate that the page shows. */
export interface DetectedCandidate {
  adapter: Pick<ServedAdapter, 'name' | 'ats' | 'connected'>;
  host: string;
  /** Undefined if the page does not identify the candidate. */
  ids?: AtsIds;
  /** `address` if all ids are in the URL, `page` if page elements provided some of them. */
  from: 'address' | 'page';
  /** Only a suggestion, which the recruiter confirms. */
  shown: PageCandidate;
}

export interface SignInResult {
  isSignedIn: boolean;
  problem?: { code: EvalonErrorCode; detail?: string | undefined; status?: number | undefined };
}

/** Sends a message to the other documents of the extension. */
export function sendMessage(message: ExtensionMessage): Promise<unknown> {
  return extension.runtime.sendMessage(message);
}

/** Notifies the background script, if it runs. */
export function notifyBackground(
  message: { type: 'sign-in-changed' | 'results-changed' | 'inbox-viewed' } | CandidateShown,
): void {
  void sendMessage(message).catch(() => {});
}
