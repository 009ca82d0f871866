/** Webhooks around a jump of the machine's clock. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import { createFieldMap } from '../../../proxy/evalon/field-map.ts';
import { startWebhookProcessor } from '../../../proxy/webhooks/process.ts';
import { createWebhookReceiver } from '../../../proxy/webhooks/receive.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { NO_WRITES } from '../../support/no-writes.ts';
import { buildSessionRow } from '../../support/session.ts';
import { openStore } from '../../support/test-database.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 60 * 60 * SECOND_MS;

async function startWebhooks(test: TestContext) {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const fieldMap = createFieldMap();
  const receive = createWebhookReceiver({ store, clock, fieldMap: () => fieldMap });
  const processor = startWebhookProcessor({ store, clock, log: pino({ level: 'silent' }), ...NO_WRITES });
  test.after(async () => {
    await processor.stop();
    await store.close();
  });
  await store.write(({ sessions }) =>
    sessions.upsert({
      ...buildSessionRow('jane@example.com', new Date(clock.now()).toISOString()),
      status: 'completed',
    }),
  );
  return {
    clock,
    /** Sends a webhook, and returns the time at which the proxy will read the session's scorecard. */
    async send(event: string): Promise<string | null | undefined> {
      await receive(Buffer.from(JSON.stringify({ event, session_uuid: 'sess_1' })), undefined);
      await clock.advance(SECOND_MS);
      return (await store.read(({ sessions }) => sessions.get('sess_1')))?.read_due_at;
    },
    clearRequestedRead: () =>
      store.write(async ({ sessions }) => {
        const session = await sessions.get('sess_1');
        if (session) await sessions.upsert({ ...session, read_due_at: null });
      }),
  };
}

describe('if the clock is set back two hours', () => {
  it('a webhook about a result that changed is not ignored', async (test) => {
    const { clock, send } = await startWebhooks(test);
    clock.jump(-2 * HOUR_MS);
    assert.notEqual(await send('session.rescored'), null);
  });

  it('an identical webhook for a later event does not count as a repeat', async (test) => {
    const { clock, send, clearRequestedRead } = await startWebhooks(test);
    await clock.advance(SECOND_MS);
    assert.notEqual(await send('session.rescored'), null);
    await clearRequestedRead();
    assert.equal(await send('session.rescored'), null);
    clock.jump(-2 * HOUR_MS);
    await clock.advance(5 * 60 * SECOND_MS);
    assert.notEqual(await send('session.rescored'), null);
  });
});
