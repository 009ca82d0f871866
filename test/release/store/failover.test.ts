/** A PostgreSQL server that restarts, and a replica that replaces it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type { NewEvent } from '../../../proxy/store/schema.ts';
import { openStore, type Store } from '../../../proxy/store/store.ts';
import { type Broker, openBroker } from '../../../proxy/stream/broker.ts';
import type { StreamEvent } from '../../../proxy/stream/frame.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { waitFor } from '../../support/eventually.ts';
import { startTcpForwarder, type TcpForwarder } from '../../support/nodes/tcp-forwarder.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const JANE = 'jane@example.com';
const EVENT: NewEvent = { type: 'session', topic: JANE, session_uuid: 'sess_1', project_id: 'p', data: '{}' };

/** Subscribes to Jane's events, like a stream. */
function subscribe(broker: Broker) {
  const received = { events: [] as StreamEvent[], lastBytes: undefined as string | undefined };
  const subscription = broker.subscribe(
    {
      receive: (event) => void received.events.push(event),
      sendHeartbeat() {},
      end(lastBytes) {
        received.lastBytes = String(lastBytes);
        subscription.close();
      },
    },
    { candidates: [{ candidate_email: JANE }], batches: [] },
  );
  return received;
}

describe('a database server', () => {
  let server: PostgresServer;
  let replica: PostgresServer;
  let forwarder: TcpForwarder;
  let store: Store;
  let broker: Broker;

  before(async () => {
    server = await startPostgresServer();
    const { url } = await server.createDatabase();
    replica = await server.createReplica();
    forwarder = await startTcpForwarder(server.port);
    const forwarded = Object.assign(new URL(url), { port: String(forwarder.port) }).href;
    store = await openStore(forwarded, 'https://api.evalon.example', systemClock);
    broker = await openBroker({ store, clock: systemClock, log: pino({ level: 'silent' }) });
  });

  after(async () => {
    await broker.close();
    await store.close();
    forwarder.close();
    await server.remove();
    await replica.remove();
  });

  const append = () => store.write(({ events }) => events.append(EVENT));
  /** Appends once the database accepts writes again. */
  const appendAgain = () => waitFor(() => append().catch(() => 0));

  it('that restarts ends no stream, and the streams continue', async () => {
    const { epoch } = broker;
    const received = subscribe(broker);
    const first = await append();
    await server.restart();
    const second = await appendAgain();
    await waitFor(() => received.events.at(-1)?.seq === second);
    assert.deepEqual(
      received.events.map(({ seq }) => seq),
      [first, second],
    );
    assert.deepEqual([received.lastBytes, broker.epoch], [undefined, epoch]);
  });

  it('that a replica replaces resets the streams, because the replica may lack events', async () => {
    const { epoch } = broker;
    const received = subscribe(broker);
    await server.kill();
    await replica.promote();
    forwarder.forwardTo(replica.port);
    await waitFor(() => received.lastBytes);
    assert.match(String(received.lastBytes), /^id: [0-9a-f]{12}\.\d+\nevent: reset\n/);
    assert.notEqual(broker.epoch, epoch);
    assert.equal(store.epoch, broker.epoch);
    const receivedAfterReset = subscribe(broker);
    const seq = await appendAgain();
    await waitFor(() => receivedAfterReset.events.at(-1)?.seq === seq);
    assert.equal(receivedAfterReset.lastBytes, undefined);
  });
});
