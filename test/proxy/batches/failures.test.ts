import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchBatchResults } from '../../../proxy/batches/match-results.ts';
import {
  ALWAYS,
  type BatchFailure,
  FAILURE_ROW_COUNT,
  testBatchFailure,
  testIndividualInvites,
} from '../../support/batch-failures.ts';
import {
  buildBatchRequest,
  createBatch,
  getBatch,
  PROJECT_ID,
  sampleCandidates,
  waitForBatch,
} from '../../support/batches.ts';
import { startStack } from '../../support/start-stack.ts';

const FAILURES: BatchFailure[] = [
  {
    name: 'returns results in another order',
    fault: { fault: 'batch-results', reverse: true },
    expectedCalls: { batch: 1, create: 0 },
  },
  {
    name: 'returns results without emails in another order',
    fault: { fault: 'batch-results', anonymous: true, reverse: true },
    expectedCalls: { batch: 1, create: 6 },
  },
  {
    name: 'returns too few results',
    fault: { fault: 'batch-results', limit: 4 },
    expectedCalls: { batch: 1, create: 2 },
  },
  {
    name: 'rejects some rows, permanently or temporarily',
    fault: { fault: 'batch-results', refuse: { 0: 400, 2: 503, 3: 429, 5: 403 } },
    needsClock: true,
    expectedCalls: { batch: 2, create: 0 },
    statuses: ['failed', 'invited', 'invited', 'invited', 'invited', 'failed'],
  },
  { name: 'rejects the whole call', fault: { fault: 'refuse', status: 400 }, expectedCalls: { batch: 1, create: 6 } },
  { name: 'returns truncated JSON', fault: { fault: 'truncated' }, expectedCalls: { batch: 1, create: 6 } },
  {
    name: 'creates the sessions, but loses the response',
    fault: { fault: 'lost-response' },
    needsClock: true,
    expectedCalls: { batch: 2, create: 0 },
  },
  {
    name: 'rejects the whole call, and single calls too',
    fault: { fault: 'refuse', status: 400 },
    kind: 'any',
    times: ALWAYS,
    expectedCalls: { batch: 1, create: 6 },
    statuses: Array.from({ length: FAILURE_ROW_COUNT }, () => 'failed'),
  },
];

describe('a batch endpoint that', () => {
  for (const failure of FAILURES) testBatchFailure(failure);

  it('returns another candidate’s session does not make the proxy store that session', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const jane = (await recruiter.invite()).body;
    const results = sampleCandidates(2).map(() => ({
      session_uuid: jane.session_uuid,
      candidate_url: jane.candidate_url,
    }));
    evalon.injectFault('batch', { fault: 'response', body: { results } }, { times: 1 });
    const batch = await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(2)));
    // The proxy invited both rows individually.
    for (const row of batch.rows) {
      assert.equal(row.session_uuid, evalon.findSession(row.candidate_email, PROJECT_ID)?.session_uuid);
    }
    const singleResult = [{ session_uuid: jane.session_uuid }];
    evalon.injectFault('batch', { fault: 'response', body: { results: singleResult } }, { times: 1 });
    const [row] = (
      await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(sampleCandidates(1, 'single'))))
    ).rows;
    assert.equal(row?.session_uuid, evalon.findSession('single-0@example.com', PROJECT_ID)?.session_uuid);
  });
});

describe('without a batch endpoint', () => {
  const EXPECTED_ENDPOINT_CALLS = 1;
  testIndividualInvites('because Evalon has none', { evalon: { hasBatchEndpoint: false } }, EXPECTED_ENDPOINT_CALLS);

  it('a short batch does not wait for a long batch', async (test) => {
    const { evalon, recruiter } = await startStack(test, { settings: { EVALON_BATCH_PATH: 'off' } });
    evalon.injectFault('create', { fault: 'slow', ms: 10 });
    const longId = await createBatch(recruiter, buildBatchRequest(sampleCandidates(200, 'long')));
    await evalon.waitForRequests(5);
    const shortId = await createBatch(recruiter, buildBatchRequest(sampleCandidates(5, 'short')));
    await waitForBatch(recruiter, shortId);
    assert.ok((await getBatch(recruiter, longId)).counts.queued > 100);
  });
});

describe('a batch result', () => {
  const [anna, ben, cleo] = ['anna', 'ben', 'cleo'].map((name) => ({
    candidate_key: `${name}@example.com`,
    project_id: PROJECT_ID,
  })) as [Person, Person, Person];
  const buildResult = (uuid: string, fields: object = {}) => ({ session: { session_uuid: uuid }, ...fields }) as never;
  const buildEmailField = ({ candidate_key }: Person) => ({ candidate_email: candidate_key.toUpperCase() });
  /** The candidates of stored sessions: Ben, another person, and Cleo in another project. */
  const candidatesByStoredSession = new Map([
    ['stored-b', ben],
    ['stored-other', { ...ben, candidate_key: 'other@example.com' }],
    ['stored-elsewhere', { ...cleo, project_id: 'proj_two' }],
  ]);
  /** `expectedUuids` are the sessions that Anna, Ben and Cleo get, in this order. */
  const MATCH_CASES: [name: string, results: object[], expectedUuids: (string | undefined)[]][] = [
    [
      'without an email is not matched, although it has the position of a candidate',
      [buildResult('a'), buildResult('b'), buildResult('c')],
      [undefined, undefined, undefined],
    ],
    [
      'without an email is matched by the stored session of the candidate',
      [buildResult('stored-b'), buildResult('stored-other'), buildResult('c')],
      [undefined, 'stored-b', undefined],
    ],
    [
      'with the stored session of another person or project is not matched, whatever its email',
      [
        buildResult('stored-b', buildEmailField(anna)),
        buildResult('stored-other', buildEmailField(ben)),
        buildResult('stored-elsewhere', buildEmailField(cleo)),
      ],
      [undefined, undefined, undefined],
    ],
    [
      'with a masked email is not matched',
      [buildResult('a', { candidate_email: 'a***@example.com' }), buildResult('b', buildEmailField(ben))],
      [undefined, 'b', undefined],
    ],
    [
      'with an email is matched by that email, at any position',
      [
        buildResult('c', buildEmailField(cleo)),
        buildResult('a', buildEmailField(anna)),
        buildResult('b', buildEmailField(ben)),
      ],
      ['a', 'b', 'c'],
    ],
    [
      'for another project or an unknown candidate is not matched',
      [
        buildResult('a', { ...buildEmailField(anna), project_id: 'proj_two' }),
        buildResult('b', { candidate_email: 'x@y' }),
        buildResult('c'),
      ],
      [undefined, undefined, undefined],
    ],
    [
      'that is repeated for a candidate is not matched',
      [
        buildResult('a', buildEmailField(anna)),
        buildResult('b', buildEmailField(anna)),
        buildResult('c', buildEmailField(cleo)),
      ],
      [undefined, undefined, 'c'],
    ],
    [
      'whose session is repeated for another candidate is not matched',
      [
        buildResult('a', buildEmailField(anna)),
        buildResult('a', buildEmailField(ben)),
        buildResult('c', buildEmailField(cleo)),
      ],
      [undefined, undefined, 'c'],
    ],
  ];
  for (const [name, results, expectedUuids] of MATCH_CASES) {
    it(name, () => {
      const matched = matchBatchResults([anna, ben, cleo], results, candidatesByStoredSession);
      assert.deepEqual(
        matched.map((result) => result?.session?.session_uuid),
        expectedUuids,
      );
    });
  }
});

interface Person {
  candidate_key: string;
  project_id: string;
}
