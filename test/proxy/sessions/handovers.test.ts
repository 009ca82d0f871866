/** Handovers: a recruiter passes the candidate's link on, and the widget reports it to the proxy. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { sessionSchema, timelineSchema } from '../../../proxy/contract/session.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { createBatch, waitForBatch } from '../../support/batches.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

/** The handovers that a recruiter may report in a minute. */
const HANDOVERS_PER_MINUTE = 120;
const JANE_ROW = { candidate_email: JANE.candidate_email };
const ALEX = { id: 'alex', name: 'Alex Miller' };
const INVITE_BY_LINK = { kind: 'invite', channel: 'link' };

/** Starts a proxy on which Alex, whose token has a name, has invited Jane. */
async function startWithInvite(test: TestContext, settings = {}) {
  const clock = createTestClock();
  const stack = await startStack(test, { clock, settings: { ADMIN_TOKEN, ...settings } });
  const { proxy } = stack;
  const times = { iat: clock.now() / 1_000 };
  const createClient = (claims: object) => createRecruiterClient(proxy.url, { ...times, ...claims });
  const alex = await createClient({ sub: ALEX.id, name: ALEX.name });
  const session = (await alex.invite()).body;
  const path = `/v1/sessions/${session.session_uuid}`;
  const readEntries = async (client = alex) =>
    timelineSchema.parse((await client.get(`${path}/timeline`)).body).entries;
  return { ...stack, clock, alex, session, path, createClient, readEntries, admin: createAdminClient(proxy.url) };
}

describe('a handover', () => {
  it('returns the session with the recruiter who passed the link on, reaches streams of colleagues, and keeps updated_at', async (test) => {
    const { alex, clock, createClient, path, session } = await startWithInvite(test);
    const colleague = await createClient({ sub: 'blake' });
    const stream = await colleague.openStream([JANE_ROW]);
    await clock.advance(60_000);
    const { status, body } = await alex.post(`${path}/handovers`, { kind: 'invite', channel: 'message' });
    assert.equal(status, 201);
    assert.deepEqual(sessionSchema.strict().parse(body), body);
    const at = new Date(clock.now()).toISOString();
    assert.deepEqual(body.handed_over, { at, by: ALEX, kind: 'invite', channel: 'message' });
    assert.equal(body.updated_at, session.updated_at);
    assert.equal(body.invited_by_name, ALEX.name);
    const frame = await stream.waitForFrame(({ data }) => data.handed_over);
    assert.deepEqual(frame.data, body);

    await clock.advance(60_000);
    await colleague.post(`${path}/handovers`, { kind: 'reminder', channel: 'mail' });
    const { handed_over } = (await alex.get(path)).body;
    assert.deepEqual([handed_over.by, handed_over.kind], [{ id: 'blake' }, 'reminder']);
    stream.close();
  });

  it('is in the timeline with channel and recruiter, between the statuses', async (test) => {
    const { alex, clock, evalon, path, readEntries, session } = await startWithInvite(test);
    await clock.advance(1_000);
    await alex.post(`${path}/handovers`, { kind: 'invite', channel: 'message' });
    await clock.advance(1_000);
    await evalon.sendEvent(session.session_uuid, 'session.opened');
    await clock.advance(1_000);
    await alex.post(`${path}/handovers`, { kind: 'reminder', channel: 'mail' });
    assert.deepEqual(
      (await readEntries()).map(({ type, channel, by }) => [type, channel, by]),
      [
        ['invited', undefined, ALEX],
        ['handover', 'message', ALEX],
        ['opened', undefined, undefined],
        ['reminder', 'mail', ALEX],
      ],
    );
  });

  it('is not shown after a new invite has reopened the ended session', async (test) => {
    const { alex, evalon, path, readEntries, session } = await startWithInvite(test);
    await alex.post(`${path}/handovers`, INVITE_BY_LINK);
    await evalon.sendEvent(session.session_uuid, 'session.expired');
    await waitFor(async () => (await alex.get(path)).body.status === 'expired');
    assert.equal((await alex.get(path)).body.handed_over.kind, 'invite');
    evalon.injectFault('create', { fault: 'change', fields: { status: 'invited' } }, { times: 1 });
    const reopened = (await alex.invite()).body;
    assert.deepEqual([reopened.status, reopened.handed_over], ['invited', undefined]);
    assert.equal((await readEntries()).filter(({ type }) => type === 'handover').length, 1);
  });

  it('needs the scope invite, a visible session, and a known kind and channel', async (test) => {
    const { alex, createClient, path, readEntries } = await startWithInvite(test);
    const post = async (claims: object, body: object = INVITE_BY_LINK, to = path) =>
      (await (await createClient(claims)).post(`${to}/handovers`, body)).status;
    assert.equal(await post({ scope: 'read' }), 403);
    assert.equal(await post({ projects: ['proj_other'] }), 404);
    assert.equal(await post({ candidates: ['eve@example.com'] }), 404);
    assert.equal(await post({}, INVITE_BY_LINK, '/v1/sessions/unknown'), 404);
    assert.equal(await post({}, { kind: 'gift', channel: 'link' }), 400);
    assert.equal(await post({}, { kind: 'invite', channel: 'pigeon' }), 400);
    assert.equal((await readEntries()).length, 1);
    assert.equal((await alex.get(path)).body.handed_over, undefined);
    assert.equal(await post({ scope: 'invite', candidates: [JANE.candidate_email] }), 201);
  });

  it('that repeats within seconds, or has the same Idempotency-Key, is stored once', async (test) => {
    const { alex, clock, createClient, path, readEntries } = await startWithInvite(test);
    const blake = await createClient({ sub: 'blake' });
    const stream = await blake.openStream([JANE_ROW]);
    const post = (client = alex, body: object = INVITE_BY_LINK, key?: string) =>
      client.post(`${path}/handovers`, body, key === undefined ? {} : { 'idempotency-key': key });
    const responses = await Promise.all(Array.from({ length: 5 }, () => post(alex, INVITE_BY_LINK, 'key-1')));
    assert.deepEqual(new Set(responses.map(({ status }) => status)), new Set([201]));
    await post();
    await clock.advance(60_000);
    await post(alex, INVITE_BY_LINK, 'key-1');
    assert.equal((await readEntries()).length, 2, 'the invite and one handover');

    await post(blake, INVITE_BY_LINK, 'key-1');
    await post(alex, { kind: 'invite', channel: 'message' });
    await post();
    assert.equal((await readEntries()).length, 5, 'three more handovers');
    await stream.waitForFrame(({ data }) => data.handed_over?.at === new Date(clock.now()).toISOString());
    stream.close();
    assert.equal((await post(alex, INVITE_BY_LINK, 'key with spaces')).status, 400);
  });

  it('is rate-limited for each recruiter', async (test) => {
    const { path, createClient } = await startWithInvite(test);
    const eager = await createClient({ sub: 'eager' });
    const statuses: number[] = [];
    for (let n = 0; n <= HANDOVERS_PER_MINUTE; n++)
      statuses.push((await eager.post(`${path}/handovers`, INVITE_BY_LINK)).status);
    assert.deepEqual(statuses.slice(-2), [201, 429]);
  });

  it('is in the audit log and in the export with its notice, and an erasure removes it', async (test) => {
    const settings = { CANDIDATE_NOTICE: 'https://example.com/notice' };
    const { admin, alex, clock, evalon, path, proxy, session } = await startWithInvite(test, settings);
    await alex.post(`${path}/handovers`, { kind: 'invite', channel: 'message' });
    await alex.post(`${path}/handovers`, { kind: 'reminder', channel: 'link' });
    await evalon.completeSession(session.session_uuid);
    await clock.advance(1_000);
    await alex.get(`${path}/scorecard`);
    const log = await admin.readAuditLog(JANE.candidate_email);
    assert.deepEqual(
      log
        .filter(({ action }) => ['handed_over', 'reminded'].includes(action))
        .map(({ action, detail }) => [action, detail]),
      [
        ['handed_over', 'message notice'],
        ['reminded', 'link'],
      ],
    );
    const exported = (await admin.post('/admin/export', JANE_ROW)).body.sessions[0];
    assert.deepEqual(
      exported.handovers.map(({ at: _at, ...handover }: { at: string }) => handover),
      [
        { kind: 'invite', channel: 'message', by: ALEX, with_notice: true },
        { kind: 'reminder', channel: 'link', by: ALEX, with_notice: false },
      ],
    );
    assert.deepEqual(exported.result_reads[0].by, ALEX);

    await admin.post('/admin/erase', JANE_ROW);
    const countRows = (uuid: string) =>
      proxy.context.store.read(async ({ handovers, resultReads }) => [
        (await handovers.list(uuid)).length,
        (await resultReads.list(uuid, 10)).length,
      ]);
    assert.deepEqual(await countRows(session.session_uuid), [0, 0]);
    assert.equal((await alex.post(`${path}/handovers`, INVITE_BY_LINK)).status, 404);
  });
});

describe('a recruiter’s name', () => {
  it('is shown to colleagues, but a token that is limited to candidates shows only its own recruiter’s name', async (test) => {
    const { alex, clock, createClient, path, readEntries } = await startWithInvite(test);
    const limits = { candidates: [JANE.candidate_email] };
    const limited = await createClient({ sub: 'blake', name: 'Blake Jones', ...limits });
    const limitedAlex = await createClient({ sub: ALEX.id, name: ALEX.name, ...limits });
    const namesake = await createClient({ sub: ALEX.id, iss: 'https://other.example.com', ...limits });
    const limitedStream = await limited.openStream([JANE_ROW]);
    const limitedAlexStream = await limitedAlex.openStream([JANE_ROW]);
    await alex.post(`${path}/handovers`, INVITE_BY_LINK);
    for (const other of [limited, namesake]) {
      const responses = [await other.get(path), await other.query(JANE_ROW), await other.get(`${path}/timeline`)];
      assert.doesNotMatch(JSON.stringify(responses.map(({ body }) => body)), /Miller/);
    }
    const frame = await limitedStream.waitForFrame(({ data }) => data.handed_over);
    assert.deepEqual([frame.data.handed_over.by, frame.data.invited_by_name], [{ id: 'alex' }, undefined]);
    assert.equal('candidate_url' in frame.data, true);
    const alexFrame = await limitedAlexStream.waitForFrame(({ data }) => data.handed_over);
    assert.deepEqual([alexFrame.data.handed_over.by, alexFrame.data.invited_by_name], [ALEX, ALEX.name]);
    assert.deepEqual((await limitedAlex.get(path)).body.handed_over.by, ALEX);
    assert.deepEqual(
      (await readEntries(limitedAlex)).map(({ by }) => by),
      [ALEX, ALEX],
    );

    await clock.advance(60_000);
    await limited.post(`${path}/handovers`, INVITE_BY_LINK);
    const ownFrame = await limitedStream.waitForFrame(({ data }) => data.handed_over?.by.name);
    assert.equal(ownFrame.data.handed_over.by.name, 'Blake Jones');
    limitedStream.close();
    limitedAlexStream.close();
  });

  it('is stored with each invite of a batch', async (test) => {
    const { proxy } = await startStack(test);
    const alex = await createRecruiterClient(proxy.url, { sub: ALEX.id, name: ALEX.name });
    await waitForBatch(alex, await createBatch(alex, { ...JANE, candidates: [JANE] }));
    const [session] = (await alex.query(JANE_ROW)).body.sessions;
    assert.deepEqual([session.invited_by, session.invited_by_name], [ALEX.id, ALEX.name]);
  });
});

describe('a read of a result', () => {
  it('is in the timeline once for each recruiter, with the time of the first read', async (test) => {
    const { alex, clock, createClient, evalon, path, proxy, readEntries, session } = await startWithInvite(test);
    assert.equal((await alex.get(`${path}/scorecard`)).status, 409);
    await evalon.completeSession(session.session_uuid);
    await clock.advance(1_000);
    const blake = await createClient({ sub: 'blake' });
    await alex.get(`${path}/scorecard`);
    const firstAt = new Date(clock.now()).toISOString();
    await clock.advance(1_000);
    await blake.get(`${path}/scorecard`);
    let writes = 0;
    proxy.context.store.onCommit(() => writes++, ['result_reads']);
    for (const client of [alex, blake]) await client.get(`${path}/scorecard`);
    assert.equal(writes, 0);
    const reads = (await readEntries()).filter(({ type }) => type === 'result_read');
    assert.deepEqual(
      reads.map(({ by }) => by),
      [ALEX, { id: 'blake' }],
    );
    assert.equal(reads[0]?.at, firstAt);
  });
});
