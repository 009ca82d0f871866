/**
 * Reads the event log once for all streams, in order, and hands each event to those who watch its candidate. An
 * event costs its watchers, not the streams. Also beats the one heartbeat.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { type Erased, goneEvent, type StreamEvent, streamEvent } from './frame.ts';

export interface Watcher {
  /** Keys of the candidates it watches. */
  candidates: readonly string[];
  receive(event: StreamEvent): void;
  beat(): void;
  /** The hub is closing. */
  end(): void;
}

export interface Hub {
  readonly epoch: string;
  /** Number of the newest event that was handed out. */
  readonly head: number;
  /** How many streams are open. */
  readonly watchers: number;
  /** Whether an open stream watches this candidate. */
  isWatched(candidateKey: string): boolean;
  /** Hands events to `watcher` from now on; the answer ends that. */
  subscribe(watcher: Watcher): () => void;
  /**
   * Runs an erasure, which answers what it erased by the numbers of the events it left, and tells those who watch it.
   * Nothing is handed out meanwhile: the log itself cannot say any more whose those events are.
   */
  whileErasing(erase: () => Promise<ReadonlyMap<number, Erased>>): Promise<void>;
  /**
   * Events after `seq` that concern the candidates, in order, as far as they fit, and the number of the event up to
   * which they are complete. Undefined where the log no longer reaches back
   * that far, or where somebody was erased since.
   */
  replay(seq: number, candidates: readonly string[]): Promise<{ events: StreamEvent[]; upTo: number } | undefined>;
  close(): Promise<void>;
}

/** Milliseconds between comments that keep a stream alive; the contract promises 15 s. */
const HEARTBEAT_EVERY = 10_000;
/** Events read from the log at once. */
const PAGE = 500;

export async function openHub({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Promise<Hub> {
  const watchers = new Set<Watcher>();
  const watchersOf = new Map<string, Set<Watcher>>();
  const goneAt = new Map<number, Erased>();
  let head = await store.read(({ events }) => events.head());
  let pumping: Promise<void> | undefined;
  let woken = false;
  let closed = false;
  let erasures = 0;
  let cancelRetry = () => {};

  async function handOut(): Promise<void> {
    const rows = await store.read(({ events }) => events.after(head, PAGE));
    if (erasures) return;
    for (const row of rows) {
      head = row.seq;
      const erased = goneAt.get(row.seq);
      const reached = watchersOf.get(erased?.candidate_key ?? row.candidate_key);
      goneAt.delete(row.seq);
      if (!reached) continue;
      const event = erased ? goneEvent(row.seq, erased, store.epoch) : streamEvent(row, store.epoch);
      for (const watcher of [...reached]) watcher.receive(event);
    }
    if (rows.length === PAGE) woken = true;
  }

  async function pump(): Promise<void> {
    while (woken && !closed && !erasures) {
      woken = false;
      await handOut().catch((error: unknown) => {
        log.error({ err: error }, 'the event log could not be read and will be tried again');
        cancelRetry = clock.after(1_000, wake);
      });
    }
    pumping = undefined;
  }

  function wake(): void {
    woken = true;
    if (!erasures) pumping ??= pump();
  }

  let cancelBeat = clock.after(HEARTBEAT_EVERY, beat);
  function beat(): void {
    for (const watcher of watchers) watcher.beat();
    cancelBeat = clock.after(HEARTBEAT_EVERY, beat);
  }

  const unsubscribe = store.onCommit(wake);

  return {
    epoch: store.epoch,
    get head() {
      return head;
    },
    get watchers() {
      return watchers.size;
    },
    isWatched: (candidateKey) => watchersOf.has(candidateKey),
    subscribe(watcher) {
      watchers.add(watcher);
      for (const key of watcher.candidates) {
        const set = watchersOf.get(key) ?? new Set();
        watchersOf.set(key, set.add(watcher));
      }
      return () => {
        watchers.delete(watcher);
        for (const key of watcher.candidates) {
          const set = watchersOf.get(key);
          set?.delete(watcher);
          if (set?.size === 0) watchersOf.delete(key);
        }
      };
    },
    async whileErasing(erase) {
      erasures += 1;
      try {
        for (const [seq, erased] of await erase()) goneAt.set(seq, erased);
      } finally {
        erasures -= 1;
        wake();
      }
    },
    async replay(seq, candidates) {
      const { rows, newest, oldest, erased } = await store.read(async ({ events }) => ({
        rows: await events.after(seq, PAGE, candidates),
        newest: await events.head(),
        oldest: await events.oldest(),
        erased: await events.erasedAfter(seq),
      }));
      if (erased || seq > newest || (oldest !== undefined && seq < oldest - 1)) return undefined;
      return {
        events: rows.map((row) => streamEvent(row, store.epoch)),
        upTo: rows.length === PAGE ? (rows.at(-1)?.seq ?? newest) : newest,
      };
    },
    async close() {
      closed = true;
      unsubscribe();
      cancelBeat();
      cancelRetry();
      for (const watcher of [...watchers]) watcher.end();
      await pumping;
    },
  };
}
