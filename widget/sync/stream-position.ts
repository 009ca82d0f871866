import { parseSession, type Session } from '../api/parse.ts';
import { readString, toRecord } from '../util/json.ts';

export interface SessionEventListener {
  onSession(session: Session): void;
  /** The session was erased. */
  onGone(sessionUuid: string): void;
  /** The proxy cannot resume the stream. The sessions must be queried again. */
  onReset(): void;
}

/** Tracks where the next stream of a collection starts, and which sessions a pending response must not restore. */
export class StreamPosition {
  /** The id of the newest event received, or the cursor of the first query. */
  #cursor: string | undefined;
  #resumeFrom: string | undefined;
  /** Events of the old stream since the current sync began. The new stream repeats them. */
  #seenEventIds = new Set<string>();
  /** Sessions removed since the current sync began. A pending response must not restore them. */
  readonly #removedUuids = new Set<string>();

  /** Where the next stream starts. Events during a query do not move this position: the response may be older. */
  get resumeFrom(): string | undefined {
    return this.#resumeFrom;
  }

  beginSync(): void {
    this.#resumeFrom ??= this.#cursor;
    this.#seenEventIds = new Set();
    this.#removedUuids.clear();
  }

  /** Starts at the cursor of a query response, unless there is a position already. */
  acceptCursor(cursor: string): void {
    this.#cursor ??= cursor;
    this.#resumeFrom ??= cursor;
  }

  /** Called when the stream is open. The next stream then starts after the newest event. */
  onOpen(): void {
    this.#resumeFrom = undefined;
  }

  /** Passes an event to the listener, unless it was received before. */
  receive(id: string | undefined, event: string | undefined, data: unknown, listener: SessionEventListener): void {
    if (id) {
      if (this.#seenEventIds.has(id)) return;
      this.#seenEventIds.add(id);
      this.#cursor = id;
    }
    if (event === 'session') {
      const session = parseSession(data);
      if (!session) return;
      this.#removedUuids.delete(session.session_uuid);
      listener.onSession(session);
    } else if (event === 'gone') {
      const sessionUuid = readString(toRecord(data), 'session_uuid') ?? '';
      this.#removedUuids.add(sessionUuid);
      listener.onGone(sessionUuid);
    } else if (event === 'reset') {
      listener.onReset();
    }
  }

  /** Whether the session was erased since the current sync began. */
  isRemoved(sessionUuid: string): boolean {
    return this.#removedUuids.has(sessionUuid);
  }

  clear(): void {
    this.#cursor = undefined;
    this.#resumeFrom = undefined;
  }
}
