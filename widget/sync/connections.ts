/** One connection for each proxy and token setting. It reacts to the page's lifecycle and to network changes. */
import { createTokenSource, type TokenSetting } from '../api/token-source.ts';
import { systemClock } from '../util/clock.ts';
import { pageDocument } from '../util/page-document.ts';
import { Connection } from './connection.ts';

const connections: { proxyUrl: string; setting: TokenSetting; connection: Connection }[] = [];

/** Elements with the same proxy and token setting share a connection. */
export function getConnection(proxyUrl: string, setting: TokenSetting): Connection {
  const existing = connections.find((entry) => entry.proxyUrl === proxyUrl && entry.setting === setting);
  if (existing) return existing.connection;
  const fetcher = globalThis.fetch.bind(globalThis);
  const source = createTokenSource(setting, proxyUrl, fetcher);
  const connection = new Connection(proxyUrl, source, systemClock, fetcher);
  connections.push({ proxyUrl, setting, connection });
  addEventListener('online', () => connection.retry());
  addEventListener('offline', () => connection.onOffline());
  pageDocument.addEventListener('visibilitychange', () => connection.onVisibilityChange());
  addEventListener('pagehide', () => connection.pause());
  addEventListener('pageshow', () => connection.resume());
  return connection;
}
