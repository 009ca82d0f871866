/** Receives a webhook: parses it and stores it durably. Its content is a hint: only Evalon's API proves a completion. */
import { createHash } from 'node:crypto';
import type { FieldMap } from '../evalon/field-map.ts';
import { COMPLETION_EVENT, type EvalonWebhook, parseWebhook } from '../evalon/parse-webhook.ts';
import { parseJson } from '../evalon/values/json.ts';
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

interface Options {
  store: Store;
  clock: Clock;
  fieldMap: () => FieldMap;
}

export function createWebhookReceiver({ store, clock, fieldMap }: Options): ReceiveWebhook {
  const storeWebhook = createWriteBatcher<NewWebhook>(
    (webhooks) => store.write((queries) => insertWebhooks(queries, webhooks)),
    MAX_QUEUE_LENGTH,
  );
  return async (body, webhookId) => {
    await Promise.all(parseWebhookBody(body, webhookId, fieldMap(), clock).map(storeWebhook));
  };
}

async function insertWebhooks({ webhooks, sessions, tombstones }: Queries, received: readonly NewWebhook[]) {
  const erased = await tombstones.findErased(received.map(({ session_uuid }) => session_uuid));
  // An erased candidate who is invited again may get the same session from Evalon.
  const invitedAgain = await sessions.getByIds([...erased]);
  const kept = received.filter(({ session_uuid }) => !erased.has(session_uuid) || invitedAgain.has(session_uuid));
  await webhooks.insert(kept, COMPLETION_EVENT);
}

/** Returns the events of a webhook. @throws InvalidRequest if it has none that is understood. */
export function parseWebhookBody(
  body: Buffer,
  webhookId: string | undefined,
  fieldMap: FieldMap,
  clock: Clock,
): NewWebhook[] {
  const received_at = timestamp(clock);
  const events = parseWebhook(parseJsonBody(body), { fieldMap, now: clock.now() }).flatMap(({ value }) => value ?? []);
  if (!events.length) throw new InvalidRequest('The webhook names no event and session.');
  return events.map((event) => ({
    dedupe_key: createDedupeKey(event, webhookId, body),
    session_uuid: event.session_uuid,
    event: event.event,
    received_at,
  }));
}

function parseJsonBody(body: Buffer): unknown {
  try {
    return parseJson(new TextDecoder().decode(body));
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
  const hash = createHash('sha256').update(JSON.stringify([discriminator, session_uuid, event, completed_at]));
  if (!discriminator) hash.update(body);
  return hash.digest('hex').slice(0, DEDUPE_KEY_HEX_CHARS);
}
