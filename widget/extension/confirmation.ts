/**
 * Asks the recruiter to confirm an invite in a tab of the extension, which no page can frame or cover. The tab's address
 * contains no data of the candidate: the tab requests the proposal with a ticket.
 */
import { isRecord } from '../util/json.ts';
import { extension, isSentFrom } from './browser.ts';
import type { InviteProposal } from './messages.ts';

/** After this time, the invite counts as not confirmed. */
const ANSWER_TIMEOUT_MS = 120_000;

interface PendingConfirmation {
  proposal: InviteProposal;
  resolve: (isConfirmed: boolean) => void;
}

const pendingByTicket = new Map<string, PendingConfirmation>();

export async function confirmInviteInTab(proposal: InviteProposal): Promise<boolean> {
  const ticket = crypto.randomUUID();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  pendingByTicket.set(ticket, { proposal, resolve });
  const timer = setTimeout(() => resolve(false), ANSWER_TIMEOUT_MS);
  await extension.runtime.sendMessage({ ask: 'confirm', ticket });
  return promise.finally(() => {
    clearTimeout(timer);
    pendingByTicket.delete(ticket);
  });
}

extension.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (!isSentFrom(sender, '/confirm.html') || !isRecord(message)) return undefined;
  const pending = pendingByTicket.get(String(message['ticket']));
  if (!pending) return undefined;
  if (message['ask'] === 'invite') sendResponse(pending.proposal);
  else {
    pending.resolve(message['confirmed'] === true);
    sendResponse(true);
  }
  return undefined;
});
