import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Unavailable } from '../../../proxy/util/errors.ts';
import {
  ALWAYS,
  type BatchFailure,
  startWithTestClock,
  testBatchFailure,
  testIndividualInvites,
} from '../../support/batch-failures.ts';
import {
  buildBatchRequest,
  countByStatus,
  createBatch,
  listRequestedEmails,
  PROJECT_ID,
  sampleCandidates,
  waitForBatch,
} from '../../support/batches.ts';
import { usesPostgres } from '../../support/test-database.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** The attempts to invite a row before the row fails. */
const MAX_ATTEMPTS = 10;

/** Each batch has six rows. `batch` counts calls for many rows, and `create` counts calls for one row. */
const FAILURES: BatchFailure[] = [
  {
    name: 'returns results without emails',
    fault: { fault: 'batch-results', anonymous: true },
    expectedCalls: { batch: 1, create: 6 },
  },
  {
    name: 'returns too few results without emails',
    fault: { fault: 'batch-results', limit: 4, anonymous: true },
    expectedCalls: { batch: 1, create: 6 },
  },
  {
    name: 'rejects some rows without naming them',
    fault: { fault: 'batch-results', anonymous: true, refuse: { 0: 400, 2: 503 } },
    expectedCalls: { batch: 1, create: 6 },
  },
  {
    name: 'rejects the call as too large',
    fault: { fault: 'refuse', status: 413 },
    expectedCalls: { batch: 1, create: 6 },
  },
  { name: 'does not exist', fault: { fault: 'refuse', status: 404 }, expectedCalls: { batch: 1, create: 6 } },
  { name: 'does not accept POST', fault: { fault: 'refuse', status: 405 }, expectedCalls: { batch: 1, create: 6 } },
  {
    name: 'returns an invalid body',
    fault: { fault: 'response', body: { results: 'many' } },
    expectedCalls: { batch: 1, create: 6 },
  },
  {
    name: 'returns invalid results',
    fault: { fault: 'response', body: { results: [1, null, {}] } },
    expectedCalls: { batch: 1, create: 6 },
  },
  { name: 'returns a bare array', fault: { fault: 'response', body: [] }, expectedCalls: { batch: 1, create: 6 } },
  { name: 'redirects', fault: { fault: 'redirect' }, expectedCalls: { batch: 1, create: 6 } },
  {
    name: 'returns too many bytes',
    fault: { fault: 'huge', bytes: 3 * 1024 * 1024 },
    expectedCalls: { batch: 1, create: 6 },
  },
  { name: 'returns HTML with 200', fault: { fault: 'html', status: 200 }, expectedCalls: { batch: 1, create: 6 } },
  {
    name: 'fails with 502',
    fault: { fault: 'html', status: 502 },
    needsClock: true,
    expectedCalls: { batch: 2, create: 0 },
  },
  {
    name: 'resets the connection',
    fault: { fault: 'reset' },
    needsClock: true,
    expectedCalls: { batch: 2, create: 0 },
  },
  { name: 'never responds', fault: { fault: 'hang' }, needsClock: true, expectedCalls: { batch: 2, create: 0 } },
  {
    name: 'rejects the key once',
    fault: { fault: 'refuse', status: 401 },
    needsClock: true,
    expectedCalls: { batch: 2, create: 0 },
  },
  {
    name: 'always fails with 502, while single calls work',
    fault: { fault: 'html', status: 502 },
    times: ALWAYS,
    needsClock: true,
    expectedCalls: { batch: 3, create: 6 },
  },
];

describe('a batch endpoint that', () => {
  for (const failure of FAILURES) testBatchFailure(failure);

  it('returns 429 gets no call until the time in Retry-After, and no row fails', {
    skip:
      usesPostgres &&
      'on PostgreSQL, the proxy often receives the first 429 before it has sent all three calls of this batch',
  }, async (test) => {
    const { clock, evalon, createRecruiter, advanceUntilDone } = await startWithTestClock(test);
    evalon.injectFault('batch', { fault: 'refuse', status: 429, retryAfter: '40' }, { times: 10 });
    const id = await createBatch(await createRecruiter(), buildBatchRequest(300));
    await evalon.waitForRequests(3);
    await clock.advance(0);
    const callCount = evalon.requests.length;
    // The proxy makes at most four calls at the same time.
    assert.ok(callCount <= 4, `${callCount} calls`);
    await clock.advance(39 * SECOND_MS);
    assert.equal(evalon.requests.length, callCount);
    assert.deepEqual(countByStatus((await advanceUntilDone(id, { stepMs: MINUTE_MS })).rows), { invited: 300 });
    // Ten calls that returned 429, and three that each invited 100 candidates.
    assert.equal(evalon.requests.filter(({ kind }) => kind === 'batch').length, 10 + 3);
  });

  it('twice returns results without emails is then not called for an hour', async (test) => {
    const { clock, evalon, createRecruiter } = await startWithTestClock(test);
    // This dialect's batch results have no emails.
    evalon.setDialect('reordered');
    const inviteAndCountAllBatchCalls = async (name: string) => {
      const id = await createBatch(await createRecruiter(), buildBatchRequest(sampleCandidates(3, name)));
      const batch = await waitForBatch(await createRecruiter(), id);
      for (const row of batch.rows) {
        const session = evalon.findSession(row.candidate_email, PROJECT_ID);
        assert.deepEqual([row.status, row.session_uuid], ['invited', session?.session_uuid]);
        assert.ok(row.candidate_url?.endsWith(session?.link_token ?? '?'));
      }
      return evalon.requests.filter(({ kind }) => kind === 'batch').length;
    };
    assert.deepEqual(
      [
        await inviteAndCountAllBatchCalls('first'),
        await inviteAndCountAllBatchCalls('second'),
        await inviteAndCountAllBatchCalls('third'),
      ],
      [1, 2, 2],
    );
    await clock.advance(60 * MINUTE_MS);
    assert.equal(await inviteAndCountAllBatchCalls('fourth'), 3);
  });

  it('always fails, as single calls do: after ten attempts each row fails with a reason, and a later retry works', async (test) => {
    const { evalon, createRecruiter, advanceUntilDone } = await startWithTestClock(test);
    evalon.injectFault('any', { fault: 'html', status: 500 });
    const id = await createBatch(await createRecruiter(), buildBatchRequest(2));
    const failed = await advanceUntilDone(id, { stepMs: MINUTE_MS });
    assert.deepEqual(countByStatus(failed.rows), { failed: 2 });
    for (const { candidate_email, reason } of failed.rows) {
      assert.equal(reason, 'upstream_unavailable');
      assert.equal(
        evalon.requests.filter((request) => listRequestedEmails(request).includes(candidate_email)).length,
        MAX_ATTEMPTS,
      );
    }
    evalon.clearFaults();
    await (await createRecruiter()).post(`/v1/batches/${id}/retry`, {});
    assert.deepEqual(countByStatus((await advanceUntilDone(id)).rows), { invited: 2 });
  });
});

describe('without a batch endpoint', () => {
  // The last argument is how often the proxy calls the batch endpoint.
  testIndividualInvites('because it is switched off', { settings: { EVALON_BATCH_PATH: 'off' } }, 0);
  testIndividualInvites('at the configured path', { settings: { EVALON_BATCH_PATH: '/api/v2/bulk/' } }, 1);

  it('a row is invited, even if the proxy fails twelve times to store the result', async (test) => {
    const { evalon, proxy, createRecruiter, advanceUntilDone } = await startWithTestClock(test, {
      EVALON_BATCH_PATH: 'off',
    });
    const { store } = proxy.context;
    const { write } = store;
    const failingWrites = 12;
    let [callCountAtLastFailure, failures] = [0, 0];
    // The first write after each call to Evalon fails.
    store.write = async (change) => {
      if (evalon.requests.length === callCountAtLastFailure || failures === failingWrites) return write(change);
      callCountAtLastFailure = evalon.requests.length;
      failures += 1;
      throw new Unavailable('the database is locked');
    };
    const id = await createBatch(await createRecruiter(), buildBatchRequest(1));
    const [row] = (await advanceUntilDone(id, { stepMs: 10 * SECOND_MS })).rows;
    assert.deepEqual([row?.status, failures], ['invited', failingWrites]);
    assert.equal(row?.session_uuid, evalon.findSession(row?.candidate_email ?? '', PROJECT_ID)?.session_uuid);
  });

  it('the proxy tries the endpoint again after an hour', async (test) => {
    const { clock, evalon, createRecruiter } = await startWithTestClock(test);
    evalon.injectFault('batch', { fault: 'refuse', status: 404 }, { times: 1 });
    const inviteAndCountAllBatchCalls = async (name: string) => {
      const recruiter = await createRecruiter();
      const batch = await waitForBatch(
        recruiter,
        await createBatch(recruiter, buildBatchRequest(sampleCandidates(3, name))),
      );
      assert.deepEqual(countByStatus(batch.rows), { invited: 3 });
      return evalon.requests.filter(({ kind }) => kind === 'batch').length;
    };
    assert.deepEqual([await inviteAndCountAllBatchCalls('first'), await inviteAndCountAllBatchCalls('second')], [1, 1]);
    await clock.advance(60 * MINUTE_MS);
    assert.equal(await inviteAndCountAllBatchCalls('third'), 2);
  });
});
