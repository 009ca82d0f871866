/**
 * Reads the event log once for all streams, in order, and hands each event to those who watch its candidate. Also beats
 * the one heartbeat, and ends all streams in order when the process does.
 */

import type { EventFilter, EventQueries } from '../store/events.ts';
import type { EventRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { DRAIN_MS, encodeRetry, retryDelay } from './drain.ts';
import { type ErasedSession, type StreamEvent, toErasedEvent, toStreamEvent } from './frame.ts';
import { Heartbeat } from './heartbeat.ts';
import { SubscriptionIndex, type SubscriptionRequest, toLogSlices } from './subscriptions.ts';

export interface Subscriber {
  receive(event: StreamEvent): void;
  sendHeartbeat(): void;
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

export interface Broker {
  readonly epoch: string;
  /** Number of the newest event that was handed out. */
  readonly lastSeq: number;
  /** How many streams are open. */
  readonly clientCount: number;
  /** Whether an open stream watches this candidate. */
  hasSubscriber(candidateKey: string): boolean;
  /** Hands events about what is watched to `watcher` from now on. */
  subscribe(watcher: Subscriber, watched: SubscriptionRequest): Subscription;
  /**
   * Runs an erasure, which answers what it erased by the numbers of the events it left, and tells those who watch it.
   * Nothing is handed out meanwhile: the log itself cannot say any more whose those events are.
   */
  runErasure(erase: () => Promise<ReadonlyMap<number, ErasedSession>>): Promise<void>;
  /** Ends all streams over seconds, the newest as well; resolves when that is done. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Events read from the log at once. */
const PAGE_SIZE = 500;
/** Milliseconds between two handfuls of streams that are ended. */
const DRAIN_STEP_MS = 50;

interface BrokerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Where it is told how old webhooks are when their events are handed out. */
  metrics?: Pick<Metrics, 'webhookLag'>;
  /** From 0 to 1. */
  random?: () => number;
}

export async function openBroker({ store, clock, log, metrics, random = Math.random }: BrokerOptions): Promise<Broker> {
  const watchers = new Set<Subscriber>();
  const topics = new SubscriptionIndex<Subscriber>();
  const heartbeat = new Heartbeat<Subscriber>(clock);
  const goneAt = new Map<number, ErasedSession>();
  let head = await store.read(({ events }) => events.head());
  let pumping: Promise<void> | undefined;
  let woken = false;
  let closed = false;
  let drainedSince: number | undefined;
  let erasures = 0;
  let cancelRetry = () => {};

  async function handOut(): Promise<void> {
    const rows = await store.read(({ events }) => events.listAfter(head, PAGE_SIZE));
    if (erasures) return;
    for (const row of rows) {
      head = row.seq;
      const erased = goneAt.get(row.seq);
      goneAt.delete(row.seq);
      const reached = topics.findSubscribers(
        erased ? { ...erased, type: 'session', topic: erased.candidate_key } : row,
      );
      if (!reached.length) continue;
      const event = erased ? toErasedEvent(row.seq, erased, store.epoch) : toStreamEvent(row, store.epoch);
      for (const watcher of reached) watcher.receive(event);
    }
    const now = clock.now();
    for (const { received_at } of rows) {
      if (received_at !== null) metrics?.webhookLag.observe((now - Date.parse(received_at)) / 1_000);
    }
    if (rows.length === PAGE_SIZE) woken = true;
  }

  async function pump(): Promise<void> {
    while (woken && !closed && !erasures) {
      woken = false;
      await handOut().catch((error: unknown) => {
        log.error({ err: error }, 'the event log could not be read and will be tried again');
        cancelRetry = clock.runAfter(1_000, wake);
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
      const due = Math.min(waiting.length, Math.ceil((waiting.length * (sinceStart + DRAIN_STEP_MS)) / DRAIN_MS));
      for (; ended < due; ended++) {
        waiting[ended]?.end(encodeRetry(retryDelay(sinceStart, (ended + random()) / waiting.length)));
      }
      if (ended < waiting.length) await new Promise<void>((resolve) => clock.runAfter(DRAIN_STEP_MS, resolve));
    }
  }

  return {
    epoch: store.epoch,
    get lastSeq() {
      return head;
    },
    get clientCount() {
      return watchers.size;
    },
    hasSubscriber: (candidateKey) => topics.hasCandidate(candidateKey),
    subscribe(watcher, watched) {
      const own = topics.add(watcher, watched);
      watchers.add(watcher);
      const stopBeating = heartbeat.add(watcher);
      const subscription: Subscription = {
        async replay(seq) {
          const { rows, upTo, newest, oldest, erased } = await store.read(async ({ events }) => ({
            ...(await readPage(events, seq, toLogSlices(own))),
            newest: await events.head(),
            oldest: await events.getOldestSeq(),
            erased: await events.hasErasureAfter(seq),
          }));
          if (erased || seq > newest || (oldest !== undefined && seq < oldest - 1)) return undefined;
          return {
            events: rows
              .filter((row) => topics.isSubscribed(watcher, row))
              .map((row) => toStreamEvent(row, store.epoch)),
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
        const sinceStart = Math.min(clock.now() - drainedSince, DRAIN_MS);
        queueMicrotask(() => watcher.end(encodeRetry(retryDelay(sinceStart, random()))));
      }
      return subscription;
    },
    async runErasure(erase) {
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
        watcher.end(encodeRetry(retryDelay(DRAIN_MS, (index + random()) / left.length)));
      }
      await pumping;
    },
  };
}

/** The next events of any of the slices, each once and in order, up to where all of them are complete. */
async function readPage(
  events: Pick<EventQueries, 'readPage'>,
  seq: number,
  slices: readonly (EventFilter | undefined)[],
): Promise<{ rows: EventRow[]; upTo: number }> {
  let upTo = Number.POSITIVE_INFINITY;
  const found = new Map<number, EventRow>();
  for (const slice of slices) {
    const page = await events.readPage(seq, PAGE_SIZE, slice);
    upTo = Math.min(upTo, page.upTo);
    for (const row of page.rows) found.set(row.seq, row);
  }
  const rows = [...found.values()].filter((row) => row.seq <= upTo).sort((one, other) => one.seq - other.seq);
  return { rows, upTo };
}
