import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { RETENTION_ACTOR } from '../../../proxy/audit/audit-log.ts';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import type { Batch } from '../../../proxy/contract/batch.ts';
import { startPruning } from '../../../proxy/privacy/retention.ts';
import type { SessionRow } from '../../../proxy/store/schema.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { createBatch, getBatch, sampleCandidates, waitForBatch } from '../../support/batches.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { buildProxySettings, createTempFolder, startProxyProcess, webhookUrl } from '../../support/proxy.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { buildSessionRow } from '../../support/session.ts';
import { startStack } from '../../support/start-stack.ts';
import { SQLITE_ONLY } from '../../support/test-database.ts';

const ERASE = '/admin/erase';
const LEAVER = {
  ...JANE,
  candidate_email: 'Ximena.Leaver@Example.com',
  candidate_name: 'Ximena Leaver',
  application_id: 'application-of-the-leaver',
};
/** The start of each result's narrative. */
const NARRATIVE = 'A narrative of one result.';
/** Identifies the leaver in requests. */
const LEAVER_REQUEST = { candidate_email: LEAVER.candidate_email };

async function startStackWithAdmin(test: TestContext) {
  const stack = await startStack(test, { settings: { ADMIN_TOKEN, ASSESSMENTS: undefined } });
  return { ...stack, admin: createAdminClient(stack.proxy.url) };
}

const CANDIDATE_COUNT = 500;
const DAY_MS = 24 * 60 * 60_000;
const PRUNE_INTERVAL_MS = 10 * 60_000;

function listRowsOfOthers(batches: readonly Batch[], id: string) {
  const batch = batches.find(({ batch_id }) => batch_id === id);
  return batch?.rows.filter(({ candidate_email }) => candidate_email !== LEAVER.candidate_email);
}

/** Reads all files of a folder. */
function readFiles(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');
}

describe('after an erasure', () => {
  it('no byte of the candidate is in the database, the log or any response, and all other candidates remain', async (test) => {
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    const settings = buildProxySettings(evalon, {
      DATABASE_URL: `file:${folder}/evalon.db`,
      LOG_LEVEL: 'trace',
      ADMIN_TOKEN,
      ASSESSMENTS: undefined,
    });
    const proxy = await startProxyProcess(settings);
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
      remove();
    });
    evalon.webhookUrl = webhookUrl(proxy.url);
    const recruiter = await createRecruiterClient(proxy.url);
    const admin = createAdminClient(proxy.url);

    const batches: Batch[] = [];
    const otherUuids: string[] = [];
    /** For each invite, the session's id and then the token of its link. */
    const leaverIds: string[] = [];
    for (let n = 0; n < 24; n++) {
      const { body } = await recruiter.invite({
        candidate_email: `other-${n}@example.com`,
        candidate_name: `Other ${n}`,
      });
      otherUuids.push(body.session_uuid);
      // The leaver is invited to proj_7, proj_15 and proj_23.
      if (n % 8 !== 7) continue;
      const invited = (await recruiter.invite({ ...LEAVER, project_id: `proj_${n}` })).body;
      leaverIds.push(invited.session_uuid, invited.candidate_url.split('/').at(-1));
    }
    const leaverUuids = leaverIds.filter((_, index) => index % 2 === 0);
    for (const uuid of [...leaverUuids, ...otherUuids.slice(0, 8)]) {
      for (const event of ['session.opened', 'session.started', 'session.odd']) await evalon.sendEvent(uuid, event);
      await evalon.completeSession(uuid, { scorecard: { narrative_summary: `${NARRATIVE} ${'x'.repeat(9_000)}` } });
    }
    for (const uuid of leaverUuids) {
      await waitFor(async () => (await recruiter.get(`/v1/sessions/${uuid}`)).body.status === 'completed');
      await recruiter.get(`/v1/sessions/${uuid}/scorecard`);
    }
    // In proj_7, the leaver already has a session.
    for (const project_id of ['proj_7', 'proj_batch']) {
      const candidates = [...sampleCandidates(20), LEAVER, ...sampleCandidates(20, 'third')];
      batches.push(await waitForBatch(recruiter, await createBatch(recruiter, { ...JANE, project_id, candidates })));
    }
    const batchSessionUuid =
      batches[1]?.rows.find(({ candidate_email }) => candidate_email === LEAVER.candidate_email)?.session_uuid ??
      'missing';
    leaverUuids.push(batchSessionUuid);
    leaverIds.push(batchSessionUuid);
    const batchIds = batches.map(({ batch_id }) => batch_id);
    const batchStream = await recruiter.openBatchStream(batchIds, (await recruiter.query(LEAVER_REQUEST)).body.cursor);
    const patterns = [/ximena/i, /leaver@/i, /application-of-the-leaver/, ...leaverIds.map((id) => new RegExp(id))];
    const storedBefore = readFiles(folder);
    for (const pattern of [...patterns, new RegExp(NARRATIVE)]) assert.match(storedBefore, pattern);

    const stream = await recruiter.openStream([LEAVER_REQUEST]);
    const { status, body } = await admin.post(ERASE, { candidate_email: ' ximena.leaver@EXAMPLE.com' });
    assert.equal(status, 200);
    // The sessions in proj_7, proj_15, proj_23 and proj_batch, and a row of each batch.
    assert.deepEqual([body.sessions, body.batch_rows], [4, 2]);
    const gone = await stream.waitForFrame(({ event }) => event === 'gone');
    assert.ok(leaverUuids.includes(gone.data.session_uuid));
    stream.close();
    for (const id of batchIds) {
      await batchStream.waitForFrame(
        ({ data }) => data.batch_id === id && data.total === 40 && data.counts.queued === 0,
      );
      assert.deepEqual((await getBatch(recruiter, id)).rows, listRowsOfOthers(batches, id));
    }
    batchStream.close();

    for (const uuid of leaverUuids) assert.equal(await evalon.sendEvent(uuid, 'session.completed'), 202);
    const responses = await Promise.all([
      recruiter.query(LEAVER_REQUEST),
      ...leaverUuids.flatMap((uuid) => [
        recruiter.get(`/v1/sessions/${uuid}`),
        recruiter.get(`/v1/sessions/${uuid}/scorecard`),
      ]),
      admin.post('/admin/export', LEAVER_REQUEST),
      admin.readAuditLog(),
      admin.readAuditLog(LEAVER.candidate_email),
    ]);
    // The responses repeat the email of their request, in this spelling.
    const received = JSON.stringify(responses).replaceAll(LEAVER.candidate_email, '');
    const stored = readFiles(folder);
    const log = proxy.output();
    for (const pattern of patterns) {
      assert.doesNotMatch(stored, pattern, 'the database');
      assert.doesNotMatch(log, pattern, 'the log');
      assert.doesNotMatch(received, pattern, 'a response');
    }
    // The narratives of others remain. No page contains only a part of an erased narrative.
    assert.equal(stored.match(new RegExp(NARRATIVE, 'g'))?.length, stored.match(/A narrative/g)?.length);
    for (const uuid of otherUuids) assert.equal((await recruiter.get(`/v1/sessions/${uuid}`)).status, 200);
  });

  it('no copy of the candidates is left in pages that the database has reused', { skip: SQLITE_ONLY }, async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { proxy } = await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    const { store, eraseCandidates: erase } = proxy.context;
    const random = createSeededRandom(7);
    const buildName = (n: number) => `person-${n}-of-many`;
    const buildSession = (n: number) => ({
      ...buildSessionRow(`${buildName(n)}@example.com`, new Date().toISOString()),
      session_uuid: `sess_${n}`,
    });
    for (let round = 0; round < 20; round++) {
      await store.write(async ({ sessions }) => {
        for (let update = 0; update < 50; update++) {
          const n = Math.floor(random() * CANDIDATE_COUNT);
          const scorecard = JSON.stringify({
            overall: 1,
            sections: [],
            narrative: buildName(n).repeat(random() * 300),
          });
          await sessions.upsert({ ...buildSession(n), scorecard });
        }
      });
    }
    const leavers = Array.from(
      { length: Math.floor(CANDIDATE_COUNT / 3) },
      (_, n) => `${buildName(n * 3)}@example.com`,
    );
    const findTraces = () => {
      const bytes = readFiles(folder);
      return leavers.filter((key) => bytes.includes(key.split('@')[0] ?? ''));
    };
    // Most leavers have left traces before the erasure.
    assert.ok(findTraces().length > 130);
    await erase(leavers, { iss: 'test', sub: 'administrator' });
    assert.deepEqual(findTraces(), []);
  });

  it('every stream that watches the candidate sends gone, and a client that was offline must query again', async (test) => {
    const { admin, recruiter, proxy } = await startStackWithAdmin(test);
    const uuids = [
      (await recruiter.invite(LEAVER)).body.session_uuid,
      (await recruiter.invite({ ...LEAVER, project_id: 'proj_two' })).body.session_uuid,
    ];
    const jane = (await recruiter.invite()).body.session_uuid;
    const { cursor } = (await recruiter.query(LEAVER_REQUEST)).body;
    const limitedRecruiter = await createRecruiterClient(proxy.url, { sub: 'recruiter-2', projects: ['proj_two'] });
    const [allProjects, oneProject, otherCandidate] = await Promise.all([
      recruiter.openStream([LEAVER_REQUEST]),
      limitedRecruiter.openStream([LEAVER_REQUEST]),
      recruiter.openStream([JANE]),
    ]);
    await admin.post(ERASE, LEAVER_REQUEST);
    for (const uuid of uuids)
      await allProjects.waitForFrame(({ event, data }) => event === 'gone' && data.session_uuid === uuid);
    await oneProject.waitForFrame(({ event, data }) => event === 'gone' && data.session_uuid === uuids[1]);

    const resumed = await recruiter.openStream([LEAVER_REQUEST], cursor);
    await resumed.waitForFrame(({ event }) => event === 'reset');
    await resumed.ended;
    await proxy.context.receiveWebhook(
      Buffer.from(JSON.stringify({ event: 'session.opened', session_uuid: jane })),
      undefined,
    );
    await otherCandidate.waitForFrame(({ data }) => data.status === 'opened');
    assert.equal(oneProject.frames.length, 1);
    assert.ok(otherCandidate.frames.every(({ event }) => event === 'session'));
    for (const stream of [allProjects, oneProject, otherCandidate]) stream.close();
  });

  it('the audit log keeps the actions, but no longer identifies the candidate', async (test) => {
    const { admin, recruiter } = await startStackWithAdmin(test);
    await recruiter.invite(LEAVER);
    await recruiter.query(LEAVER_REQUEST);
    const [invited] = await admin.readAuditLog(LEAVER.candidate_email);
    await admin.post(ERASE, LEAVER_REQUEST);
    const entries = await admin.readAuditLog();
    assert.deepEqual(
      entries.map(({ actor, action }) => `${actor} ${action}`),
      ['recruiter-1 invited', 'recruiter-1 seen', 'administrator erased'],
    );
    assert.equal(entries[0].candidate, invited.candidate);
    assert.deepEqual(await admin.readAuditLog(LEAVER.candidate_email), []);
    await recruiter.invite(LEAVER);
    const [again] = await admin.readAuditLog(LEAVER.candidate_email);
    assert.notEqual(again.candidate, invited.candidate);
    await recruiter.query(LEAVER_REQUEST);
    const actions = (await admin.readAuditLog(LEAVER.candidate_email)).map(({ action }) => action);
    assert.deepEqual(actions, ['invited', 'seen']);
  });

  it('a late webhook is acknowledged but not stored, until the candidate is invited again', async (test) => {
    const { admin, evalon, recruiter, proxy } = await startStackWithAdmin(test);
    const uuid = (await recruiter.invite(LEAVER)).body.session_uuid;
    await admin.post(ERASE, LEAVER_REQUEST);
    assert.equal(await evalon.sendEvent(uuid, 'session.opened'), 202);
    const countWebhooks = () =>
      proxy.context.store.read(({ webhooks }) =>
        Promise.all([webhooks.countByState('pending'), webhooks.countByState('waiting')]),
      );
    assert.deepEqual(await countWebhooks(), [0, 0]);
    assert.equal((await recruiter.invite(LEAVER)).body.session_uuid, uuid);
    assert.equal((await recruiter.get(`/v1/sessions/${uuid}`)).body.status, 'invited');
    assert.equal(await evalon.sendEvent(uuid, 'session.started'), 202);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${uuid}`)).body.status === 'started');
  });

  it('an invite in progress fails with a conflict and is not stored', async (test) => {
    const { admin, evalon, recruiter } = await startStackWithAdmin(test);
    await recruiter.invite({ ...LEAVER, project_id: 'proj_two' });
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, { times: 1 });
    const invited = recruiter.invite(LEAVER);
    await evalon.waitForRequests(2, 'create');
    await admin.post(ERASE, LEAVER_REQUEST);
    const { status, body } = await invited;
    assert.deepEqual([status, body.code], [409, 'conflict']);
    assert.deepEqual((await recruiter.query(LEAVER_REQUEST)).body.sessions, []);
  });

  it('duplicate clicks that wait for an erased candidate’s invite also fail', async (test) => {
    const { admin, evalon, recruiter, proxy } = await startStackWithAdmin(test);
    const identity: Recruiter = { sub: 'r', iss: 'i', projects: 'every', scope: new Set(['invite']), expiresAt: 0 };
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, { times: 1 });
    const clicks = Array.from({ length: 3 }, () => proxy.context.inviteCandidate(identity, LEAVER));
    const outcomes = Promise.allSettled(clicks);
    await evalon.waitForRequests(1, 'create');
    await admin.post(ERASE, LEAVER_REQUEST);
    for (const outcome of await outcomes)
      assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'conflict');
    assert.equal(evalon.requests.length, 1);
    assert.deepEqual((await recruiter.query(LEAVER_REQUEST)).body.sessions, []);
    assert.equal((await recruiter.invite(LEAVER)).status, 201);
  });

  it('a webhook that arrived before the response to an erased candidate’s invite is not stored', async (test) => {
    const { admin, evalon, recruiter, proxy } = await startStackWithAdmin(test);
    const { session_uuid } = evalon.addSession({ ...LEAVER, candidate_email: 'ximena.leaver@example.com' });
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, { times: 1 });
    const invited = recruiter.invite(LEAVER);
    await evalon.waitForRequests(1, 'create');
    assert.equal(await evalon.sendEvent(session_uuid, 'session.opened'), 202);
    await admin.post(ERASE, LEAVER_REQUEST);
    assert.equal((await invited).status, 409);
    const countWebhooks = () =>
      proxy.context.store.read(({ webhooks }) =>
        Promise.all([webhooks.countByState('pending'), webhooks.countByState('waiting')]),
      );
    assert.deepEqual(await countWebhooks(), [0, 0]);
  });

  it('a scorecard read in progress is not stored', async (test) => {
    const { admin, evalon, recruiter } = await startStackWithAdmin(test);
    const uuid = (await recruiter.invite(LEAVER)).body.session_uuid;
    await evalon.completeSession(uuid, { notify: false });
    evalon.injectFault('scorecard', { fault: 'slow', ms: 500 }, { times: 1 });
    const read = recruiter.get(`/v1/sessions/${uuid}/scorecard`);
    await evalon.waitForRequests(1, 'scorecard');
    await admin.post(ERASE, LEAVER_REQUEST);
    assert.equal((await read).status, 404);
    assert.deepEqual((await recruiter.query(LEAVER_REQUEST)).body.sessions, []);
  });

  it('that a reader of the database has blocked, a second erasure removes the remaining data', {
    skip: SQLITE_ONLY,
  }, async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { proxy, recruiter } = await startStack(test, {
      settings: { ADMIN_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` },
    });
    const admin = createAdminClient(proxy.url);
    const { metrics } = proxy.context;
    await recruiter.invite(LEAVER);
    const backup = new Database(`${folder}/evalon.db`, { readonly: true });
    backup.exec('BEGIN');
    backup.prepare('SELECT count(*) FROM sessions').get();
    const refused = await admin.post(ERASE, LEAVER_REQUEST);
    assert.deepEqual([refused.status, refused.body.code], [503, 'unavailable']);
    assert.deepEqual((await recruiter.query(LEAVER_REQUEST)).body.sessions, []);
    const readMetricLine = async () =>
      /evalon_candidates_erased_total{by="administrator"} \d+/.exec(await metrics.render())?.[0];
    assert.match((await readMetricLine()) ?? '', / 1$/);
    backup.exec('COMMIT');
    backup.close();
    assert.equal((await admin.post(ERASE, LEAVER_REQUEST)).status, 200);
    assert.match((await readMetricLine()) ?? '', / 1$/);
    assert.doesNotMatch(readFiles(folder), /ximena/i);
  });

  it('a second erasure, or an erasure of an unknown candidate, changes nothing', async (test) => {
    const { admin, recruiter } = await startStackWithAdmin(test);
    await recruiter.invite(LEAVER);
    assert.equal((await admin.post(ERASE, LEAVER_REQUEST)).body.sessions, 1);
    const zeroCounts = {
      sessions: 0,
      events: 0,
      webhooks: 0,
      batch_rows: 0,
      ats_writes: 0,
      saved_in_ats: 0,
      unsent_status_changes: 0,
      sent_status_changes: 0,
    };
    assert.deepEqual((await admin.post(ERASE, LEAVER_REQUEST)).body, zeroCounts);
    assert.deepEqual((await admin.post(ERASE, { candidate_email: 'unknown@example.com' })).body, zeroCounts);
    assert.equal((await admin.readAuditLog()).filter(({ action }) => action === 'erased').length, 1);
  });
});

describe('a batch whose candidates are erased', () => {
  it('keeps the other candidates, even while a call that contains the erased candidate is running', async (test) => {
    const { admin, evalon, recruiter } = await startStackWithAdmin(test);
    evalon.injectFault('batch', { fault: 'slow', ms: 1_500 }, { times: 1 });
    const id = await createBatch(recruiter, { ...JANE, candidates: [...sampleCandidates(50), LEAVER] });
    await evalon.waitForRequests(1);
    assert.equal((await admin.post('/admin/export', LEAVER_REQUEST)).body.batches[0].status, 'queued');
    assert.equal((await admin.post(ERASE, LEAVER_REQUEST)).body.batch_rows, 1);
    const batch = await waitForBatch(recruiter, id);
    assert.deepEqual([batch.total, batch.counts.invited, batch.rows.length], [50, 50, 50]);
    assert.deepEqual((await recruiter.query(LEAVER_REQUEST)).body.sessions, []);
    assert.deepEqual((await admin.post('/admin/export', LEAVER_REQUEST)).body.batches, []);
    const entries = await admin.readAuditLog();
    assert.equal(entries.filter(({ action }) => action === 'erased').length, 1);
  });

  it('is deleted after the retention period of its candidates', async (test) => {
    const { recruiter, proxy } = await startStack(test);
    const { store, log, eraseCandidates: erase } = proxy.context;
    const id = await createBatch(recruiter, { ...JANE, candidates: sampleCandidates(3) });
    await waitForBatch(recruiter, id);
    const later = createTestClock({ startMs: Date.now() + 3 * DAY_MS });
    const config = () => ({ retentionDays: 2, auditRetentionDays: 40 });
    test.after(startPruning({ store, clock: later, log, erase, config }));
    await later.advance(PRUNE_INTERVAL_MS);
    await waitFor(async () => (await getBatch(recruiter, id)).total === 0);
    await later.advance(PRUNE_INTERVAL_MS);
    await waitFor(async () => (await recruiter.get(`/v1/batches/${id}`)).status === 404);
  });
});

describe('retention', () => {
  it('does not erase a candidate with recent activity', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const beforeInvite = new Date().toISOString();
    await recruiter.invite(LEAVER);
    const eraseInactiveSince = (inactiveSince: string) =>
      proxy.context.eraseCandidates(['ximena.leaver@example.com'], RETENTION_ACTOR, inactiveSince);
    assert.equal((await eraseInactiveSince(beforeInvite)).sessions, 0);
    assert.equal((await recruiter.query(LEAVER_REQUEST)).body.sessions.length, 1);
    const afterInvite = new Date(Date.now() + 60_000).toISOString();
    assert.equal((await eraseInactiveSince(afterInvite)).sessions, 1);
  });

  it('removes erased data from the files later if a backup blocked the removal', {
    skip: SQLITE_ONLY,
  }, async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { proxy, recruiter } = await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    const { store, log, eraseCandidates: erase } = proxy.context;
    await recruiter.invite(LEAVER);
    const backup = new Database(`${folder}/evalon.db`, { readonly: true });
    backup.exec('BEGIN');
    backup.prepare('SELECT count(*) FROM sessions').get();
    const refused = erase(['ximena.leaver@example.com'], RETENTION_ACTOR);
    await assert.rejects(refused, { code: 'unavailable' });
    backup.exec('COMMIT');
    backup.close();
    assert.match(readFiles(folder), /ximena/i);
    const config = { retentionDays: undefined, auditRetentionDays: 400 };
    test.after(startPruning({ store, clock: createTestClock(), log, erase, config: () => config }));
    await waitFor(() => !/ximena/i.test(readFiles(folder)));
    await waitFor(async () => !(await store.read(({ pendingVacuum }) => pendingVacuum.isSet())));
  });

  it('erases candidates without recent activity in any project, and deletes old audit entries', async (test) => {
    const { proxy } = await startStack(test);
    const { store, log, eraseCandidates: erase } = proxy.context;
    const clock = createTestClock();
    const daysAgo = (days: number) => new Date(clock.now() - days * DAY_MS).toISOString();
    const buildSession = (n: number, email: string, at: string): SessionRow => ({
      ...buildSessionRow(email, at),
      session_uuid: `sess_${n}`,
      project_id: `proj_${n}`,
    });
    await store.write(async ({ sessions, inviteIntents }) => {
      await sessions.upsert(buildSession(1, 'old@example.com', daysAgo(31)));
      await sessions.upsert(buildSession(2, 'returned@example.com', daysAgo(31)));
      await sessions.upsert(buildSession(3, 'returned@example.com', daysAgo(29)));
      const intent = { project_id: 'p', assessment_type: 'marketing', invited_by: 'r' };
      await inviteIntents.insert({ ...intent, candidate_key: 'never@example.com', invited_at: daysAgo(31) });
      await inviteIntents.insert({ ...intent, candidate_key: 'lately@example.com', invited_at: daysAgo(1) });
    });
    const config = { retentionDays: 30 as number | undefined, auditRetentionDays: 40 };
    test.after(startPruning({ store, clock, log, erase, config: () => config }));
    await clock.advance(PRUNE_INTERVAL_MS);
    const listRemaining = () =>
      store.read(async ({ sessions, inviteIntents }) => {
        const remaining: string[] = [];
        for (const uuid of ['sess_1', 'sess_2', 'sess_3']) if (await sessions.get(uuid)) remaining.push(uuid);
        for (const candidate_key of ['never@example.com', 'lately@example.com']) {
          if (await inviteIntents.get({ project_id: 'p', candidate_key })) remaining.push(candidate_key);
        }
        return remaining;
      });
    await waitFor(async () => !(await listRemaining()).includes('never@example.com'));
    assert.deepEqual(await listRemaining(), ['sess_2', 'sess_3', 'lately@example.com']);
    const readEntries = () => store.read(({ audit }) => audit.listAfter(0, 10));
    assert.deepEqual(
      (await readEntries()).map(({ actor, action }) => [actor, action]),
      [['retention', 'erased']],
    );

    const [entry] = await readEntries();
    assert.ok(entry);
    const { seq: _, at: __, ...newEntry } = entry;
    // More entries than one deletion removes.
    await store.write(({ audit }) => audit.append(...Array.from({ length: 2_500 }, () => newEntry)));
    config.retentionDays = undefined;
    config.auditRetentionDays = 1;
    const later = createTestClock({ startMs: Date.now() + 2 * DAY_MS });
    test.after(startPruning({ store, clock: later, log, erase, config: () => config }));
    // The first tick may still wait for a vacuum, and sets its timer only afterwards.
    await waitFor(async () => {
      await later.advance(PRUNE_INTERVAL_MS);
      return (await readEntries()).length === 0;
    });
    assert.deepEqual(await listRemaining(), ['sess_2', 'sess_3', 'lately@example.com']);
  });
});

describe('unrecognized webhooks', () => {
  // The webhooks have keys that the proxy does not know, some of them in German.
  const MENTIONS = [
    { person: { mail: LEAVER.candidate_email.toUpperCase() } },
    { text: `Result of ${LEAVER.candidate_email}.` },
    '{"mail":"ximena.leaver\\u0040example.com"}',
  ];
  const OTHERS = [{ mail: 'stayer@example.com' }, { nummer: 17 }];

  it('are erased with the candidate whose email or session id they contain', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const { session_uuid } = (await recruiter.invite(LEAVER)).body;
    const bodies = [
      ...MENTIONS,
      { sitzung: session_uuid.toUpperCase() },
      { links: [`https://x.example/${session_uuid}/`] },
    ];
    for (const body of [...bodies, ...OTHERS]) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      assert.equal(await evalon.sendWebhook(text), 202);
    }
    const { eraseCandidates, store } = proxy.context;
    const { webhooks } = await eraseCandidates([LEAVER.candidate_email.toLowerCase()], { iss: 'test', sub: 'admin' });
    assert.equal(webhooks, bodies.length);
    const remaining = await store.read(({ unrecognizedWebhooks }) => unrecognizedWebhooks.listAfter(0, 100));
    assert.deepEqual(
      remaining.map(({ body }) => JSON.parse(body)),
      OTHERS,
    );
  });
});
