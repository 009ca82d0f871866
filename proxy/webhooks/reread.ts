/**
 * After a change of the field map: parses the stored webhooks that the proxy did not understand, and stores their
 * events.
 */
import type { FieldMap } from '../evalon/field-map.ts';
import { parseStatus } from '../evalon/values/status.ts';
import { startJobLoop, type WakeableJobLoop } from '../jobs/job-loop.ts';
import type { NewWebhook, UnreadWebhook } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { parseWebhookText } from './parse-body.ts';
import { insertEvents } from './receive.ts';

/** Bodies parsed before the proxy serves requests again. A body may have 256 KiB. */
const BATCH_SIZE = 5;

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  fieldMap: () => FieldMap;
}

/** Call `wake` after a change of the field map. */
export function startWebhookRereader({ store, clock, log, fieldMap }: Options): WakeableJobLoop {
  async function tick(): Promise<number | undefined> {
    const map = fieldMap();
    const unread = await store.read(({ unreadWebhooks }) => unreadWebhooks.listOutdated(map.version, BATCH_SIZE));
    if (!unread.length) return undefined;
    const reread = unread.map((webhook) => parseAgain(webhook, map));
    const { webhooks, events } = await store.write((queries) => storeReread(queries, reread, map.version));
    if (webhooks) log.info({ webhooks, events }, 'the changed field map understands stored webhooks');
    return 0;
  }

  return startJobLoop({ store, clock, log, name: 'unread-webhooks', tables: ['unread_webhooks'], tick });
}

interface RereadWebhook {
  id: number;
  events: NewWebhook[];
  isUnderstood: boolean;
}

function parseAgain({ id, body, webhook_id, received_at }: UnreadWebhook, fieldMap: FieldMap): RereadWebhook {
  const delivery = { webhookId: webhook_id ?? undefined, receivedAt: Date.parse(received_at) };
  const { events, unread } = parseWebhookText(body, delivery, fieldMap);
  return { id, events, isUnderstood: unread === undefined };
}

/** Returns the number of webhooks that are understood now, and the number of their events. */
async function storeReread(queries: Queries, reread: readonly RereadWebhook[], fieldMapVersion: string) {
  const events = reread.flatMap((webhook) => webhook.events);
  await insertEvents(queries, await dropOutdatedActivity(queries, events));
  const { understood = [], unread = [] } = Object.groupBy(reread, ({ isUnderstood }) =>
    isUnderstood ? 'understood' : 'unread',
  );
  await queries.unreadWebhooks.delete(understood.map(({ id }) => id));
  await queries.unreadWebhooks.setFieldMapVersion(
    unread.map(({ id }) => id),
    fieldMapVersion,
  );
  return { webhooks: understood.length, events: events.length };
}

/** Drops events without a known status that are older than the last change of their session. */
async function dropOutdatedActivity({ sessions }: Queries, events: readonly NewWebhook[]): Promise<NewWebhook[]> {
  const rows = await sessions.getByIds(events.map(({ session_uuid }) => session_uuid));
  return events.filter(({ session_uuid, event, received_at }) => {
    const isNewest = received_at >= (rows.get(session_uuid)?.updated_at ?? '');
    return isNewest || parseStatus(event) !== undefined;
  });
}
