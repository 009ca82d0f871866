/** One connection for each proxy and way to a token; they all follow the page's life and the network's. */

import type { TokenSource } from '../api/tokens.ts';
import { systemClock } from '../util/clock.ts';
import { Connection } from './connection.ts';

const connections: { proxyUrl: string; source: TokenSource; connection: Connection }[] = [];

/** The connection that elements with the same proxy and the same token source share. */
export function getConnection(proxyUrl: string, source: TokenSource): Connection {
  const known = connections.find((one) => one.proxyUrl === proxyUrl && one.source === source);
  if (known) return known.connection;
  const connection = new Connection(proxyUrl, source, systemClock, globalThis.fetch.bind(globalThis));
  connections.push({ proxyUrl, source, connection });
  addEventListener('online', () => connection.retry());
  addEventListener('offline', () => connection.onOffline());
  document.addEventListener('visibilitychange', () => connection.onVisibilityChange());
  addEventListener('pagehide', () => connection.pause());
  addEventListener('pageshow', (event) => event.persisted && connection.resume());
  return connection;
}
