import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { JANE } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { GREENHOUSE_PARTNER_KEY, startGreenhouseClient } from '../../support/greenhouse-partner-client.ts';
import { buildProxySettings, type Settings, startProxyProcess } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const HARRY = { first_name: 'Harry', last_name: 'Potter', email: 'hpotter@hogwarts.example' };
/** Ids of take-home tests in Greenhouse. `sendTest` sends the first by default. */
const TAKE_HOME_TEST = 12_345;
const OTHER_TAKE_HOME_TEST = 54_321;
/** Event loop ticks after each timer: enough for a request to Greenhouse. */
const TICKS = 200;

async function startWithGreenhouse(test: TestContext, settings: Settings = {}) {
  const greenhouse = await startGreenhouseClient(test);
  const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
  const stack = await startStack(test, {
    clock,
    settings: {
      PARTNER_GREENHOUSE_KEY: GREENHOUSE_PARTNER_KEY,
      PARTNER_CALLBACK_HOSTS: greenhouse.host,
      INVITE_DELIVERY: 'evalon',
      ADMIN_TOKEN,
      ...settings,
    },
  });
  greenhouse.partnerUrl = `${stack.proxy.url}/partner/greenhouse`;
  const getTestId = async () => (await greenhouse.listTests())[0]?.partner_test_id ?? '';
  const findSession = (email = HARRY.email) => stack.evalon.findSession(email, JANE.project_id);
  return { ...stack, greenhouse, clock, getTestId, findSession, admin: createAdminClient(stack.proxy.url) };
}

describe('Greenhouse', () => {
  it('lists the offered assessments, sends one, and shows the result after the proxy’s PATCH', async (test) => {
    const { greenhouse, evalon, clock, getTestId, findSession } = await startWithGreenhouse(test);
    const tests = await greenhouse.listTests();
    // The test settings offer two assessments in each of three projects.
    assert.equal(tests.length, 2 * 3);
    assert.deepEqual(new Set(tests.map(({ partner_test_name }) => partner_test_name)), new Set(['Marketing', 'Sales']));
    const sent = await greenhouse.sendTest(await getTestId(), HARRY);
    assert.equal(sent.status, 200);
    const { partner_interview_id } = sent.body as { partner_interview_id: string };
    assert.equal((await greenhouse.fetchStatus(partner_interview_id)).partner_status, 'invited');

    const session = findSession();
    assert.equal(session?.candidate_name, 'Harry Potter');
    await evalon.completeSession(String(session?.session_uuid));
    await clock.advance(1_000);
    const shown = await waitFor(() => greenhouse.shown.get(TAKE_HOME_TEST));
    assert.equal(shown.partner_status, 'complete');
    assert.equal(shown.partner_score, 82);
    assert.match(String(shown.partner_profile_url), /\/results\//);
    assert.match(String(shown.metadata['Overall score']), /^82/);
  });

  it('gets the same id for a repeated request, and another id for another take-home test', async (test) => {
    const { greenhouse, evalon, getTestId } = await startWithGreenhouse(test);
    const id = await getTestId();
    const responses = [await greenhouse.sendTest(id, HARRY), await greenhouse.sendTest(id, HARRY)];
    assert.deepEqual(responses[0]?.body, responses[1]?.body);
    assert.equal(evalon.sessionCount, 1);
    assert.equal((await evalon.waitForRequests(1, 'create')).length, 1);
    const other = await greenhouse.sendTest(id, HARRY, OTHER_TAKE_HOME_TEST);
    assert.notDeepEqual(other.body, responses[0]?.body);
    assert.equal(evalon.sessionCount, 1);
  });

  it('gets the result of a candidate who had finished before the order', async (test) => {
    const { greenhouse, evalon, recruiter, clock, getTestId } = await startWithGreenhouse(test);
    const { session_uuid } = (await recruiter.invite({ candidate_email: HARRY.email })).body;
    await evalon.completeSession(session_uuid);
    await clock.advance(1_000);
    await greenhouse.sendTest(await getTestId(), HARRY);
    await clock.advance(1_000);
    assert.equal((await waitFor(() => greenhouse.shown.get(TAKE_HOME_TEST))).partner_score, 82);
  });

  it('is notified again until a notification succeeds', async (test) => {
    const { greenhouse, evalon, clock, getTestId, findSession } = await startWithGreenhouse(test);
    await greenhouse.sendTest(await getTestId(), HARRY);
    greenhouse.server.override = ({ method }) => (method === 'PATCH' ? { status: 503, body: {} } : undefined);
    await evalon.completeSession(String(findSession()?.session_uuid));
    await clock.advance(60_000);
    assert.equal(greenhouse.shown.size, 0);
    greenhouse.server.override = undefined;
    await clock.advance(60 * 60_000);
    await waitFor(() => greenhouse.shown.size === 1);
  });

  it('is recorded as the caller of the invite and of the reads', async (test) => {
    const { greenhouse, recruiter, admin, getTestId } = await startWithGreenhouse(test);
    const sent = await greenhouse.sendTest(await getTestId(), HARRY);
    await greenhouse.fetchStatus((sent.body as { partner_interview_id: string }).partner_interview_id);
    const { sessions } = (await recruiter.query({ candidate_email: HARRY.email })).body;
    assert.deepEqual([sessions[0].invited_by, sessions[0].invited_by_name], ['partner:greenhouse', 'Greenhouse']);
    const entries = await admin.readAuditLog(HARRY.email);
    const partnerActions = entries.filter(({ actor }) => actor === 'partner:greenhouse').map(({ action }) => action);
    assert.deepEqual(partnerActions, ['invited', 'seen']);
  });

  it('reports a response that it did not understand, and the log has no candidate’s data', async (test) => {
    const greenhouse = await startGreenhouseClient(test);
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(
      buildProxySettings(evalon, {
        PARTNER_GREENHOUSE_KEY: GREENHOUSE_PARTNER_KEY,
        PARTNER_CALLBACK_HOSTS: greenhouse.host,
        INVITE_DELIVERY: 'evalon',
        LOG_LEVEL: 'info',
      }),
    );
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    greenhouse.partnerUrl = `${proxy.url}/partner/greenhouse`;
    const [offered] = await greenhouse.listTests();
    const sent = await greenhouse.sendTest(offered?.partner_test_id ?? '', HARRY);
    const { status } = await greenhouse.call('response_error', {
      api_call: 'test_status',
      errors: [`the score of Harry Potter (${HARRY.email}) is missing, key ${GREENHOUSE_PARTNER_KEY}`],
      candidate_email: HARRY.email,
      ...(sent.body as object),
    });
    assert.equal(status, 200);
    const line = await waitFor(() => /.*partner_response_error.*/.exec(proxy.output())?.[0]);
    assert.match(line, /"api_call":"test_status","errors":\["the score of \[redacted\] \(\[email\]\) is missing/);
    assert.doesNotMatch(proxy.output(), new RegExp(`Potter|${HARRY.email}|${GREENHOUSE_PARTNER_KEY}`));
  });
});

/** An order: Greenhouse’s request to send a candidate one of the proxy’s assessments. */
describe('an order', () => {
  it('is refused with a sentence if candidates get no link automatically', async (test) => {
    const { greenhouse, evalon, getTestId } = await startWithGreenhouse(test, { INVITE_DELIVERY: 'copy' });
    const { status, body } = await greenhouse.sendTest(await getTestId(), HARRY);
    assert.equal(status, 422);
    assert.match((body as { detail: string }).detail, /^Candidates don't get a link automatically here/);
    assert.equal(evalon.sessionCount, 0);
  });

  it('needs the application, if Greenhouse gets the link in its custom field', async (test) => {
    const { greenhouse, evalon, getTestId } = await startWithGreenhouse(test, {
      INVITE_DELIVERY: 'ats',
      ATS_GREENHOUSE_CLIENT_ID: 'an-id',
      ATS_GREENHOUSE_CLIENT_SECRET: 'a-secret-of-enough-length',
      ATS_WRITE_BACK: JSON.stringify([{ ats: 'greenhouse', as: 'link', field: 'evalon_link' }]),
    });
    const id = await getTestId();
    const order = {
      partner_test_id: id,
      // The profile URL would contain the application's id.
      candidate: { ...HARRY, greenhouse_profile_url: null },
      url: `${greenhouse.server.url}/integrations/testing_partners/take_home_tests/1`,
    };
    const { status, body } = await greenhouse.call('send_test', order);
    assert.equal(status, 422);
    assert.match((body as { detail: string }).detail, /^Candidates don't get a link automatically here/);
    assert.equal(evalon.sessionCount, 0);
    assert.equal((await greenhouse.sendTest(id, HARRY)).status, 200);
  });

  it('of another assessment than the candidate’s is refused with a sentence', async (test) => {
    const { greenhouse } = await startWithGreenhouse(test);
    const [first, second] = await greenhouse.listTests();
    await greenhouse.sendTest(first?.partner_test_id ?? '', HARRY);
    const { status, body } = await greenhouse.sendTest(second?.partner_test_id ?? '', HARRY, OTHER_TAKE_HOME_TEST);
    assert.equal(status, 409);
    assert.match((body as { detail: string }).detail, /^Evalon allows one assessment per candidate and project/);
  });

  it('of an assessment that is not offered is refused', async (test) => {
    const { greenhouse } = await startWithGreenhouse(test);
    const { status, body } = await greenhouse.sendTest('12345', HARRY);
    assert.equal(status, 404);
    assert.match((body as { detail: string }).detail, /no longer offered/);
  });

  for (const url of [
    'http://app.greenhouse.io/integrations/1',
    'https://greenhouse.io.attacker.example/1',
    'https://user:password@app.greenhouse.io/1',
    'https://app.greenhouse.io:8443/1',
    'https://boards.greenhouse.io/1',
    'http://127.0.0.1:1/1',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'app.greenhouse.io',
  ]) {
    it(`with the callback ${url} is refused before anyone is invited`, async (test) => {
      const { greenhouse, evalon, getTestId } = await startWithGreenhouse(test, { PARTNER_CALLBACK_HOSTS: undefined });
      const body = { partner_test_id: await getTestId(), candidate: HARRY, url };
      const { status } = await greenhouse.call('send_test', body);
      assert.equal(status, 400);
      assert.equal(evalon.sessionCount, 0);
    });
  }

  it('with a callback that redirects causes no request to the other address', async (test) => {
    const { greenhouse, evalon, clock, getTestId, findSession } = await startWithGreenhouse(test);
    await greenhouse.sendTest(await getTestId(), HARRY);
    greenhouse.server.override = ({ path }) =>
      path === '/elsewhere'
        ? undefined
        : { status: 302, headers: { location: `${greenhouse.server.url}/elsewhere` }, body: {} };
    await evalon.completeSession(String(findSession()?.session_uuid));
    await clock.advance(60_000);
    await waitFor(() => greenhouse.server.requests.length > 0);
    assert.ok(greenhouse.server.requests.every(({ path }) => path !== '/elsewhere'));
  });

  it('with an invalid email is refused, and the response names the field', async (test) => {
    const { greenhouse, getTestId } = await startWithGreenhouse(test);
    const { status, body } = await greenhouse.sendTest(await getTestId(), { ...HARRY, email: 'no-address' });
    assert.equal(status, 400);
    assert.match((body as { detail: string }).detail, /candidate\.email must be an email address/);
  });

  it('is exported with the candidate, and erased with them', async (test) => {
    const { greenhouse, admin, getTestId } = await startWithGreenhouse(test);
    const sent = await greenhouse.sendTest(await getTestId(), HARRY);
    const { body } = await admin.post('/admin/export', { candidate_email: HARRY.email });
    assert.deepEqual(
      body.sessions[0].partner_orders.map(({ ats }: { ats: string }) => ats),
      ['greenhouse'],
    );
    await admin.post('/admin/erase', { candidate_email: HARRY.email });
    const { partner_interview_id } = sent.body as { partner_interview_id: string };
    assert.equal((await greenhouse.call(`test_status?partner_interview_id=${partner_interview_id}`)).status, 404);
  });
});

describe('a wrong key', () => {
  it('gets 401 for every call, and 429 after many, while the right key still works', async (test) => {
    const { greenhouse, admin } = await startWithGreenhouse(test);
    greenhouse.partnerKey = 'another-key-of-enough-length';
    for (const path of ['list_tests', 'test_status?partner_interview_id=1']) {
      const { status, headers } = await greenhouse.call(path);
      assert.deepEqual([status, headers.get('www-authenticate')], [401, 'Basic']);
    }
    assert.equal((await greenhouse.call('send_test', {})).status, 401);
    const statuses = [];
    for (let attempt = 0; attempt < 40; attempt++) statuses.push((await greenhouse.call('list_tests')).status);
    assert.equal(statuses.at(-1), 429);
    greenhouse.partnerKey = GREENHOUSE_PARTNER_KEY;
    assert.equal((await greenhouse.call('list_tests')).status, 200);
    const refused = (await admin.readAuditLog()).filter(({ action }) => action === 'refused');
    assert.ok(refused.some(({ detail }) => detail === 'unauthenticated /partner/greenhouse/list_tests'));
  });

  it('gets 404, like every key, without PARTNER_GREENHOUSE_KEY, because the routes do not exist', async (test) => {
    const { greenhouse } = await startWithGreenhouse(test, { PARTNER_GREENHOUSE_KEY: undefined });
    assert.equal((await greenhouse.call('list_tests')).status, 404);
  });

  it('gets 401 even if it is the right key for Ashby', async (test) => {
    const ashbyKey = 'the-ashby-partner-key-of-tests';
    const { greenhouse } = await startWithGreenhouse(test, { PARTNER_ASHBY_KEY: ashbyKey });
    greenhouse.partnerKey = ashbyKey;
    assert.equal((await greenhouse.call('list_tests')).status, 401);
  });
});
