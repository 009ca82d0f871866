/** Asks the recruiter, in a tab of the extension's own which no page can frame or cover. Nothing of the candidate is in its address: that tab asks for it here. */
import { isRecord } from '../util/json.ts';
import { extension, isSentFrom } from './browser.ts';
import type { InviteProposal } from './messages.ts';

/** Milliseconds after which the question is over. */
const PATIENCE = 120_000;
const open = new Map<string, { proposed: InviteProposal; answer: (isConfirmed: boolean) => void }>();

export async function confirmElsewhere(proposed: InviteProposal): Promise<boolean> {
  const ticket = crypto.randomUUID();
  const { promise, resolve: answer } = Promise.withResolvers<boolean>();
  open.set(ticket, { proposed, answer });
  const patience = setTimeout(() => answer(false), PATIENCE);
  await extension.runtime.sendMessage({ ask: 'confirm', ticket });
  return promise.finally(() => {
    clearTimeout(patience);
    open.delete(ticket);
  });
}

extension.runtime.onMessage.addListener((message, sender, reply) => {
  if (!isSentFrom(sender, '/confirm.html') || !isRecord(message)) return undefined;
  const question = open.get(String(message['ticket']));
  if (!question) return undefined;
  if (message['ask'] === 'invite') reply(question.proposed);
  else {
    question.answer(message['confirmed'] === true);
    reply(true);
  }
  return undefined;
});
