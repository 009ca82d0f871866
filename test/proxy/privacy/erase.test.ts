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

const ERASE = '/admin/erase';
const LEAVER = {
  ...JANE,
  candidate_email: 'Ximena.Leaver@Example.com',
  candidate_name: 'Ximena Leaver',
  application_id: 'application-of-the-leaver',
};
const NARRATIVE = 'A narrative that only concerns the one who left.';
const ROW = { candidate_email: LEAVER.candidate_email };

async function houseWithAdmin(test: TestContext) {
  const house = await startStack(test, { settings: { ADMIN_TOKEN } });
  return { ...house, admin: createAdminClient(house.proxy.url) };
}

const PEOPLE = 1_500;
const DAY = 24 * 60 * 60_000;

function othersIn(batches: readonly Batch[], id: string) {
  const batch = batches.find(({ batch_id }) => batch_id === id);
  return batch?.rows.filter(({ candidate_email }) => candidate_email !== LEAVER.candidate_email);
}

/** Everything that stands in the files of a folder. */
function bytesIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');
}

describe('after an erasure', () => {
  it('no byte of the candidate is in the database, the log or any answer, and everybody else is still there', async (test) => {
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    const settings = buildProxySettings(evalon, {
      DATABASE_URL: `file:${folder}/evalon.db`,
      LOG_LEVEL: 'trace',
      ADMIN_TOKEN,
    });
    const proxy = await startProxyProcess(settings);
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
      remove();
    });
    evalon.webhookUrl = webhookUrl(proxy.url);
    const page = await createRecruiterClient(proxy.url);
    const admin = createAdminClient(proxy.url);

    const batches: Batch[] = [];
    const others: string[] = [];
    const leaver: string[] = [];
    for (let n = 0; n < 60; n++) {
      const { body } = await page.invite({ candidate_email: `other-${n}@example.com`, candidate_name: `Other ${n}` });
      others.push(body.session_uuid);
      if (n % 20 !== 7) continue;
      const invited = (await page.invite({ ...LEAVER, project_id: `proj_${n}` })).body;
      leaver.push(invited.session_uuid, invited.candidate_url.split('/').at(-1));
    }
    const mine = leaver.filter((_, index) => index % 2 === 0);
    for (const uuid of [...mine, ...others.slice(0, 20)]) {
      for (const event of ['session.opened', 'session.started', 'session.odd']) await evalon.sendEvent(uuid, event);
      await evalon.completeSession(uuid, { narrative_summary: `${NARRATIVE} ${'x'.repeat(9_000)}` });
    }
    for (const uuid of mine) {
      await waitFor(async () => (await page.get(`/v1/sessions/${uuid}`)).body.status === 'completed');
      await page.get(`/v1/sessions/${uuid}/scorecard`);
    }
    for (const project_id of ['proj_7', 'proj_batch']) {
      const candidates = [...sampleCandidates(20), LEAVER, ...sampleCandidates(20, 'third')];
      batches.push(await waitForBatch(page, await createBatch(page, { ...JANE, project_id, candidates })));
    }
    const invited = batches[1]?.rows[20]?.session_uuid ?? 'missing';
    mine.push(invited);
    leaver.push(invited);
    const ids = batches.map(({ batch_id }) => batch_id);
    const followed = await page.openBatchStream(ids, (await page.query(ROW)).body.cursor);
    const words = [/ximena/i, /leaver@/i, /application-of-the-leaver/, ...leaver.map((word) => new RegExp(word))];
    for (const word of words) assert.match(bytesIn(folder), word);
    assert.match(bytesIn(folder), new RegExp(NARRATIVE));

    const stream = await page.openStream([ROW]);
    const { status, body } = await admin.post(ERASE, { candidate_email: ' ximena.leaver@EXAMPLE.com' });
    assert.equal(status, 200);
    assert.deepEqual([body.sessions, body.batch_rows], [4, 2]);
    const gone = await stream.waitForFrame(({ event }) => event === 'gone');
    assert.ok(mine.includes(gone.data.session_uuid));
    stream.close();
    for (const id of ids) {
      await followed.waitForFrame(({ data }) => data.batch_id === id && data.total === 40 && data.counts.queued === 0);
      assert.deepEqual((await getBatch(page, id)).rows, othersIn(batches, id));
    }
    followed.close();

    for (const uuid of mine) assert.equal(await evalon.sendEvent(uuid, 'session.completed'), 202);
    const answers = await Promise.all([
      page.query(ROW),
      ...mine.flatMap((uuid) => [page.get(`/v1/sessions/${uuid}`), page.get(`/v1/sessions/${uuid}/scorecard`)]),
      admin.post('/admin/export', ROW),
      admin.readAuditLog(),
      admin.readAuditLog(LEAVER.candidate_email),
    ]);
    const told = JSON.stringify(answers).replaceAll(LEAVER.candidate_email, '');
    const stored = bytesIn(folder);
    const log = proxy.output();
    for (const word of words) {
      assert.doesNotMatch(stored, word, 'the database');
      assert.doesNotMatch(log, word, 'the log');
      assert.doesNotMatch(told, word, 'an answer');
    }
    assert.equal(stored.match(new RegExp(NARRATIVE, 'g'))?.length, stored.match(/A narrative/g)?.length);
    for (const uuid of others) assert.equal((await page.get(`/v1/sessions/${uuid}`)).status, 200);
  });

  it('nothing is left in what the database has moved about either', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { proxy } = await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    const { store, eraseCandidates: erase } = proxy.context;
    const random = createSeededRandom(7);
    const nameOf = (n: number) => `person-${n}-of-many`;
    const person = (n: number) => ({
      ...buildSessionRow(`${nameOf(n)}@example.com`, new Date().toISOString()),
      session_uuid: `sess_${n}`,
    });
    for (let round = 0; round < 60; round++) {
      await store.write(async ({ sessions }) => {
        for (let n = 0; n < 50; n++) {
          const at = Math.floor(random() * PEOPLE);
          const scorecard = JSON.stringify({ overall: 1, sections: [], narrative: nameOf(at).repeat(random() * 300) });
          await sessions.upsert({ ...person(at), scorecard });
        }
      });
    }
    const leavers = Array.from({ length: PEOPLE / 3 }, (_, n) => `${nameOf(n * 3)}@example.com`);
    const found = () => {
      const bytes = bytesIn(folder);
      return leavers.filter((key) => bytes.includes(key.split('@')[0] ?? ''));
    };
    assert.ok(found().length > 400);
    await erase(leavers, { iss: 'test', sub: 'administrator' });
    assert.deepEqual(found(), []);
  });

  it('every one who watches the candidate is told, and whoever was away has to query again', async (test) => {
    const { admin, page, proxy } = await houseWithAdmin(test);
    const uuids = [
      (await page.invite(LEAVER)).body.session_uuid,
      (await page.invite({ ...LEAVER, project_id: 'proj_two' })).body.session_uuid,
    ];
    const jane = (await page.invite()).body.session_uuid;
    const { cursor } = (await page.query(ROW)).body;
    const narrow = await createRecruiterClient(proxy.url, { sub: 'recruiter-2', projects: ['proj_two'] });
    const [wide, two, other] = await Promise.all([
      page.openStream([ROW]),
      narrow.openStream([ROW]),
      page.openStream([JANE]),
    ]);
    await admin.post(ERASE, ROW);
    for (const uuid of uuids)
      await wide.waitForFrame(({ event, data }) => event === 'gone' && data.session_uuid === uuid);
    await two.waitForFrame(({ event, data }) => event === 'gone' && data.session_uuid === uuids[1]);

    const back = await page.openStream([ROW], cursor);
    await back.waitForFrame(({ event }) => event === 'reset');
    await back.ended;
    await proxy.context.receiveWebhook(
      Buffer.from(JSON.stringify({ event: 'session.opened', session_uuid: jane })),
      undefined,
    );
    await other.waitForFrame(({ data }) => data.status === 'opened');
    assert.equal(two.frames.length, 1);
    assert.ok(other.frames.every(({ event }) => event === 'session'));
    for (const stream of [wide, two, other]) stream.close();
  });

  it('the record still says what was done, and nobody can tell any more to whose data', async (test) => {
    const { admin, page } = await houseWithAdmin(test);
    await page.invite(LEAVER);
    await page.query(ROW);
    const [invited] = await admin.readAuditLog(LEAVER.candidate_email);
    await admin.post(ERASE, ROW);
    const record = await admin.readAuditLog();
    assert.deepEqual(
      record.map(({ actor, action }) => `${actor} ${action}`),
      ['recruiter-1 invited', 'recruiter-1 seen', 'administrator erased'],
    );
    assert.equal(record[0].candidate, invited.candidate);
    assert.deepEqual(await admin.readAuditLog(LEAVER.candidate_email), []);
    await page.invite(LEAVER);
    const [again] = await admin.readAuditLog(LEAVER.candidate_email);
    assert.notEqual(again.candidate, invited.candidate);
    await page.query(ROW);
    const deeds = (await admin.readAuditLog(LEAVER.candidate_email)).map(({ action }) => action);
    assert.deepEqual(deeds, ['invited', 'seen']);
  });

  it('a late webhook is acknowledged and not kept, until the candidate is invited again', async (test) => {
    const { admin, evalon, page, proxy } = await houseWithAdmin(test);
    const uuid = (await page.invite(LEAVER)).body.session_uuid;
    await admin.post(ERASE, ROW);
    assert.equal(await evalon.sendEvent(uuid, 'session.opened'), 202);
    const kept = () =>
      proxy.context.store.read(({ webhooks: inbox }) =>
        Promise.all([inbox.countByState('pending'), inbox.countByState('waiting')]),
      );
    assert.deepEqual(await kept(), [0, 0]);
    assert.equal((await page.invite(LEAVER)).body.session_uuid, uuid);
    assert.equal((await page.get(`/v1/sessions/${uuid}`)).body.status, 'invited');
    assert.equal(await evalon.sendEvent(uuid, 'session.started'), 202);
    await waitFor(async () => (await page.get(`/v1/sessions/${uuid}`)).body.status === 'started');
  });

  it('nothing is stored of an invite that was under way, and who clicked is told', async (test) => {
    const { admin, evalon, page } = await houseWithAdmin(test);
    await page.invite({ ...LEAVER, project_id: 'proj_two' });
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, 1);
    const invited = page.invite(LEAVER);
    await evalon.waitForRequests(2, 'create');
    await admin.post(ERASE, ROW);
    const { status, body } = await invited;
    assert.deepEqual([status, body.code], [409, 'conflict']);
    assert.deepEqual((await page.query(ROW)).body.sessions, []);
  });

  it('clicks that waited behind that invite end like it', async (test) => {
    const { admin, evalon, page, proxy } = await houseWithAdmin(test);
    const recruiter: Recruiter = { sub: 'r', iss: 'i', projects: 'every', scope: new Set(['invite']), expiresAt: 0 };
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, 1);
    const clicks = Array.from({ length: 3 }, () => proxy.context.inviteCandidate(recruiter, LEAVER));
    const ends = Promise.allSettled(clicks);
    await evalon.waitForRequests(1, 'create');
    await admin.post(ERASE, ROW);
    for (const end of await ends) assert.equal(end.status === 'rejected' && end.reason.code, 'conflict');
    assert.equal(evalon.requests.length, 1);
    assert.deepEqual((await page.query(ROW)).body.sessions, []);
    assert.equal((await page.invite(LEAVER)).status, 201);
  });

  it('nothing is kept of a webhook that overtook that invite', async (test) => {
    const { admin, evalon, page, proxy } = await houseWithAdmin(test);
    const { session_uuid } = evalon.addSession({ ...LEAVER, candidate_email: 'ximena.leaver@example.com' });
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, 1);
    const invited = page.invite(LEAVER);
    await evalon.waitForRequests(1, 'create');
    assert.equal(await evalon.sendEvent(session_uuid, 'session.opened'), 202);
    await admin.post(ERASE, ROW);
    assert.equal((await invited).status, 409);
    const kept = () =>
      proxy.context.store.read(({ webhooks: inbox }) =>
        Promise.all([inbox.countByState('pending'), inbox.countByState('waiting')]),
      );
    assert.deepEqual(await kept(), [0, 0]);
  });

  it('a scorecard that was being read is not stored', async (test) => {
    const { admin, evalon, page } = await houseWithAdmin(test);
    const uuid = (await page.invite(LEAVER)).body.session_uuid;
    await evalon.completeSession(uuid, {}, false);
    evalon.injectFault('scorecard', { fault: 'slow', ms: 500 }, 1);
    const read = page.get(`/v1/sessions/${uuid}/scorecard`);
    await evalon.waitForRequests(1, 'scorecard');
    await admin.post(ERASE, ROW);
    assert.equal((await read).status, 404);
    assert.deepEqual((await page.query(ROW)).body.sessions, []);
  });

  it('it is to be repeated where something else reads the database, and then it is complete', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { proxy, page } = await startStack(test, {
      settings: { ADMIN_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` },
    });
    const admin = createAdminClient(proxy.url);
    const { metrics } = proxy.context;
    await page.invite(LEAVER);
    const backup = new Database(`${folder}/evalon.db`, { readonly: true });
    backup.exec('BEGIN');
    backup.prepare('SELECT count(*) FROM sessions').get();
    const refused = await admin.post(ERASE, ROW);
    assert.deepEqual([refused.status, refused.body.code], [503, 'unavailable']);
    assert.deepEqual((await page.query(ROW)).body.sessions, []);
    const counted = async () =>
      /evalon_candidates_erased_total{by="administrator"} \d+/.exec(await metrics.render())?.[0];
    assert.match((await counted()) ?? '', / 1$/);
    backup.exec('COMMIT');
    backup.close();
    assert.equal((await admin.post(ERASE, ROW)).status, 200);
    assert.match((await counted()) ?? '', / 1$/);
    assert.doesNotMatch(bytesIn(folder), /ximena/i);
  });

  it('it can be repeated, and about somebody unknown it changes nothing', async (test) => {
    const { admin, page } = await houseWithAdmin(test);
    await page.invite(LEAVER);
    assert.equal((await admin.post(ERASE, ROW)).body.sessions, 1);
    const nothing = { sessions: 0, events: 0, webhooks: 0, batch_rows: 0 };
    assert.deepEqual((await admin.post(ERASE, ROW)).body, nothing);
    assert.deepEqual((await admin.post(ERASE, { candidate_email: 'unknown@example.com' })).body, nothing);
    assert.equal((await admin.readAuditLog()).filter(({ action }) => action === 'erased').length, 1);
  });
});

describe('a batch whose candidates are erased', () => {
  it('keeps the others, whether a row is queued, under way or done', async (test) => {
    const { admin, evalon, page } = await houseWithAdmin(test);
    evalon.injectFault('batch', { fault: 'slow', ms: 1_500 }, 1);
    const id = await createBatch(page, { ...JANE, candidates: [...sampleCandidates(50), LEAVER] });
    await evalon.waitForRequests(1);
    assert.equal((await admin.post('/admin/export', ROW)).body.batches[0].status, 'queued');
    assert.equal((await admin.post(ERASE, ROW)).body.batch_rows, 1);
    const batch = await waitForBatch(page, id);
    assert.deepEqual([batch.total, batch.counts.invited, batch.rows.length], [50, 50, 50]);
    assert.deepEqual((await page.query(ROW)).body.sessions, []);
    assert.deepEqual((await admin.post('/admin/export', ROW)).body.batches, []);
    const record = await admin.readAuditLog();
    assert.equal(record.filter(({ action }) => action === 'erased').length, 1);
  });

  it('goes with them when their time is over, and is forgotten itself', async (test) => {
    const { page, proxy } = await startStack(test);
    const { store, log, eraseCandidates: erase } = proxy.context;
    const id = await createBatch(page, { ...JANE, candidates: sampleCandidates(3) });
    await waitForBatch(page, id);
    const later = { ...createTestClock(), now: () => Date.now() + 3 * DAY };
    const config = () => ({ retentionDays: 2, auditRetentionDays: 40 });
    const prune = () => test.after(startPruning({ store, clock: later, log, erase, config }));
    prune();
    await waitFor(async () => (await getBatch(page, id)).total === 0);
    prune();
    await waitFor(async () => (await page.get(`/v1/batches/${id}`)).status === 404);
  });
});

describe('retention', () => {
  it('spares whoever was heard of again before their turn came', async (test) => {
    const { proxy, page } = await startStack(test);
    const before = new Date().toISOString();
    await page.invite(LEAVER);
    assert.equal(
      (await proxy.context.eraseCandidates(['ximena.leaver@example.com'], RETENTION_ACTOR, before)).sessions,
      0,
    );
    assert.equal((await page.query(ROW)).body.sessions.length, 1);
    const later = new Date(Date.now() + 60_000).toISOString();
    assert.equal(
      (await proxy.context.eraseCandidates(['ximena.leaver@example.com'], RETENTION_ACTOR, later)).sessions,
      1,
    );
  });

  it('takes the traces out of the files later, where a backup stood in the way', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { proxy, page } = await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    const { store, log, eraseCandidates: erase } = proxy.context;
    await page.invite(LEAVER);
    const backup = new Database(`${folder}/evalon.db`, { readonly: true });
    backup.exec('BEGIN');
    backup.prepare('SELECT count(*) FROM sessions').get();
    const refused = erase(['ximena.leaver@example.com'], RETENTION_ACTOR);
    await assert.rejects(refused, { code: 'unavailable' });
    backup.exec('COMMIT');
    backup.close();
    assert.match(bytesIn(folder), /ximena/i);
    const config = { retentionDays: undefined, auditRetentionDays: 400 };
    test.after(startPruning({ store, clock: createTestClock(), log, erase, config: () => config }));
    await waitFor(() => !/ximena/i.test(bytesIn(folder)));
    await waitFor(async () => !(await store.read(({ pendingVacuum: traces }) => traces.isSet())));
  });

  it('erases who was not heard of for that long, in any project, and shortens the record', async (test) => {
    const { proxy } = await startStack(test);
    const { store, log, eraseCandidates: erase } = proxy.context;
    const clock = createTestClock();
    const daysAgo = (days: number) => new Date(clock.now() - days * DAY).toISOString();
    const session = (n: number, person: string, at: string): SessionRow => ({
      ...buildSessionRow(person, at),
      session_uuid: `sess_${n}`,
      project_id: `proj_${n}`,
    });
    await store.write(async ({ sessions, inviteIntents }) => {
      await sessions.upsert(session(1, 'old@example.com', daysAgo(31)));
      await sessions.upsert(session(2, 'returned@example.com', daysAgo(31)));
      await sessions.upsert(session(3, 'returned@example.com', daysAgo(29)));
      const intent = { project_id: 'p', assessment_type: 'marketing', invited_by: 'r' };
      await inviteIntents.insert({ ...intent, candidate_key: 'never@example.com', invited_at: daysAgo(31) });
      await inviteIntents.insert({ ...intent, candidate_key: 'lately@example.com', invited_at: daysAgo(1) });
    });
    const config = { retentionDays: 30 as number | undefined, auditRetentionDays: 40 };
    test.after(startPruning({ store, clock, log, erase, config: () => config }));
    const left = () =>
      store.read(async ({ sessions, inviteIntents }) => {
        const held = await Promise.all([1, 2, 3].map((n) => sessions.get(`sess_${n}`)));
        const intents = await Promise.all(
          ['never', 'lately'].map((who) => inviteIntents.get({ project_id: 'p', candidate_key: `${who}@example.com` })),
        );
        return [...held, ...intents].map(Boolean);
      });
    await waitFor(async () => !(await left())[3]);
    assert.deepEqual(await left(), [false, true, true, false, true]);
    const record = () => store.read(({ audit }) => audit.listAfter(0, 10));
    assert.deepEqual(
      (await record()).map(({ actor, action }) => [actor, action]),
      [['retention', 'erased']],
    );

    const [entry] = await record();
    assert.ok(entry);
    const { seq: _, at: __, ...again } = entry;
    await store.write(({ audit }) => audit.append(...Array.from({ length: 2_500 }, () => again)));
    config.retentionDays = undefined;
    config.auditRetentionDays = 1;
    const later = { ...clock, now: () => Date.now() + 2 * DAY };
    test.after(startPruning({ store, clock: later, log, erase, config: () => config }));
    await waitFor(async () => (await record()).length === 0);
    assert.deepEqual(await left(), [false, true, true, false, true]);
  });
});
