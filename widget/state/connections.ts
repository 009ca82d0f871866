/** One connection for each proxy and way to a token; they all follow the page's life and the network's. */
import { systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import type { TokenSource } from './tokens.ts';

const connections = new Map<string, Map<TokenSource, Connection>>();

/** The connection that elements with the same proxy and the same token source share. */
export function connectionFor(proxyUrl: string, source: TokenSource): Connection {
  if (!connections.size) followPage();
  const bySource = connections.get(proxyUrl) ?? new Map<TokenSource, Connection>();
  const connection =
    bySource.get(source) ?? new Connection(proxyUrl, source, systemClock, globalThis.fetch.bind(globalThis));
  connections.set(proxyUrl, bySource.set(source, connection));
  return connection;
}

function followPage(): void {
  const all = (act: (connection: Connection) => void) => () => {
    for (const bySource of connections.values()) for (const connection of bySource.values()) act(connection);
  };
  addEventListener(
    'online',
    all((connection) => connection.retry()),
  );
  addEventListener(
    'offline',
    all((connection) => connection.notify()),
  );
  addEventListener(
    'pagehide',
    all((connection) => connection.pause()),
  );
  const resume = all((connection) => connection.retry());
  addEventListener('pageshow', (event) => event.persisted && resume());
}
