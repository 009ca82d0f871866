/**
 * Parses the body of a webhook into events to store. If the proxy does not understand one of the events, the result
 * also contains the body to store.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FieldMap } from '../evalon/field-map.ts';
import { isJsonObject, readFolded } from '../evalon/folded-keys.ts';
import { createReportRecorder } from '../evalon/parse-report.ts';
import { type EvalonWebhook, parseWebhook } from '../evalon/parse-webhook.ts';
import type { Parsed } from '../evalon/parsed.ts';
import { parseId } from '../evalon/values/text.ts';
import type { NewUnrecognizedWebhook, NewWebhook } from '../store/schema.ts';
import { InvalidRequest } from '../util/errors.ts';
import { isNestedTooDeep, MAX_JSON_DEPTH, parseJson } from '../util/json.ts';

export interface ParsedBody {
  events: NewWebhook[];
  /** The body to store. Present if the proxy does not understand an event in it. */
  unrecognized?: NewUnrecognizedWebhook;
  parsed: readonly Parsed<EvalonWebhook>[];
}

export interface Delivery {
  /** The header `webhook-id`. */
  webhookId?: string | undefined;
  /** Milliseconds since 1970. */
  receivedAt: number;
}

/** Two identical bodies without an id and a completion time are one event if they arrive within this time. */
const REPEAT_MS = 60_000;
/** 96 bits. A longer key would make the index of all webhooks larger. */
const DEDUPE_KEY_HEX_CHARS = 24;
/** The proxy stores a longer list without parsing it, because parsing would block all requests. */
const MAX_EVENTS = 200;
const LIST_KEYS = ['events', 'webhooks', 'data', 'payload'];
const ID_KEYS = ['webhook_id', 'event_id', 'message_id', 'delivery_id', 'notification_id'];
/** A key `id` next to one of these keys is the webhook's own id. */
const WRAPPED_KEYS = ['data', 'payload', 'object', 'session', 'event'];

/** Decodes UTF-8, or the charset if the bytes are not UTF-8. */
export function decodeBody(body: Buffer, charset: string): string {
  return new TextDecoder(isUtf8(body) && !body.includes(0) ? 'utf-8' : charset).decode(body);
}

/** @throws InvalidRequest if the text is not a JSON object or list, or is nested too deeply. */
export function parseWebhookText(text: string, delivery: Delivery, fieldMap: FieldMap): ParsedBody {
  const body = parseJsonBody(text);
  const received_at = new Date(delivery.receivedAt).toISOString();
  const dedupe_until = new Date(delivery.receivedAt + REPEAT_MS).toISOString();
  const parsed = parseEvents(body, fieldMap, delivery.receivedAt);
  const id = delivery.webhookId ?? readBodyId(body);
  const events = parsed.flatMap(({ value }, position): NewWebhook[] => {
    if (!value) return [];
    const { session_uuid, event, completed_at } = value;
    // An id that equals the session's id does not identify the webhook.
    const deliveryId = id === session_uuid ? undefined : id;
    const identity = [deliveryId ?? completed_at, session_uuid, event, completed_at ?? position];
    const isIdentified = deliveryId !== undefined || completed_at !== undefined;
    // Without an id and a completion time, only the whole text identifies the webhook.
    const dedupe_key = hash(JSON.stringify(identity), isIdentified ? '' : text);
    return [{ dedupe_key, session_uuid, event, received_at, dedupe_until: isIdentified ? null : dedupe_until }];
  });
  if (events.length && events.length === parsed.length) return { events, parsed };
  const unrecognized: NewUnrecognizedWebhook = {
    dedupe_key: hash(JSON.stringify([id]), text),
    webhook_id: delivery.webhookId ?? null,
    received_at,
    dedupe_until: id === undefined ? dedupe_until : null,
    field_map_version: fieldMap.version,
    body_bytes: Buffer.byteLength(text),
    body: text,
  };
  return { events, unrecognized, parsed };
}

function parseJsonBody(text: string): object {
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    throw new InvalidRequest(
      isNestedTooDeep(text)
        ? `The webhook is nested deeper than ${MAX_JSON_DEPTH} levels.`
        : 'The webhook is not JSON.',
    );
  }
  if (typeof body !== 'object' || body === null) {
    throw new InvalidRequest('The webhook is a bare value, not a JSON object or list.');
  }
  return body;
}

function parseEvents(body: object, fieldMap: FieldMap, now: number): readonly Parsed<EvalonWebhook>[] {
  if (countItems(body) > MAX_EVENTS) return [{ value: undefined, report: createReportRecorder().build(body) }];
  return parseWebhook(body, { fieldMap, now });
}

/** Returns the length of the longest list that could contain events. */
function countItems(body: object): number {
  if (Array.isArray(body)) return body.length;
  const lists = LIST_KEYS.map((key) => readFolded(body, key));
  const nested = lists.filter(isJsonObject).map((data) => readFolded(data, 'events'));
  return Math.max(0, ...[...lists, ...nested].map((list) => (Array.isArray(list) ? list.length : 0)));
}

/** Returns the id of the webhook itself, not of its session. */
function readBodyId(body: object): string | undefined {
  if (Array.isArray(body)) return undefined;
  const isWrapper = WRAPPED_KEYS.some((key) => isJsonObject(readFolded(body, key)));
  const ids = [...ID_KEYS, ...(isWrapper ? ['id'] : [])].map((key) => parseId(readFolded(body, key)));
  return ids.find((id) => id !== undefined);
}

function hash(identity: string, body: string): string {
  return createHash('sha256').update(identity).update(body).digest('hex').slice(0, DEDUPE_KEY_HEX_CHARS);
}
