/** Retries and leases of batch rows around a jump of the machine's clock. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createRecruiterClient } from '../../support/api-client.ts';
import {
  BATCH_TIMEOUT_MS,
  buildBatchRequest,
  countByStatus,
  createBatch,
  getBatch,
  PROJECT_ID,
} from '../../support/batches.ts';
import type { Fault } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 60 * 60 * SECOND_MS;
const ROW_COUNT = 3;
const JUMP_HOURS = [-2, 2, 24];
/** Without a jump, the worker tries again within 31 s. */
const MAX_WAIT_MS = 60 * SECOND_MS;

/** Starts a batch whose first call has the fault, and waits for that call. */
async function startBatch(test: TestContext, fault: Fault) {
  const clock = createTestClock();
  const { evalon, proxy } = await startStack(test, { clock });
  const createRecruiter = () => {
    const iat = clock.now() / SECOND_MS;
    return createRecruiterClient(proxy.url, { iat, exp: iat + 900 });
  };
  evalon.injectFault('batch', fault, { times: 1 });
  const id = await createBatch(await createRecruiter(), buildBatchRequest(ROW_COUNT));
  await evalon.waitForRequests(1);
  return {
    clock,
    evalon,
    createRecruiter,
    /** Advances the clock until Evalon has all sessions, and returns the milliseconds until then. */
    async advanceUntilInvited(): Promise<number> {
      const from = clock.monotonic();
      await waitFor(
        async () => {
          await clock.advance(SECOND_MS);
          return evalon.findSession(`person-${ROW_COUNT - 1}@example.com`, PROJECT_ID);
        },
        { timeoutMs: BATCH_TIMEOUT_MS, intervalMs: 5 },
      );
      return clock.monotonic() - from;
    },
    readBatch: async () => getBatch(await createRecruiter(), id),
    cancel: async () => (await createRecruiter()).post(`/v1/batches/${id}/cancel`, {}),
  };
}

for (const hours of JUMP_HOURS) {
  describe(`a clock that jumps by ${hours} hours`, () => {
    it('does not delay the retry of a failed call, and causes only one retry', async (test) => {
      const { clock, evalon, advanceUntilInvited, readBatch } = await startBatch(test, { fault: 'html' });
      // The worker records the failure before the jump.
      await clock.advance(0);
      clock.jump(hours * HOUR_MS);
      const waitedMs = await advanceUntilInvited();
      assert.ok(waitedMs <= MAX_WAIT_MS, `${waitedMs} ms`);
      await clock.advance(10 * SECOND_MS);
      assert.equal(evalon.requests.length, 2);
      assert.deepEqual(countByStatus((await readBatch()).rows), { invited: ROW_COUNT });
    });

    it('neither ends nor prolongs the lease of a call without a response', async (test) => {
      const { clock, evalon, advanceUntilInvited, cancel, readBatch } = await startBatch(test, { fault: 'hang' });
      clock.jump(hours * HOUR_MS);
      await clock.advance(5 * SECOND_MS);
      assert.equal(evalon.requests.length, 1);
      assert.equal((await cancel()).status, 200);
      assert.deepEqual(countByStatus((await readBatch()).rows), { queued: ROW_COUNT });
      const waitedMs = await advanceUntilInvited();
      assert.ok(waitedMs <= MAX_WAIT_MS, `${waitedMs} ms`);
      assert.equal(evalon.requests.length, 2);
      assert.deepEqual(countByStatus((await readBatch()).rows), { invited: ROW_COUNT });
    });
  });
}
