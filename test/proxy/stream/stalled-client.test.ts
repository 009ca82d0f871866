import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import { openBroker } from '../../../proxy/stream/broker.ts';
import { serveStream } from '../../../proxy/stream/client.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { serve } from '../../support/http-server.ts';
import { openStore } from '../../support/test-database.ts';

const TOKEN_TTL_MS = 60_000;
const SLOW_CLIENT_TIMEOUT_MS = 10_000;
const MIB = 1024 * 1024;

/** Opens a stream whose client stops reading, and publishes more than the buffers of the sockets can hold. */
async function startStalledClient(test: TestContext) {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const broker = await openBroker({ store, clock, log: pino({ level: 'silent' }) });
  const recruiter: Recruiter = {
    sub: 'recruiter-1',
    iss: 'test',
    projects: 'every',
    scope: new Set(['read']),
    expiresAt: clock.now() + TOKEN_TTL_MS,
  };
  const subscription = { candidates: [{ candidate_email: 'jane@example.com' }], batches: [] };
  const serving = Promise.withResolvers<ServerResponse>();
  const url = await serve(test, (_request, response) => {
    const options = { broker, clock, response, recruiter, request: subscription, lastEventId: undefined };
    serveStream({ ...options, onFirstShown: () => {} });
    serving.resolve(response);
  });
  const client = connect(Number(new URL(url).port), '127.0.0.1').pause();
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const response = await serving.promise;
  test.after(async () => {
    client.destroy();
    await broker.close();
    await store.close();
  });

  const data = JSON.stringify({ padding: 'x'.repeat(MIB) });
  for (let n = 0; n < 16; n++) {
    await store.write(({ events }) =>
      events.append({ type: 'session', topic: 'jane@example.com', session_uuid: 's', project_id: 'p', data }),
    );
  }
  await waitFor(() => response.socket?.writableNeedDrain);
  return { clock, broker, response };
}

describe('a client that stops reading', () => {
  it('has at most one write queued, and is disconnected after ten seconds', async (test) => {
    const { clock, broker, response } = await startStalledClient(test);
    const queuedBytes = Number(response.socket?.writableLength);
    // Each write has an event of 1 MiB and its frame, so two writes exceed 2 MiB.
    assert.ok(queuedBytes < 2 * MIB, `${queuedBytes} bytes are queued`);
    const closed = once(response, 'close');
    await clock.advance(SLOW_CLIENT_TIMEOUT_MS);
    await closed;
    assert.equal(broker.clientCount, 0);
  });

  it('is disconnected ten seconds after its stream ends, if the stream ends first', async (test) => {
    const { clock, broker, response } = await startStalledClient(test);
    await clock.advance(SLOW_CLIENT_TIMEOUT_MS - 1);
    assert.equal(response.destroyed, false);
    broker.close();
    assert.equal(broker.clientCount, 0);
    const closed = once(response, 'close');
    await clock.advance(SLOW_CLIENT_TIMEOUT_MS);
    await closed;
  });
});
