/** Server-sent events as bytes. Encodes each event at most twice: with candidate links and without. */
import type { EventRow } from '../store/schema.ts';

/** An event that a stream sends as a frame. `reset` means that the client must query again. */
export interface StreamEvent {
  type: 'session' | 'batch' | 'gone' | 'reset';
  seq: number;
  session_uuid: string;
  candidate_key: string;
  project_id: string;
  encode(withLinks: boolean): Buffer;
}

export interface ErasedSession {
  session_uuid: string;
  candidate_key: string;
  project_id: string;
}

/** An SSE comment, which clients ignore. */
export const HEARTBEAT = Buffer.from(':\n\n');

/** @param data JSON, which has no line breaks. */
export function encodeFrame(event: StreamEvent['type'], id: string, data: string): Buffer {
  return Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${data}\n\n`);
}

/** Sets how long the client waits before it reconnects. */
export function encodeRetry(delayMs: number): Buffer {
  return Buffer.from(`retry: ${delayMs}\n\n`);
}

/**
 * @param erased the erased session of an `erased` row. Absent if this process did not erase it; then clients get
 * `reset`.
 */
export function toStreamEvent(row: EventRow, epoch: string, erased?: ErasedSession): StreamEvent {
  const { seq, topic, session_uuid, project_id, data } = row;
  const id = `${epoch}.${seq}`;
  const event = { seq, session_uuid, candidate_key: topic, project_id };
  if (row.type !== 'erased') return { ...event, type: row.type, encode: encodeOnce(row.type, id, data) };
  const frame = erased
    ? encodeFrame('gone', id, JSON.stringify({ session_uuid: erased.session_uuid }))
    : encodeFrame('reset', id, '{}');
  return { ...event, ...erased, type: erased ? 'gone' : 'reset', encode: () => frame };
}

function encodeOnce(event: StreamEvent['type'], id: string, data: string): StreamEvent['encode'] {
  let full: Buffer | undefined;
  let withoutLinks: Buffer | undefined;
  return (withLinks) => {
    if (withLinks) full ??= encodeFrame(event, id, data);
    else withoutLinks ??= encodeFrame(event, id, removeLinks(data));
    return (withLinks ? full : withoutLinks) as Buffer;
  };
}

function removeLinks(json: string): string {
  return JSON.stringify(JSON.parse(json, (key, value: unknown) => (key === 'candidate_url' ? undefined : value)));
}
