import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ASHBY_ASSESSMENT_TYPE_ID, ASHBY_PARTNER_ID } from '../../../proxy/sandbox/simulated-ats/ashby.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { APPLICATION_IDS, ATS_NAMES, buildAtsSettings, startSimulatedAtss } from '../../support/ats/simulated.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createTempFolder, startProxy } from '../../support/proxy.ts';
import { ANNA, advanceUntil, LEVER_NOTE, startWriteBack, TICKS } from './harness.ts';

/** Ashby has no list of assessments, so the proxy can't check whether an assessment was already written. */
const ASHBY_ASSESSMENT = {
  ats: 'ashby',
  as: 'assessment',
  on: ['completed'],
  partner_id: ASHBY_PARTNER_ID,
  assessment_type_id: ASHBY_ASSESSMENT_TYPE_ID,
};

describe('what happens to a session', () => {
  for (const ats of ATS_NAMES) {
    it(`is written into ${ats}: the invite, and the result with the score`, async (test) => {
      const { evalon, clock, invite, readTexts, listRows } = await startWriteBack(test);
      const sessionUuid = await invite(ats);
      await advanceUntil(clock, () => readTexts(ats).length === 1);
      await evalon.completeSession(sessionUuid);
      await advanceUntil(clock, () => readTexts(ats).length === 2);
      const [invited = '', completed = ''] = readTexts(ats);
      assert.match(invited, /^Evalon: invited to Marketing on [\d-]+\.\n\[evalon [\w-]{12}-1\]$/);
      assert.match(completed, /^Evalon: Marketing completed on [\d-]+\. Overall score: 82/);
      assert.match(completed, /\[evalon [\w-]{12}-2\]$/);
      await advanceUntil(clock, async () => (await listRows(sessionUuid)).every(({ state }) => state === 'delivered'));
    });
  }

  it('is written when it ends without a result', async (test) => {
    const { evalon, clock, invite, readTexts } = await startWriteBack(test);
    await evalon.sendEvent(await invite('lever'), 'session.expired');
    await advanceUntil(clock, () => readTexts('lever').length === 2);
    assert.match(readTexts('lever')[1] ?? '', /ended on [\d-]+ without a result \(expired\)/);
  });

  it('is written again if the result changes, and only then', async (test) => {
    const { evalon, clock, invite, readTexts } = await startWriteBack(test, [{ ...LEVER_NOTE, on: ['completed'] }]);
    const sessionUuid = await invite('lever');
    await evalon.completeSession(sessionUuid);
    await advanceUntil(clock, () => readTexts('lever').length === 1);
    for (const overall of [82, 90]) {
      await evalon.completeSession(sessionUuid, { scorecard: { overall } });
      await clock.advance(10 * 60_000);
    }
    await advanceUntil(clock, () => readTexts('lever').length === 2);
    assert.match(readTexts('lever')[1] ?? '', /Overall score: 90/);
  });

  it('is written by templates, with the narrative only if a template names it', async (test) => {
    const text = { completed: '{assessment} {score} {narrative} {unknown}' };
    const { evalon, clock, invite, readTexts } = await startWriteBack(test, [
      { ...LEVER_NOTE, on: ['completed'], text },
      { ats: 'lever', as: 'tag', on: ['completed'] },
    ]);
    await evalon.completeSession(await invite('lever'), { scorecard: { narrative_summary: 'Writes {score} well.' } });
    await advanceUntil(clock, () => readTexts('lever').length === 2);
    const texts = readTexts('lever').toSorted();
    assert.equal(texts[0], 'Evalon: completed');
    assert.match(texts[1] ?? '', /^Marketing 82\S*( \/ 100)? Writes \{score\} well\. \{unknown\}\n\[evalon/);
  });

  it('is written if the page names the application but not the ATS, and ATS_WRITE_BACK has only one ATS', async (test) => {
    const { recruiter, clock, readTexts } = await startWriteBack(test, [LEVER_NOTE]);
    await recruiter.invite({ ...ANNA, application_id: APPLICATION_IDS.lever(0) });
    await advanceUntil(clock, () => readTexts('lever').length === 1);
  });

  it('is not written for a session without an application', async (test) => {
    const { recruiter, clock, store } = await startWriteBack(test);
    const { body } = await recruiter.invite(ANNA);
    await clock.advance(60_000);
    assert.deepEqual(await store.read(({ outbox }) => outbox.list(body.session_uuid)), []);
  });

  it('is only recorded in a dry run', async (test) => {
    const { clock, invite, readTexts, listRows, admin } = await startWriteBack(test, [
      { ...LEVER_NOTE, dry_run: true },
    ]);
    const sessionUuid = await invite('lever');
    await clock.advance(60_000);
    assert.deepEqual(readTexts('lever'), []);
    const [row] = await listRows(sessionUuid);
    assert.equal(row?.state, 'dry_run');
    const [written] = await admin.readLines('/admin/writes');
    assert.equal(written.state, 'dry_run');
    assert.match(written.entry.text, /^Evalon: invited to Marketing/);
  });
});

describe('a write that fails', () => {
  it('is repeated after a rate limit, an error, HTML and a lost response, and arrives once and in order', async (test) => {
    const { evalon, clock, invite, readTexts, apis } = await startWriteBack(test, [LEVER_NOTE]);
    for (const fault of [
      { fault: 'refuse', status: 429, retryAfter: '30' },
      { fault: 'refuse', status: 500 },
      { fault: 'html' },
      { fault: 'lost-response' },
    ] as const) {
      apis.lever.faults.add({ kind: 'write', fault, times: 1 });
    }
    const sessionUuid = await invite('lever');
    await evalon.completeSession(sessionUuid);
    await advanceUntil(clock, () => readTexts('lever').length === 2);
    await clock.advance(60 * 60_000);
    assert.deepEqual(
      readTexts('lever').map((text) => /-(\d)\]$/.exec(text)?.[1]),
      ['1', '2'],
    );
  });

  it('waits for a corrected key', async (test) => {
    const { clock, invite, readTexts, listRows, apis } = await startWriteBack(test);
    apis.ashby.isKeyValid = false;
    const sessionUuid = await invite('ashby');
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.problem === 'credentials');
    apis.ashby.isKeyValid = true;
    await advanceUntil(clock, () => readTexts('ashby').length === 1);
  });

  it('becomes a dead letter if the ATS’s rate limit refuses it for a week', async (test) => {
    const { clock, invite, listRows, apis } = await startWriteBack(test);
    apis.lever.faults.add({ kind: 'any', fault: { fault: 'refuse', status: 429, retryAfter: '60' } });
    const sessionUuid = await invite('lever');
    await clock.advance(60 * 60_000);
    const [waiting] = await listRows(sessionUuid);
    assert.deepEqual([waiting?.state, waiting?.problem], ['pending', 'rate_limited']);
    clock.jump(8 * 24 * 60 * 60_000);
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'failed');
    assert.equal((await listRows(sessionUuid))[0]?.problem, 'rate_limited');
  });

  for (const { fault, isReported } of [
    { fault: { fault: 'refuse', status: 429, retryAfter: '30' }, isReported: false },
    { fault: { fault: 'lost-response' }, isReported: true },
  ] as const) {
    it(`is ${isReported ? '' : 'not '}reported as a possible duplicate after ${fault.fault}`, async (test) => {
      const { evalon, clock, invite, listRows, apis } = await startWriteBack(test, [ASHBY_ASSESSMENT]);
      // Attempts that fail before the write cause no duplicate.
      apis.ashby.faults.add({ kind: 'read', fault: { fault: 'refuse', status: 503 }, times: 2 });
      apis.ashby.faults.add({ kind: 'write', fault, times: 1 });
      const sessionUuid = await invite('ashby');
      await evalon.completeSession(sessionUuid);
      await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'delivered');
      const [row] = await listRows(sessionUuid);
      assert.ok(Number(row?.attempts) > 1);
      assert.deepEqual([row?.may_be_written, row?.may_be_duplicate], [0, isReported ? 1 : 0]);
    });
  }

  it('becomes a dead letter after a limited number of attempts', async (test) => {
    const { clock, invite, listRows, apis } = await startWriteBack(test);
    apis.lever.faults.add({ kind: 'read', fault: { fault: 'refuse', status: 503 } });
    const sessionUuid = await invite('lever');
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'failed');
    const [row] = await listRows(sessionUuid);
    assert.deepEqual([row?.problem, row?.due_at], ['unavailable', null]);
  });

  it('to an ATS that does not respond delays no other ATS, and each ATS gets one write at a time', async (test) => {
    const { clock, invite, readTexts, apis } = await startWriteBack(test);
    apis.lever.faults.add({ kind: 'any', fault: { fault: 'hang' }, times: 1 });
    await invite('lever');
    await invite('lever', { index: 1 });
    await invite('ashby', { project_id: 'proj_other' });
    await clock.advance(1_000);
    await waitFor(() => readTexts('ashby').length === 1);
    assert.equal(apis.lever.requests.length, 1);
    await advanceUntil(clock, () => readTexts('lever').length === 1 && readTexts('lever', { index: 1 }).length === 1);
  });
});

describe('the link, if the ATS delivers it', () => {
  const startDelivery = (test: TestContext) =>
    startWriteBack(test, ({ linkDelivery }) => linkDelivery, { INVITE_DELIVERY: 'ats' });

  for (const ats of ATS_NAMES) {
    it(`is written into ${ats}, and only then counts as handed over`, async (test) => {
      const { recruiter, clock, invite, records, apis } = await startDelivery(test);
      apis[ats].faults.add({ kind: 'write', fault: { fault: 'refuse', status: 503 }, times: 1 });
      const sessionUuid = await invite(ats);
      const readSession = async () => (await recruiter.get(`/v1/sessions/${sessionUuid}`)).body;
      await advanceUntil(clock, async () => (await readSession()).ats_writes[0].problem === 'unavailable');
      assert.equal((await readSession()).ats_writes[0].state, 'saving');
      await advanceUntil(clock, async () => (await readSession()).ats_writes[0].state === 'saved');
      const { candidate_url, ats_writes } = await readSession();
      assert.deepEqual(
        ats_writes.map(({ content }: { content: string }) => content),
        ['link'],
      );
      assert.deepEqual(
        records.list(ats, 0).map(({ value }) => value.replaceAll('"', '')),
        [candidate_url],
      );
    });
  }

  it('goes to no other person, and the session shows why', async (test) => {
    const { recruiter, clock, invite, records, candidates, admin } = await startDelivery(test);
    candidates.change(0, { email: 'another@example.com' });
    const sessionUuid = await invite('greenhouse');
    const readWrite = async () => (await recruiter.get(`/v1/sessions/${sessionUuid}`)).body.ats_writes[0];
    await advanceUntil(clock, async () => (await readWrite()).state === 'held');
    assert.equal((await readWrite()).problem, 'email_differs');
    assert.deepEqual(records.list('greenhouse', 0), []);
    assert.doesNotMatch(JSON.stringify(await admin.readLines('/admin/writes')), /https?:/);
  });

  it('is not written after the session was cancelled', async (test) => {
    const { evalon, recruiter, clock, invite, records, apis, listRows } = await startDelivery(test);
    apis.lever.isKeyValid = false;
    const sessionUuid = await invite('lever');
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.problem === 'credentials');
    await evalon.sendEvent(sessionUuid, 'session.cancelled');
    apis.lever.isKeyValid = true;
    await advanceUntil(clock, async () => (await listRows(sessionUuid)).length === 0);
    assert.deepEqual(records.list('lever', 0), []);
    assert.equal((await recruiter.get(`/v1/sessions/${sessionUuid}`)).body.ats_writes, undefined);
  });
});

describe('a recruiter', () => {
  it('sees live that the ATS has the news, and since when', async (test) => {
    const { evalon, recruiter, clock, invite } = await startWriteBack(test, [LEVER_NOTE]);
    const stream = await recruiter.openStream([{ candidate_email: ANNA.candidate_email }]);
    const sessionUuid = await invite('lever');
    const waitForState = async (state: string, status: string) => {
      await clock.advance(60_000);
      return stream.waitForFrame(({ data }) => data.status === status && data.ats_writes?.[0]?.state === state);
    };
    const { data } = await waitForState('saved', 'invited');
    const [{ at, ...write }] = data.ats_writes;
    assert.deepEqual(write, { ats: 'lever', label: 'Lever', content: 'news', state: 'saved' });
    assert.ok(at >= data.invited_at);
    await evalon.completeSession(sessionUuid);
    await waitForState('saving', 'completed');
    await waitForState('saved', 'completed');
    stream.close();
  });

  it('sees why the ATS does not have the news, and that it is tried again', async (test) => {
    const { recruiter, clock, invite, candidates, admin } = await startWriteBack(test);
    candidates.change(0, { email: 'another@example.com' });
    const sessionUuid = await invite('greenhouse');
    const readWrite = async () => (await recruiter.get(`/v1/sessions/${sessionUuid}`)).body.ats_writes[0];
    await advanceUntil(clock, async () => (await readWrite()).state === 'held');
    assert.equal((await readWrite()).problem, 'email_differs');
    candidates.change(0, { email: ANNA.candidate_email });
    await admin.post('/admin/writes/retry', {});
    await advanceUntil(clock, async () => (await readWrite()).state === 'saved');
    assert.equal((await readWrite()).problem, undefined);
  });
});

describe('an administrator', () => {
  it('lets the proxy try dead letters again, and the audit log shows who listed and retried', async (test) => {
    const { clock, invite, readTexts, listRows, candidates, admin } = await startWriteBack(test);
    candidates.change(0, { email: 'another@example.com' });
    const sessionUuid = await invite('lever');
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'failed');
    candidates.change(0, { email: ANNA.candidate_email });
    await admin.readLines('/admin/writes');
    assert.deepEqual((await admin.post('/admin/writes/retry', {})).body, { retried: 1, superseded: 0 });
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'delivered');
    assert.equal(readTexts('lever').length, 1);
    assert.deepEqual((await admin.post('/admin/writes/retry', {})).body, { retried: 0, superseded: 0 });
    const actions = (await admin.readAuditLog()).map(({ actor, action }) => `${actor} ${action}`);
    assert.deepEqual(actions.slice(-3), [
      'administrator writes_listed',
      'administrator writes_retried',
      'administrator writes_retried',
    ]);
  });

  it('cannot retry a write after a newer write of the session was delivered', async (test) => {
    const { evalon, clock, invite, readTexts, listRows, candidates, admin } = await startWriteBack(test, [LEVER_NOTE]);
    candidates.change(0, { email: 'another@example.com' });
    const sessionUuid = await invite('lever');
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'failed');
    candidates.change(0, { email: ANNA.candidate_email });
    await evalon.completeSession(sessionUuid);
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[1]?.state === 'delivered');
    assert.deepEqual((await admin.post('/admin/writes/retry', {})).body, { retried: 0, superseded: 1 });
    await clock.advance(60 * 60_000);
    assert.equal(readTexts('lever').length, 1);
  });
});

describe('an erasure', () => {
  it('removes what is pending, and counts what the ATS already has', async (test) => {
    const { evalon, clock, invite, readTexts, listRows, apis, admin } = await startWriteBack(test);
    const sessionUuid = await invite('lever');
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'delivered');
    apis.lever.isKeyValid = false;
    await evalon.completeSession(sessionUuid);
    await advanceUntil(clock, async () => (await listRows(sessionUuid)).length === 2);
    const { body } = await admin.post('/admin/erase', { candidate_email: ANNA.candidate_email });
    assert.deepEqual([body.saved_in_ats, body.ats_writes], [1, 1]);
    apis.lever.isKeyValid = true;
    await clock.advance(24 * 60 * 60_000);
    assert.equal(readTexts('lever').length, 1);
    assert.deepEqual(await listRows(sessionUuid), []);
  });
});

describe('a restart of the proxy', () => {
  it('does not wait for an ATS that does not respond, and loses and repeats nothing', async (test) => {
    const { folder, remove } = createTempFolder();
    const atss = await startSimulatedAtss(test);
    const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
    const evalon = await startEvalon();
    const settings = {
      ...buildAtsSettings(atss.connectors),
      ATS_WRITE_BACK: JSON.stringify([LEVER_NOTE]),
      DATABASE_URL: `file:${folder}/evalon.db`,
    };
    atss.apis.lever.faults.add({ kind: 'write', fault: { fault: 'late-response', ms: 600_000 }, times: 1 });
    let proxy = await startProxy(evalon, settings, clock);
    test.after(async () => {
      await proxy.close();
      await evalon.close();
      remove();
    });
    const recruiter = await createRecruiterClient(proxy.url);
    await recruiter.invite({ ...ANNA, ats: 'lever', application_id: APPLICATION_IDS.lever(0) });
    const listNotes = () => atss.records.list('lever', 0);
    await waitFor(() => listNotes().length === 1);
    await proxy.close();
    proxy = await startProxy(evalon, settings, clock);
    const { store } = proxy.context;
    await advanceUntil(
      clock,
      async () => (await store.read(({ outbox }) => outbox.countByState('ats', 'delivered'))) === 1,
    );
    assert.equal(listNotes().length, 1);
  });
});
