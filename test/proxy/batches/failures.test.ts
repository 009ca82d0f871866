import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { matchBatchResults } from '../../../proxy/batches/match-results.ts';
import { Unavailable } from '../../../proxy/util/errors.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import {
  BATCH_TIMEOUT_MS,
  buildBatchRequest,
  countByStatus,
  createBatch,
  getBatch,
  listRequestedEmails,
  PROJECT_ID,
  sampleCandidates,
  waitForBatch,
} from '../../support/batches.ts';
import type { EvalonOptions, Fault, RequestKind } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import type { Settings } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { usesPostgres } from '../../support/test-database.ts';

const ROW_COUNT = 6;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

interface Case {
  name: string;
  fault: Fault;
  /** How many calls fail. Default: one. */
  times?: number;
  kind?: RequestKind | 'any';
  /** Whether the clock must advance until all rows have an outcome. */
  needsClock?: true;
  /** Expected number of batch calls and of single calls. */
  calls: [batch: number, create: number];
  /** Expected statuses in row order. Default: all are invited. */
  statuses?: string[];
}

const ALWAYS = Number.POSITIVE_INFINITY;

const CASES: Case[] = [
  { name: 'returns results in another order', fault: { fault: 'batch-results', reverse: true }, calls: [1, 0] },
  { name: 'returns results without emails', fault: { fault: 'batch-results', anonymous: true }, calls: [1, 6] },
  {
    name: 'returns results without emails in another order',
    fault: { fault: 'batch-results', anonymous: true, reverse: true },
    calls: [1, 6],
  },
  { name: 'returns too few results', fault: { fault: 'batch-results', limit: 4 }, calls: [1, 2] },
  {
    name: 'returns too few results without emails',
    fault: { fault: 'batch-results', limit: 4, anonymous: true },
    calls: [1, 6],
  },
  {
    name: 'rejects some rows, permanently or temporarily',
    fault: { fault: 'batch-results', refuse: { 0: 400, 2: 503, 3: 429, 5: 403 } },
    needsClock: true,
    calls: [2, 0],
    statuses: ['failed', 'invited', 'invited', 'invited', 'invited', 'failed'],
  },
  {
    name: 'rejects some rows without naming them',
    fault: { fault: 'batch-results', anonymous: true, refuse: { 0: 400, 2: 503 } },
    calls: [1, 6],
  },
  { name: 'rejects the whole call', fault: { fault: 'refuse', status: 400 }, calls: [1, 6] },
  { name: 'rejects the call as too large', fault: { fault: 'refuse', status: 413 }, calls: [1, 6] },
  { name: 'does not exist', fault: { fault: 'refuse', status: 404 }, calls: [1, 6] },
  { name: 'does not accept POST', fault: { fault: 'refuse', status: 405 }, calls: [1, 6] },
  { name: 'returns an invalid body', fault: { fault: 'response', body: { results: 'many' } }, calls: [1, 6] },
  { name: 'returns invalid results', fault: { fault: 'response', body: { results: [1, null, {}] } }, calls: [1, 6] },
  { name: 'returns a bare array', fault: { fault: 'response', body: [] }, calls: [1, 6] },
  { name: 'returns truncated JSON', fault: { fault: 'truncated' }, calls: [1, 6] },
  { name: 'redirects', fault: { fault: 'redirect' }, calls: [1, 6] },
  { name: 'returns too many bytes', fault: { fault: 'huge', bytes: 3 * 1024 * 1024 }, calls: [1, 6] },
  { name: 'returns HTML with 200', fault: { fault: 'html', status: 200 }, calls: [1, 6] },
  { name: 'fails with 502', fault: { fault: 'html', status: 502 }, needsClock: true, calls: [2, 0] },
  { name: 'resets the connection', fault: { fault: 'reset' }, needsClock: true, calls: [2, 0] },
  {
    name: 'creates the sessions, but loses the response',
    fault: { fault: 'lost-response' },
    needsClock: true,
    calls: [2, 0],
  },
  { name: 'never responds', fault: { fault: 'hang' }, needsClock: true, calls: [2, 0] },
  { name: 'rejects the key once', fault: { fault: 'refuse', status: 401 }, needsClock: true, calls: [2, 0] },
  {
    name: 'always fails with 502, while single calls work',
    fault: { fault: 'html' },
    times: ALWAYS,
    needsClock: true,
    calls: [3, 6],
  },
  {
    name: 'rejects the whole call, and single calls too',
    fault: { fault: 'refuse', status: 400 },
    kind: 'any',
    times: ALWAYS,
    calls: [1, 6],
    statuses: Array.from({ length: ROW_COUNT }, () => 'failed'),
  },
];

/** Starts a proxy with a fake clock, and creates recruiters whose tokens are valid at the clock's time. */
async function startWithTestClock(test: TestContext, settings: Settings = {}) {
  const clock = createTestClock();
  const { evalon, proxy } = await startStack(test, { clock, settings });
  const recruiterNow = () => {
    const iat = clock.now() / 1_000;
    return createRecruiterClient(proxy.url, { iat, exp: iat + 900 });
  };
  /** Advances the clock until no row is queued. */
  const advanceUntilDone = (id: string, step = SECOND_MS) =>
    waitFor(
      async () => {
        await clock.advance(step);
        const batch = await getBatch(await recruiterNow(), id);
        return batch.counts.queued === 0 && batch;
      },
      { timeoutMs: BATCH_TIMEOUT_MS, intervalMs: 5 },
    );
  return { clock, evalon, proxy, recruiterNow, advanceUntilDone };
}

describe('a batch endpoint that', () => {
  for (const { name, fault, times = 1, kind = 'batch', needsClock, calls, statuses } of CASES) {
    it(`${name} leaves each row with one outcome`, async (test) => {
      const { evalon, recruiterNow, advanceUntilDone } = await startWithTestClock(test);
      evalon.injectFault(kind, fault, times);
      const recruiter = await recruiterNow();
      const id = await createBatch(recruiter, buildBatchRequest(ROW_COUNT));
      const batch = await (needsClock ? advanceUntilDone(id) : waitForBatch(recruiter, id));
      const expectedStatuses = statuses ?? Array.from({ length: ROW_COUNT }, () => 'invited');
      assert.deepEqual(
        batch.rows.map(({ status }) => status),
        expectedStatuses,
      );
      for (const row of batch.rows) {
        const session = evalon.findSession(row.candidate_email, PROJECT_ID);
        if (row.status === 'failed') assert.equal(row.reason, 'upstream_rejected');
        else assert.equal(row.session_uuid, session?.session_uuid);
      }
      const countCalls = (callKind: RequestKind) =>
        evalon.requests.filter((request) => request.kind === callKind).length;
      assert.deepEqual([countCalls('batch'), countCalls('create')], calls);
    });
  }

  it('returns 429 gets no call until the time in Retry-After, and no row fails', {
    skip: usesPostgres && 'on PostgreSQL, the first 429 often arrives before the next call starts',
  }, async (test) => {
    const { clock, evalon, recruiterNow, advanceUntilDone } = await startWithTestClock(test);
    evalon.injectFault('batch', { fault: 'refuse', status: 429, retryAfter: '40' }, 10);
    const id = await createBatch(await recruiterNow(), buildBatchRequest(300));
    await evalon.waitForRequests(3);
    await clock.advance(0);
    const callCount = evalon.requests.length;
    assert.ok(callCount <= 4, `${callCount} calls`);
    await clock.advance(39 * SECOND_MS);
    assert.equal(evalon.requests.length, callCount);
    assert.deepEqual(countByStatus((await advanceUntilDone(id, MINUTE_MS)).rows), { invited: 300 });
    assert.equal(evalon.requests.filter(({ kind }) => kind === 'batch').length, 13);
  });

  it('returns results without candidates twice is not called for an hour', async (test) => {
    const { clock, evalon, recruiterNow } = await startWithTestClock(test);
    evalon.setDialect('reordered');
    const invite = async (name: string) => {
      const id = await createBatch(await recruiterNow(), buildBatchRequest(sampleCandidates(3, name)));
      const batch = await waitForBatch(await recruiterNow(), id);
      for (const row of batch.rows) {
        const session = evalon.findSession(row.candidate_email, PROJECT_ID);
        assert.deepEqual([row.status, row.session_uuid], ['invited', session?.session_uuid]);
        assert.ok(row.candidate_url?.endsWith(session?.link_token ?? '?'));
      }
      return evalon.requests.filter(({ kind }) => kind === 'batch').length;
    };
    assert.deepEqual([await invite('first'), await invite('second'), await invite('third')], [1, 2, 2]);
    await clock.advance(60 * MINUTE_MS);
    assert.equal(await invite('fourth'), 3);
  });

  it('always fails leaves each row failed with a reason after ten attempts, until a later retry works', async (test) => {
    const { evalon, recruiterNow, advanceUntilDone } = await startWithTestClock(test);
    evalon.injectFault('any', { fault: 'html', status: 500 });
    const id = await createBatch(await recruiterNow(), buildBatchRequest(2));
    const failed = await advanceUntilDone(id, MINUTE_MS);
    assert.deepEqual(countByStatus(failed.rows), { failed: 2 });
    for (const { candidate_email, reason } of failed.rows) {
      assert.equal(reason, 'upstream_unavailable');
      assert.equal(
        evalon.requests.filter((request) => listRequestedEmails(request).includes(candidate_email)).length,
        10,
      );
    }
    evalon.clearFaults();
    await (await recruiterNow()).post(`/v1/batches/${id}/retry`, {});
    assert.deepEqual(countByStatus((await advanceUntilDone(id)).rows), { invited: 2 });
  });

  it('returns another candidate’s session does not make the proxy store that session', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const jane = (await recruiter.invite()).body;
    const results = sampleCandidates(2).map(() => ({
      session_uuid: jane.session_uuid,
      candidate_url: jane.candidate_url,
    }));
    evalon.injectFault('batch', { fault: 'response', body: { results } }, 1);
    const batch = await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(2)));
    for (const row of batch.rows) {
      assert.equal(row.session_uuid, evalon.findSession(row.candidate_email, PROJECT_ID)?.session_uuid);
    }
    const singleResult = [{ session_uuid: jane.session_uuid }];
    evalon.injectFault('batch', { fault: 'response', body: { results: singleResult } }, 1);
    const [row] = (
      await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(sampleCandidates(1, 'single'))))
    ).rows;
    assert.equal(row?.session_uuid, evalon.findSession('single-0@example.com', PROJECT_ID)?.session_uuid);
  });
});

describe('without a batch endpoint', () => {
  const STACKS: [string, { evalon?: EvalonOptions; settings?: Record<string, string> }, number][] = [
    ['because it is switched off', { settings: { EVALON_BATCH_PATH: 'off' } }, 0],
    ['because Evalon has none', { evalon: { hasBatchEndpoint: false } }, 1],
    ['at the configured path', { settings: { EVALON_BATCH_PATH: '/api/v2/bulk/' } }, 1],
  ];
  for (const [what, options, endpointCalls] of STACKS) {
    it(`${what}, the proxy invites candidates individually, and does not try the endpoint again for a while`, async (test) => {
      const { evalon, recruiter } = await startStack(test, options);
      for (const name of ['first', 'second']) {
        const batch = await waitForBatch(
          recruiter,
          await createBatch(recruiter, buildBatchRequest(sampleCandidates(20, name))),
        );
        assert.deepEqual(countByStatus(batch.rows), { invited: 20 });
      }
      const single = evalon.requests.filter(({ kind }) => kind === 'create').length;
      assert.deepEqual([single, evalon.requests.length - single], [40, endpointCalls]);
    });
  }

  it('a row is invited in the end, however often its result cannot be stored', async (test) => {
    const { evalon, proxy, recruiterNow, advanceUntilDone } = await startWithTestClock(test, {
      EVALON_BATCH_PATH: 'off',
    });
    const { store } = proxy.context;
    const { write } = store;
    let [calls, failures] = [0, 0];
    // The first write after each response fails.
    store.write = async (change) => {
      if (evalon.requests.length === calls || failures === 12) return write(change);
      calls = evalon.requests.length;
      failures += 1;
      throw new Unavailable('the database is locked');
    };
    const id = await createBatch(await recruiterNow(), buildBatchRequest(1));
    const [row] = (await advanceUntilDone(id, 10 * SECOND_MS)).rows;
    assert.deepEqual([row?.status, failures], ['invited', 12]);
    assert.equal(row?.session_uuid, evalon.findSession(row?.candidate_email ?? '', PROJECT_ID)?.session_uuid);
  });

  it('the proxy tries the endpoint again after an hour', async (test) => {
    const { clock, evalon, recruiterNow } = await startWithTestClock(test);
    evalon.injectFault('batch', { fault: 'refuse', status: 404 }, 1);
    const invite = async (name: string) => {
      const recruiter = await recruiterNow();
      const batch = await waitForBatch(
        recruiter,
        await createBatch(recruiter, buildBatchRequest(sampleCandidates(3, name))),
      );
      assert.deepEqual(countByStatus(batch.rows), { invited: 3 });
      return evalon.requests.filter(({ kind }) => kind === 'batch').length;
    };
    assert.deepEqual([await invite('first'), await invite('second')], [1, 1]);
    await clock.advance(60 * MINUTE_MS);
    assert.equal(await invite('third'), 2);
  });

  it('a short batch does not wait for a long batch', async (test) => {
    const { evalon, recruiter } = await startStack(test, { settings: { EVALON_BATCH_PATH: 'off' } });
    evalon.injectFault('create', { fault: 'slow', ms: 10 });
    const long = await createBatch(recruiter, buildBatchRequest(sampleCandidates(200, 'long')));
    await evalon.waitForRequests(5);
    const short = await createBatch(recruiter, buildBatchRequest(sampleCandidates(5, 'short')));
    await waitForBatch(recruiter, short);
    assert.ok((await getBatch(recruiter, long)).counts.queued > 100);
  });
});

describe('a batch result', () => {
  const [anna, ben, cleo] = ['anna', 'ben', 'cleo'].map((name) => ({
    candidate_key: `${name}@example.com`,
    project_id: PROJECT_ID,
  })) as [Person, Person, Person];
  const session = (uuid: string, about: object = {}) => ({ session: { session_uuid: uuid }, ...about }) as never;
  const named = ({ candidate_key }: Person) => ({ candidate_email: candidate_key.toUpperCase() });
  const MATCH_CASES: [string, object[], (string | undefined)[]][] = [
    [
      'without an email is not matched, although it has the position of a candidate',
      [session('a'), session('b'), session('c')],
      [undefined, undefined, undefined],
    ],
    [
      'without an email is matched by the stored session of the candidate',
      [session('stored-b'), session('stored-other'), session('c')],
      [undefined, 'stored-b', undefined],
    ],
    [
      'with the stored session of another person or project is not matched, whatever its email',
      [session('stored-b', named(anna)), session('stored-other', named(ben)), session('stored-elsewhere', named(cleo))],
      [undefined, undefined, undefined],
    ],
    [
      'with a masked email is not matched',
      [session('a', { candidate_email: 'a***@example.com' }), session('b', named(ben))],
      [undefined, 'b', undefined],
    ],
    [
      'with an email is matched by that email, at any position',
      [session('c', named(cleo)), session('a', named(anna)), session('b', named(ben))],
      ['a', 'b', 'c'],
    ],
    [
      'for another project or an unknown candidate is not matched',
      [
        session('a', { ...named(anna), project_id: 'proj_two' }),
        session('b', { candidate_email: 'x@y' }),
        session('c'),
      ],
      [undefined, undefined, undefined],
    ],
    [
      'that is repeated for a candidate is not matched',
      [session('a', named(anna)), session('b', named(anna)), session('c', named(cleo))],
      [undefined, undefined, 'c'],
    ],
    [
      'whose session is repeated for another candidate is not matched',
      [session('a', named(anna)), session('a', named(ben)), session('c', named(cleo))],
      [undefined, undefined, 'c'],
    ],
  ];
  const stored = new Map([
    ['stored-b', ben],
    ['stored-other', { ...ben, candidate_key: 'other@example.com' }],
    ['stored-elsewhere', { ...cleo, project_id: 'proj_two' }],
  ]);
  for (const [name, items, expected] of MATCH_CASES) {
    it(name, () => {
      const matched = matchBatchResults([anna, ben, cleo], items, stored);
      assert.deepEqual(
        matched.map((item) => item?.session?.session_uuid),
        expected,
      );
    });
  }
});

interface Person {
  candidate_key: string;
  project_id: string;
}
