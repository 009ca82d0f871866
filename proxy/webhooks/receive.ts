/**
 * Receives a webhook: parses it and stores it durably. Its content is a hint: only Evalon's API proves a completion.
 */
import type { FieldMap } from '../evalon/field-map.ts';
import { COMPLETION_EVENT } from '../evalon/parse-webhook.ts';
import type { ReportMessage } from '../evalon/report-message.ts';
import type { NewUnrecognizedWebhook, NewWebhook } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { createWriteBatcher } from '../store/write-batcher.ts';
import type { Clock } from '../util/clock.ts';
import { parseJson } from '../util/json.ts';
import { decodeBody, type ParsedBody, parseWebhookText } from './parse-body.ts';
import { listTexts } from './search-unrecognized.ts';

/**
 * Resolves once the webhook is durable. Stores a repeated webhook once, and drops a webhook about an erased session.
 * @param charset of a body that is not UTF-8.
 * @throws InvalidRequest if the body is not a JSON object or list; Unavailable if it cannot be stored
 */
export type ReceiveWebhook = (body: Buffer, webhookId: string | undefined, charset?: string) => Promise<void>;

const MAX_QUEUE_LENGTH = 20_000;
/** SQLite and PostgreSQL limit the parameters of a statement. */
const MAX_ROWS_PER_INSERT = 1_000;
/** Number of texts in a webhook that are compared with the ids of erased sessions. */
const MAX_SEARCHED_TEXTS = 500;

interface Options {
  store: Store;
  clock: Clock;
  fieldMap: () => FieldMap;
  /** Logs and counts messages that the proxy does not understand. */
  reportMessage?: ReportMessage;
}

export function createWebhookReceiver({ store, clock, fieldMap, reportMessage }: Options): ReceiveWebhook {
  const storeBody = createWriteBatcher<ParsedBody>(
    (bodies) => store.write((queries) => storeBodies(queries, bodies)),
    MAX_QUEUE_LENGTH,
  );
  return async (body, webhookId, charset = 'utf-8') => {
    const delivery = { webhookId, receivedAt: clock.now() };
    const parsedBody = parseWebhookText(decodeBody(body, charset), delivery, fieldMap());
    await storeBody(parsedBody);
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

async function storeBodies(queries: Queries, bodies: readonly ParsedBody[]): Promise<void> {
  const events = bodies.flatMap((body) => body.events);
  for (let start = 0; start < events.length; start += MAX_ROWS_PER_INSERT) {
    await insertEvents(queries, events.slice(start, start + MAX_ROWS_PER_INSERT));
  }
  const unrecognized = bodies.flatMap((body) => body.unrecognized ?? []);
  const erased = await Promise.all(unrecognized.map((webhook) => namesErasedSession(queries, webhook)));
  await queries.unrecognizedWebhooks.insert(unrecognized.filter((_webhook, index) => !erased[index]));
}

async function namesErasedSession(
  { tombstones, sessions }: Queries,
  { body }: NewUnrecognizedWebhook,
): Promise<boolean> {
  const texts = listTexts(parseJson(body)).slice(0, MAX_SEARCHED_TEXTS);
  const erased = texts.length ? await tombstones.findErased(texts) : [];
  const invitedAgain = await sessions.getByIds([...erased]);
  return [...erased].some((session) => !invitedAgain.has(session));
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
