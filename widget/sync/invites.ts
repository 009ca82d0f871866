/**
 * Sends invites, and retries an invite while Evalon is busy. A candidate has one pending invite per project, even if
 * several elements or clicks request it.
 */
import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import type { InviteResult } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import type { Session } from '../api/parse.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import { watchKey } from './subscriptions.ts';

const MAX_ATTEMPTS = 5;
/** Retries end this long after the first failure. */
const MAX_RETRY_MS = 180_000;
/** How often elements update the remaining time that they show. */
const TICK_MS = 5_000;

export class PendingInvite {
  /** The type of the assessment. */
  readonly type: string;
  /** Resolves with undefined if the invite was aborted before Evalon accepted it. */
  result: Promise<InviteResult | undefined> = Promise.resolve(undefined);
  /** `waiting`: Evalon is busy, and the invite is sent again at `retryAt`. */
  status: 'sending' | 'waiting' = 'sending';
  /** Milliseconds since 1970; undefined unless Evalon was busy. */
  retryAt: number | undefined;
  /** Called once, before the first wait. */
  onWait: (waitMs: number) => void = () => {};
  readonly #controller = new AbortController();

  constructor(type: string) {
    this.type = type;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Stops the retries. A running attempt may still succeed. */
  abort(): void {
    this.#controller.abort();
  }
}

interface InvitesListener {
  onChange(): void;
  /** The response contains the new session, or the session that prevents the invite. */
  onSession(session: Session): void;
}

export class Invites {
  readonly #send: (invite: Invite) => Promise<InviteResult>;
  readonly #clock: Clock;
  readonly #listener: InvitesListener;
  readonly #pending = new Map<string, PendingInvite>();

  constructor(send: (invite: Invite) => Promise<InviteResult>, clock: Clock, listener: InvitesListener) {
    this.#send = send;
    this.#clock = clock;
    this.#listener = listener;
  }

  getPending(candidate: WatchedCandidate): PendingInvite | undefined {
    return this.#pending.get(watchKey(candidate));
  }

  /** Sends an invite, or joins the pending one for the same candidate and project. */
  send(invite: Invite): PendingInvite {
    const key = watchKey(invite);
    const existing = this.#pending.get(key);
    if (existing) return existing;
    const pending = new PendingInvite(invite.assessment_type);
    this.#pending.set(key, pending);
    pending.result = this.#sendWithRetries(invite, pending).finally(() => {
      this.#pending.delete(key);
      this.#listener.onChange();
    });
    this.#listener.onChange();
    return pending;
  }

  /** Evalon never creates a second session for the same invite, so an invite is safe to repeat. */
  async #sendWithRetries(invite: Invite, pending: PendingInvite): Promise<InviteResult | undefined> {
    let giveUpAt: number | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await this.#send(invite);
        this.#listener.onSession(result.session);
        return result;
      } catch (problem) {
        const { session, retryAfter } = (problem as WidgetProblem).details ?? {};
        if (session) this.#listener.onSession(session);
        if (pending.signal.aborted) return undefined;
        // The backoff adds jitter, so that clients do not all retry at the same time.
        const waitMs = retryAfter && retryAfter * 1000 + computeBackoff(0, this.#clock);
        giveUpAt ??= this.#clock.now() + MAX_RETRY_MS;
        if (!waitMs || attempt === MAX_ATTEMPTS || this.#clock.now() + waitMs > giveUpAt) throw problem;
        if (attempt === 1) pending.onWait(waitMs);
        await this.#wait(pending, waitMs);
        if (pending.signal.aborted) return undefined;
        // The computer may have slept past the deadline.
        if (this.#clock.now() > giveUpAt) throw problem;
      }
    }
  }

  async #wait(pending: PendingInvite, ms: number): Promise<void> {
    const retryAt = this.#clock.now() + ms;
    pending.retryAt = retryAt;
    pending.status = 'waiting';
    while (this.#clock.now() < retryAt && !pending.signal.aborted) {
      this.#listener.onChange();
      await new Promise<void>((resolve) => {
        this.#clock.setTimer(Math.min(retryAt - this.#clock.now(), TICK_MS), resolve);
        pending.signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    pending.status = 'sending';
    this.#listener.onChange();
  }
}
