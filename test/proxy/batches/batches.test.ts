import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { batchListSchema, batchPreviewSchema, batchProgressSchema } from '../../../proxy/contract/batch.ts';
import { MAX_NAME_CHARS } from '../../../proxy/contract/candidate.ts';
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
import { assertBatchSurvivesKills } from '../../support/large-batches.ts';
import { startStack } from '../../support/start-stack.ts';
import { usesPostgres } from '../../support/test-database.ts';

const BATCHES = '/v1/batches';
/** Enough rows for several batch calls. */
const ROW_COUNT = 600;
const ROWS_PER_CALL = 100;
const MAX_PARALLEL_CALLS = 4;
const MIN_FRAME_INTERVAL_MS = 250;

describe('a batch', () => {
  it('keeps the order of its rows, and gets sessions in calls of at most a hundred rows', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { status, body } = await recruiter.post(BATCHES, buildBatchRequest(250));
    assert.equal(status, 202);
    assert.equal(batchProgressSchema.parse(body).total, 250);
    const batch = await waitForBatch(recruiter, body.batch_id);
    assert.deepEqual(batch.counts, { ...ZERO_COUNTS, invited: 250 });
    assert.deepEqual([batch.project_id, batch.assessment_type], [PROJECT_ID, 'marketing']);
    for (const [n, row] of batch.rows.entries()) {
      assert.equal(row.candidate_email, `person-${n}@example.com`);
      assert.equal(row.session_uuid, evalon.findSession(row.candidate_email, PROJECT_ID)?.session_uuid);
      assert.match(row.candidate_url ?? '', /\/take\//);
    }
    assert.deepEqual(countCandidatesPerCall(evalon).sort(), [100, 100, 50]);
    const shown = await recruiter.query({ candidate_email: 'PERSON-7@example.com' });
    assert.equal(shown.body.sessions[0].invited_by, 'recruiter-1');
  });

  it('invites the first row of each candidate, marks the others as duplicates, and sends the normalized email', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const rows = [
      { candidate_email: ' Jane@Example.com ', candidate_name: 'Jane Smith' },
      { candidate_email: 'eve@example.com', candidate_name: 'Eve' },
      { candidate_email: 'JANE@example.com', candidate_name: 'J. Smith' },
    ];
    const batch = await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(rows)));
    assert.equal(batch.total, 3);
    assert.deepEqual(
      batch.rows.map(({ candidate_email, candidate_name, status, reason }) => [
        candidate_email,
        candidate_name,
        status,
        reason,
      ]),
      [
        ['Jane@Example.com', 'Jane Smith', 'invited', undefined],
        ['eve@example.com', 'Eve', 'invited', undefined],
        ['JANE@example.com', 'J. Smith', 'failed', 'duplicate'],
      ],
    );
    assert.ok(evalon.findSession('jane@example.com', PROJECT_ID));
  });

  it('does not call Evalon for rows whose outcome follows from the stored sessions', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const jane = (await recruiter.invite()).body;
    const eve = (await recruiter.invite({ candidate_email: 'eve@example.com', assessment_type: 'sales' })).body;
    const expired = (await recruiter.invite({ candidate_email: 'dan@example.com' })).body;
    await evalon.sendEvent(expired.session_uuid, 'session.expired');
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${expired.session_uuid}`)).body.status === 'expired');
    // Only Evalon knows Mia's session.
    evalon.addSession({ ...JANE, candidate_email: 'mia@example.com', assessment_type: 'sales' });
    evalon.clearRequests();
    const names = ['jane', 'eve', 'dan', 'mia', 'new'];
    const rows = names.map((name) => ({ candidate_email: `${name}@example.com`, candidate_name: name }));
    const batch = await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(rows)));
    assert.deepEqual(
      batch.rows.map(({ status }) => status),
      ['existing', 'failed', 'failed', 'failed', 'invited'],
    );
    const [janeRow, eveRow, danRow, miaRow] = batch.rows;
    assert.equal(janeRow?.session_uuid, jane.session_uuid);
    assert.equal(janeRow?.candidate_url, jane.candidate_url);
    assert.equal(eveRow?.session_uuid, eve.session_uuid);
    for (const row of [eveRow, miaRow]) assert.equal(row?.reason, 'type_conflict');
    assert.equal(danRow?.reason, 'upstream_rejected');
    for (const row of [eveRow, danRow, miaRow]) assert.equal(row?.candidate_url, undefined);
    assert.deepEqual(evalon.requests.flatMap(listRequestedEmails).sort(), [
      'dan@example.com',
      'mia@example.com',
      'new@example.com',
    ]);
  });

  it('shows that a row has no usable link until a later invite returns a link', async (test) => {
    const { evalon, recruiter } = await startStack(test, { settings: { EVALON_BATCH_PATH: 'off' } });
    // A link without TLS is not usable.
    evalon.injectFault('create', { fault: 'change', fields: { candidate_url: 'http://a.example/take' } }, { times: 1 });
    const id = await createBatch(recruiter, buildBatchRequest([JANE]));
    const [row] = (await waitForBatch(recruiter, id)).rows;
    assert.deepEqual([row?.status, row?.reason, row?.candidate_url], ['invited', 'link_missing', undefined]);
    const { body } = await recruiter.invite();
    const [later] = (await getBatch(recruiter, id)).rows;
    assert.deepEqual([later?.reason, later?.candidate_url], [undefined, body.candidate_url]);
  });

  it('applies the statuses of the results, and a new batch may reopen an ended session', async (test) => {
    const { evalon, recruiter } = await startStack(test, { settings: { EVALON_BATCH_PATH: 'off' } });
    evalon.injectFault('create', { fault: 'change', fields: { status: 'canceled' } }, { times: 1 });
    const [ended] = (await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest([JANE])))).rows;
    assert.deepEqual([ended?.status, ended?.reason], ['failed', 'upstream_rejected']);
    evalon.injectFault('create', { fault: 'change', fields: { status: 'pending' } }, { times: 1 });
    const [reopened] = (await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest([JANE])))).rows;
    assert.deepEqual([reopened?.status, reopened?.session_uuid], ['existing', ended?.session_uuid]);
    assert.match(reopened?.candidate_url ?? '', /\/take\//);
  });

  it('stores invalid rows as failed and never sends them to Evalon, not even in a retry', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const rows = [
      JANE,
      { candidate_email: 'not-an-email', candidate_name: 'Ben Sample' },
      { candidate_email: 'long@example.com', candidate_name: 'x'.repeat(MAX_NAME_CHARS + 1) },
      { candidate_email: 'spaces@example.com', candidate_name: ' \n ' },
      { candidate_name: 'No Email' },
      null,
      { candidate_email: 'multi@example.com', candidate_name: 'Multi\n\t Line' },
    ];
    const preview = await recruiter.post(BATCHES, buildBatchRequest(rows, { dry_run: true }));
    const batchId = await createBatch(recruiter, buildBatchRequest(rows));
    await waitForBatch(recruiter, batchId);
    const retried = await recruiter.post(`${BATCHES}/${batchId}/retry`, {});
    const batch = await waitForBatch(recruiter, batchId);
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
    // The row shows the beginning of the name that is too long.
    assert.equal(batch.rows[2]?.candidate_name.length, MAX_NAME_CHARS);
    assert.equal(batch.rows[6]?.candidate_name, 'Multi Line');
    assert.deepEqual(retried.body.counts, { ...ZERO_COUNTS, invited: 2, failed: 5 });
    assert.deepEqual(evalon.requests.flatMap(listRequestedEmails).sort(), [JANE.candidate_email, 'multi@example.com']);
  });

  it('is refused without rows or with too many, and nothing is stored', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    for (const candidates of [[], sampleCandidates(10_001)]) {
      assert.equal((await recruiter.post(BATCHES, buildBatchRequest(candidates))).body.errors[0].path, 'candidates');
    }
    assert.deepEqual((await recruiter.get(BATCHES)).body, { batches: [] });
    assert.equal(evalon.requests.length, 0);
  });

  it('with a body far larger than 10,000 rows need is refused, and other routes refuse even 1.8 MB', async (test) => {
    const { recruiter } = await startStack(test);
    const name = 'x'.repeat(9_000);
    const rows = sampleCandidates(1_000).map((row) => ({ ...row, candidate_name: name }));
    // The bodies have 9 MB and 1.8 MB.
    assert.equal((await recruiter.post(BATCHES, buildBatchRequest(rows))).status, 413);
    assert.equal((await recruiter.post('/v1/sessions', buildBatchRequest(rows.slice(0, 200)))).status, 413);
  });
});

describe('an Idempotency-Key', () => {
  it('returns the same batch for the same request, and a conflict for a different request', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const key = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
    const [first, second] = await Promise.all([
      createBatch(recruiter, buildBatchRequest(3), key),
      createBatch(recruiter, buildBatchRequest(3), key),
    ]);
    assert.equal(second, first);
    await waitForBatch(recruiter, first);
    const repeated = await recruiter.post(BATCHES, buildBatchRequest(3), key);
    assert.equal(repeated.status, 202);
    assert.deepEqual(repeated.body, { batch_id: first, total: 3, counts: { ...ZERO_COUNTS, invited: 3 } });
    for (const differentRequest of [
      buildBatchRequest(4),
      buildBatchRequest(3, { assessment_type: 'sales' }),
      buildBatchRequest(3, { project_id: 'proj_two' }),
    ]) {
      const { status, body } = await recruiter.post(BATCHES, differentRequest, key);
      assert.deepEqual([status, body.code], [409, 'conflict']);
    }
    assert.equal((await recruiter.get(BATCHES)).body.batches.length, 1);
    assert.equal(evalon.requests.length, 1);
  });

  it('belongs to one recruiter, and a request without a key always creates a batch', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const key = { 'idempotency-key': 'k' };
    const otherRecruiter = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
    const otherIssuer = await createRecruiterClient(proxy.url, { iss: 'https://other.example.com' });
    const ids = [
      await createBatch(recruiter, buildBatchRequest(1), key),
      await createBatch(otherRecruiter, buildBatchRequest(1), key),
      await createBatch(otherIssuer, buildBatchRequest(1), key),
      await createBatch(recruiter, buildBatchRequest(1)),
      await createBatch(recruiter, buildBatchRequest(1)),
    ];
    assert.equal(new Set(ids).size, 5);
  });

  for (const key of ['', 'a b', 'k'.repeat(256), 'é']) {
    it(`that is ${JSON.stringify(key).slice(0, 20)} is refused`, async (test) => {
      const { recruiter } = await startStack(test);
      const { status, body } = await recruiter.post(BATCHES, buildBatchRequest(1), { 'idempotency-key': key });
      assert.deepEqual([status, body.errors[0].path], [400, 'Idempotency-Key']);
    });
  }
});

describe('a dry run', () => {
  it('shows the expected outcome of each row, stores nothing and makes no call', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const jane = (await recruiter.invite()).body;
    const eve = (await recruiter.invite({ candidate_email: 'eve@example.com', assessment_type: 'sales' })).body;
    evalon.clearRequests();
    const rows = ['jane', 'eve', 'new', 'NEW'].map((name) => ({
      candidate_email: `${name}@example.com`,
      candidate_name: name,
    }));
    const { status, body } = await recruiter.post(BATCHES, buildBatchRequest(rows, { dry_run: true }), {
      'idempotency-key': 'k',
    });
    assert.equal(status, 200);
    const preview = batchPreviewSchema.parse(body);
    assert.deepEqual(preview.counts, { ...ZERO_COUNTS, existing: 1, failed: 2, invited: 1 });
    const [first, second, third] = preview.rows;
    assert.deepEqual([first?.status, first?.session_uuid], ['existing', jane.session_uuid]);
    assert.deepEqual([second?.status, second?.session_uuid], ['failed', eve.session_uuid]);
    assert.equal(second?.reason, 'type_conflict');
    assert.deepEqual(third, { candidate_email: 'new@example.com', candidate_name: 'new', status: 'invited' });
    assert.equal(evalon.requests.length, 0);
    assert.deepEqual((await recruiter.get(BATCHES)).body, { batches: [] });
    assert.equal(await proxy.context.store.read(({ batches }) => batches.countQueued()), 0);
  });
});

describe('batch permissions', () => {
  it('require the scope, the project, the batch’s own recruiter and a token without a list of candidates', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const id = await createBatch(recruiter, buildBatchRequest(2));
    await waitForBatch(recruiter, id);
    const callCount = evalon.requests.length;
    const CASES: [claims: object, method: string, path: string, status: number, body?: unknown][] = [
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
    assert.equal((await recruiter.openBatchStream([id, 'batch_unknown'])).status, 403);
    assert.equal(evalon.requests.length, callCount);
  });

  it('limit the list of batches to the recruiter’s own, newest first, in pages', async (test) => {
    const { recruiter } = await startStack(test);
    const ids: string[] = [];
    for (let n = 0; n < 51; n++) ids.unshift(await createBatch(recruiter, buildBatchRequest(1)));
    const first = batchListSchema.parse((await recruiter.get(BATCHES)).body);
    const second = batchListSchema.parse((await recruiter.get(`${BATCHES}?after=${first.next}`)).body);
    assert.deepEqual(
      [...first.batches, ...second.batches].map(({ batch_id }) => batch_id),
      ids,
    );
    assert.deepEqual([first.batches.length, second.next], [50, undefined]);
  });

  it('list only the batches of a project and an assessment if the recruiter asks for them', async (test) => {
    const { recruiter } = await startStack(test);
    const marketingBatchId = await createBatch(recruiter, buildBatchRequest(1));
    const salesBatchId = await createBatch(recruiter, buildBatchRequest(1, { assessment_type: 'sales' }));
    const otherProjectBatchId = await createBatch(recruiter, buildBatchRequest(1, { project_id: 'proj_two' }));
    const list = async (query: string) =>
      batchListSchema.parse((await recruiter.get(`${BATCHES}?${query}`)).body).batches.map(({ batch_id }) => batch_id);
    assert.deepEqual(await list('project_id=proj_abc123'), [salesBatchId, marketingBatchId]);
    assert.deepEqual(await list('project_id=proj_abc123&assessment_type=sales'), [salesBatchId]);
    assert.deepEqual(await list('assessment_type=marketing'), [otherProjectBatchId, marketingBatchId]);
    assert.deepEqual(await list('project_id=proj_unknown'), []);
  });
});

describe('the audit log of a batch', () => {
  it('names the recruiter of the batch and of each cancellation, retry and invite', async (test) => {
    const { proxy, recruiter } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const id = await createBatch(recruiter, buildBatchRequest(2));
    await waitForBatch(recruiter, id);
    await recruiter.post(`${BATCHES}/${id}/cancel`, {});
    await recruiter.post(`${BATCHES}/${id}/retry`, {});
    const auditLog = await createAdminClient(proxy.url).readAuditLog();
    assert.deepEqual(
      auditLog.map(({ actor, action, detail }) => `${actor} ${action} ${detail}`),
      [
        `recruiter-1 batch_made ${id} rows=2`,
        'recruiter-1 invited created',
        'recruiter-1 invited created',
        `recruiter-1 batch_seen ${id}`,
        `recruiter-1 batch_cancelled ${id} rows=0`,
        `recruiter-1 batch_retried ${id} rows=0`,
      ],
    );
    assert.ok(auditLog.every(({ project_id }) => project_id === PROJECT_ID));
  });
});

describe('cancelling and retrying a batch', () => {
  it('cancels queued rows, and lets a running call finish its rows', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    // Each call takes so long that the worker begins all its parallel calls before the first one ends.
    evalon.injectFault('batch', { fault: 'slow', ms: usesPostgres ? 5_000 : 1_000 });
    const id = await createBatch(recruiter, buildBatchRequest(ROW_COUNT));
    await evalon.waitForRequests(MAX_PARALLEL_CALLS, 'batch');
    const sentCount = MAX_PARALLEL_CALLS * ROWS_PER_CALL;
    const { status, body } = await recruiter.post(`${BATCHES}/${id}/cancel`, {});
    assert.deepEqual(
      [status, body.counts],
      [200, { ...ZERO_COUNTS, queued: sentCount, cancelled: ROW_COUNT - sentCount }],
    );
    const batch = await waitForBatch(recruiter, id);
    assert.deepEqual(batch.counts, { ...ZERO_COUNTS, invited: sentCount, cancelled: ROW_COUNT - sentCount });
    for (const row of batch.rows) {
      assert.equal(row.status === 'invited', evalon.findSession(row.candidate_email, PROJECT_ID) !== undefined);
    }
    assert.deepEqual((await recruiter.post(`${BATCHES}/${id}/cancel`, {})).body.counts, batch.counts);
    assert.deepEqual((await recruiter.post(`${BATCHES}/${id}/retry`, {})).body.counts, batch.counts);
  });

  it('retries only failed rows', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('batch', { fault: 'batch-results', refuse: { 1: 400, 3: 422 } }, { times: 1 });
    const id = await createBatch(recruiter, buildBatchRequest(5));
    const failed = await waitForBatch(recruiter, id);
    assert.deepEqual(
      failed.rows.map(({ status }) => status),
      ['invited', 'failed', 'invited', 'failed', 'invited'],
    );
    assert.equal(failed.rows[1]?.reason, 'upstream_rejected');
    evalon.clearRequests();
    const { status, body } = await recruiter.post(`${BATCHES}/${id}/retry`, {});
    assert.deepEqual([status, body.counts.queued], [200, 2]);
    const batch = await waitForBatch(recruiter, id);
    assert.deepEqual(countByStatus(batch.rows), { invited: 5 });
    assert.deepEqual(countCandidatesPerCall(evalon), [2]);
    assert.equal(batch.rows[1]?.reason, undefined);
  });
});

describe('a killed proxy', () => {
  it('continues its batches after a restart, with one outcome for each row and no second invite', (test) =>
    assertBatchSurvivesKills(test, { rowCount: 400, callsBeforeKills: [2] }));
});

describe('batch frames', () => {
  it('carry the progress and each changed row once, at most four a second, with links only for the invite scope', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    evalon.injectFault('batch', { fault: 'slow', ms: 100 });
    const startedAt = Date.now();
    const id = await createBatch(recruiter, buildBatchRequest(ROW_COUNT));
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    // The first stream begins with a cursor that is older than all changes.
    const [stream, readerStream] = [
      await recruiter.openBatchStream([id], `${proxy.context.store.epoch}.0`),
      await reader.openBatchStream([id]),
    ];
    const last = await stream.waitForFrame(
      ({ data }) => data.counts?.invited === ROW_COUNT && hasAllRows(stream.frames, ROW_COUNT),
    );
    await readerStream.waitForFrame(({ id }) => id === last.id);
    const durationMs = Date.now() - startedAt;
    for (const open of [stream, readerStream]) open.close();
    assert.ok(
      stream.frames.every(({ event, data }) => event === 'batch' && data.batch_id === id && data.total === ROW_COUNT),
    );
    // One more frame may arrive at the start, and one at the end.
    assert.ok(
      stream.frames.length <= durationMs / MIN_FRAME_INTERVAL_MS + 2,
      `${stream.frames.length} frames in ${durationMs} ms`,
    );
    const rows = stream.frames.flatMap(({ data }) => data.rows);
    assert.equal(rows.length, ROW_COUNT);
    assert.equal(new Set(rows.map(({ candidate_email }) => candidate_email)).size, ROW_COUNT);
    assert.ok(rows.every(({ candidate_url }) => candidate_url));
    assert.ok(readerStream.frames.flatMap(({ data }) => data.rows).every((row) => !('candidate_url' in row)));
  });

  it('resume after the last received batch frame, independently of session frames', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const id = await createBatch(recruiter, buildBatchRequest(1));
    const first = await recruiter.openBatchStream([id], `${proxy.context.store.epoch}.0`);
    const lastSeen = await first.waitForFrame(({ data }) => data.counts?.invited === 1);
    first.close();
    evalon.injectFault('batch', { fault: 'batch-results', refuse: { 0: 400 } }, { times: 1 });
    const otherBatchId = await createBatch(recruiter, buildBatchRequest(sampleCandidates(1, 'second')));
    await waitForBatch(recruiter, otherBatchId);
    await recruiter.post(`${BATCHES}/${otherBatchId}/retry`, {});
    await waitForBatch(recruiter, otherBatchId);
    const second = await recruiter.openBatchStream([id, otherBatchId], lastSeen.id);
    await second.waitForFrame(({ data }) => data.batch_id === otherBatchId && data.counts.invited === 1);
    second.close();
    assert.ok(second.frames.every(({ data }) => data.batch_id === otherBatchId));
    assert.equal(second.frames.at(-1)?.data.rows[0].status, 'invited');
    const sessions = await recruiter.openStream([{ candidate_email: 'second-0@example.com' }], lastSeen.id);
    await sessions.waitForFrame(({ event }) => event === 'session');
    sessions.close();
    assert.ok(sessions.frames.every(({ event }) => event === 'session'));
    // A stream must name candidates, a filter or batches.
    assert.equal((await recruiter.post('/v1/events', {})).body.errors[0].path, 'candidates');
  });
});

/** Returns the number of candidates in each call. */
function countCandidatesPerCall({ requests }: TestEvalon): number[] {
  return requests.map((request) => listRequestedEmails(request).length);
}

function hasAllRows(frames: readonly { data: { rows?: unknown[] } }[], rowCount: number): boolean {
  return frames.reduce((sum, { data }) => sum + (data.rows?.length ?? 0), 0) === rowCount;
}
