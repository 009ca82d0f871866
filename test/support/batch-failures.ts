/** Injects failures of Evalon's batch endpoint, and checks that each row of a batch gets one outcome. */
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { createRecruiterClient } from './api-client.ts';
import {
  BATCH_TIMEOUT_MS,
  buildBatchRequest,
  countByStatus,
  createBatch,
  getBatch,
  PROJECT_ID,
  sampleCandidates,
  waitForBatch,
} from './batches.ts';
import type { EvalonOptions, Fault, RequestKind } from './evalon.ts';
import { waitFor } from './eventually.ts';
import { createTestClock } from './fake-clock.ts';
import type { Settings } from './proxy.ts';
import { startStack } from './start-stack.ts';

export const FAILURE_ROW_COUNT = 6;
/** A value for `times`: every call fails. */
export const ALWAYS = Number.POSITIVE_INFINITY;
const INDIVIDUAL_INVITE_ROW_COUNT = 20;
const SECOND_MS = 1_000;

export interface BatchFailure {
  name: string;
  fault: Fault;
  /** How many calls fail. Default: one. */
  times?: number;
  /** The kind of the calls that fail. Default: batch. */
  kind?: RequestKind | 'any';
  /** Whether the clock must advance until all rows have an outcome. */
  needsClock?: true;
  /** How many calls of each kind the test expects at Evalon. */
  expectedCalls: { batch: number; create: number };
  /** Expected statuses in row order. Default: all are invited. */
  statuses?: string[];
}

/** Starts a proxy with a fake clock, and creates recruiters whose tokens are valid at the clock's time. */
export async function startWithTestClock(test: TestContext, settings: Settings = {}) {
  const clock = createTestClock();
  const { evalon, proxy } = await startStack(test, { clock, settings });
  const createRecruiter = () => {
    const iat = clock.now() / 1_000;
    return createRecruiterClient(proxy.url, { iat, exp: iat + 900 });
  };
  /** Advances the clock until no row is queued. */
  const advanceUntilDone = (batchId: string, { stepMs = SECOND_MS } = {}) =>
    waitFor(
      async () => {
        await clock.advance(stepMs);
        const batch = await getBatch(await createRecruiter(), batchId);
        return batch.counts.queued === 0 && batch;
      },
      { timeoutMs: BATCH_TIMEOUT_MS, intervalMs: 5 },
    );
  return { clock, evalon, proxy, createRecruiter, advanceUntilDone };
}

/** The name completes the phrase "a batch endpoint that …". */
export function testBatchFailure({
  name,
  fault,
  times = 1,
  kind = 'batch',
  needsClock,
  expectedCalls,
  statuses,
}: BatchFailure): void {
  it(`${name} leaves each row with one outcome`, async (test) => {
    const { evalon, createRecruiter, advanceUntilDone } = await startWithTestClock(test);
    evalon.injectFault(kind, fault, { times });
    const recruiter = await createRecruiter();
    const id = await createBatch(recruiter, buildBatchRequest(FAILURE_ROW_COUNT));
    const batch = await (needsClock ? advanceUntilDone(id) : waitForBatch(recruiter, id));
    const expectedStatuses = statuses ?? Array.from({ length: FAILURE_ROW_COUNT }, () => 'invited');
    assert.deepEqual(
      batch.rows.map(({ status }) => status),
      expectedStatuses,
    );
    for (const row of batch.rows) {
      const session = evalon.findSession(row.candidate_email, PROJECT_ID);
      if (row.status === 'failed') assert.equal(row.reason, 'upstream_rejected');
      else assert.equal(row.session_uuid, session?.session_uuid);
    }
    const countCalls = (callKind: RequestKind) => evalon.requests.filter((request) => request.kind === callKind).length;
    assert.deepEqual({ batch: countCalls('batch'), create: countCalls('create') }, expectedCalls);
  });
}

/**
 * Tests two batches. The name completes the phrase "without a batch endpoint …".
 * @param endpointCallCount how often the proxy calls the batch endpoint.
 */
export function testIndividualInvites(
  name: string,
  options: { evalon?: EvalonOptions; settings?: Settings },
  endpointCallCount: number,
): void {
  it(`${name}, the proxy invites candidates individually, and does not try the endpoint again for a while`, async (test) => {
    const { evalon, recruiter } = await startStack(test, options);
    for (const candidateName of ['first', 'second']) {
      const batch = await waitForBatch(
        recruiter,
        await createBatch(recruiter, buildBatchRequest(sampleCandidates(INDIVIDUAL_INVITE_ROW_COUNT, candidateName))),
      );
      assert.deepEqual(countByStatus(batch.rows), { invited: INDIVIDUAL_INVITE_ROW_COUNT });
    }
    const createCount = evalon.requests.filter(({ kind }) => kind === 'create').length;
    assert.deepEqual(
      [createCount, evalon.requests.length - createCount],
      [2 * INDIVIDUAL_INVITE_ROW_COUNT, endpointCallCount],
    );
  });
}
