/**
 * One reader of the stream. It subscribes first, then replays from its cursor, then goes live; whenever the reader
 * does not drain, nothing is queued for it: it is replayed to again from its cursor, or closed.
 */
import type { ServerResponse } from 'node:http';
import { maySeeProject, type Recruiter } from '../auth/recruiter.ts';
import type { Clock } from '../clock.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import { batchTopic } from '../store/events.ts';
import { frame, HEARTBEAT, type StreamEvent } from './frame.ts';
import type { Hub } from './hub.ts';
import { watchOf } from './watch.ts';

interface Options {
  hub: Hub;
  clock: Clock;
  response: ServerResponse;
  recruiter: Recruiter;
  candidates: readonly WatchedCandidate[];
  /** Ids of the batches that the reader may follow. */
  batches?: readonly string[];
  /** Header `Last-Event-ID`; without it the stream starts now. */
  lastEventId: string | undefined;
  /** Is told of each session that the reader is shown, the first time. */
  onShown: (event: StreamEvent) => void;
}

/** Milliseconds that a reader may take to drain before it is closed. */
const DRAIN_LIMIT = 10_000;

/** Serves the stream until the reader leaves, the token ends or the hub closes. */
export function serveStream(options: Options): void {
  const { hub, clock, response, recruiter, candidates, batches = [], lastEventId, onShown } = options;
  const watch = watchOf(candidates);
  const topics = new Set(batches.map(batchTopic));
  const keys = [...watch.keys, ...topics];
  const covers = (event: StreamEvent) => (event.batch ? topics.has(event.candidate_key) : watch.covers(event));
  const withLink = recruiter.scope.has('invite');

  const shown = new Set<string>();
  let cursor = hub.head;
  /** Live events are skipped: the replay under way, or the next one, will bring them. */
  let behind = true;
  let open = true;
  let cancelDrainLimit = () => {};

  /** Answers whether the reader takes more. */
  function send(event: StreamEvent): boolean {
    cursor = event.seq;
    if (!maySeeProject(recruiter, event.project_id) || !covers(event)) return true;
    if (!event.gone && !event.batch && !shown.has(event.session_uuid)) {
      shown.add(event.session_uuid);
      onShown(event);
    }
    return response.write(event.encoded(withLink));
  }

  function waitForDrain(): void {
    behind = true;
    cancelDrainLimit = clock.after(DRAIN_LIMIT, () => response.destroy());
    response.once('drain', () => {
      cancelDrainLimit();
      void catchUp();
    });
  }

  async function catchUp(): Promise<void> {
    try {
      while (open) {
        const page = await hub.replay(cursor, keys);
        if (!open) return;
        if (!page) {
          reset();
          return;
        }
        for (const event of page.events) {
          if (!send(event)) {
            waitForDrain();
            return;
          }
        }
        cursor = page.upTo;
        if (cursor >= hub.head) {
          behind = false;
          return;
        }
      }
    } catch {
      response.destroy();
    }
  }

  function finish(last?: Buffer): void {
    if (!open) return;
    release();
    response.end(last);
    const cancel = clock.after(DRAIN_LIMIT, () => response.destroy());
    response.once('close', cancel);
  }

  function reset(): void {
    finish(frame('reset', `${hub.epoch}.${hub.head}`, {}));
  }

  const unsubscribe = hub.subscribe({
    candidates: keys,
    receive(event) {
      if (!open || behind || event.seq <= cursor) return;
      if (!send(event)) waitForDrain();
    },
    beat() {
      if (!response.writableNeedDrain) response.write(HEARTBEAT);
    },
    end: finish,
  });
  const cancelExpiry = clock.after(recruiter.expiresAt - clock.now(), finish);
  function release(): void {
    open = false;
    unsubscribe();
    cancelExpiry();
    cancelDrainLimit();
  }
  response.once('close', release);

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(HEARTBEAT);

  const start = lastEventId === undefined ? cursor : seqOf(lastEventId, hub.epoch);
  if (start === undefined) {
    reset();
  } else {
    cursor = start;
    void catchUp();
  }
}

/** The number in `<epoch>.<seq>`; undefined where it is not of this epoch. */
function seqOf(id: string, epoch: string): number | undefined {
  const [, of, seq] = /^([0-9a-f]+)\.(\d{1,15})$/.exec(id) ?? [];
  return of === epoch ? Number(seq) : undefined;
}
