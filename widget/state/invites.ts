/** Invites under way: one for each person and project at a time, however many elements and clicks ask for it. */
import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import type { InviteAnswer } from './client.ts';
import { watchKey } from './watchlist.ts';

export class Invites {
  readonly #send: (order: Invite) => Promise<InviteAnswer>;
  readonly #changed: () => void;
  readonly #pending = new Map<string, { type: string; answer: Promise<InviteAnswer> }>();

  constructor(send: (order: Invite) => Promise<InviteAnswer>, changed: () => void) {
    this.#send = send;
    this.#changed = changed;
  }

  /** The assessment that a person is being invited to right now in a project. */
  pending(candidate: WatchedCandidate): string | undefined {
    return this.#pending.get(watchKey(candidate))?.type;
  }

  /** Sends an invite; a second one for the same person and project joins the first. */
  send(order: Invite): Promise<InviteAnswer> {
    const key = watchKey(order);
    const known = this.#pending.get(key);
    if (known) return known.answer;
    const answer = this.#send(order).finally(() => {
      this.#pending.delete(key);
      this.#changed();
    });
    this.#pending.set(key, { type: order.assessment_type, answer });
    this.#changed();
    return answer;
  }
}
