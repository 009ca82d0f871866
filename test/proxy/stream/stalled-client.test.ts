import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import type { NewEvent } from '../../../proxy/store/schema.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { openBroker } from '../../../proxy/stream/broker.ts';
import { serveStream } from '../../../proxy/stream/client.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';

const TOKEN_LIFE = 60_000;
const DRAIN_LIMIT = 10_000;

/** A stream whose reader has stopped reading, with more sent to it than the sockets between them hold. */
async function startStalled(test: TestContext) {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const hub = await openBroker({ store, clock, log: pino({ level: 'silent' }) });
  const recruiter: Recruiter = {
    sub: 'recruiter-1',
    iss: 'test',
    projects: 'every',
    scope: new Set(['read']),
    expiresAt: clock.now() + TOKEN_LIFE,
  };
  const candidates = [{ candidate_email: 'jane@example.com' }];
  const serving = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => {
    serveStream({
      broker: hub,
      clock,
      response,
      recruiter,
      candidates,
      lastEventId: undefined,
      onFirstShown: () => {},
    });
    serving.resolve(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const response = await serving.promise;
  test.after(async () => {
    reader.destroy();
    server.close();
    await hub.close();
    await store.close();
  });

  const data = JSON.stringify({ padding: 'x'.repeat(1024 * 1024) });
  for (let n = 0; n < 16; n++) {
    const event: NewEvent = { type: 'session', topic: 'jane@example.com', session_uuid: 's', project_id: 'p', data };
    await store.write(({ events }) => events.append(event));
  }
  await waitFor(() => response.socket?.writableNeedDrain);
  return { clock, hub, response };
}

describe('a reader that stops reading', () => {
  it('is queued for only as far as one write, and closed after ten seconds', async (test) => {
    const { clock, hub, response } = await startStalled(test);
    const queued = Number(response.socket?.writableLength);
    assert.ok(queued < 3 * 1024 * 1024, `${queued} bytes are queued`);
    const closed = once(response, 'close');
    await clock.advance(DRAIN_LIMIT);
    await closed;
    assert.equal(hub.clientCount, 0);
  });

  it('loses its connection also when its stream is ended before that', async (test) => {
    const { clock, hub, response } = await startStalled(test);
    await clock.advance(DRAIN_LIMIT - 1);
    assert.equal(response.destroyed, false);
    hub.close();
    assert.equal(hub.clientCount, 0);
    const closed = once(response, 'close');
    await clock.advance(DRAIN_LIMIT);
    await closed;
  });
});
