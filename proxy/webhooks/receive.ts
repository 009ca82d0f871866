/** A webhook at the door: read it, store it durably, and only then is it acknowledged. What it says is a hint. */
import { createHash } from 'node:crypto';
import { type EvalonWebhook, webhookSchema } from '../evalon/schemas.ts';
import type { NewWebhook } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { createGroup } from '../store/write-batcher.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { InvalidRequest, Unavailable } from '../util/errors.ts';

export type ReceiveWebhook = (body: Buffer, webhookId: string | undefined) => Promise<void>;

/** Webhooks that wait for their commit at the most; beyond that the sender is asked to come again. */
const MAX_QUEUE_LENGTH = 20_000;
/** A webhook that came together with so many others is followed by more, within so many milliseconds. */
const BURST_SIZE = 8;
const BURST_WINDOW_MS = 25;
/** Hexadecimal digits that tell webhooks apart: 96 bits. Each more makes the index larger that a webhook is stored in. */
const DEDUPE_KEY_CHARS = 24;

export interface WebhookReceiver {
  receive: ReceiveWebhook;
  /** Whether senders wait for their answer, or are about to. */
  isBusy(): boolean;
}

/**
 * Answers what stores a webhook; it throws InvalidRequest where that is no JSON or names no event and
 * session, and Unavailable where it could not be stored. A repeat is stored once and is no news; what is about an erased
 * session is not kept.
 */
export function createWebhookReceiver({ store, clock }: { store: Store; clock: Clock }): WebhookReceiver {
  let busyUntil = 0;
  const arrivals = createGroup<NewWebhook>(async (rows) => {
    const stayBusy = () => {
      if (rows.length >= BURST_SIZE) busyUntil = clock.now() + BURST_WINDOW_MS;
    };
    stayBusy();
    await storeRows(store, rows).finally(stayBusy);
  });
  return {
    isBusy: () => arrivals.waiting > 0 || clock.now() < busyUntil,
    async receive(body, webhookId) {
      const row = parseWebhook(body, webhookId, clock);
      if (arrivals.waiting >= MAX_QUEUE_LENGTH) {
        throw new Unavailable('More webhooks wait to be stored than the proxy takes. Send it again.', {
          retryAfter: 5,
        });
      }
      await arrivals.put(row);
    },
  };
}

/** What is stored of a webhook. @throws InvalidRequest where it is no JSON or names no event and session. */
export function parseWebhook(body: Buffer, webhookId: string | undefined, clock: Clock): NewWebhook {
  const webhook = parse(body);
  return {
    dedupe_key: createDedupeKey(webhook, webhookId, body),
    session_uuid: webhook.session_uuid,
    event: webhook.event,
    received_at: timestamp(clock),
  };
}

async function storeRows(store: Store, rows: readonly NewWebhook[]): Promise<void> {
  await store.write(async ({ webhooks: inbox, sessions, hashes }) => {
    const buried = new Set<string>();
    for (const uuid of await hashes.listErased(rows.map(({ session_uuid }) => session_uuid))) {
      if (!(await sessions.get(uuid))) buried.add(uuid);
    }
    await inbox.insert(rows.filter(({ session_uuid }) => !buried.has(session_uuid)));
  });
}

function parse(body: Buffer): EvalonWebhook {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new InvalidRequest('The webhook is not JSON.');
  }
  const parsed = webhookSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InvalidRequest(
    'The webhook names no event and session.',
    parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}

/**
 * What makes two webhooks one: the sender's id, else the completion time, together with what they say; else the body.
 * The id alone is not enough: that it tells messages apart is assumed, and being wrong must not lose one.
 */
function createDedupeKey(
  { session_uuid, event, completed_at }: EvalonWebhook,
  webhookId: string | undefined,
  body: Buffer,
) {
  const apart = webhookId ?? completed_at;
  const said = apart ? JSON.stringify([apart, session_uuid, event, completed_at]) : body;
  return createHash('sha256').update(said).digest('hex').slice(0, DEDUPE_KEY_CHARS);
}
