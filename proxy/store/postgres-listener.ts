/**
 * Learns of other nodes' commits through LISTEN, on a connection of its own. A poll replaces LISTEN while the
 * connection is broken, or if a pooler in between delivers no notifications. The timers watch connections, so they use
 * real time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { getClientConfig } from './postgres-pool.ts';
import type { TableName } from './touched-tables.ts';

export const CHANNEL = 'evalon';
const PING = 'ping';
const MESSAGE = 'message';
const PING_INTERVAL_MS = 5_000;
const PING_TIMEOUT_MS = 2_000;
const POLL_INTERVAL_MS = 500;
const RECONNECT_MS = 250;

interface ListenerOptions {
  url: string;
  nodeId: string;
  /** @param tables undefined if any table may have changed. */
  onChange(tables: readonly TableName[] | undefined): void;
  onMessage(message: string): void;
  /** Sends a notification through another connection. */
  notify(payload: string): Promise<void>;
}

export interface Listener {
  close(): Promise<void>;
}

/** Returns the payload of a notification about changed tables. The payload contains no row. */
export function toChangePayload(nodeId: string, tables: readonly TableName[]): string {
  return [nodeId, ...tables].join(' ');
}

/** Returns the payload of a message to the other nodes. */
export function toMessagePayload(nodeId: string, message: string): string {
  return `${nodeId} ${MESSAGE} ${message}`;
}

export function startListener({ url, nodeId, onChange, onMessage, notify }: ListenerOptions): Listener {
  const closing = new AbortController();
  const { signal } = closing;
  const closed = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('closed')));
  });
  closed.catch(() => {});
  /** Whether notifications arrive. */
  let isLive = false;
  let onPing = () => {};

  function onNotification({ payload = '' }: { payload?: string | undefined }): void {
    const [sender, first, ...rest] = payload.split(' ');
    if (first === PING) {
      if (sender === nodeId) onPing();
      return;
    }
    if (sender === nodeId) return;
    if (first === MESSAGE) onMessage(rest.join(' '));
    else onChange([first, ...rest] as TableName[]);
  }

  /** Sends this listener a notification. Returns whether it arrived in time. */
  async function ping(): Promise<boolean> {
    const arrived = new Promise<boolean>((resolve) => {
      onPing = () => resolve(true);
    });
    await notify(`${nodeId} ${PING}`);
    return Promise.race([arrived, sleep(PING_TIMEOUT_MS, false, { signal, ref: false })]);
  }

  /** Listens until the connection breaks, or notifications no longer arrive. */
  async function listen(): Promise<void> {
    const client = new pg.Client(getClientConfig(url));
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve()).on('end', resolve);
    });
    client.on('notification', onNotification);
    try {
      // If this listener closes first, `connect` never settles.
      await Promise.race([client.connect(), closed]);
      await client.query(`listen ${CHANNEL}`);
      // Commits before this moment caused no notification.
      onChange(undefined);
      while (!signal.aborted && (await ping())) {
        if (!isLive) onChange(undefined);
        isLive = true;
        await Promise.race([
          broken.then(() => Promise.reject(new Error('broken'))),
          sleep(PING_INTERVAL_MS, undefined, { signal, ref: false }),
        ]);
      }
    } finally {
      isLive = false;
      void client.end().catch(() => {});
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await listen().catch(() => {});
      await sleep(RECONNECT_MS, undefined, { signal }).catch(() => {});
    }
  }

  const poll = setInterval(() => !isLive && onChange(undefined), POLL_INTERVAL_MS);
  const running = run();
  return {
    async close() {
      clearInterval(poll);
      closing.abort();
      await running;
    },
  };
}
