import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import pg from 'pg';
import { pino } from 'pino';
import { isPostgresUrl } from '../../../proxy/config/database-url.ts';
import { startPruning } from '../../../proxy/privacy/retention.ts';
import { openBroker } from '../../../proxy/stream/broker.ts';
import type { SubscriptionRequest } from '../../../proxy/stream/subscriptions.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { openStore, toTestDatabase } from '../../support/test-database.ts';

const HOUR_MS = 60 * 60_000;
const MAX_EVENTS = 100_000;
const JANE: SubscriptionRequest = { candidates: [{ candidate_email: 'jane@example.com' }], batches: [] };

/** Appending 100,000 events through the store would take seconds. */
async function copyFirstEvent(file: string, copies: number): Promise<void> {
  const columns = 'type, topic, session_uuid, project_id, inviter_id, data, at, webhook_received_at';
  const statement = `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${copies})
    insert into events (${columns}) select ${columns} from numbers, events where seq = 1`;
  const database = await toTestDatabase(file);
  if (isPostgresUrl(database)) {
    const client = new pg.Client(database);
    await client.connect();
    await client.query(statement);
    await client.end();
  } else {
    const connection = new Database(database);
    connection.exec(statement);
    connection.close();
  }
}

describe('the event log', () => {
  async function startEventLog(test: TestContext) {
    const { folder, remove } = createTempFolder();
    const file = `${folder}/evalon.db`;
    const clock = createTestClock();
    const log = pino({ level: 'silent' });
    const store = await openStore(file, 'https://api.evalon.example', clock);
    const broker = await openBroker({ store, clock, log });
    const config = () => ({ retentionDays: undefined, auditRetentionDays: 400 });
    const erase = () => Promise.reject(new Error('this test erases no candidate'));
    const stop = startPruning({ store, clock, log, erase, config });
    // Pruning also runs at start.
    await clock.advance(0);
    const append = (count: number) =>
      store.write(async ({ events }) => {
        for (let n = 0; n < count; n++) {
          await events.append({
            type: 'session',
            topic: 'jane@example.com',
            session_uuid: 's',
            project_id: 'p',
            data: '{}',
          });
        }
      });
    async function canResumeFrom(seq: number): Promise<boolean> {
      const subscription = broker.subscribe({ receive() {}, sendHeartbeat() {}, end() {} }, JANE);
      const page = await subscription.replay(seq);
      subscription.close();
      return page !== undefined;
    }
    test.after(async () => {
      stop();
      await broker.close();
      await store.close();
      remove();
    });
    return { file, clock, append, canResumeFrom };
  }

  it('can replay events for 24 hours', async (test) => {
    const { clock, append, canResumeFrom } = await startEventLog(test);
    await append(2);
    await clock.advance(23 * HOUR_MS);
    await append(1);
    assert.equal(await canResumeFrom(0), true);
    await clock.advance(2 * HOUR_MS);
    assert.equal(await canResumeFrom(0), false);
    assert.equal(await canResumeFrom(2), true);
  });

  it(`keeps at most ${MAX_EVENTS} events, even recent ones`, async (test) => {
    const { file, clock, append, canResumeFrom } = await startEventLog(test);
    await append(1);
    await copyFirstEvent(file, MAX_EVENTS + 8);
    await append(1);
    assert.equal(await canResumeFrom(0), true);
    await clock.advance(HOUR_MS);
    assert.equal(await canResumeFrom(9), false);
    assert.equal(await canResumeFrom(10), true);
  });

  it('is not deleted because the clock jumped forward', async (test) => {
    const { clock, append, canResumeFrom } = await startEventLog(test);
    await append(2);
    await clock.advance(HOUR_MS);
    clock.jump(3 * 24 * HOUR_MS);
    await clock.advance(15 * 60_000);
    assert.equal(await canResumeFrom(0), true);
    clock.jump(-3 * 24 * HOUR_MS);
    await clock.advance(HOUR_MS);
    assert.equal(await canResumeFrom(0), true);
  });
});
