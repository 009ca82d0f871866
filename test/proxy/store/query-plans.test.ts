/**
 * Records the statements of all jobs and routes, and asserts by their query plans that no statement costs more as the
 * database grows. SQLite chooses the same plan for an empty table as for a large one, because the proxy stores no
 * statistics.
 */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { SESSION_SORTS } from '../../../proxy/contract/list.ts';
import { SESSION_STATUSES } from '../../../proxy/contract/status.ts';
import { startPruning } from '../../../proxy/privacy/retention.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { createBatch, getBatch, sampleCandidates, waitForBatch } from '../../support/batches.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const DAY_MS = 24 * 60 * 60_000;
const METRICS_TOKEN = 'the-metrics-token-of-tests';

/** Tables that stay small, and why. */
const SMALL_TABLES: Record<string, string> = {
  meta: 'one row for each kind of value',
  api_keys: 'one row for each key that IT ever configured',
  rate_permits: 'at most the permits of a minute',
  unrecognized_webhooks: 'at most 1,000 rows',
};

/** Statements that sort, and what limits the sorted rows. */
const SORTS: [statement: RegExp, limit: string][] = [
  [/"candidate_key" in \(.*order by "invited_at"/, 'the sessions of the given candidates'],
  [/from "events" where "seq" > \? and "seq" <= \?/, 'a window of the event log'],
  [/from "batch_rows" where "candidate_key" = \?/, 'the rows of one candidate'],
  [/from "raw_answers" where "session_uuid" = \?/, 'the answers of one session'],
  [/from "unrecognized_webhooks"/, 'a small table'],
  [/group by "status"/, 'the rows of one batch'],
  [/group by "priority"/, 'the permits of a minute'],
];

interface RecordedStatement {
  sql: string;
  database: Database.Database;
}

/**
 * Records each statement that a store prepares until the test ends. Statements of the simulated Evalon quote no names,
 * so they are not recorded.
 */
function recordStatements(test: TestContext): Map<string, RecordedStatement> {
  const recorded = new Map<string, RecordedStatement>();
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const isStoreStatement = /^(select|insert|update|delete) .*"/.test(sql) && !/sqlite_master|kysely_/.test(sql);
    if (isStoreStatement) recorded.set(sql, { sql, database: this });
    return prepare.call(this, sql);
  } as typeof prepare;
  test.after(() => {
    Database.prototype.prepare = prepare;
  });
  return recorded;
}

/** Returns the steps of a statement's plan whose cost grows with the database. */
function findGrowingSteps({ sql, database }: RecordedStatement): string[] {
  const plan = database.prepare(`explain query plan ${sql}`).all(...Array(countParameters(sql)).fill(null));
  const steps = plan.map((step) => (step as { detail: string }).detail);
  const isSorted = steps.some((step) => step.includes('TEMP B-TREE'));
  return steps.filter((step) => {
    if (step.includes('TEMP B-TREE')) return !SORTS.some(([statement]) => statement.test(sql));
    const table = /^SCAN (\S+)/.exec(step)?.[1];
    // A step that scans a subquery names no table. The plan also contains the subquery's own steps.
    if (table === undefined || table in SMALL_TABLES || !database.prepare(TABLE_EXISTS).get(table)) return false;
    // Such a scan stops at the limit.
    const isLimited = / limit \?$/.test(sql) && !/ where /.test(sql) && !isSorted;
    return !isLimited;
  });
}

const TABLE_EXISTS = "select 1 from sqlite_master where type = 'table' and name = ?";

function countParameters(sql: string): number {
  return sql.split('?').length - 1;
}

describe('the cost of every statement', () => {
  it('does not grow with the database', async (test) => {
    const recorded = recordStatements(test);
    const { evalon, proxy, recruiter } = await startStack(test, {
      settings: { ADMIN_TOKEN, METRICS_TOKEN, COMPARISON: 'on' },
    });
    const { store, log, scheduleReads, eraseCandidates: erase } = proxy.context;
    const admin = createAdminClient(proxy.url);

    const { session_uuid } = (await recruiter.invite()).body;
    const { cursor } = (await recruiter.query(JANE, { candidate_email: 'bob@example.com' })).body;
    await evalon.completeSession(session_uuid);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    const handover = { kind: 'invite', channel: 'link' };
    for (const headers of [{}, { 'idempotency-key': 'key-1' }])
      await recruiter.post(`/v1/sessions/${session_uuid}/handovers`, handover, headers);
    for (const path of ['', '/timeline', '/scorecard', '/standing'])
      await recruiter.get(`/v1/sessions/${session_uuid}${path}`);
    await listEverything(proxy.url);
    const streams = [
      await recruiter.openStream([JANE, { candidate_email: 'bob@example.com' }], cursor),
      await recruiter.openFilterStream({}, cursor),
      await recruiter.openFilterStream({ mine: true }, cursor),
      await recruiter.openFilterStream({ project_id: JANE.project_id }, cursor),
    ];
    for (const stream of streams) {
      await stream.waitForFrame(({ event }) => event === 'session');
      stream.close();
    }

    const request = { ...JANE, candidates: sampleCandidates(3) };
    const batch = await createBatch(recruiter, request);
    await waitForBatch(recruiter, batch);
    await recruiter.post(`/v1/batches/${batch}/retry`, {});
    await recruiter.post(`/v1/batches/${batch}/cancel`, {});
    await recruiter.post('/v1/batches', { ...request, dry_run: true });
    await getBatch(recruiter, batch);
    await recruiter.get('/v1/batches');

    for (const path of ['/healthz', '/readyz']) await recruiter.get(path);
    await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    await fetch(`${proxy.url}/admin`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    await admin.readAuditLog('bob@example.com');
    await admin.readAuditLog();
    await admin.post('/admin/export', { candidate_email: JANE.candidate_email });
    await scheduleReads('all');
    await proxy.context.receiveWebhook(Buffer.from('{"unknown":"shape"}'), undefined);
    // Statements of jobs that had nothing to do. Their parameters do not change the plans.
    await store.write(async ({ sessions, rawAnswers, candidates }) => {
      await sessions.listOverdue('', 50);
      await sessions.listDueClaims('', undefined, 50);
      await sessions.listDueClaims('', '', 50);
      await sessions.getNextPoll('');
      await sessions.listLaterPolls('', 50);
      await rawAnswers.listOutdated('', 50);
      await candidates.hasMatchingKey('a', () => false);
    });
    const clock = createTestClock({ startMs: Date.now() + 5 * DAY_MS });
    test.after(
      startPruning({ store, clock, log, erase, config: () => ({ retentionDays: 1, auditRetentionDays: 40 }) }),
    );
    await clock.advance(20 * 60_000);
    await waitFor(async () => (await recruiter.query(JANE)).body.sessions.length === 0);

    assert.ok(recorded.size > 100, `${recorded.size} statements`);
    const growing = [...recorded.values()].flatMap((statement) => {
      const steps = findGrowingSteps(statement);
      return steps.length ? [`${steps.join('; ')} in: ${statement.sql}`] : [];
    });
    assert.deepEqual(growing, []);
  });

  it('is found to grow for a statement without an index', (test) => {
    const database = new Database(':memory:');
    test.after(() => database.close());
    database.exec('create table sessions (session_uuid text primary key, status text)');
    const findSteps = (sql: string) => findGrowingSteps({ sql, database });
    assert.equal(findSteps('select "status" from "sessions" where "status" = ?').length, 1);
    assert.equal(findSteps('select count(*) from "sessions"').length, 1);
    assert.equal(findSteps('select "status" from "sessions" order by "status" limit ?').length, 2);
    assert.deepEqual(findSteps('select "status" from "sessions" where "session_uuid" = ?'), []);
  });
});

/** Lists by each filter in each order. */
async function listEverything(url: string): Promise<void> {
  for (const projects of [['*'], [JANE.project_id, 'proj_other']]) {
    const recruiter = await createRecruiterClient(url, { projects });
    for (const filter of [
      {},
      { mine: true },
      { project_id: JANE.project_id },
      { mine: true, project_id: JANE.project_id },
    ]) {
      for (const status of [undefined, 'completed', SESSION_STATUSES.slice(0, 3)]) {
        for (const sort of SESSION_SORTS) {
          for (const narrowing of [{}, { assessment_type: 'marketing' }, { q: 'ja' }]) {
            const narrowed = { ...filter, ...narrowing, ...(status && { status }) };
            assert.equal((await recruiter.list(narrowed, { sort, limit: 1 })).status, 200);
          }
        }
      }
    }
  }
}
