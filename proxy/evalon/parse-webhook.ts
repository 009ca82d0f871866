/** Parses a webhook: one event, or a list of events. */
import type { SessionStatus } from '../contract/status.ts';
import { createFieldReader } from './field-reader.ts';
import { compilePointer, createPointerResolver } from './folded-keys.ts';
import { readCandidate, readStatus } from './parse-session.ts';
import type { ParseContext, Parsed } from './parsed.ts';
import { parseStatus } from './values/status.ts';
import { parseLine, parseSessionUuid, parseWord } from './values/text.ts';
import { parseTime } from './values/time.ts';

/** One event in a webhook. */
export interface EvalonWebhook {
  session_uuid: string;
  /** `session.<status>` if the status is known, otherwise Evalon's own name. */
  event: string;
  status?: SessionStatus | undefined;
  completed_at?: string | undefined;
  assessment_type?: string | undefined;
  candidate_email?: string | undefined;
  project_id?: string | undefined;
}

/** The event that claims a completion. */
export const COMPLETION_EVENT = 'session.completed';

/** Pointers to a list of events in a webhook. The first pointer is the webhook itself. */
const EVENT_LISTS = ['', '/events', '/webhooks', '/data', '/data/events', '/payload'].map(compilePointer);

/** Returns a result for each event. An event needs a session, and a name or a status. */
export function parseWebhook(body: unknown, context: Omit<ParseContext, 'baseUrl'>): Parsed<EvalonWebhook>[] {
  const resolver = createPointerResolver();
  const list = EVENT_LISTS.map((pointer) => resolver.resolve({ value: body, pointer: '' }, pointer))
    .map((found) => (found === 'ambiguous' ? undefined : found?.value))
    .find(Array.isArray);
  if (!list) return [parseEvent(body, context)];
  const sharedEvent = createFieldReader('webhook', context.fieldMap, body).read('event', parseWord);
  return list.map((item) => parseEvent(item, context, sharedEvent));
}

/** @param sharedEvent the name that the list gives to all its events, if any. */
function parseEvent(
  body: unknown,
  { fieldMap, now }: Omit<ParseContext, 'baseUrl'>,
  sharedEvent?: string,
): Parsed<EvalonWebhook> {
  const reader = createFieldReader('webhook', fieldMap, body);
  const session_uuid = reader.readIdentity('session_uuid', parseSessionUuid);
  const candidate = readCandidate(reader);
  const name = reader.read('event', parseWord) ?? sharedEvent;
  const { status: ownStatus, activity } = readStatus(reader);
  const status = (name === undefined ? undefined : parseStatus(name)) ?? ownStatus;
  const event = status ? `session.${status}` : (name ?? activity);
  const details = {
    status,
    completed_at: reader.read('completed_at', (value) => parseTime(value, now)),
    assessment_type: reader.read('assessment_type', parseLine),
    ...candidate,
  };
  const isUnderstood = session_uuid !== undefined && event !== undefined && !reader.hasConflict();
  return {
    value: isUnderstood ? { session_uuid, event, ...details } : undefined,
    report: reader.report.build(body),
  };
}
