/** A webhook at the door: read it, store it durably, and only then is it acknowledged. What it says is a hint. */
import { createHash } from 'node:crypto';
import { type Clock, timestamp } from '../clock.ts';
import { InvalidRequest, Unavailable } from '../errors.ts';
import { type EvalonWebhook, webhookSchema } from '../evalon/wire.ts';
import type { NewInboxRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { withRequestId } from '../trace.ts';

export type ReceiveWebhook = (body: Buffer, webhookId: string | undefined) => Promise<void>;

/** Webhooks that wait for their commit at the most; beyond that the sender is asked to come again. */
const LONGEST_QUEUE = 20_000;
/** Webhooks stored by one commit. */
const GROUP = 1_000;

interface Arrival {
  row: NewInboxRow;
  stored: () => void;
  failed: (error: unknown) => void;
}

/**
 * Answers a function that stores a webhook; it throws InvalidRequest where that is no JSON or names no event and
 * session, and Unavailable where it could not be stored. A repeat is stored once and looked at again; what is about an
 * erased session is not kept. Whatever comes while a commit is under way shares the next one.
 */
export function createReceive({ store, clock }: { store: Store; clock: Clock }): ReceiveWebhook {
  const queue: Arrival[] = [];
  let storing = false;

  async function storeAll(): Promise<void> {
    storing = true;
    while (queue.length) {
      const group = queue.splice(0, GROUP);
      await withRequestId(undefined, () => storeGroup(store, group)).then(
        () => group.forEach(({ stored }) => void stored()),
        (error: unknown) => group.forEach(({ failed }) => void failed(error)),
      );
    }
    storing = false;
  }

  return (body, webhookId) =>
    new Promise((stored, failed) => {
      const webhook = parse(body);
      if (queue.length >= LONGEST_QUEUE) {
        throw new Unavailable('More webhooks wait to be stored than the proxy takes. Send it again.', {
          retryAfter: 5,
        });
      }
      const row: NewInboxRow = {
        dedupe_key: dedupeKey(webhook, webhookId, body),
        session_uuid: webhook.session_uuid,
        event: webhook.event,
        received_at: timestamp(clock),
        state: 'pending',
      };
      queue.push({ row, stored, failed });
      if (!storing) void storeAll();
    });
}

async function storeGroup(store: Store, group: readonly Arrival[]): Promise<void> {
  await store.write(async ({ inbox, sessions, hashes }) => {
    const buried = new Set<string>();
    for (const uuid of await hashes.buried(group.map(({ row }) => row.session_uuid))) {
      if (!(await sessions.get(uuid))) buried.add(uuid);
    }
    await inbox.put(group.map(({ row }) => row).filter(({ session_uuid }) => !buried.has(session_uuid)));
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
