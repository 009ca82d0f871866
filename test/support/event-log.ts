/** An event log that is pruned on a fake clock. */
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { startPruning } from '../../proxy/privacy/retention.ts';
import { openBroker } from '../../proxy/stream/broker.ts';
import type { SubscriptionRequest } from '../../proxy/stream/subscriptions.ts';
import { createTestClock } from './fake-clock.ts';
import { createTempFolder } from './proxy.ts';
import { openStore } from './test-database.ts';

const JANE_SUBSCRIPTION: SubscriptionRequest = { candidates: [{ candidate_email: 'jane@example.com' }], batches: [] };

export async function startEventLog(test: TestContext) {
  const { folder, remove } = createTempFolder();
  const file = `${folder}/evalon.db`;
  const clock = createTestClock();
  const log = pino({ level: 'silent' });
  const store = await openStore(file, 'https://api.evalon.example', clock);
  const broker = await openBroker({ store, clock, log });
  const config = () => ({ retentionDays: undefined, auditRetentionDays: 400 });
  const erase = () => Promise.reject(new Error('this test erases no candidate'));
  const stop = startPruning({ store, clock, log, erase, config });
  // Waits for the pruning at the start.
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
    const subscription = broker.subscribe({ receive() {}, sendHeartbeat() {}, end() {} }, JANE_SUBSCRIPTION);
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
