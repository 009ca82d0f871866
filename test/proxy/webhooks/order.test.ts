/** The order of webhooks that arrive before their session is stored. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pino } from 'pino';
import { createFieldMap } from '../../../proxy/evalon/field-map.ts';
import { startWebhookProcessor } from '../../../proxy/webhooks/process.ts';
import { createWebhookReceiver } from '../../../proxy/webhooks/receive.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { NO_WRITES } from '../../support/no-writes.ts';
import { buildSessionRow } from '../../support/session.ts';
import { openStore } from '../../support/test-database.ts';

it('a webhook does not overtake an earlier webhook if their session is stored while the processor reads webhooks', async (test) => {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  let afterNextRead: (() => Promise<void>) | undefined;
  /** The store of the processor. Other work can run between a read and its result. */
  const interrupted = {
    ...store,
    read: (async (run) => {
      const result = await store.read(run);
      const work = afterNextRead;
      afterNextRead = undefined;
      await work?.();
      return result;
    }) as typeof store.read,
  };
  const receive = createWebhookReceiver({ store, clock, fieldMap: createFieldMap });
  const processor = startWebhookProcessor({ store: interrupted, clock, log: pino({ level: 'silent' }), ...NO_WRITES });
  test.after(async () => {
    await processor.stop();
    await store.close();
  });
  const send = (event: string) => receive(Buffer.from(JSON.stringify({ event, session_uuid: 'sess_1' })), undefined);

  await send('session.opened');
  await clock.advance(1_000);
  afterNextRead = () =>
    store.write(async ({ sessions, webhooks }) => {
      await sessions.upsert(buildSessionRow('jane@example.com', new Date(clock.now()).toISOString()));
      await webhooks.requeueWaiting('sess_1');
    });
  await send('session.started');
  await clock.advance(1_000);
  // If the processor had applied `opened` after `started`, `opened` would be the last event.
  const session = await store.read(({ sessions }) => sessions.get('sess_1'));
  assert.deepEqual([session?.status, session?.last_event], ['started', null]);
});
