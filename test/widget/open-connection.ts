import { createTokenSource } from '../../widget/api/token-source.ts';
import type { TokenProvider } from '../../widget/package/settings.ts';
import { Connection } from '../../widget/sync/connection.ts';
import type { WidgetTestClock } from './fake-clock.ts';
import type { ScriptedProxy } from './scripted-proxy.ts';

/** Opens a connection to a scripted proxy. Without `getToken`, the connection has no token. */
export function openConnection(proxy: ScriptedProxy, clock: WidgetTestClock, getToken?: TokenProvider): Connection {
  const source = createTokenSource(getToken, proxy.url, proxy.fetch);
  return new Connection(proxy.url, source, clock, proxy.fetch);
}
