import { once } from 'node:events';
import { connect } from 'node:net';
import { it } from 'node:test';
import { startStack } from '../../support/start-stack.ts';

it('the proxy closes the connection of a client that never finishes its headers', async (test) => {
  const { proxy } = await startStack(test);
  const { hostname, port } = new URL(proxy.url);
  const client = connect(Number(port), hostname);
  client.write('POST /v1/sessions HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  client.resume();
  await once(client, 'close');
});
