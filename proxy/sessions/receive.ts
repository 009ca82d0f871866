/** A webhook at the door: read it, store it durably, and only then is it acknowledged. What it says is a hint. */
import { createHash } from 'node:crypto';
import { type Clock, timestamp } from '../clock.ts';
import { InvalidRequest } from '../errors.ts';
import { type EvalonWebhook, webhookSchema } from '../evalon/wire.ts';
import type { Store } from '../store/store.ts';

export type ReceiveWebhook = (body: Buffer, webhookId: string | undefined) => Promise<void>;

/**
 * Answers a function that stores a webhook's raw body; it throws InvalidRequest where that is no JSON or names no
 * event and session, and Unavailable where it could not be stored. A repeat is stored once and looked at again; what is
 * about an erased session is not kept.
 */
export function createReceive({ store, clock }: { store: Store; clock: Clock }): ReceiveWebhook {
  return async (body, webhookId) => {
    const webhook = parse(body);
    await store.write(async ({ inbox, sessions, hashes }) => {
      if ((await hashes.isBuried(webhook.session_uuid)) && !(await sessions.get(webhook.session_uuid))) return;
      await inbox.put({
        dedupe_key: dedupeKey(webhook, webhookId, body),
        session_uuid: webhook.session_uuid,
        event: webhook.event,
        received_at: timestamp(clock),
        state: 'pending',
      });
    });
  };
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
function dedupeKey({ session_uuid, event, completed_at }: EvalonWebhook, webhookId: string | undefined, body: Buffer) {
  const apart = webhookId ?? completed_at;
  const said = apart ? JSON.stringify([apart, session_uuid, event, completed_at]) : body;
  return createHash('sha256').update(said).digest('hex');
}
