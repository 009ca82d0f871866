import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { batchListSchema, batchPreviewSchema, batchProgressSchema } from '../../../proxy/contract/batch.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import {
  buildBatchRequest,
  countByStatus,
  createBatch,
  getBatch,
  listRequestedEmails,
  PROJECT_ID,
  sampleCandidates,
  waitForBatch,
  ZERO_COUNTS,
} from '../../support/batches.ts';
import type { TestEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { assertBatchSurvivesKills, assertLargeBatchDoesNotBlock } from '../../support/large-batches.ts';
import { startStack } from '../../support/start-stack.ts';

const BATCHES = '/v1/batches';
/** Several calls of 100 candidates. */
const ROWS = 600;

describe('a batch', () => {
  it('is stored before the response, and every row gets a session, a hundred in each call', async (test) => {
    const { evalon, page } = await startStack(test);
    const { status, body } = await page.post(BATCHES, buildBatchRequest(250));
    assert.equal(status, 202);
    assert.equal(batchProgressSchema.parse(body).total, 250);
    const batch = await waitForBatch(page, body.batch_id);
    assert.deepEqual(batch.counts, { ...ZERO_COUNTS, invited: 250 });
    assert.deepEqual([batch.project_id, batch.assessment_type], [PROJECT_ID, 'marketing']);
    for (const [n, row] of batch.rows.entries()) {
      assert.equal(row.candidate_email, `person-${n}@example.com`);
      assert.equal(row.session_uuid, evalon.findSession(row.candidate_email, PROJECT_ID)?.session_uuid);
      assert.match(row.candidate_url ?? '', /\/take\//);
    }
    assert.deepEqual(sizes(evalon).sort(), [100, 100, 50]);
    const shown = await page.query({ candidate_email: 'PERSON-7@example.com' });
    assert.equal(shown.body.sessions[0].invited_by, 'recruiter-1');
  });

  it('keeps the first row of each candidate, and sends the email as Evalon compares it', async (test) => {
    const { evalon, page } = await startStack(test);
    const twice = [
      { candidate_email: ' Jane@Example.com ', candidate_name: 'Jane Smith' },
      { candidate_email: 'eve@example.com', candidate_name: 'Eve' },
      { candidate_email: 'JANE@example.com', candidate_name: 'J. Smith' },
    ];
    const batch = await waitForBatch(page, await createBatch(page, buildBatchRequest(twice)));
    assert.equal(batch.total, 2);
    assert.deepEqual(
      batch.rows.map(({ candidate_email, candidate_name }) => [candidate_email, candidate_name]),
      [
        ['Jane@Example.com', 'Jane Smith'],
        ['eve@example.com', 'Eve'],
      ],
    );
    assert.ok(evalon.findSession('jane@example.com', PROJECT_ID));
  });

  it('shows existing sessions and type conflicts without a call to Evalon', async (test) => {
    const { evalon, page } = await startStack(test);
    const jane = (await page.invite()).body;
    const eve = (await page.invite({ candidate_email: 'eve@example.com', assessment_type: 'sales' })).body;
    const dead = (await page.invite({ candidate_email: 'dan@example.com' })).body;
    await evalon.sendEvent(dead.session_uuid, 'session.expired');
    await waitFor(async () => (await page.get(`/v1/sessions/${dead.session_uuid}`)).body.status === 'expired');
    evalon.addSession({ ...JANE, candidate_email: 'mia@example.com', assessment_type: 'sales' });
    evalon.clearRequests();
    const names = ['jane', 'eve', 'dan', 'mia', 'new'];
    const rows = names.map((name) => ({ candidate_email: `${name}@example.com`, candidate_name: name }));
    const batch = await waitForBatch(page, await createBatch(page, buildBatchRequest(rows)));
    assert.deepEqual(
      batch.rows.map(({ status }) => status),
      ['existing', 'failed', 'failed', 'failed', 'invited'],
    );
    const [first, second, third, fourth] = batch.rows;
    assert.equal(first?.session_uuid, jane.session_uuid);
    assert.equal(first?.candidate_url, jane.candidate_url);
    assert.equal(second?.session_uuid, eve.session_uuid);
    for (const row of [second, fourth]) assert.match(row?.reason ?? '', /it is “sales”/);
    assert.match(third?.reason ?? '', /ended without a result \(expired\)/);
    for (const row of [second, third, fourth]) assert.equal(row?.candidate_url, undefined);
    assert.deepEqual(evalon.requests.flatMap(listRequestedEmails).sort(), [
      'dan@example.com',
      'mia@example.com',
      'new@example.com',
    ]);
  });

  it('shows that a row has no usable link until a later invite returns one', async (test) => {
    const { evalon, page } = await startStack(test, { settings: { EVALON_BATCH_PATH: 'off' } });
    evalon.injectFault('create', { fault: 'change', fields: { candidate_url: 'http://a.example/take' } }, 1);
    const id = await createBatch(page, buildBatchRequest([JANE]));
    const [row] = (await waitForBatch(page, id)).rows;
    assert.deepEqual([row?.status, row?.reason, row?.candidate_url], ['invited', 'link_missing', undefined]);
    const { body } = await page.invite();
    const [later] = (await getBatch(page, id)).rows;
    assert.deepEqual([later?.reason, later?.candidate_url], [undefined, body.candidate_url]);
  });

  it('applies the statuses of the results, and a new batch may reopen an ended session', async (test) => {
    const { evalon, page } = await startStack(test, { settings: { EVALON_BATCH_PATH: 'off' } });
    evalon.injectFault('create', { fault: 'change', fields: { status: 'canceled' } }, 1);
    const [ended] = (await waitForBatch(page, await createBatch(page, buildBatchRequest([JANE])))).rows;
    assert.equal(ended?.status, 'failed');
    assert.match(ended?.reason ?? '', /ended without a result \(cancelled\)/);
    evalon.injectFault('create', { fault: 'change', fields: { status: 'pending' } }, 1);
    const [reopened] = (await waitForBatch(page, await createBatch(page, buildBatchRequest([JANE])))).rows;
    assert.deepEqual([reopened?.status, reopened?.session_uuid], ['existing', ended?.session_uuid]);
    assert.match(reopened?.candidate_url ?? '', /\/take\//);
  });

  it('stores invalid rows as failed and never sends them to Evalon, not even in a retry', async (test) => {
    const { evalon, page } = await startStack(test);
    const rows = [
      JANE,
      { candidate_email: 'not-an-email', candidate_name: 'Ben Sample' },
      { candidate_email: 'long@example.com', candidate_name: 'x'.repeat(255) },
      { candidate_email: 'spaces@example.com', candidate_name: ' \n ' },
      { candidate_name: 'No Email' },
      null,
      { candidate_email: 'multi@example.com', candidate_name: 'Multi\n\t Line' },
    ];
    const preview = await page.post(BATCHES, buildBatchRequest(rows, { dry_run: true }));
    const batchId = await createBatch(page, buildBatchRequest(rows));
    await waitForBatch(page, batchId);
    const retried = await page.post(`${BATCHES}/${batchId}/retry`, {});
    const batch = await waitForBatch(page, batchId);
    assert.deepEqual(
      batch.rows.map(({ candidate_email, status, reason }) => [candidate_email, status, reason]),
      [
        [JANE.candidate_email, 'invited', undefined],
        ['not-an-email', 'failed', 'invalid_email'],
        ['long@example.com', 'failed', 'invalid_name'],
        ['spaces@example.com', 'failed', 'invalid_name'],
        ['', 'failed', 'invalid_email'],
        ['', 'failed', 'invalid_email'],
        ['multi@example.com', 'invited', undefined],
      ],
    );
    assert.deepEqual(
      preview.body.rows.map(({ status, reason }: { status: string; reason?: string }) => [status, reason]),
      batch.rows.map(({ status, reason }) => [status, reason]),
    );
    assert.equal(batch.rows[2]?.candidate_name.length, 254);
    assert.equal(batch.rows[6]?.candidate_name, 'Multi Line');
    assert.deepEqual(retried.body.counts, { ...ZERO_COUNTS, invited: 2, failed: 5 });
    assert.deepEqual(evalon.requests.flatMap(listRequestedEmails).sort(), [JANE.candidate_email, 'multi@example.com']);
  });

  it('is refused without rows or with too many, and nothing is stored', async (test) => {
    const { evalon, page } = await startStack(test);
    for (const candidates of [[], sampleCandidates(10_001)]) {
      assert.equal((await page.post(BATCHES, buildBatchRequest(candidates))).body.errors[0].path, 'candidates');
    }
    assert.deepEqual((await page.get(BATCHES)).body, { batches: [] });
    assert.equal(evalon.requests.length, 0);
  });

  it('of 1,000 rows does not block other requests', async (test) => {
    const { page } = await startStack(test);
    await assertLargeBatchDoesNotBlock(page, 1_000);
  });

  it('with a body larger than 10,000 rows need is refused, and other routes accept at most 1 MiB', async (test) => {
    const { page } = await startStack(test);
    const name = 'x'.repeat(9_000);
    const rows = sampleCandidates(1_000).map((row) => ({ ...row, candidate_name: name }));
    assert.equal((await page.post(BATCHES, buildBatchRequest(rows))).status, 413);
    assert.equal((await page.post('/v1/sessions', buildBatchRequest(rows.slice(0, 200)))).status, 413);
  });
});

describe('an Idempotency-Key', () => {
  it('returns the same batch for the same request, and a conflict for another one', async (test) => {
    const { evalon, page } = await startStack(test);
    const key = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
    const [first, second] = await Promise.all([
      createBatch(page, buildBatchRequest(3), key),
      createBatch(page, buildBatchRequest(3), key),
    ]);
    assert.equal(second, first);
    await waitForBatch(page, first);
    const again = await page.post(BATCHES, buildBatchRequest(3), key);
    assert.equal(again.status, 202);
    assert.deepEqual(again.body, { batch_id: first, total: 3, counts: { ...ZERO_COUNTS, invited: 3 } });
    for (const other of [
      buildBatchRequest(4),
      buildBatchRequest(3, { assessment_type: 'sales' }),
      buildBatchRequest(3, { project_id: 'proj_two' }),
    ]) {
      const { status, body } = await page.post(BATCHES, other, key);
      assert.deepEqual([status, body.code], [409, 'conflict']);
    }
    assert.equal((await page.get(BATCHES)).body.batches.length, 1);
    assert.equal(evalon.requests.length, 1);
  });

  it('belongs to one recruiter, and without it each request is a new batch', async (test) => {
    const { proxy, page } = await startStack(test);
    const key = { 'idempotency-key': 'k' };
    const other = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
    const elsewhere = await createRecruiterClient(proxy.url, { iss: 'https://other.example.com' });
    const ids = [
      await createBatch(page, buildBatchRequest(1), key),
      await createBatch(other, buildBatchRequest(1), key),
      await createBatch(elsewhere, buildBatchRequest(1), key),
      await createBatch(page, buildBatchRequest(1)),
      await createBatch(page, buildBatchRequest(1)),
    ];
    assert.equal(new Set(ids).size, 5);
  });

  for (const key of ['', 'a b', 'k'.repeat(256), 'é']) {
    it(`that is ${JSON.stringify(key).slice(0, 20)} is refused`, async (test) => {
      const { page } = await startStack(test);
      const { status, body } = await page.post(BATCHES, buildBatchRequest(1), { 'idempotency-key': key });
      assert.deepEqual([status, body.errors[0].path], [400, 'Idempotency-Key']);
    });
  }
});

describe('a dry run', () => {
  it('shows the expected outcome of each row, stores nothing and makes no call', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const jane = (await page.invite()).body;
    const eve = (await page.invite({ candidate_email: 'eve@example.com', assessment_type: 'sales' })).body;
    evalon.clearRequests();
    const rows = ['jane', 'eve', 'new', 'NEW'].map((name) => ({
      candidate_email: `${name}@example.com`,
      candidate_name: name,
    }));
    const { status, body } = await page.post(BATCHES, buildBatchRequest(rows, { dry_run: true }), {
      'idempotency-key': 'k',
    });
    assert.equal(status, 200);
    const preview = batchPreviewSchema.parse(body);
    assert.deepEqual(preview.counts, { ...ZERO_COUNTS, existing: 1, failed: 1, invited: 1 });
    const [first, second, third] = preview.rows;
    assert.deepEqual([first?.status, first?.session_uuid], ['existing', jane.session_uuid]);
    assert.deepEqual([second?.status, second?.session_uuid], ['failed', eve.session_uuid]);
    assert.match(second?.reason ?? '', /“sales”/);
    assert.deepEqual(third, { candidate_email: 'new@example.com', candidate_name: 'new', status: 'invited' });
    assert.equal(evalon.requests.length, 0);
    assert.deepEqual((await page.get(BATCHES)).body, { batches: [] });
    assert.equal(await proxy.context.store.read(({ batches }) => batches.countQueued()), 0);
  });
});

describe('batch permissions', () => {
  it('require the scope and the whole project', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const id = await createBatch(page, buildBatchRequest(2));
    await waitForBatch(page, id);
    const calls = evalon.requests.length;
    const CASES: [object, string, string, number, unknown?][] = [
      [{ scope: 'read' }, 'POST', BATCHES, 403, buildBatchRequest(1)],
      [{ scope: 'read' }, 'POST', BATCHES, 403, buildBatchRequest(1, { dry_run: true })],
      [{ scope: 'read' }, 'POST', `${BATCHES}/${id}/cancel`, 403],
      [{ scope: 'read' }, 'POST', `${BATCHES}/${id}/retry`, 403],
      [{ scope: 'read' }, 'GET', `${BATCHES}/${id}`, 200],
      [{ scope: 'invite' }, 'GET', `${BATCHES}/${id}`, 403],
      [{ projects: ['proj_two'] }, 'POST', BATCHES, 403, buildBatchRequest(1)],
      [{ projects: ['proj_two'] }, 'GET', `${BATCHES}/${id}`, 404],
      [{ projects: ['proj_two'] }, 'POST', `${BATCHES}/${id}/cancel`, 404],
      [{ candidates: ['person-0@example.com'] }, 'POST', BATCHES, 403, buildBatchRequest(1)],
      [{ candidates: ['person-0@example.com'] }, 'GET', BATCHES, 403],
      [{ candidates: ['person-0@example.com'] }, 'GET', `${BATCHES}/${id}`, 403],
      [{ sub: 'recruiter-2' }, 'GET', `${BATCHES}/${id}`, 404],
      [{ iss: 'https://other.example.com' }, 'GET', `${BATCHES}/${id}`, 404],
      [{ sub: 'recruiter-2' }, 'POST', `${BATCHES}/${id}/retry`, 404],
      [{}, 'GET', `${BATCHES}/batch_unknown`, 404],
      [{}, 'GET', `${BATCHES}?after=batch_unknown`, 404],
    ];
    for (const [claims, method, path, status, body] of CASES) {
      const caller = await createRecruiterClient(proxy.url, claims);
      const response = await (method === 'GET' ? caller.get(path) : caller.post(path, body ?? {}));
      assert.equal(response.status, status, `${JSON.stringify(claims)} ${method} ${path}`);
      if (status === 200) assert.doesNotMatch(JSON.stringify(response.body), /candidate_url/);
    }
    for (const claims of [{ projects: ['proj_two'] }, { sub: 'recruiter-2' }]) {
      const caller = await createRecruiterClient(proxy.url, claims);
      assert.deepEqual((await caller.get(BATCHES)).body, { batches: [] });
      assert.equal((await caller.openBatchStream([id])).status, 403);
    }
    assert.equal((await page.openBatchStream([id, 'batch_unknown'])).status, 403);
    assert.equal(evalon.requests.length, calls);
  });

  it('limit the list to the recruiter’s own batches, newest first, in pages', async (test) => {
    const { page } = await startStack(test);
    const ids: string[] = [];
    for (let n = 0; n < 51; n++) ids.unshift(await createBatch(page, buildBatchRequest(1)));
    const first = batchListSchema.parse((await page.get(BATCHES)).body);
    const second = batchListSchema.parse((await page.get(`${BATCHES}?after=${first.next}`)).body);
    assert.deepEqual(
      [...first.batches, ...second.batches].map(({ batch_id }) => batch_id),
      ids,
    );
    assert.deepEqual([first.batches.length, second.next], [50, undefined]);
  });

  it('are audited: the recruiter of each batch, cancellation, retry and invite', async (test) => {
    const { proxy, page } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const id = await createBatch(page, buildBatchRequest(2));
    await waitForBatch(page, id);
    await page.post(`${BATCHES}/${id}/cancel`, {});
    await page.post(`${BATCHES}/${id}/retry`, {});
    const record = await createAdminClient(proxy.url).readAuditLog();
    assert.deepEqual(
      record.map(({ actor, action, detail }) => `${actor} ${action} ${detail}`),
      [
        `recruiter-1 batch_made ${id} rows=2`,
        'recruiter-1 invited created',
        'recruiter-1 invited created',
        `recruiter-1 batch_cancelled ${id} rows=0`,
        `recruiter-1 batch_retried ${id} rows=0`,
      ],
    );
    assert.ok(record.every(({ project_id }) => project_id === PROJECT_ID));
  });
});

describe('cancel and retry', () => {
  it('cancel queued rows, and let a running call finish its rows', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('batch', { fault: 'slow', ms: 1_000 });
    const id = await createBatch(page, buildBatchRequest(ROWS));
    await evalon.waitForRequests(4, 'batch');
    const { status, body } = await page.post(`${BATCHES}/${id}/cancel`, {});
    assert.deepEqual([status, body.counts], [200, { ...ZERO_COUNTS, queued: 400, cancelled: ROWS - 400 }]);
    const batch = await waitForBatch(page, id);
    assert.deepEqual(batch.counts, { ...ZERO_COUNTS, invited: 400, cancelled: ROWS - 400 });
    for (const row of batch.rows) {
      assert.equal(row.status === 'invited', evalon.findSession(row.candidate_email, PROJECT_ID) !== undefined);
    }
    assert.deepEqual((await page.post(`${BATCHES}/${id}/cancel`, {})).body.counts, batch.counts);
    assert.deepEqual((await page.post(`${BATCHES}/${id}/retry`, {})).body.counts, batch.counts);
  });

  it('retry only failed rows', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('batch', { fault: 'batch-results', refuse: { 1: 400, 3: 422 } }, 1);
    const id = await createBatch(page, buildBatchRequest(5));
    const failed = await waitForBatch(page, id);
    assert.deepEqual(
      failed.rows.map(({ status }) => status),
      ['invited', 'failed', 'invited', 'failed', 'invited'],
    );
    assert.match(failed.rows[1]?.reason ?? '', /rejected this invite/);
    evalon.clearRequests();
    const { status, body } = await page.post(`${BATCHES}/${id}/retry`, {});
    assert.deepEqual([status, body.counts.queued], [200, 2]);
    const batch = await waitForBatch(page, id);
    assert.deepEqual(countByStatus(batch.rows), { invited: 5 });
    assert.deepEqual(sizes(evalon), [2]);
    assert.equal(batch.rows[1]?.reason, undefined);
  });
});

describe('a killed proxy', () => {
  it('continues its batches: every row gets one outcome, and no candidate is invited twice', (test) =>
    assertBatchSurvivesKills(test, { rows: 1_000, callsBeforeKills: [2] }));
});

describe('batch frames', () => {
  it('carry progress and each changed row once, a few frames a second, with links only for scope invite', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    evalon.injectFault('batch', { fault: 'slow', ms: 100 });
    const began = Date.now();
    const id = await createBatch(page, buildBatchRequest(ROWS));
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    const [stream, plain] = [
      await page.openBatchStream([id], `${proxy.context.store.epoch}.0`),
      await reader.openBatchStream([id]),
    ];
    const last = await stream.waitForFrame(
      ({ data }) => data.counts?.invited === ROWS && hasAllRows(stream.frames, ROWS),
    );
    await plain.waitForFrame(({ id }) => id === last.id);
    const took = Date.now() - began;
    for (const open of [stream, plain]) open.close();
    assert.ok(
      stream.frames.every(({ event, data }) => event === 'batch' && data.batch_id === id && data.total === ROWS),
    );
    assert.ok(stream.frames.length <= took / 250 + 2, `${stream.frames.length} frames in ${took} ms`);
    const rows = stream.frames.flatMap(({ data }) => data.rows);
    assert.equal(rows.length, ROWS);
    assert.equal(new Set(rows.map(({ candidate_email }) => candidate_email)).size, ROWS);
    assert.ok(rows.every(({ candidate_url }) => candidate_url));
    assert.ok(plain.frames.flatMap(({ data }) => data.rows).every((row) => !('candidate_url' in row)));
  });

  it('resume after the last received frame, apart from those of candidates', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const id = await createBatch(page, buildBatchRequest(1));
    const first = await page.openBatchStream([id], `${proxy.context.store.epoch}.0`);
    const seen = await first.waitForFrame(({ data }) => data.counts?.invited === 1);
    first.close();
    evalon.injectFault('batch', { fault: 'batch-results', refuse: { 0: 400 } }, 1);
    const other = await createBatch(page, buildBatchRequest(sampleCandidates(1, 'second')));
    await waitForBatch(page, other);
    await page.post(`${BATCHES}/${other}/retry`, {});
    await waitForBatch(page, other);
    const second = await page.openBatchStream([id, other], seen.id);
    await second.waitForFrame(({ data }) => data.batch_id === other && data.counts.invited === 1);
    second.close();
    assert.ok(second.frames.every(({ data }) => data.batch_id === other));
    assert.equal(second.frames.at(-1)?.data.rows[0].status, 'invited');
    const sessions = await page.openStream([{ candidate_email: 'second-0@example.com' }], seen.id);
    await sessions.waitForFrame(({ event }) => event === 'session');
    sessions.close();
    assert.ok(sessions.frames.every(({ event }) => event === 'session'));
    assert.equal((await page.post('/v1/events', {})).body.errors[0].path, 'candidates');
  });
});

/** The number of candidates in each call. */
function sizes({ requests }: TestEvalon): number[] {
  return requests.map((request) => listRequestedEmails(request).length);
}

function hasAllRows(frames: readonly { data: { rows?: unknown[] } }[], rows: number): boolean {
  return frames.reduce((sum, { data }) => sum + (data.rows?.length ?? 0), 0) === rows;
}
