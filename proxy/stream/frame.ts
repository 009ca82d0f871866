/**
 * Server-sent events as bytes. Encodes each event at most twice, with candidate links and without, and once more for
 * each token that is limited to single candidates.
 */
import type { Recruiter } from '../auth/recruiter.ts';
import { hideOtherNames } from '../auth/recruiter-names.ts';
import type { Session } from '../contract/session.ts';
import type { EventRow } from '../store/schema.ts';

/** An event that a stream sends as a frame. `reset` means that the client must query again. */
export interface StreamEvent {
  type: 'session' | 'batch' | 'gone' | 'reset';
  seq: number;
  session_uuid: string;
  candidate_key: string;
  project_id: string;
  /** Contains only what the recruiter's token covers. */
  encodeFor(recruiter: Recruiter): Buffer;
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

/** @param erased the erased session of an `erased` row. If it is not known, clients get `reset` instead of `gone`. */
export function toStreamEvent(row: EventRow, epoch: string, erased?: ErasedSession): StreamEvent {
  const { seq, topic, session_uuid, project_id } = row;
  const id = `${epoch}.${seq}`;
  const event = { seq, session_uuid, candidate_key: topic, project_id };
  if (row.type !== 'erased') return { ...event, type: row.type, encodeFor: createEncoder(row, id) };
  const frame = erased
    ? encodeFrame('gone', id, JSON.stringify({ session_uuid: erased.session_uuid }))
    : encodeFrame('reset', id, '{}');
  return { ...event, ...erased, type: erased ? 'gone' : 'reset', encodeFor: () => frame };
}

function createEncoder({ type, data, inviter_id }: EventRow, id: string): StreamEvent['encodeFor'] {
  const event = type as 'session' | 'batch';
  let fullFrame: Buffer | undefined;
  let frameWithoutLinks: Buffer | undefined;
  return (recruiter) => {
    const canSeeLinks = recruiter.scope.has('invite');
    if (recruiter.candidateKeys && event === 'session') {
      const session = hideOtherNames(recruiter, JSON.parse(data) as Session, { inviterId: inviter_id });
      const json = JSON.stringify(session);
      return encodeFrame(event, id, canSeeLinks ? json : removeLinks(json));
    }
    if (canSeeLinks) {
      fullFrame ??= encodeFrame(event, id, data);
      return fullFrame;
    }
    frameWithoutLinks ??= encodeFrame(event, id, removeLinks(data));
    return frameWithoutLinks;
  };
}

function removeLinks(json: string): string {
  return JSON.stringify(JSON.parse(json, (key, value: unknown) => (key === 'candidate_url' ? undefined : value)));
}
