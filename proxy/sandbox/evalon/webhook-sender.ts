/**
 * Carries webhooks to the proxy, as anybody outside would: a POST to its address, tried again until it answers 2xx.
 * The waits between tries are bounded, so that a proxy that comes back soon hears everything.
 */
import type { Delivery, Outbox } from './outbox.ts';

const AT_ONCE = 8;
const ANSWER_WITHIN_MS = 5_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
const LONGEST_TIMER_MS = 3_600_000;

export interface CourierOptions {
  outbox: Outbox;
  url: string;
  clock: { now(): number };
  log: (message: string, facts?: object) => void;
}

export class Courier {
  readonly #options: CourierOptions;
  readonly #underWay = new Map<number, Promise<void>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Looks at the outbox and sends what is due, now and whenever the next is. */
  wake(): void {
    if (this.#closing.signal.aborted) return;
    clearTimeout(this.#timer);
    const now = this.#options.clock.now();
    const waiting = this.#options.outbox.waiting(AT_ONCE * 2).filter(({ id }) => !this.#underWay.has(id));
    const due = waiting.filter(({ due_at }) => due_at <= now).slice(0, AT_ONCE - this.#underWay.size);
    for (const delivery of due) this.#send(delivery);
    const next = waiting[due.length];
    if (next && this.#underWay.size < AT_ONCE) this.#sleep(next.due_at - now);
    if (!next && this.#underWay.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void> {
    const idle = new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
    this.wake();
    return idle;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#underWay.values());
  }

  #sleep(milliseconds: number): void {
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(milliseconds, 1), LONGEST_TIMER_MS));
    this.#timer.unref();
  }

  #send(delivery: Delivery): void {
    const sent = this.#deliver(delivery).finally(() => {
      this.#underWay.delete(delivery.id);
      this.wake();
    });
    this.#underWay.set(delivery.id, sent);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { outbox, clock, log } = this.#options;
    const refusal = await this.#post(delivery.body);
    if (refusal === undefined) return outbox.remove(delivery);
    if (this.#closing.signal.aborted) return;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(delivery.attempts, 10), LONGEST_WAIT_MS);
    outbox.postpone(delivery, clock.now() + wait);
    log('sandbox: a webhook was not taken and will be sent again', { refusal, attempts: delivery.attempts + 1, wait });
  }

  /** Undefined when it was taken, else why not. */
  async #post(body: string): Promise<string | undefined> {
    try {
      const response = await fetch(this.#options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.body?.cancel();
      return response.ok ? undefined : `status ${response.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
