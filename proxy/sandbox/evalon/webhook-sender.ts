/**
 * Sends webhooks over HTTP and repeats each until the proxy responds with a 2xx status. The pause between tries has a
 * limit, so that a restarted proxy soon receives all webhooks.
 */
import { randomUUID } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import type { Outbox, PendingWebhook } from './outbox.ts';

const MAX_CONCURRENT = 8;
const RESPONSE_TIMEOUT_MS = 5_000;
const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 15_000;
/** Limits the wait, because a timer accepts at most about 24 days. If no webhook is due by then, the wait repeats. */
const MAX_TIMER_MS = 3_600_000;

export interface WebhookSenderOptions {
  outbox: Outbox;
  /** Without a URL, no webhook is stored or sent. */
  url: string | undefined;
  /** The secret for signatures as in Standard Webhooks (`whsec_…`). Without a secret, webhooks have no signature. */
  secret: string | undefined;
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

  /** @param dueAt milliseconds since 1970. */
  enqueue(body: object, dueAt: number): void {
    if (this.#options.url !== undefined) this.#options.outbox.add(JSON.stringify(body), dueAt);
  }

  /** Sends the webhooks that are due, and schedules the next call of this function. */
  sendDue(): void {
    if (this.#shutdown.signal.aborted) return;
    clearTimeout(this.#timer);
    const now = this.#options.clock.now();
    // The outbox also lists the webhooks in flight, of which there are at most MAX_CONCURRENT.
    const waiting = this.#options.outbox.listPending(MAX_CONCURRENT * 2).filter(({ id }) => !this.#inFlight.has(id));
    const due = waiting.filter(({ due_at }) => due_at <= now).slice(0, MAX_CONCURRENT - this.#inFlight.size);
    for (const webhook of due) this.#send(webhook);
    const next = waiting[due.length];
    if (next && this.#inFlight.size < MAX_CONCURRENT) this.#scheduleNext(next.due_at - now);
    if (!next && this.#inFlight.size === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Resolves when every webhook is delivered. */
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

  #scheduleNext(delayMs: number): void {
    this.#timer = setTimeout(() => this.sendDue(), Math.min(Math.max(delayMs, 1), MAX_TIMER_MS));
    this.#timer.unref();
  }

  #send(webhook: PendingWebhook): void {
    const sent = this.#deliver(webhook).finally(() => {
      this.#inFlight.delete(webhook.id);
      this.sendDue();
    });
    this.#inFlight.set(webhook.id, sent);
  }

  async #deliver(webhook: PendingWebhook): Promise<void> {
    const { outbox, clock, log } = this.#options;
    const error = await this.#post(webhook.body);
    if (error === undefined) return outbox.remove(webhook);
    if (this.#shutdown.signal.aborted) return;
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** webhook.attempts, MAX_RETRY_MS);
    outbox.postpone(webhook, clock.now() + retryMs);
    log('sandbox: webhook delivery failed, will retry', { error, attempts: webhook.attempts + 1, retryMs });
  }

  /** Returns undefined if the proxy accepted the webhook. Otherwise, returns the reason. */
  async #post(body: string): Promise<string | undefined> {
    const { url, secret } = this.#options;
    if (url === undefined) return 'no webhook URL';
    try {
      const signal = AbortSignal.any([this.#shutdown.signal, AbortSignal.timeout(RESPONSE_TIMEOUT_MS)]);
      const status = await postWebhook(url, body, { secret, signal });
      return status >= 200 && status < 300 ? undefined : `status ${status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

export interface PostOptions {
  secret?: string | undefined;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends one webhook, signed if there is a secret, and returns the HTTP status. */
export async function postWebhook(url: string, body: string | Buffer, options: PostOptions = {}): Promise<number> {
  const { secret, headers = {}, signal } = options;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret && sign(secret, body, headers)), ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
    redirect: 'manual',
    ...(signal && { signal }),
  });
  await response.body?.cancel();
  return response.status;
}

function sign(secret: string, body: string | Buffer, headers: Record<string, string>): Record<string, string> {
  const id = headers['webhook-id'] ?? `msg_${randomUUID()}`;
  const now = new Date();
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Signer(secret).sign(id, now, body),
  };
}
