/**
 * Reads the event log once for all streams, in order, and hands each event to those who watch its candidate. Also beats
 * the one heartbeat, and ends all streams in order when the process does.
 */

import type { EventQueries, Slice } from '../store/events.ts';
import type { EventRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { ENDING, farewell, returnsIn } from './drain.ts';
import { type Erased, goneEvent, type StreamEvent, streamEvent } from './frame.ts';
import { Heartbeat } from './heartbeat.ts';
import { slicesOf, Topics, type Watched } from './subscriptions.ts';

export interface Watcher {
  receive(event: StreamEvent): void;
  beat(): void;
  /** The hub is closing; `last` is to be sent before the end. */
  end(last: Buffer): void;
}

export interface Subscription {
  /**
   * Events after `seq` that concern the watcher, in order, as far as they fit, and the number of the event up to which
   * they are complete. Undefined where the log no longer reaches back that far, or where somebody was erased since.
   */
  replay(seq: number): Promise<{ events: StreamEvent[]; upTo: number } | undefined>;
  close(): void;
}

export interface Hub {
  readonly epoch: string;
  /** Number of the newest event that was handed out. */
  readonly head: number;
  /** How many streams are open. */
  readonly watchers: number;
  /** Whether an open stream watches this candidate. */
  isWatched(candidateKey: string): boolean;
  /** Hands events about what is watched to `watcher` from now on. */
  subscribe(watcher: Watcher, watched: Watched): Subscription;
  /**
   * Runs an erasure, which answers what it erased by the numbers of the events it left, and tells those who watch it.
   * Nothing is handed out meanwhile: the log itself cannot say any more whose those events are.
   */
  whileErasing(erase: () => Promise<ReadonlyMap<number, Erased>>): Promise<void>;
  /** Ends all streams over seconds, the newest as well; resolves when that is done. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Events read from the log at once. */
const PAGE = 500;
/** Milliseconds between two handfuls of streams that are ended. */
const STEP = 50;

interface HubOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Where it is told how old webhooks are when their events are handed out. */
  metrics?: Pick<Metrics, 'webhookLag'>;
  /** From 0 to 1. */
  random?: () => number;
}

export async function openHub({ store, clock, log, metrics, random = Math.random }: HubOptions): Promise<Hub> {
  const watchers = new Set<Watcher>();
  const topics = new Topics<Watcher>();
  const heartbeat = new Heartbeat<Watcher>(clock);
  const goneAt = new Map<number, Erased>();
  let head = await store.read(({ events }) => events.head());
  let pumping: Promise<void> | undefined;
  let woken = false;
  let closed = false;
  let drainedSince: number | undefined;
  let erasures = 0;
  let cancelRetry = () => {};

  async function handOut(): Promise<void> {
    const rows = await store.read(({ events }) => events.after(head, PAGE));
    if (erasures) return;
    for (const row of rows) {
      head = row.seq;
      const erased = goneAt.get(row.seq);
      goneAt.delete(row.seq);
      const reached = topics.watchersOf(erased ?? row);
      if (!reached.length) continue;
      const event = erased ? goneEvent(row.seq, erased, store.epoch) : streamEvent(row, store.epoch);
      for (const watcher of reached) watcher.receive(event);
    }
    const now = clock.now();
    for (const { received_at } of rows) {
      if (received_at !== null) metrics?.webhookLag.observe((now - Date.parse(received_at)) / 1_000);
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

  const unsubscribe = store.onCommit(wake, ['events']);

  async function drain(): Promise<void> {
    const start = clock.now();
    drainedSince = start;
    const waiting = [...watchers];
    for (let ended = 0; ended < waiting.length && !closed; ) {
      const sinceStart = clock.now() - start;
      const due = Math.min(waiting.length, Math.ceil((waiting.length * (sinceStart + STEP)) / ENDING));
      for (; ended < due; ended++) {
        waiting[ended]?.end(farewell(returnsIn(sinceStart, (ended + random()) / waiting.length)));
      }
      if (ended < waiting.length) await new Promise<void>((resolve) => clock.after(STEP, resolve));
    }
  }

  return {
    epoch: store.epoch,
    get head() {
      return head;
    },
    get watchers() {
      return watchers.size;
    },
    isWatched: (candidateKey) => topics.has(candidateKey),
    subscribe(watcher, watched) {
      const own = topics.add(watcher, watched);
      watchers.add(watcher);
      const stopBeating = heartbeat.add(watcher);
      const subscription: Subscription = {
        async replay(seq) {
          const { rows, upTo, newest, oldest, erased } = await store.read(async ({ events }) => ({
            ...(await pageOf(events, seq, slicesOf(own))),
            newest: await events.head(),
            oldest: await events.oldest(),
            erased: await events.erasedAfter(seq),
          }));
          if (erased || seq > newest || (oldest !== undefined && seq < oldest - 1)) return undefined;
          return {
            events: rows.filter((row) => topics.concerns(watcher, row)).map((row) => streamEvent(row, store.epoch)),
            upTo,
          };
        },
        close() {
          watchers.delete(watcher);
          topics.remove(watcher, own);
          stopBeating();
        },
      };
      if (drainedSince !== undefined) {
        const sinceStart = Math.min(clock.now() - drainedSince, ENDING);
        queueMicrotask(() => watcher.end(farewell(returnsIn(sinceStart, random()))));
      }
      return subscription;
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
    drain,
    async close() {
      closed = true;
      unsubscribe();
      heartbeat.stop();
      cancelRetry();
      const left = [...watchers];
      for (const [index, watcher] of left.entries()) {
        watcher.end(farewell(returnsIn(ENDING, (index + random()) / left.length)));
      }
      await pumping;
    },
  };
}

/** The next events of any of the slices, each once and in order, up to where all of them are complete. */
async function pageOf(
  events: Pick<EventQueries, 'page'>,
  seq: number,
  slices: readonly (Slice | undefined)[],
): Promise<{ rows: EventRow[]; upTo: number }> {
  let upTo = Number.POSITIVE_INFINITY;
  const found = new Map<number, EventRow>();
  for (const slice of slices) {
    const page = await events.page(seq, PAGE, slice);
    upTo = Math.min(upTo, page.upTo);
    for (const row of page.rows) found.set(row.seq, row);
  }
  const rows = [...found.values()].filter((row) => row.seq <= upTo).sort((one, other) => one.seq - other.seq);
  return { rows, upTo };
}
