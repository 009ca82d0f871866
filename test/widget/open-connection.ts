import { createTokenSource, type TokenProvider } from '../../widget/api/token-source.ts';
import { Connection } from '../../widget/sync/connection.ts';
// Loads before the first test what a stream imports on demand.
import '../../widget/sync/tab-leader.ts';
import type { TestClock } from './fake-clock.ts';
import type { ScriptedProxy } from './scripted-proxy.ts';

/** Opens a connection to a scripted proxy. Without `getToken` it has no token. */
export function openConnection(proxy: ScriptedProxy, clock: TestClock, getToken?: TokenProvider): Connection {
  const source = createTokenSource(getToken, proxy.url, proxy.fetch);
  return new Connection(proxy.url, source, clock, proxy.fetch);
}
