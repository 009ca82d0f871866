import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { JANE } from '../../support/api-client.ts';
import { ASHBY_API_KEY, ASHBY_PARTNER_KEY, startAshbyClient } from '../../support/ashby-partner-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import type { Settings } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const HARRY = { first_name: 'Harry', last_name: 'Potter', email: 'hpotter@hogwarts.example' };
/** The job in the requests of `startAshbyClient`. */
const JOB = '33333333-3333-4333-8333-333333333333';
const MARKETING = { project_id: JANE.project_id, assessment_type: 'marketing', label: 'Marketing' };
/** Event loop ticks after each timer: enough for a request to Ashby. */
const TICKS = 200;

async function startWithAshby(test: TestContext, settings: Settings = {}) {
  const ashby = await startAshbyClient(test);
  const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
  const stack = await startStack(test, {
    clock,
    settings: {
      PARTNER_ASHBY_KEY: ASHBY_PARTNER_KEY,
      ATS_ASHBY_KEY: ASHBY_API_KEY,
      ATS_ASHBY_URL: ashby.server.url,
      INVITE_DELIVERY: 'evalon',
      ...settings,
    },
  });
  ashby.partnerUrl = `${stack.proxy.url}/partner/ashby`;
  const getTypeId = async () => (await ashby.listAssessments())[0]?.assessment_type_id ?? '';
  const findSessionUuid = () => String(stack.evalon.findSession(HARRY.email, JANE.project_id)?.session_uuid);
  return { ...stack, ashby, clock, getTypeId, findSessionUuid };
}

describe('Ashby', () => {
  it('lists the offered assessments, starts one, and gets each change until the result', async (test) => {
    const { ashby, evalon, clock, getTypeId, findSessionUuid } = await startWithAshby(test);
    // The test settings offer two assessments in each of three projects.
    assert.equal((await ashby.listAssessments()).length, 2 * 3);
    const assessmentId = await ashby.startSuccessfully(await getTypeId(), HARRY);
    await evalon.sendEvent(findSessionUuid(), 'session.started');
    await evalon.completeSession(findSessionUuid());
    await clock.advance(5_000);
    await waitFor(() => ashby.updates.length === 2);
    assert.deepEqual(ashby.refusedUpdates, []);
    const [started, completed] = ashby.updates;
    assert.equal(started?.assessment_status?.value, 'Started');
    assert.deepEqual([started?.assessment_id, completed?.assessment_id], [assessmentId, assessmentId]);
    assert.deepEqual(completed?.assessment_result, {
      identifier: 'overall',
      label: 'Overall score',
      type: 'numeric_score',
      value: 82,
    });
    assert.match(String(completed?.assessment_profile_url?.value), /\/results\//);
    assert.ok(Number(completed?.timestamp) > Number(started?.timestamp));
    const identifiers = completed?.metadata?.map(({ identifier }) => identifier) ?? [];
    assert.equal(new Set(identifiers).size, identifiers.length);
  });

  it('starts an assessment whose link Ashby gets in a custom field', async (test) => {
    const { ashby, evalon, getTypeId } = await startWithAshby(test, {
      INVITE_DELIVERY: 'ats',
      ATS_WRITE_BACK: JSON.stringify([{ ats: 'ashby', as: 'link', field: 'evalon_link' }]),
    });
    await ashby.startSuccessfully(await getTypeId(), HARRY);
    assert.equal(evalon.sessionCount, 1);
  });

  it('gets a cancellation with its reason if the session ends without a result', async (test) => {
    const { ashby, evalon, clock, getTypeId, findSessionUuid } = await startWithAshby(test);
    await ashby.startSuccessfully(await getTypeId(), HARRY);
    await evalon.sendEvent(findSessionUuid(), 'session.expired');
    await clock.advance(5_000);
    await waitFor(() => ashby.updates.length === 1);
    assert.equal(ashby.updates[0]?.cancelled_reason?.value, 'Expired');
  });

  it('gets the same id for a repeated start', async (test) => {
    const { ashby, evalon, getTypeId } = await startWithAshby(test);
    const id = await getTypeId();
    assert.equal(await ashby.startSuccessfully(id, HARRY), await ashby.startSuccessfully(id, HARRY));
    assert.equal(evalon.sessionCount, 1);
  });

  it('gets no updates after a cancellation, and a new id for a new start', async (test) => {
    const { ashby, evalon, clock, getTypeId, findSessionUuid } = await startWithAshby(test);
    const id = await getTypeId();
    const assessment_id = await ashby.startSuccessfully(id, HARRY);
    for (let repeat = 0; repeat < 2; repeat++) {
      const { status, body } = await ashby.call('assessment.cancel', { assessment_id });
      assert.deepEqual([status, body], [200, { success: true, results: { assessment_id } }]);
    }
    await evalon.sendEvent(findSessionUuid(), 'session.started');
    await clock.advance(60_000);
    assert.deepEqual(ashby.updates, []);
    assert.notEqual(await ashby.startSuccessfully(id, HARRY), assessment_id);
    await clock.advance(60_000);
    await waitFor(() => ashby.updates.length === 1);
  });

  it('gets an update again after a failure', async (test) => {
    const { ashby, evalon, clock, getTypeId, findSessionUuid } = await startWithAshby(test);
    await ashby.startSuccessfully(await getTypeId(), HARRY);
    ashby.server.override = () => ({ status: 429, headers: { 'retry-after': '60' }, body: {} });
    await evalon.sendEvent(findSessionUuid(), 'session.started');
    await clock.advance(5_000);
    ashby.server.override = undefined;
    await clock.advance(10 * 60_000);
    await waitFor(() => ashby.updates.length === 1);
  });
});

describe('a refused start', () => {
  for (const [reason, settings, changes, sentence] of [
    ['candidates get no link', { INVITE_DELIVERY: 'copy' }, {}, /^Candidates don't get a link automatically here/],
    [
      'only another ATS gets links',
      {
        INVITE_DELIVERY: 'ats',
        ATS_LEVER_KEY: 'a-lever-key',
        ATS_WRITE_BACK: JSON.stringify([{ ats: 'lever', as: 'link' }]),
      },
      {},
      /^Candidates don't get a link automatically here/,
    ],
    ['the assessment is not offered', {}, { assessment_type_id: 'unknown' }, /no longer offered/],
    [
      'the assessment is for other jobs',
      { ASSESSMENTS: JSON.stringify([{ ...MARKETING, jobs: ['another'] }]) },
      {},
      /not offered for this job/,
    ],
    ['the email is invalid', {}, { candidate: { ...HARRY, email: 'no-address' } }, /candidate\.email must be an email/],
  ] as const) {
    it(`has the sentence that Ashby shows if ${reason}`, async (test) => {
      const { ashby, evalon, getTypeId } = await startWithAshby(test, settings);
      const { status, body } = await ashby.start(await getTypeId(), HARRY, changes);
      assert.equal(status, 422);
      assert.match((body as { message: string }).message, sentence);
      assert.equal(evalon.sessionCount, 0);
    });
  }

  it('has a sentence if Evalon refuses the invite', async (test) => {
    const { ashby, evalon, getTypeId } = await startWithAshby(test);
    const id = await getTypeId();
    evalon.injectFault('create', { fault: 'refuse', status: 400 });
    const { status, body } = await ashby.start(id, HARRY);
    assert.equal(status, 422);
    assert.ok((body as { message: string }).message.length > 10);
  });

  it('has the status 401 if the key is wrong', async (test) => {
    const { ashby } = await startWithAshby(test);
    ashby.partnerKey = 'another-key-of-enough-length';
    assert.equal((await ashby.call('assessment.start')).status, 401);
  });
});

it('a completed assessment can’t be cancelled', async (test) => {
  const { ashby, evalon, clock, getTypeId, findSessionUuid } = await startWithAshby(test);
  const assessment_id = await ashby.startSuccessfully(await getTypeId(), HARRY);
  await evalon.completeSession(findSessionUuid());
  await clock.advance(5_000);
  const { status, body } = await ashby.call('assessment.cancel', { assessment_id });
  assert.equal(status, 422);
  assert.match((body as { message: string }).message, /has completed/);
});

it('an assessment that is offered only for the job in Ashby’s request is started', async (test) => {
  const { ashby, getTypeId } = await startWithAshby(test, {
    ASSESSMENTS: JSON.stringify([{ ...MARKETING, jobs: [JOB] }]),
  });
  await ashby.startSuccessfully(await getTypeId(), HARRY);
});
