/** Receives a webhook: parses it and stores it durably. Its content is a hint: only Evalon's API proves a completion. */
import { createHash } from 'node:crypto';
import { COMPLETION_EVENT, type EvalonWebhook, webhookSchema } from '../evalon/schemas.ts';
import type { NewWebhook } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { createWriteBatcher } from '../store/write-batcher.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { InvalidRequest } from '../util/errors.ts';

/**
 * Resolves once the webhook is durable. A repeat is stored once. A webhook of an erased session is dropped.
 * @throws InvalidRequest if the body is not JSON or names no event and session; Unavailable if it cannot be stored
 */
export type ReceiveWebhook = (body: Buffer, webhookId: string | undefined) => Promise<void>;

const MAX_QUEUE_LENGTH = 20_000;
/** 96 bits. A longer key makes the index larger that every webhook is stored in. */
const DEDUPE_KEY_HEX_CHARS = 24;

export function createWebhookReceiver({ store, clock }: { store: Store; clock: Clock }): ReceiveWebhook {
  const storeWebhook = createWriteBatcher<NewWebhook>(
    (webhooks) => store.write((queries) => insertWebhooks(queries, webhooks)),
    MAX_QUEUE_LENGTH,
  );
  return async (body, webhookId) => storeWebhook(parseWebhook(body, webhookId, clock));
}

async function insertWebhooks({ webhooks, sessions, tombstones }: Queries, received: readonly NewWebhook[]) {
  const erased = await tombstones.findErased(received.map(({ session_uuid }) => session_uuid));
  // An erased candidate who is invited again may get the same session from Evalon.
  const invitedAgain = await sessions.getByIds([...erased]);
  const kept = received.filter(({ session_uuid }) => !erased.has(session_uuid) || invitedAgain.has(session_uuid));
  await webhooks.insert(kept, COMPLETION_EVENT);
}

/** @throws InvalidRequest */
export function parseWebhook(body: Buffer, webhookId: string | undefined, clock: Clock): NewWebhook {
  const webhook = webhookSchema.safeParse(parseJson(body));
  if (!webhook.success) {
    throw new InvalidRequest(
      'The webhook names no event and session.',
      webhook.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  }
  const { session_uuid, event } = webhook.data;
  const dedupe_key = createDedupeKey(webhook.data, webhookId, body);
  return { dedupe_key, session_uuid, event, received_at: timestamp(clock) };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new InvalidRequest('The webhook is not JSON.');
  }
}

/**
 * Hashes what identifies a webhook: the sender's id or the completion time, with the session and event; without both,
 * the whole body. The id alone could be constant for a sender, and a wrong match would lose a webhook.
 */
function createDedupeKey(
  { session_uuid, event, completed_at }: EvalonWebhook,
  webhookId: string | undefined,
  body: Buffer,
): string {
  const discriminator = webhookId ?? completed_at;
  const identity = discriminator ? JSON.stringify([discriminator, session_uuid, event, completed_at]) : body;
  return createHash('sha256').update(identity).digest('hex').slice(0, DEDUPE_KEY_HEX_CHARS);
}
