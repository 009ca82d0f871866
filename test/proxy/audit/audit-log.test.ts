import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch } from '../../support/batches.ts';
import { blockWrites } from '../../support/db-lock.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';

const ROW = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };

/** Starts a proxy with a stopped clock, so that no minute and no day ends during the test. */
async function startAuditedStack(test: TestContext) {
  const stack = await startStack(test, { settings: { ADMIN_TOKEN }, clock: createTestClock({ startMs: Date.now() }) });
  const admin = createAdminClient(stack.proxy.url);
  const listEntries = async (email?: string) =>
    (await admin.readAuditLog(email)).map(({ actor, action, detail }) =>
      [actor ?? 'anonymous', action, detail].filter(Boolean).join(' '),
    );
  return { ...stack, admin, listEntries };
}

async function completeSessionOfJane({ evalon, recruiter }: TestStack): Promise<string> {
  const { session_uuid } = (await recruiter.invite()).body;
  await evalon.completeSession(session_uuid);
  await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
  return session_uuid;
}

describe('the audit log', () => {
  it('records invites, shown sessions and refusals in order, each with its recruiter and request', async (test) => {
    const { recruiter, admin, listEntries } = await startAuditedStack(test);
    await recruiter.invite();
    await recruiter.invite();
    await recruiter.query(ROW);
    await recruiter.invite({ assessment_type: 'sales' });
    assert.deepEqual(await listEntries(), [
      'recruiter-1 invited created',
      'recruiter-1 invited existing',
      'recruiter-1 seen',
      'recruiter-1 refused type_conflict',
    ]);
    for (const { at, issuer, project_id, request_id } of await admin.readAuditLog()) {
      assert.match(at, /^\d{4}-\d\d-\d\dT/);
      assert.equal(issuer, 'https://ats.example.com');
      assert.equal(project_id, JANE.project_id);
      assert.match(request_id, /^[\w-]{36}$/);
    }
  });

  it('records an opened scorecard once a minute, and a seen session once a day, for each recruiter', async (test) => {
    const stack = await startAuditedStack(test);
    const uuid = await completeSessionOfJane(stack);
    const otherRecruiter = await createRecruiterClient(stack.proxy.url, { sub: 'recruiter-2' });
    for (const recruiter of [stack.recruiter, stack.recruiter, otherRecruiter]) {
      await recruiter.query(ROW);
      assert.equal((await recruiter.get(`/v1/sessions/${uuid}/scorecard`)).status, 200);
    }
    const entries = await stack.listEntries();
    const countEntries = (text: string) => entries.filter((entry) => entry === text).length;
    assert.deepEqual(
      ['recruiter-1 seen', 'recruiter-2 seen', 'recruiter-1 viewed', 'recruiter-2 viewed'].map(countEntries),
      [1, 1, 1, 1],
    );
  });

  it('records each session of a dry run before the response, and not again for a second dry run', async (test) => {
    const { proxy, recruiter, admin, listEntries } = await startAuditedStack(test);
    // More sessions than the proxy records in one step.
    const emails = Array.from({ length: 250 }, (_, n) => `person-${n}@example.com`);
    await createBatch(recruiter, buildBatchRequest(emails.map((candidate_email) => ({ ...JANE, candidate_email }))));
    await waitFor(
      async () => (await listEntries()).filter((entry) => entry.endsWith('invited created')).length === emails.length,
    );
    const otherRecruiter = await createRecruiterClient(proxy.url, { sub: 'recruiter-2', scope: 'invite' });
    const candidates = [...emails, 'unknown@example.com'].map((candidate_email) => ({ ...JANE, candidate_email }));
    for (let n = 0; n < 2; n++) {
      const { body } = await otherRecruiter.post('/v1/batches', buildBatchRequest(candidates, { dry_run: true }));
      assert.equal(body.counts.existing, emails.length);
    }
    const seen = (await admin.readAuditLog()).filter(
      ({ actor, action }) => `${actor} ${action}` === 'recruiter-2 seen',
    );
    assert.equal(new Set(seen.map(({ session }) => session)).size, emails.length);
    assert.equal(seen.length, emails.length);
  });

  it('records once a day that a recruiter read the rows of a batch, even in a stream', async (test) => {
    const { proxy, recruiter, admin, listEntries } = await startAuditedStack(test);
    const id = await createBatch(recruiter, buildBatchRequest([JANE]));
    const countSeen = async () =>
      (await listEntries()).filter((entry) => entry === `recruiter-1 batch_seen ${id}`).length;
    assert.equal(await countSeen(), 0);
    const stream = await recruiter.openBatchStream([id]);
    assert.equal(await countSeen(), 1);
    stream.close();
    await recruiter.get(`/v1/batches/${id}`);
    assert.equal(await countSeen(), 1);
    const otherRecruiter = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
    assert.equal((await otherRecruiter.get(`/v1/batches/${id}`)).status, 404);
    const entry = (await admin.readAuditLog()).find(({ action }) => action === 'batch_seen');
    assert.equal(entry.project_id, JANE.project_id);
  });

  it('records a repeated handover as seen, because the response shows the session again', async (test) => {
    const { recruiter, listEntries } = await startAuditedStack(test);
    const { session_uuid } = (await recruiter.invite()).body;
    const handover = { kind: 'invite', channel: 'link' };
    for (let n = 0; n < 2; n++) await recruiter.post(`/v1/sessions/${session_uuid}/handovers`, handover);
    const [, ...entriesAfterInvite] = await listEntries();
    assert.deepEqual(entriesAfterInvite, ['recruiter-1 handed_over link', 'recruiter-1 seen']);
  });

  it('records a session that was shown only by a stream', async (test) => {
    const { proxy, recruiter, admin, listEntries } = await startAuditedStack(test);
    const otherRecruiter = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
    const stream = await otherRecruiter.openStream([ROW]);
    await recruiter.invite();
    await stream.waitForFrame(({ event }) => event === 'session');
    await waitFor(async () => (await listEntries()).includes('recruiter-2 seen'));
    const seen = (await admin.readAuditLog()).find(({ action }) => action === 'seen');
    assert.equal(seen.request_id, stream.headers.get('x-request-id'));
    stream.close();
  });

  it('stores the entries of many streams in a few commits', async (test) => {
    const { proxy, recruiter, listEntries } = await startAuditedStack(test);
    const recruiters = Array.from({ length: 30 }, (_, n) =>
      createRecruiterClient(proxy.url, { sub: `recruiter-${n + 2}` }),
    );
    const streams = await Promise.all(recruiters.map(async (client) => (await client).openStream([ROW])));
    let commits = 0;
    test.after(proxy.context.store.onCommit(() => commits++));
    await recruiter.invite();
    await waitFor(async () => (await listEntries()).filter((entry) => entry.endsWith('seen')).length === 30);
    assert.ok(commits < 10, `${commits} commits`);
    for (const stream of streams) stream.close();
  });

  it('has one entry for many requests for unknown sessions, and one for many without a token', async (test) => {
    const { proxy, recruiter, listEntries } = await startAuditedStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    for (const id of [uuid, ...Array.from({ length: 20 }, (_, n) => `made-up-${n}`)]) {
      assert.equal((await fetch(`${proxy.url}/v1/sessions/${id}`)).status, 401);
      if (id !== uuid) assert.equal((await recruiter.get(`/v1/sessions/${id}`)).status, 404);
    }
    const [, ...entriesAfterInvite] = await listEntries();
    assert.deepEqual(entriesAfterInvite, [
      'anonymous refused unauthenticated /v1/sessions/:session_uuid',
      'recruiter-1 refused not_found /v1/sessions/:session_uuid',
    ]);
  });

  it('records refused attempts with their reason, once a minute', async (test) => {
    const { proxy, recruiter, admin, listEntries } = await startAuditedStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const stranger = await createRecruiterClient(proxy.url, { sub: 'stranger', projects: ['proj_other'] });
    for (let n = 0; n < 20; n++) await stranger.get(`/v1/sessions/${uuid}/scorecard`);
    await stranger.invite();
    await stranger.query(ROW);
    await stranger.openStream([ROW]);
    for (let n = 0; n < 20; n++) await fetch(`${proxy.url}/v1/config`);
    const [, ...entriesAfterInvite] = await listEntries();
    assert.deepEqual(entriesAfterInvite, [
      'stranger refused not_found /v1/sessions/:session_uuid/scorecard',
      'stranger refused forbidden /v1/sessions',
      'stranger refused forbidden /v1/sessions/query',
      'stranger refused forbidden /v1/events',
      'anonymous refused unauthenticated /v1/config',
    ]);
    // Closing adds one entry for the 19 repeated scorecard requests, and one for the 19 repeated config requests.
    await proxy.context.audit.close();
    const repetitions = (await admin.readAuditLog()).slice(-2).map(({ times }) => times);
    assert.deepEqual(repetitions, [19, 19]);
    const [invited, refused] = await admin.readAuditLog();
    assert.equal(refused.session, invited.session);
  });

  it('records a refused attempt a minute later if the database is locked during the attempt', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const clock = createTestClock({ startMs: Date.now() });
    const settings = { ADMIN_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` };
    const { proxy, recruiter } = await startStack(test, { settings, clock });
    const release = await blockWrites(test, `${folder}/evalon.db`);
    let hasResponded = false;
    const refused = recruiter.get('/v1/sessions/unknown').finally(() => {
      hasResponded = true;
    });
    await waitFor(async () => {
      await clock.advance(100);
      return hasResponded;
    });
    assert.equal((await refused).status, 404);
    await release();
    await clock.advance(60_000);
    const entries = await createAdminClient(proxy.url).readAuditLog();
    assert.deepEqual(
      entries.map(({ actor, detail, times }) => [actor, detail, times]),
      [['recruiter-1', 'not_found /v1/sessions/:session_uuid', undefined]],
    );
  });

  it('records attempts to use the admin endpoints', async (test) => {
    const { proxy, listEntries } = await startAuditedStack(test);
    const guessingAdmin = createAdminClient(proxy.url, 'a-guessed-admin-token');
    for (const path of ['/admin/export', '/admin/erase']) {
      assert.equal((await guessingAdmin.post(path, { candidate_email: JANE.candidate_email })).status, 401);
    }
    assert.deepEqual(await listEntries(), ['anonymous refused unauthenticated /admin']);
  });

  it('replaces candidates and sessions with stable pseudonyms, and finds the entries of one candidate', async (test) => {
    const { recruiter, admin, listEntries } = await startAuditedStack(test);
    const jane = (await recruiter.invite()).body;
    await recruiter.invite({ project_id: 'proj_two' });
    await recruiter.invite({ candidate_email: 'eve@example.com', candidate_name: 'Eve Sample' });
    const entries = await admin.readAuditLog();
    assert.doesNotMatch(JSON.stringify(entries), new RegExp(`jane@|eve@|Jane|Eve|${jane.session_uuid}`));
    const [first, second, third] = entries;
    assert.equal(first.candidate, second.candidate);
    assert.notEqual(first.session, second.session);
    assert.notEqual(first.candidate, third.candidate);
    assert.equal((await listEntries('JANE@example.com ')).length, 2);
    assert.equal((await listEntries('unknown@example.com')).length, 0);
  });

  it('is returned completely, even with thousands of entries', async (test) => {
    const { proxy, recruiter, admin } = await startAuditedStack(test);
    const ADDED_COUNT = 2_500;
    await recruiter.invite();
    const entry = {
      action: 'seen',
      detail: null,
      issuer: 'i',
      actor: 'a',
      candidate: null,
      session: null,
      project_id: null,
      request_id: null,
      times: 1,
    };
    await proxy.context.store.write(async ({ audit }) => {
      for (let n = 0; n < ADDED_COUNT; n++) await audit.append(entry);
    });
    const entries = await admin.readAuditLog();
    assert.equal(entries.length, 1 + ADDED_COUNT);
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      Array.from({ length: 1 + ADDED_COUNT }, (_, index) => index + 1),
    );
  });
});
