import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { startPruning } from '../../../proxy/privacy/retention.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { openBroker } from '../../../proxy/stream/broker.ts';
import type { SubscriptionRequest } from '../../../proxy/stream/subscriptions.ts';
import { createTestClock } from '../../support/fake-clock.ts';

const HOUR = 60 * 60_000;
const KEPT = 100_000;
const JANE: SubscriptionRequest = { candidates: [{ candidate_email: 'jane@example.com' }], batches: [] };

describe('the event log', () => {
  async function startLog() {
    const clock = createTestClock();
    const log = pino({ level: 'silent' });
    const store = await openStore(':memory:', 'https://api.evalon.example', clock);
    const hub = await openBroker({ store, clock, log });
    const config = () => ({ retentionDays: undefined, auditRetentionDays: 400 });
    const erase = () => Promise.reject(new Error('nobody is erased here'));
    const stop = startPruning({ store, clock, log, erase, config });
    // The first round comes with the start.
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
    async function resumesFrom(seq: number): Promise<boolean> {
      const subscription = hub.subscribe({ receive() {}, sendHeartbeat() {}, end() {} }, JANE);
      const page = await subscription.replay(seq);
      subscription.close();
      return page !== undefined;
    }
    const close = async () => {
      stop();
      await hub.close();
      await store.close();
    };
    return { clock, append, resumesFrom, close };
  }

  it('can be resumed from for 24 hours, and after that answers reset', async (test) => {
    const { clock, append, resumesFrom, close } = await startLog();
    test.after(close);
    await append(2);
    await clock.advance(23 * HOUR);
    await append(1);
    assert.equal(await resumesFrom(0), true);
    await clock.advance(2 * HOUR);
    assert.equal(await resumesFrom(0), false);
    assert.equal(await resumesFrom(2), true);
  });

  it(`holds ${KEPT} events however young they are, and answers reset beyond`, async (test) => {
    const { clock, append, resumesFrom, close } = await startLog();
    test.after(close);
    await append(KEPT + 10);
    assert.equal(await resumesFrom(0), true);
    await clock.advance(HOUR);
    assert.equal(await resumesFrom(9), false);
    assert.equal(await resumesFrom(10), true);
  });
});
