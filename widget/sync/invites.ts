/**
 * Invites under way: one for each person and project at a time, however many elements and clicks ask for it. One that
 * has to wait for Evalon goes on in waiting/, which is fetched only then.
 */
import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import type { InviteResult } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import type { Clock } from '../util/clock.ts';
import { watchKey } from './subscriptions.ts';

export interface PendingInvite {
  type: string;
  /** Undefined where it was given up before it came to anything. */
  result: Promise<InviteResult | undefined>;
  /** Gives it up: whoever asked shows the person no longer, or wants it back. What is on its way already is not undone. */
  abortController: AbortController;
  /** Once it has to wait: what the button says, until it is on its way again, and what stands beside it. */
  waitView?: { text: string; beside: unknown };
  /** When it is sent again, or was sent last. */
  retryAt?: number;
  /** Is told once that it waits, and how long. */
  onWait?: (what: string) => void;
}

export class Invites {
  readonly #send: (order: Invite) => Promise<InviteResult>;
  readonly #onChange: () => void;
  readonly #clock: Clock;
  readonly #pending = new Map<string, PendingInvite>();

  constructor(send: (order: Invite) => Promise<InviteResult>, changed: () => void, clock: Clock) {
    this.#send = send;
    this.#onChange = changed;
    this.#clock = clock;
  }

  /** What a person is being invited to right now in a project. */
  getPending(candidate: WatchedCandidate): PendingInvite | undefined {
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
        if (!problem.details?.retryAfter) throw problem;
        return import('./invite-retry.ts').then(
          ({ retryInvite }) => retryInvite(one, problem, send, this.#onChange, this.#clock),
          () => {
            throw problem;
          },
        );
      })
      .finally(() => {
        this.#pending.delete(key);
        this.#onChange();
      });
    const one: PendingInvite = { type: order.assessment_type, result: answer, abortController: new AbortController() };
    this.#pending.set(key, one);
    this.#onChange();
    return one;
  }
}
