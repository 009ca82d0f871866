/** Publishes the event log: reads each new row once, in order, and sends it to the subscribed streams. */
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import type { EventFilter } from '../store/events.ts';
import type { EventRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { DRAIN_MS, drainClients, retryDelayMs } from './drain.ts';
import { createErasureMessages } from './erasure-message.ts';
import { type ErasedSession, encodeFrame, encodeRetry, type StreamEvent, toStreamEvent } from './frame.ts';
import { Heartbeat } from './heartbeat.ts';
import { SubscriptionIndex, type SubscriptionRequest, toEventFilters } from './subscriptions.ts';

export interface Subscriber {
  receive(event: StreamEvent): void;
  sendHeartbeat(): void;
  /** Sends `lastBytes`, then ends the stream. */
  end(lastBytes: Buffer): void;
}

export interface Subscription {
  /**
   * Returns the next subscribed events after `seq`, in order. `upTo` is the number of the last event that the page
   * covers. Returns undefined if the log no longer has the events after `seq`.
   */
  replay(seq: number): Promise<{ events: StreamEvent[]; upTo: number } | undefined>;
  close(): void;
}

export interface Broker {
  readonly epoch: string;
  /** Sequence number of the newest published event. */
  readonly lastSeq: number;
  readonly clientCount: number;
  /** Whether a stream subscribes to this candidate. */
  hasSubscriber(candidateKey: string): boolean;
  subscribe(subscriber: Subscriber, request: SubscriptionRequest): Subscription;
  /**
   * Announces the sessions that the caller erases in the running write. The stored `erased` events contain only hashes,
   * but clients need the ids. Without an announcement, the broker sends `reset`.
   */
  announceErasure(sessions: readonly ErasedSession[]): void;
  /** Ends all streams over several seconds, including streams that open in the meantime. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

interface BrokerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  metrics?: Pick<Metrics, 'webhookLag'>;
  /** Returns a number from 0 up to, but not including, 1. */
  random?: () => number;
}

/** The maximum number of events that one query reads. */
const PAGE_SIZE = 500;

export async function openBroker({ store, clock, log, metrics, random = Math.random }: BrokerOptions): Promise<Broker> {
  const { hash } = store;
  const subscribers = new Set<Subscriber>();
  const subscriptionIndex = new SubscriptionIndex<Subscriber>(hash);
  const heartbeat = new Heartbeat(clock);
  /** Sessions that this node is erasing, by hash of their id. */
  const erasedSessions = new Map<string, ErasedSession>();
  /** Sessions that other nodes have erased, by hash of their id. */
  const erasedElsewhere = new Map<string, ErasedSession>();
  const erasureMessages = createErasureMessages(store.pepper);
  store.nodeLink?.onMessage((message) => {
    const session = erasureMessages.decode(message);
    if (session) erasedElsewhere.set(hash(session.session_uuid), session);
  });
  let lastSeq = await store.read(({ events }) => events.getNewestSeq());
  let { epoch } = store;
  let drainStartedAt: number | undefined;
  let isClosed = false;

  async function publishPage(publishNext: () => void): Promise<undefined> {
    const announcedElsewhere = [...erasedElsewhere.keys()];
    const rows = await store.read(({ events }) => events.listAfter(lastSeq, PAGE_SIZE));
    if (store.epoch !== epoch) return resetAll();
    for (const row of rows) {
      lastSeq = row.seq;
      publish(row);
    }
    const now = clock.now();
    for (const { webhook_received_at: at } of rows) {
      if (at !== null) metrics?.webhookLag.observe(Math.max(now - Date.parse(at), 0) / 1_000);
    }
    if (rows.length === PAGE_SIZE) publishNext();
    // A message arrives after the commit of its erasure, so the events of these erasures are published.
    else for (const key of announcedElsewhere) erasedElsewhere.delete(key);
  }

  /**
   * Ends all streams with `reset`, because another database has replaced the database that they began with. The new
   * database may lack events that clients have received.
   */
  async function resetAll(): Promise<undefined> {
    lastSeq = await store.read(({ events }) => events.getNewestSeq());
    ({ epoch } = store);
    const reset = encodeFrame('reset', `${epoch}.${lastSeq}`, '{}');
    for (const subscriber of [...subscribers]) subscriber.end(reset);
  }

  function publish(row: EventRow): void {
    const receivers = subscriptionIndex.findSubscribers(row);
    const erased = row.type === 'erased' ? takeErased(row.data) : undefined;
    if (!receivers.size) return;
    const event = toStreamEvent(row, epoch, erased);
    for (const subscriber of receivers) subscriber.receive(event);
  }

  /** Returns the announced session and forgets it. Returns undefined if no node announced it to this node. */
  function takeErased(sessionHash: string): ErasedSession | undefined {
    const erased = erasedSessions.get(sessionHash) ?? erasedElsewhere.get(sessionHash);
    erasedSessions.delete(sessionHash);
    erasedElsewhere.delete(sessionHash);
    return erased;
  }

  const publisher: JobLoop = startJobLoop({ store, clock, log, name: 'broker', tables: ['events'], tick: publishPage });

  return {
    get epoch() {
      return epoch;
    },
    get lastSeq() {
      return lastSeq;
    },
    get clientCount() {
      return subscribers.size;
    },
    hasSubscriber: (candidateKey) => subscriptionIndex.hasCandidate(candidateKey),

    subscribe(subscriber, request) {
      const topics = subscriptionIndex.add(subscriber, request);
      const removeHeartbeat = heartbeat.add(subscriber);
      subscribers.add(subscriber);
      if (drainStartedAt !== undefined) {
        const elapsedMs = Math.min(clock.monotonic() - drainStartedAt, DRAIN_MS);
        queueMicrotask(() => subscriber.end(encodeRetry(retryDelayMs(elapsedMs, random()))));
      }
      return {
        async replay(seq) {
          const page = await store.read((queries) => readLog(queries, seq, toEventFilters(topics, hash)));
          if (!page) return undefined;
          const rows = page.rows.filter((row) => subscriptionIndex.isSubscribed(subscriber, row));
          return { events: rows.map((row) => toStreamEvent(row, epoch)), upTo: page.upTo };
        },
        close() {
          subscribers.delete(subscriber);
          subscriptionIndex.remove(subscriber, topics);
          removeHeartbeat();
        },
      };
    },

    announceErasure(sessions) {
      for (const { session_uuid, candidate_key, project_id } of sessions) {
        const session = { session_uuid, candidate_key, project_id };
        erasedSessions.set(hash(session_uuid), session);
        store.nodeLink?.send(erasureMessages.encode(session));
      }
    },

    drain() {
      drainStartedAt = clock.monotonic();
      return drainClients([...subscribers], { clock, random, isCancelled: () => isClosed });
    },

    async close() {
      isClosed = true;
      heartbeat.stop();
      const openSubscribers = [...subscribers];
      for (const [position, subscriber] of openSubscribers.entries()) {
        subscriber.end(encodeRetry(retryDelayMs(DRAIN_MS, (position + random()) / openSubscribers.length)));
      }
      await publisher.stop();
    },
  };
}

/**
 * Reads the next rows that match any of the filters, each once and in order. `upTo` is the number of the last event
 * that the rows of all filters cover. Returns undefined if the log no longer has the events after `seq`.
 */
async function readLog(
  { events }: Queries,
  seq: number,
  filters: readonly (EventFilter | undefined)[],
): Promise<{ rows: EventRow[]; upTo: number } | undefined> {
  const [newest, oldest] = [await events.getNewestSeq(), await events.getOldestSeq()];
  if (seq > newest || (oldest !== undefined && seq < oldest - 1)) return undefined;
  let upTo = Number.POSITIVE_INFINITY;
  const rowsBySeq = new Map<number, EventRow>();
  for (const filter of filters) {
    const page = await events.readPage(seq, PAGE_SIZE, filter);
    upTo = Math.min(upTo, page.upTo);
    for (const row of page.rows) rowsBySeq.set(row.seq, row);
  }
  const covered = [...rowsBySeq.values()].filter((row) => row.seq <= upTo);
  return { rows: covered.sort((a, b) => a.seq - b.seq), upTo };
}
