/** Loads a session's timeline from the proxy. Keeps entries of a type that this version does not know. */
import { sessionPath } from '../../../proxy/contract/session-routes.ts';
import type { Client } from '../../api/client.ts';
import { readNumber, readRecords, readString, readStrings, toRecord } from '../../util/json.ts';

export interface TimelineEntry {
  type: string;
  at: string;
  /** How the recruiter passed the link on. */
  channel?: string;
  /** The recruiter's name, or the id if the name is unknown. */
  by?: string | undefined;
  /** The overall score of a result. */
  overall?: number | undefined;
}

/** Oldest first. */
export function loadTimeline(client: Client, sessionUuid: string): Promise<TimelineEntry[]> {
  return client.request(`${sessionPath(sessionUuid)}/timeline`, {}, (value) => {
    const timeline = toRecord(value);
    return Array.isArray(timeline['entries']) ? readRecords(timeline, 'entries').flatMap(parseEntry) : undefined;
  });
}

function parseEntry(record: Record<string, unknown>): TimelineEntry[] {
  const { type, at, ...optionalFields } = readStrings(record, 'type', 'at', 'channel');
  if (!type || !at) return [];
  const by = toRecord(record['by']);
  return [
    {
      type,
      at,
      ...optionalFields,
      by: readString(by, 'name') ?? readString(by, 'id'),
      overall: readNumber(record, 'overall'),
    },
  ];
}
