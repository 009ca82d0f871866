import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import { RETENTION_ACTOR } from '../../../proxy/audit/audit-log.ts';
import { readConfig } from '../../../proxy/config/config.ts';
import type { Scorecard } from '../../../proxy/contract/scorecard.ts';
import { createFieldMap } from '../../../proxy/evalon/field-map.ts';
import { startReconciler } from '../../../proxy/scorecards/reconcile.ts';
import { startAnswerReparser } from '../../../proxy/scorecards/reparse.ts';
import { storeFinalScorecard } from '../../../proxy/scorecards/store-scorecard.ts';
import { MAX_ANSWER_BYTES } from '../../../proxy/store/raw-answers.ts';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { JANE } from '../../support/api-client.ts';
import { createBatch, sampleCandidates, waitForBatch } from '../../support/batches.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { NO_WRITES } from '../../support/no-writes.ts';
import { buildProxySettings } from '../../support/proxy.ts';
import { buildSessionRow } from '../../support/session.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';
import { openStore } from '../../support/test-database.ts';

const BASE_URL = 'https://api.evalon.example';
const REPARSER_OPTIONS = { baseUrl: BASE_URL, offeredAssessments: () => [], ...NO_WRITES };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const PORTUGUESE_SCORECARD = { resultado: { nota: { valor: 82, max: 100 } }, narrative: 'Plans well.' };
const PORTUGUESE_FIELD_MAP = JSON.stringify({
  overall: ['/resultado/nota/valor'],
  overall_max: ['/resultado/nota/max'],
});
const SCORED: Scorecard = {
  session_uuid: 'sess_1',
  assessment_type: 'marketing',
  overall: 82,
  overall_max: null,
  sections: [{ name: 'Planning', score: 80, max_score: null, questions: [] }],
  narrative: 'Plans well.',
};

const invite = async ({ recruiter }: TestStack): Promise<string> => (await recruiter.invite()).body.session_uuid;
const getSession = async ({ recruiter }: TestStack, uuid: string) => (await recruiter.get(`/v1/sessions/${uuid}`)).body;
const getScorecard = async ({ recruiter }: TestStack, uuid: string) =>
  (await recruiter.get(`/v1/sessions/${uuid}/scorecard`)).body;
const countReads = ({ evalon }: TestStack) => evalon.requests.filter(({ kind }) => kind === 'scorecard').length;
const waitForOverall = (stack: TestStack, uuid: string, overall: number) =>
  waitFor(async () => (await getSession(stack, uuid)).score_summary?.overall === overall);

async function listTimelineTypes({ recruiter }: TestStack, uuid: string): Promise<string[]> {
  const { entries } = (await recruiter.get(`/v1/sessions/${uuid}/timeline`)).body;
  return entries.map(({ type }: { type: string }) => type);
}

function setFieldMap({ evalon, proxy }: TestStack, EVALON_FIELD_MAP: string): void {
  proxy.context.reload(readConfig(buildProxySettings(evalon, { EVALON_FIELD_MAP })));
}

/** Opens a new database that contains one session. */
async function openStoreWithSession(test: TestContext) {
  const clock = createTestClock();
  const store = await openStore(':memory:', BASE_URL, clock);
  const at = new Date(clock.now()).toISOString();
  await store.write(({ sessions }) => sessions.upsert(buildSessionRow('c@example.com', at)));
  const log = pino({ level: 'silent' });
  const storeResult = (change: Partial<Scorecard> = {}) =>
    store.write((queries) => storeFinalScorecard(queries, { clock, ...NO_WRITES }, { ...SCORED, ...change }));
  const getRow = async () => {
    const row = await store.read(({ sessions }) => sessions.get('sess_1'));
    assert.ok(row);
    return row;
  };
  test.after(() => store.close());
  return { clock, store, log, storeResult, getRow };
}

describe('a result', () => {
  it('with missing parts is reread after a minute, and the timeline lists both results', async (test) => {
    const clock = createTestClock({ startMs: Date.now() });
    const stack = await startStack(test, { clock });
    const uuid = await invite(stack);
    stack.evalon.injectFault(
      'scorecard',
      { fault: 'change', fields: { narrative_summary: null, sections: [] } },
      { times: 1 },
    );
    await stack.evalon.completeSession(uuid);
    await waitFor(async () => {
      await clock.advance(100);
      return (await getSession(stack, uuid)).status === 'completed';
    });
    const first = await getScorecard(stack, uuid);
    assert.deepEqual([first.overall, first.incomplete], [82, ['sections', 'narrative']]);
    const { completed_at, updated_at } = await getSession(stack, uuid);
    await clock.advance(MINUTE_MS);
    const second = await waitFor(async () => {
      const scorecard = await getScorecard(stack, uuid);
      return !scorecard.incomplete && scorecard;
    });
    assert.match(second.narrative, /plans well/);
    const session = await getSession(stack, uuid);
    assert.equal(session.completed_at, completed_at);
    assert.ok(session.updated_at > updated_at);
    assert.deepEqual(await listTimelineTypes(stack, uuid), ['invited', 'completed', 'result_read', 'completed']);
    assert.equal(countReads(stack), 2);
  });

  it('that Evalon grades again is read after its webhook, and sent to streams', async (test) => {
    const stack = await startStack(test);
    const uuid = await invite(stack);
    await stack.evalon.completeSession(uuid);
    await waitForOverall(stack, uuid, 82);
    const stream = await stack.recruiter.openStream([{ candidate_email: JANE.candidate_email }]);
    await stack.evalon.completeSession(uuid, { scorecard: { overall: 90 } });
    const frame = await stream.waitForFrame(({ data }) => data.score_summary?.overall === 90);
    stream.close();
    assert.equal(frame.data.status, 'completed');
    assert.equal((await getScorecard(stack, uuid)).overall, 90);
    const { entries } = (await stack.recruiter.get(`/v1/sessions/${uuid}/timeline`)).body;
    assert.deepEqual(
      entries.map(({ type, overall }: { type: string; overall?: number }) => [type, overall]),
      [
        ['invited', undefined],
        ['completed', 82],
        ['regraded', 90],
        ['result_read', undefined],
      ],
    );
    assert.equal(entries[0].by.id, 'recruiter-1');
  });

  it('is reread after an unknown event, but not after a late known event', async (test) => {
    const stack = await startStack(test);
    const uuid = await invite(stack);
    await stack.evalon.completeSession(uuid);
    await waitForOverall(stack, uuid, 82);
    await stack.evalon.completeSession(uuid, { scorecard: { overall: 64 }, notify: false });
    await stack.evalon.sendEvent(uuid, 'session.started');
    const { store } = stack.proxy.context;
    await waitFor(async () => (await store.read(({ webhooks }) => webhooks.countByState('pending'))) === 0);
    const row = await store.read(({ sessions }) => sessions.get(uuid));
    assert.equal(row?.read_due_at, null);
    await stack.evalon.sendEvent(uuid, 'scorecard.updated');
    await waitForOverall(stack, uuid, 64);
    assert.equal(countReads(stack), 2);
  });

  it('is not reread for each of many unsigned webhooks', async (test) => {
    const stack = await startStack(test);
    const uuid = await invite(stack);
    await stack.evalon.completeSession(uuid);
    await waitForOverall(stack, uuid, 82);
    for (let n = 0; n < 20; n++) await stack.evalon.sendEvent(uuid, 'session.completed');
    const { store } = stack.proxy.context;
    await waitFor(() => countReads(stack) === 2);
    await waitFor(async () => (await store.read(({ webhooks }) => webhooks.countByState('pending'))) === 0);
    assert.equal(countReads(stack), 2);
  });

  it('that is only a placeholder is stored, but does not complete the session', async (test) => {
    const stack = await startStack(test);
    const uuid = await invite(stack);
    const body = { status: 'not_started', overall: 0, sections: [], completed_at: null };
    stack.evalon.injectFault('scorecard', { fault: 'response', body });
    assert.equal((await getScorecard(stack, uuid)).code, 'not_ready');
    assert.equal((await getSession(stack, uuid)).status, 'invited');
    const answer = await stack.proxy.context.store.read(({ rawAnswers }) => rawAnswers.get(uuid, 'scorecard'));
    assert.deepEqual(JSON.parse(answer?.body ?? ''), body);
  });

  for (const body of [
    { overall_score: 82, completed_at: '2026-01-15T14:30:00Z' },
    { score_summary: { overall: 82, sections: [{ name: 'Planning', score: 80 }] }, narrative_summary: 'Plans well.' },
  ]) {
    it(`is understood if the response has ${Object.keys(body).join(', ')}`, async (test) => {
      const stack = await startStack(test);
      const uuid = await invite(stack);
      stack.evalon.injectFault('scorecard', { fault: 'response', body });
      assert.equal((await getScorecard(stack, uuid)).overall, 82);
      assert.equal((await getSession(stack, uuid)).status, 'completed');
    });
  }

  it('with missing parts is reread after 1, 10 and 60 minutes, daily for a week, then never', async (test) => {
    const { clock, store, log, storeResult } = await openStoreWithSession(test);
    const from = clock.now();
    const polls: number[] = [];
    const { narrative: _, ...scorecard } = { ...SCORED, incomplete: ['narrative' as const] };
    const evalon = {
      async readScorecard() {
        polls.push(clock.now() - from);
        return scorecard;
      },
    };
    await storeResult(scorecard);
    const job = startReconciler({ store, evalon, clock, log, metrics: createMetrics(), ...NO_WRITES });
    test.after(() => job.stop());
    await clock.advance(2 * HOUR_MS);
    assert.deepEqual(
      polls.map((ms) => Math.round(ms / MINUTE_MS)),
      [1, 10, 60],
    );
    for (let day = 0; day < 9; day++) await clock.advance(DAY_MS);
    // Three polls in the first two hours, and one on each of seven days.
    assert.equal(polls.length, 3 + 7);
  });

  it('is replaced by a result with other scores, but not by a result with fewer parts', async (test) => {
    const { storeResult, getRow } = await openStoreWithSession(test);
    await storeResult();
    const withoutNarrative = { narrative: undefined as never, incomplete: ['narrative' as const] };
    assert.equal((await storeResult({ overall: 12, ...withoutNarrative }))?.isChanged, false);
    assert.equal((await getRow()).overall, 82);
    assert.equal((await storeResult({ overall: 70 }))?.isChanged, true);
    assert.equal((await getRow()).overall, 70);
    assert.equal((await storeResult({ overall: 70 }))?.isChanged, false);
  });
});

describe('a change of the field map', () => {
  it('corrects a result that was misread, without a call to Evalon', async (test) => {
    const stack = await startStack(test);
    const uuid = await invite(stack);
    stack.evalon.injectFault('scorecard', { fault: 'response', body: { overall: 12, ...PORTUGUESE_SCORECARD } });
    await stack.evalon.completeSession(uuid);
    await waitForOverall(stack, uuid, 12);
    const { updated_at } = await getSession(stack, uuid);
    const requestCount = stack.evalon.requests.length;
    setFieldMap(stack, PORTUGUESE_FIELD_MAP);
    await waitForOverall(stack, uuid, 82);
    const scorecard = await getScorecard(stack, uuid);
    assert.deepEqual([scorecard.overall, scorecard.overall_max], [82, 100]);
    assert.equal((await getSession(stack, uuid)).updated_at, updated_at);
    assert.equal(stack.evalon.requests.length, requestCount);
    const { entries } = (await stack.recruiter.get(`/v1/sessions/${uuid}/timeline`)).body;
    const [result, read] = entries.slice(-2);
    assert.deepEqual(result, { ...result, type: 'completed', overall: 82, overall_max: 100 });
    assert.equal(read.type, 'result_read');
  });

  it('completes a session whose scorecard was not understood', async (test) => {
    const stack = await startStack(test);
    const uuid = await invite(stack);
    stack.evalon.injectFault('scorecard', { fault: 'response', body: PORTUGUESE_SCORECARD });
    assert.equal((await getScorecard(stack, uuid)).code, 'not_ready');
    setFieldMap(stack, PORTUGUESE_FIELD_MAP);
    await waitForOverall(stack, uuid, 82);
    assert.equal((await getSession(stack, uuid)).status, 'completed');
    assert.equal(countReads(stack), 1);
  });

  it('rereads a result if the new map says that it is not final, and shows the old result until then', async (test) => {
    const stack = await startStack(test, { clock: createTestClock({ startMs: Date.now() }) });
    const uuid = await invite(stack);
    const body = { overall: 12, estado: 'scoring', narrative: 'Plans well.', sections: [{ name: 'One', score: 1 }] };
    stack.evalon.injectFault('scorecard', { fault: 'response', body });
    assert.equal((await getScorecard(stack, uuid)).overall, 12);
    setFieldMap(stack, JSON.stringify({ status: ['/estado'] }));
    const { store } = stack.proxy.context;
    const row = await waitFor(async () => {
      const found = await store.read(({ sessions }) => sessions.get(uuid));
      return found?.poll_due_at && found;
    });
    assert.deepEqual([row.status, row.overall], ['completed', 12]);
  });

  it('finds the candidate link of an earlier invite', async (test) => {
    const stack = await startStack(test);
    const fields = { candidate_url: null, enlace: 'https://take.example/1' };
    stack.evalon.injectFault('create', { fault: 'change', fields }, { times: 1 });
    const uuid = await invite(stack);
    assert.equal((await getSession(stack, uuid)).link_problem, 'missing');
    setFieldMap(stack, JSON.stringify({ 'create:candidate_url': ['/enlace'] }));
    const session = await waitFor(async () => {
      const found = await getSession(stack, uuid);
      return found.candidate_url && found;
    });
    assert.equal(session.candidate_url, 'https://take.example/1');
    assert.equal(session.link_problem, undefined);
  });

  it('parses each stored answer once, except truncated answers', async (test) => {
    const { clock, store, log, getRow } = await openStoreWithSession(test);
    const body = JSON.stringify({ overall: 12, filler: 'é'.repeat(MAX_ANSWER_BYTES / 2) });
    await store.write(({ rawAnswers }) =>
      rawAnswers.put('sess_1', { message: 'scorecard', body, field_map_version: 'old' }),
    );
    const stored = await store.read(({ rawAnswers }) => rawAnswers.get('sess_1', 'scorecard'));
    assert.equal(stored?.is_truncated, 1);
    assert.ok(body.startsWith(stored?.body ?? '') && Buffer.byteLength(stored?.body ?? '') <= MAX_ANSWER_BYTES);
    const fieldMap = createFieldMap();
    const job = startAnswerReparser({ ...REPARSER_OPTIONS, store, clock, log, fieldMap: () => fieldMap });
    await clock.advance(0);
    await job.stop();
    assert.equal((await getRow()).overall, null);
    assert.deepEqual(await store.read(({ rawAnswers }) => rawAnswers.listOutdated(fieldMap.version, 1)), []);
  });

  it('parses every stored answer again, page by page', async (test) => {
    const { clock, store, log } = await openStoreWithSession(test);
    const at = new Date(clock.now()).toISOString();
    await store.write(async ({ sessions, rawAnswers }) => {
      // More answers than one page. Their versions sort before and after the current version.
      for (let n = 0; n < 250; n++) {
        const session_uuid = `many_${n}`;
        await sessions.upsert({ ...buildSessionRow(`c${n}@example.com`, at), session_uuid });
        const body = JSON.stringify({ overall: n % 100 });
        await rawAnswers.put(session_uuid, { message: 'scorecard', body, field_map_version: n % 2 ? '0' : 'z' });
      }
    });
    const job = startAnswerReparser({ ...REPARSER_OPTIONS, store, clock, log, fieldMap: createFieldMap });
    const isDone = async () => {
      await clock.advance(1_000);
      const rows = await store.read(({ sessions }) => sessions.getByIds(['many_0', 'many_249']));
      return [...rows.values()].every(({ status }) => status === 'completed');
    };
    await waitFor(isDone);
    await waitFor(async () => {
      await clock.advance(1_000);
      return (await store.read(({ rawAnswers }) => rawAnswers.listOutdated(createFieldMap().version, 1))).length === 0;
    });
    await job.stop();
  });
});

describe('raw answers', () => {
  for (const hasBatchEndpoint of [true, false]) {
    it(`are stored for the rows of a batch, ${hasBatchEndpoint ? 'with' : 'without'} a batch endpoint`, async (test) => {
      const { recruiter, proxy } = await startStack(test, { evalon: { hasBatchEndpoint } });
      const id = await createBatch(recruiter, { ...JANE, candidates: sampleCandidates(3) });
      const { rows } = await waitForBatch(recruiter, id);
      for (const { session_uuid = '' } of rows) {
        const [answer] = await proxy.context.store.read(({ rawAnswers }) => rawAnswers.list(session_uuid));
        assert.equal(answer?.message, hasBatchEndpoint ? 'batch' : 'create');
        assert.equal(JSON.parse(answer?.body ?? '').session_uuid, session_uuid);
      }
    });
  }

  it('are stored with the result or not at all', async (test) => {
    const { clock, store, getRow } = await openStoreWithSession(test);
    const answer = { message: 'scorecard', body: '{"overall":82}', field_map_version: '1' } as const;
    const crash = store.write(async (queries) => {
      await storeFinalScorecard(queries, { clock, ...NO_WRITES }, SCORED, answer);
      throw new Error('crash');
    });
    await assert.rejects(crash, /crash/);
    assert.equal((await getRow()).scorecard, null);
    assert.deepEqual(await store.read(({ rawAnswers }) => rawAnswers.list('sess_1')), []);
  });

  it('are exported, and erased with the candidate, by an administrator and by retention', async (test) => {
    const stack = await startStack(test, { settings: { ADMIN_TOKEN, ASSESSMENTS: undefined } });
    const { store, eraseCandidates } = stack.proxy.context;
    const admin = createAdminClient(stack.proxy.url);
    const jane = { candidate_email: JANE.candidate_email };
    stack.evalon.injectFault('scorecard', { fault: 'change', fields: { canary: 'stored unchanged' } });
    const listStored = (uuid: string) =>
      store.read(async ({ rawAnswers, history }) => [...(await rawAnswers.list(uuid)), ...(await history.list(uuid))]);

    const inFarFuture = '9999';
    const erasures = [
      () => admin.post('/admin/erase', jane),
      () => eraseCandidates([JANE.candidate_email], RETENTION_ACTOR, inFarFuture),
    ];
    for (const [index, erase] of erasures.entries()) {
      const { session_uuid } = (await stack.recruiter.invite({ project_id: `proj_${index}` })).body;
      await stack.evalon.completeSession(session_uuid);
      await waitForOverall(stack, session_uuid, 82);
      const [session] = (await admin.post('/admin/export', jane)).body.sessions;
      const messages = session.raw_answers.map(({ message }: { message: string }) => message);
      assert.deepEqual(messages, ['create', 'scorecard']);
      assert.match(session.raw_answers[1].body, /stored unchanged/);
      assert.equal(session.history.at(-1).type, 'completed');
      // Two raw answers, and one entry of the history.
      assert.equal((await listStored(session_uuid)).length, 3);
      await erase();
      assert.deepEqual(await listStored(session_uuid), []);
      assert.equal((await getSession(stack, session_uuid)).code, 'not_found');
    }
  });
});
