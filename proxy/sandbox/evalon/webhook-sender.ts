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

export interface WebhookSenderOptions {
  outbox: Outbox;
  url: string;
  clock: { now(): number };
  log: (message: string, facts?: object) => void;
}

export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #inFlight = new Map<number, Promise<void>>();
  readonly #shutdown = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #idleWaiters: (() => void)[] = [];

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  /** Looks at the outbox and sends what is due, now and whenever the next is. */
  sendDue(): void {
    if (this.#shutdown.signal.aborted) return;
    clearTimeout(this.#timer);
    const now = this.#options.clock.now();
    const waiting = this.#options.outbox.listPending(AT_ONCE * 2).filter(({ id }) => !this.#inFlight.has(id));
    const due = waiting.filter(({ due_at }) => due_at <= now).slice(0, AT_ONCE - this.#inFlight.size);
    for (const delivery of due) this.#send(delivery);
    const next = waiting[due.length];
    if (next && this.#inFlight.size < AT_ONCE) this.#scheduleNext(next.due_at - now);
    if (!next && this.#inFlight.size === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Resolves when nothing is on its way any more. */
  whenIdle(): Promise<void> {
    const idle = new Promise<void>((resolve) => {
      this.#idleWaiters.push(resolve);
    });
    this.sendDue();
    return idle;
  }

  async close(): Promise<void> {
    this.#shutdown.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#inFlight.values());
  }

  #scheduleNext(milliseconds: number): void {
    this.#timer = setTimeout(() => this.sendDue(), Math.min(Math.max(milliseconds, 1), LONGEST_TIMER_MS));
    this.#timer.unref();
  }

  #send(delivery: Delivery): void {
    const sent = this.#deliver(delivery).finally(() => {
      this.#inFlight.delete(delivery.id);
      this.sendDue();
    });
    this.#inFlight.set(delivery.id, sent);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { outbox, clock, log } = this.#options;
    const refusal = await this.#post(delivery.body);
    if (refusal === undefined) return outbox.remove(delivery);
    if (this.#shutdown.signal.aborted) return;
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
        signal: AbortSignal.any([this.#shutdown.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.body?.cancel();
      return response.ok ? undefined : `status ${response.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
