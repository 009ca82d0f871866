/**
 * Invites under way: one for each person and project at a time, however many elements and clicks ask for it. One that
 * has to wait for Evalon goes on in waiting/, which is fetched only then.
 */
import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import type { InviteAnswer } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import type { Clock } from '../util/clock.ts';
import { watchKey } from './subscriptions.ts';

export interface PendingInvite {
  type: string;
  /** Undefined where it was given up before it came to anything. */
  answer: Promise<InviteAnswer | undefined>;
  /** Gives it up: whoever asked shows the person no longer, or wants it back. What is on its way already is not undone. */
  leaving: AbortController;
  /** Once it has to wait: what the button says, until it is on its way again, and what stands beside it. */
  wait?: { text: string; beside: unknown };
  /** When it is sent again, or was sent last. */
  again?: number;
  /** Is told once that it waits, and how long. */
  waits?: (what: string) => void;
}

export class Invites {
  readonly #send: (order: Invite) => Promise<InviteAnswer>;
  readonly #changed: () => void;
  readonly #clock: Clock;
  readonly #pending = new Map<string, PendingInvite>();

  constructor(send: (order: Invite) => Promise<InviteAnswer>, changed: () => void, clock: Clock) {
    this.#send = send;
    this.#changed = changed;
    this.#clock = clock;
  }

  /** What a person is being invited to right now in a project. */
  pending(candidate: WatchedCandidate): PendingInvite | undefined {
    return this.#pending.get(watchKey(candidate));
  }

  /** Sends an invite; a second one for the same person and project joins the first. */
  send(order: Invite): PendingInvite {
    const key = watchKey(order);
    const known = this.#pending.get(key);
    if (known) return known;
    const send = () => this.#send(order);
    const answer = send()
      .catch((problem: WidgetProblem) => {
        if (!problem.facts?.retryAfter) throw problem;
        return import('./invite-retry.ts').then(
          ({ sendAgain }) => sendAgain(one, problem, send, this.#changed, this.#clock),
          () => {
            throw problem;
          },
        );
      })
      .finally(() => {
        this.#pending.delete(key);
        this.#changed();
      });
    const one: PendingInvite = { type: order.assessment_type, answer, leaving: new AbortController() };
    this.#pending.set(key, one);
    this.#changed();
    return one;
  }
}
