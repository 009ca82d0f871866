/** A webhook at the door: read it, store it durably, and only then is it acknowledged. What it says is a hint. */
import { createHash } from 'node:crypto';
import { type Clock, timestamp } from '../clock.ts';
import { InvalidRequest, Unavailable } from '../errors.ts';
import { COMPLETION, type EvalonWebhook, webhookSchema } from '../evalon/wire.ts';
import type { NewInboxRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { createGroup } from './group.ts';

export type ReceiveWebhook = (body: Buffer, webhookId: string | undefined) => Promise<void>;

/** Webhooks that wait for their commit at the most; beyond that the sender is asked to come again. */
const LONGEST_QUEUE = 20_000;
/**
 * Answers a function that stores a webhook; it throws InvalidRequest where that is no JSON or names no event and
 * session, and Unavailable where it could not be stored. A repeat is stored once and is no news; what is about an erased
 * session is not kept.
 */
export function createReceive({ store, clock }: { store: Store; clock: Clock }): ReceiveWebhook {
  const arrivals = createGroup<NewInboxRow>((rows) => storeRows(store, rows));
  return async (body, webhookId) => {
    const webhook = parse(body);
    if (arrivals.waiting >= LONGEST_QUEUE) {
      throw new Unavailable('More webhooks wait to be stored than the proxy takes. Send it again.', { retryAfter: 5 });
    }
    await arrivals.put({
      dedupe_key: dedupeKey(webhook, webhookId, body),
      session_uuid: webhook.session_uuid,
      event: webhook.event,
      received_at: timestamp(clock),
      state: 'pending',
    });
  };
}

async function storeRows(store: Store, rows: readonly NewInboxRow[]): Promise<void> {
  await store.write(async ({ inbox, sessions, hashes }) => {
    const buried = new Set<string>();
    for (const uuid of await hashes.buried(rows.map(({ session_uuid }) => session_uuid))) {
      if (!(await sessions.get(uuid))) buried.add(uuid);
    }
    await inbox.put(
      rows.filter(({ session_uuid }) => !buried.has(session_uuid)),
      COMPLETION,
    );
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
function dedupeKey({ session_uuid, event, completed_at }: EvalonWebhook, webhookId: string | undefined, body: Buffer) {
  const apart = webhookId ?? completed_at;
  const said = apart ? JSON.stringify([apart, session_uuid, event, completed_at]) : body;
  return createHash('sha256').update(said).digest('hex');
}
