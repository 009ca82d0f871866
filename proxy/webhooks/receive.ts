/**
 * Receives a webhook: parses it and stores it durably. Its content is a hint: only Evalon's API proves a completion.
 */
import { setImmediate } from 'node:timers/promises';
import type { FieldMap } from '../evalon/field-map.ts';
import { COMPLETION_EVENT } from '../evalon/parse-webhook.ts';
import type { ReportMessage } from '../evalon/report-message.ts';
import type { NewUnrecognizedWebhook, NewWebhook } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { createWriteBatcher } from '../store/write-batcher.ts';
import type { Clock } from '../util/clock.ts';
import { parseJson } from '../util/json.ts';
import { decodeBody, type ParsedBody, parseWebhookText } from './parse-body.ts';
import { listPossibleIds } from './search-unrecognized.ts';

/**
 * Resolves once the webhook is durable. Stores a repeated webhook once, and drops a webhook about an erased session.
 * @param charset of a body that is not UTF-8.
 * @throws InvalidRequest if the body is not a JSON object or list; Unavailable if the webhook cannot be stored
 */
export type ReceiveWebhook = (body: Buffer, webhookId: string | undefined, charset?: string) => Promise<void>;

const MAX_QUEUE_LENGTH = 20_000;
/** Fewer, because the body of an unrecognized webhook is in the queue. */
const MAX_UNRECOGNIZED_QUEUE_LENGTH = 2_000;
/** SQLite and PostgreSQL limit the parameters of a statement. */
const MAX_ROWS_PER_INSERT = 1_000;
/**
 * Size of the unrecognized webhooks that share a transaction. The search for erased sessions in webhooks of this size
 * takes up to half a second.
 */
const MAX_BYTES_PER_TRANSACTION = 256 * 1024;
/** The proxy compares this many ids with erased sessions at a time, and then serves other requests. */
const IDS_PER_SEARCH = 500;

interface Options {
  store: Store;
  clock: Clock;
  fieldMap: () => FieldMap;
  /** Logs and counts messages that the proxy does not understand. */
  reportMessage?: ReportMessage;
}

export function createWebhookReceiver({ store, clock, fieldMap, reportMessage }: Options): ReceiveWebhook {
  const storeEvents = createWriteBatcher<readonly NewWebhook[]>(
    (lists) => store.write((queries) => insertAllEvents(queries, lists.flat())),
    MAX_QUEUE_LENGTH,
  );
  /** Separate, so that no event waits for the search in an unrecognized webhook. */
  const storeUnrecognized = createWriteBatcher<NewUnrecognizedWebhook>(async (webhooks) => {
    for (const group of groupBySize(webhooks)) await store.write((queries) => insertUnrecognized(queries, group));
  }, MAX_UNRECOGNIZED_QUEUE_LENGTH);
  return async (body, webhookId, charset = 'utf-8') => {
    const delivery = { webhookId, receivedAt: clock.now() };
    const parsedBody = parseWebhookText(decodeBody(body, charset), delivery, fieldMap());
    const { events, unrecognized } = parsedBody;
    await Promise.all([
      ...(events.length ? [storeEvents(events)] : []),
      ...(unrecognized ? [storeUnrecognized(unrecognized)] : []),
    ]);
    if (reportMessage) reportWebhook(parsedBody, reportMessage);
  };
}

function reportWebhook({ parsed }: ParsedBody, reportMessage: ReportMessage): void {
  for (const { value, report } of parsed) {
    if (!value || report.problems.length) {
      reportMessage('webhook', report, { path: '/webhooks/evalon/…', status: 202, isUnderstood: value !== undefined });
    }
  }
}

async function insertAllEvents(queries: Queries, events: readonly NewWebhook[]): Promise<void> {
  for (let start = 0; start < events.length; start += MAX_ROWS_PER_INSERT) {
    await insertEvents(queries, events.slice(start, start + MAX_ROWS_PER_INSERT));
  }
}

/** Divides webhooks into groups of limited size, in order. A larger webhook is a group of its own. */
function groupBySize(webhooks: readonly NewUnrecognizedWebhook[]): NewUnrecognizedWebhook[][] {
  const groups: NewUnrecognizedWebhook[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const webhook of webhooks) {
    bytes += webhook.body_bytes;
    if (bytes > MAX_BYTES_PER_TRANSACTION) {
      groups.push([]);
      bytes = webhook.body_bytes;
    }
    groups.at(-1)?.push(webhook);
  }
  return groups;
}

/** Stores webhooks, except those that name an erased session. */
async function insertUnrecognized(queries: Queries, received: readonly NewUnrecognizedWebhook[]): Promise<void> {
  const kept: NewUnrecognizedWebhook[] = [];
  for (const webhook of received) if (!(await namesErasedSession(queries, webhook))) kept.push(webhook);
  await queries.unrecognizedWebhooks.insert(kept);
}

async function namesErasedSession(
  { tombstones, sessions }: Queries,
  { body }: NewUnrecognizedWebhook,
): Promise<boolean> {
  const ids = [...listPossibleIds(parseJson(body))];
  for (let start = 0; start < ids.length; start += IDS_PER_SEARCH) {
    if (start) await setImmediate();
    const erased = [...(await tombstones.findErased(ids.slice(start, start + IDS_PER_SEARCH)))];
    const invitedAgain = await sessions.getByIds(erased);
    if (erased.some((session) => !invitedAgain.has(session))) return true;
  }
  return false;
}

/** Stores events, except those of erased sessions. */
export async function insertEvents(
  { webhooks, sessions, tombstones }: Queries,
  received: readonly NewWebhook[],
): Promise<void> {
  if (!received.length) return;
  const erased = await tombstones.findErased(received.map(({ session_uuid }) => session_uuid));
  // An erased candidate who is invited again may get the same session from Evalon.
  const invitedAgain = await sessions.getByIds([...erased]);
  const kept = received.filter(({ session_uuid }) => !erased.has(session_uuid) || invitedAgain.has(session_uuid));
  await webhooks.insert(kept, COMPLETION_EVENT);
}
