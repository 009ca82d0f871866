/** Tables of webhooks. */
import type { Generated, Selectable } from 'kysely';

/** Webhooks that the proxy acknowledged and understands. */
export interface WebhooksTable {
  id: Generated<number>;
  /** A hash. Two webhooks with the same hash are one event (webhooks/parse-body.ts). */
  dedupe_key: string;
  session_uuid: string;
  event: string;
  received_at: string;
  /** A webhook with the same `dedupe_key` after this time is a new event. Null: such a webhook is always a repeat. */
  dedupe_until: string | null;
  /**
   * `pending`: to be applied. `waiting`: the webhook's session is not stored yet. `applied`: processed. `failed`: a
   * dead letter, which becomes pending again if Evalon resends the webhook.
   */
  state: 'pending' | 'waiting' | 'applied' | 'failed';
  /** Failed attempts to apply the webhook. */
  attempts: Generated<number>;
}

/** Webhooks with an event that the proxy does not understand. The proxy parses them again with a new field map. */
export interface UnrecognizedWebhooksTable {
  id: Generated<number>;
  /** Hash of the webhook's id and body. */
  dedupe_key: string;
  /** The header `webhook-id`. */
  webhook_id: string | null;
  received_at: string;
  /** As in `webhooks`. */
  dedupe_until: string | null;
  /** The version of the field map that last parsed the webhook. */
  field_map_version: string;
  body_bytes: number;
  /** Must be the last column: then SQLite reads the other columns without loading this large text. */
  body: string;
}

export type WebhookRow = Selectable<WebhooksTable>;
export type NewWebhook = Pick<WebhookRow, 'dedupe_key' | 'session_uuid' | 'event' | 'received_at' | 'dedupe_until'>;
export type UnrecognizedWebhook = Selectable<UnrecognizedWebhooksTable>;
export type NewUnrecognizedWebhook = Omit<UnrecognizedWebhook, 'id'>;
