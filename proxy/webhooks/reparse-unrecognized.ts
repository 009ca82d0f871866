/**
 * When the field map has changed, parses the stored webhooks that the proxy did not understand, and stores their
 * events.
 */
import type { FieldMap } from '../evalon/field-map.ts';
import { parseStatus } from '../evalon/values/status.ts';
import { startJobLoop, type WakeableJobLoop } from '../jobs/job-loop.ts';
import type { NewWebhook, UnrecognizedWebhook } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { parseWebhookText } from './parse-body.ts';
import { insertEvents } from './receive.ts';

/** Small, because the proxy serves no requests while it parses a batch. A body may have 256 KiB. */
const BATCH_SIZE = 5;

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  fieldMap: () => FieldMap;
}

/** Call `wake` after a change of the field map. */
export function startWebhookReparser({ store, clock, log, fieldMap }: Options): WakeableJobLoop {
  async function tick(): Promise<number | undefined> {
    const currentMap = fieldMap();
    const unrecognized = await store.read(({ unrecognizedWebhooks }) =>
      unrecognizedWebhooks.listUnparsed(currentMap.version, BATCH_SIZE),
    );
    if (!unrecognized.length) return undefined;
    const reparsed = unrecognized.map((webhook) => parseAgain(webhook, currentMap));
    const { webhookCount, eventCount } = await store.write((queries) =>
      storeReparsed(queries, reparsed, currentMap.version),
    );
    if (webhookCount)
      log.info({ webhooks: webhookCount, events: eventCount }, 'the changed field map understands stored webhooks');
    return 0;
  }

  return startJobLoop({ store, clock, log, name: 'unrecognized-webhooks', tables: ['unrecognized_webhooks'], tick });
}

interface ReparsedWebhook {
  id: number;
  events: NewWebhook[];
  isRecognized: boolean;
}

function parseAgain({ id, body, webhook_id, received_at }: UnrecognizedWebhook, fieldMap: FieldMap): ReparsedWebhook {
  const delivery = { webhookId: webhook_id ?? undefined, receivedAt: Date.parse(received_at) };
  const { events, unrecognized } = parseWebhookText(body, delivery, fieldMap);
  return { id, events, isRecognized: unrecognized === undefined };
}

/** Returns the number of webhooks that are understood now, and the number of their events. */
async function storeReparsed(queries: Queries, reparsed: readonly ReparsedWebhook[], fieldMapVersion: string) {
  const events = reparsed.flatMap((webhook) => webhook.events);
  await insertEvents(queries, await dropOutdatedActivity(queries, events));
  const { recognized = [], unrecognized = [] } = Object.groupBy(reparsed, ({ isRecognized }) =>
    isRecognized ? 'recognized' : 'unrecognized',
  );
  await queries.unrecognizedWebhooks.delete(recognized.map(({ id }) => id));
  await queries.unrecognizedWebhooks.setFieldMapVersion(
    unrecognized.map(({ id }) => id),
    fieldMapVersion,
  );
  return { webhookCount: recognized.length, eventCount: events.length };
}

/** Drops events without a known status that are older than the last change of their session. */
async function dropOutdatedActivity({ sessions }: Queries, events: readonly NewWebhook[]): Promise<NewWebhook[]> {
  const rows = await sessions.getByIds(events.map(({ session_uuid }) => session_uuid));
  return events.filter(({ session_uuid, event, received_at }) => {
    const isNewest = received_at >= (rows.get(session_uuid)?.updated_at ?? '');
    return isNewest || parseStatus(event) !== undefined;
  });
}
