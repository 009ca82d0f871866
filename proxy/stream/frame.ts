/** Server-sent events as bytes. A frame is encoded once for all readers of equal scope. */
import type { BatchFrame } from '../contract/batch.ts';
import type { Session } from '../contract/session.ts';
import type { EventRow } from '../store/schema.ts';

/** One entry of the log, ready to be sent. */
export interface StreamEvent {
  seq: number;
  session_uuid: string;
  candidate_key: string;
  project_id: string;
  /** It is about a batch; then `candidate_key` is its topic. */
  isBatch?: true;
  /** The session was erased. */
  isErased?: true;
  /** The frame; with the candidate's link only for those who may invite. */
  encode(withLink: boolean): Buffer;
}

export const HEARTBEAT = Buffer.from(':\n\n');

/** JSON escapes line breaks, and `data` holds nothing else that could end a line. */
export function encodeFrame(name: string, id: string, data: object): Buffer {
  return Buffer.from(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

export function toStreamEvent(row: EventRow, epoch: string): StreamEvent {
  const id = `${epoch}.${row.seq}`;
  return row.type === 'batch' ? toBatchEvent(row, id) : toSessionEvent(row, id);
}

function toSessionEvent(row: EventRow, id: string): StreamEvent {
  let full: Buffer | undefined;
  let linkless: Buffer | undefined;
  const session = () => JSON.parse(row.data) as Session;
  return {
    seq: row.seq,
    session_uuid: row.session_uuid,
    candidate_key: row.topic,
    project_id: row.project_id,
    encode(withLink) {
      if (withLink) {
        full ??= encodeFrame('session', id, session());
        return full;
      }
      linkless ??= encodeFrame('session', id, { ...session(), candidate_url: undefined });
      return linkless;
    },
  };
}

function toBatchEvent({ data, seq, session_uuid, topic, project_id }: EventRow, id: string): StreamEvent {
  let full: Buffer | undefined;
  let linkless: Buffer | undefined;
  const progress = () => JSON.parse(data) as BatchFrame;
  const withoutLinks = ({ rows, ...rest }: BatchFrame) => ({
    ...rest,
    rows: rows.map((row) => ({ ...row, candidate_url: undefined })),
  });
  return {
    seq,
    session_uuid,
    candidate_key: topic,
    project_id,
    isBatch: true,
    encode(withLink) {
      if (withLink) {
        full ??= encodeFrame('batch', id, progress());
        return full;
      }
      linkless ??= encodeFrame('batch', id, withoutLinks(progress()));
      return linkless;
    },
  };
}

/** A session that was erased. The log itself does not know any more whose it was. */
export interface ErasedSession {
  session_uuid: string;
  candidate_key: string;
  project_id: string;
  owner: string | null;
}

export function toErasedEvent(seq: number, erased: ErasedSession, epoch: string): StreamEvent {
  const encoded = encodeFrame('gone', `${epoch}.${seq}`, { session_uuid: erased.session_uuid });
  return { ...erased, seq, isErased: true, encode: () => encoded };
}
