import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_HOLD_MS } from '../../../proxy/rate-limit/sliding-window.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { collectLogLines } from '../../support/log-lines.ts';
import { startStack } from '../../support/start-stack.ts';
import { usesPostgres } from '../../support/test-database.ts';

describe('an invite', () => {
  it('calls Evalon with the API key and returns the session', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { status, body } = await recruiter.invite();
    const [request] = await evalon.waitForRequests(1);
    assert.equal(status, 201);
    assert.equal(request?.path, '/api/v1/sessions/');
    assert.equal(request.headers['authorization'], `Bearer ${evalon.apiKey}`);
    assert.deepEqual(request.body, JANE);
    assert.equal(body.session_uuid, evalon.findSession(JANE.candidate_email, JANE.project_id)?.session_uuid);
    assert.equal(body.status, 'invited');
    assert.equal(body.assessment_type, 'marketing');
    assert.equal(body.invited_by, 'recruiter-1');
    assert.match(body.candidate_url, /\/take\//);
  });

  it('returns the existing session if the candidate is invited twice, even if letter case or spaces in the email differ', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const first = await recruiter.invite();
    const second = await recruiter.invite({ candidate_email: '  JANE@Example.com ' });
    assert.equal(second.status, 200);
    assert.equal(second.body.session_uuid, first.body.session_uuid);
    assert.equal(evalon.requests.length, 1);
  });

  it('deletes the intent of a killed node if the session is already stored, and so does a batch', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const { store } = proxy.context;
    const invitee = { candidate_key: JANE.candidate_email, project_id: JANE.project_id };
    /** The proxy stores an intent before it calls Evalon. */
    const storeIntent = () =>
      store.write(({ inviteIntents }) =>
        inviteIntents.insert({
          ...invitee,
          assessment_type: JANE.assessment_type,
          invited_by: 'recruiter-2',
          invited_at: '2026-01-15T14:30:00.000Z',
        }),
      );
    const readIntent = () => store.read(({ inviteIntents }) => inviteIntents.get(invitee));
    await recruiter.invite();
    await storeIntent();
    assert.equal((await recruiter.invite()).status, 200);
    assert.equal(await readIntent(), undefined);
    await storeIntent();
    const { candidate_email, candidate_name } = JANE;
    await waitForBatch(
      recruiter,
      await createBatch(recruiter, buildBatchRequest([{ candidate_email, candidate_name }])),
    );
    assert.equal(await readIntent(), undefined);
  });

  it('needs one commit before the call (intent and permit) and one commit after the call (session, event, audit entry, release)', {
    skip: usesPostgres && 'on PostgreSQL, the first writes of the jobs can fall between those of the invite',
  }, async (test) => {
    const clock = createTestClock({ startMs: Date.now() });
    const { evalon, proxy, recruiter } = await startStack(test, { clock });
    const { store } = proxy.context;
    const invitee = { candidate_key: JANE.candidate_email, project_id: JANE.project_id };
    const BEFORE_ALL_TIMES = '';
    const MAX_RELEASES = 10;
    const commits: string[] = [];
    const write = store.write;
    store.write = async (change) => {
      const result = await write(change);
      const [intent, session, releases] = await store.read(({ inviteIntents, sessions, permits }) =>
        Promise.all([
          inviteIntents.get(invitee),
          sessions.getNewest(invitee),
          permits.listReleases(BEFORE_ALL_TIMES, MAX_RELEASES),
        ]),
      );
      // There is one permit. It is held for MAX_HOLD_MS, unless the response releases it earlier.
      const releasedEarly = releases.map((time) => Date.parse(time) < clock.now() + MAX_HOLD_MS);
      commits.push(
        `intent ${Boolean(intent)}, session ${Boolean(session)}, released ${releasedEarly}, calls ${evalon.requests.length}`,
      );
      return result;
    };
    assert.equal((await recruiter.invite()).status, 201);
    assert.deepEqual(commits, [
      'intent true, session false, released false, calls 0',
      'intent false, session true, released true, calls 1',
    ]);
  });

  it('makes one call and one session if two recruiters click at the same moment', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'slow', ms: 50 });
    const responses = await Promise.all([recruiter.invite(), recruiter.invite()]);
    assert.deepEqual(responses.map(({ status }) => status).sort(), [200, 201]);
    assert.equal(responses[0].body.session_uuid, responses[1].body.session_uuid);
    assert.equal(evalon.requests.length, 1);
  });

  it('returns type_conflict for a stored session of another type, without a call to Evalon', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const first = await recruiter.invite();
    const { status, headers, body } = await recruiter.invite({ assessment_type: 'sales' });
    assert.equal(status, 409);
    assert.match(headers.get('content-type') ?? '', /application\/problem\+json/);
    assert.equal(body.code, 'type_conflict');
    assert.equal(body.session.session_uuid, first.body.session_uuid);
    assert.equal(body.session.assessment_type, 'marketing');
    assert.equal(evalon.requests.length, 1);
  });

  it('returns type_conflict if Evalon returns a session of another type', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.addSession(JANE);
    const { status, body } = await recruiter.invite({ assessment_type: 'sales' });
    assert.equal(status, 409);
    assert.equal(body.session.assessment_type, 'marketing');
  });

  it('stores the requested type if Evalon names none', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'change', fields: { assessment_type: null } });
    assert.equal((await recruiter.invite()).body.assessment_type, 'marketing');
    assert.equal((await recruiter.invite({ assessment_type: 'sales' })).body.code, 'type_conflict');
  });

  it('leaves the type unknown if an earlier invite of another type may have reached Evalon', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'lost-response' }, { times: 1 });
    assert.equal((await recruiter.invite()).status, 503);
    evalon.injectFault('create', { fault: 'change', fields: { assessment_type: null } });
    const { status, body } = await recruiter.invite({ assessment_type: 'sales' });
    assert.equal(status, 201);
    assert.equal(body.assessment_type, null);
  });

  it('leaves the type unknown even if Evalon rejected another invite after the lost response', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'lost-response' }, { times: 1 });
    assert.equal((await recruiter.invite()).status, 503);
    evalon.injectFault('create', { fault: 'refuse', status: 403 }, { times: 1 });
    assert.equal((await recruiter.invite({ assessment_type: 'sales' })).status, 502);
    evalon.injectFault('create', { fault: 'change', fields: { assessment_type: null } });
    assert.equal((await recruiter.invite({ assessment_type: 'sales' })).body.assessment_type, null);
  });

  it('calls Evalon again for a link that the first response lacked', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'change', fields: { candidate_url: null } }, { times: 1 });
    assert.equal('candidate_url' in (await recruiter.invite()).body, false);
    const { status, body } = await recruiter.invite();
    assert.equal(status, 200);
    assert.match(body.candidate_url, /\/take\//);
  });

  it('finds the session again after a lost response', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'lost-response' }, { times: 1 });
    assert.equal((await recruiter.invite()).status, 503);
    const { status, body } = await recruiter.invite();
    assert.equal(status, 201);
    assert.equal(body.session_uuid, evalon.findSession(JANE.candidate_email, JANE.project_id)?.session_uuid);
  });

  it('calls Evalon again after a session has ended, and shows the session as ended if Evalon returns it', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const first = await recruiter.invite();
    await evalon.sendEvent(first.body.session_uuid, 'session.expired');
    await waitFor(
      async () => (await recruiter.get(`/v1/sessions/${first.body.session_uuid}`)).body.status === 'expired',
    );
    const secondInvite = await recruiter.invite();
    assert.equal(secondInvite.status, 200);
    assert.equal(secondInvite.body.session_uuid, first.body.session_uuid);
    assert.equal(secondInvite.body.status, 'expired');
    assert.equal(evalon.requests.length, 2);
  });

  it('returns the new session if Evalon creates one after an ended session', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const first = await recruiter.invite();
    await evalon.sendEvent(first.body.session_uuid, 'session.declined');
    await waitFor(
      async () => (await recruiter.get(`/v1/sessions/${first.body.session_uuid}`)).body.status === 'declined',
    );
    evalon.injectFault('create', { fault: 'change', fields: { session_uuid: 'sess_second' } });
    const secondInvite = await recruiter.invite();
    assert.equal(secondInvite.status, 201);
    assert.equal(secondInvite.body.session_uuid, 'sess_second');
    assert.equal(secondInvite.body.status, 'invited');
  });

  it('refuses a session that belongs to another candidate', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const jane = await recruiter.invite();
    evalon.injectFault('create', {
      fault: 'change',
      fields: { session_uuid: jane.body.session_uuid, candidate_email: null, project_id: null },
    });
    const { status, body } = await recruiter.invite({ candidate_email: 'eve@example.com', candidate_name: 'Eve' });
    assert.equal(status, 502);
    assert.equal(body.code, 'upstream_unavailable');
    assert.deepEqual((await recruiter.query({ candidate_email: 'eve@example.com' })).body.sessions, []);
  });

  for (const link of ['javascript:alert(1)', 'http://evalon.example.com/take', 'not a link', 42]) {
    it(`never returns the link ${link}`, async (test) => {
      const { evalon, recruiter } = await startStack(test);
      evalon.injectFault('create', { fault: 'change', fields: { candidate_url: link } });
      const { status, body } = await recruiter.invite();
      assert.equal(status, 201);
      assert.equal('candidate_url' in body, false);
    });
  }

  it('accepts fields that Evalon returns in a different form, and logs each such field once without its value', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test, { settings: { ASSESSMENTS: undefined } });
    const lines = collectLogLines(proxy);
    const changedFields = {
      candidate_email: 'j***@example.com',
      assessment_type: 'Marketing Assessment',
      project_id: 17,
    };
    evalon.injectFault('create', { fault: 'change', fields: changedFields });
    for (const name of ['jane', 'john']) {
      const { status, body } = await recruiter.invite({ candidate_email: `${name}@example.com`, project_id: '17' });
      assert.deepEqual([status, body.assessment_type, body.project_id], [201, 'marketing', '17']);
    }
    evalon.clearFaults();
    evalon.injectFault('create', { fault: 'change', fields: { project_id: 'Project Seventeen' } });
    // The log already names project_id, and does not name it again.
    const eve = { candidate_email: 'eve@example.com', project_id: 'proj-17' };
    assert.equal((await recruiter.invite(eve)).status, 201);
    const fieldLines = lines.filter(({ message }) => message.includes('in a different form'));
    assert.deepEqual(
      fieldLines.map(({ facts }) => facts),
      [{ field: 'candidate_email' }, { field: 'assessment_type' }, { field: 'project_id' }],
    );
  });

  it('is refused for an assessment that is not offered, even in a batch, and does not reach Evalon', async (test) => {
    const offered = [{ project_id: JANE.project_id, assessment_type: 'marketing', label: 'Marketing' }];
    const { evalon, recruiter } = await startStack(test, { settings: { ASSESSMENTS: JSON.stringify(offered) } });
    for (const changes of [
      { assessment_type: 'sales' },
      { project_id: 'proj_other' },
      { assessment_type: 'Marketing' },
    ]) {
      const { status, body } = await recruiter.invite(changes);
      assert.deepEqual([status, body.code], [400, 'invalid_request']);
      assert.deepEqual(body.errors, [{ path: 'assessment_type', message: 'is not offered in this project' }]);
      const batch = { project_id: JANE.project_id, assessment_type: 'marketing', ...changes, candidates: [JANE] };
      assert.equal((await recruiter.post('/v1/batches', batch)).status, 400);
      assert.equal((await recruiter.post('/v1/batches', { ...batch, dry_run: true })).status, 400);
    }
    assert.equal(evalon.requests.length, 0);
    assert.equal((await recruiter.invite()).status, 201);
  });

  const BOB = { candidate_email: 'bob@example.com', candidate_name: 'Bob' };
  const FOREIGN_RESPONSES: [what: string, fields: object][] = [
    ['the email of another known candidate', { candidate_email: 'Jane@Example.com' }],
    ['the masked email of another known candidate', { candidate_email: 'j***@example.com' }],
    ['another project that is offered', { project_id: 'PROJ_two' }],
    ['another project with sessions', { project_id: 'proj_used' }],
  ];
  for (const [what, fields] of FOREIGN_RESPONSES) {
    it(`refuses a response with ${what}`, async (test) => {
      const offered = ['proj_abc123', 'proj_two', 'proj_used'].map((project_id) => ({
        project_id,
        assessment_type: 'marketing',
        label: 'Marketing',
      }));
      const { evalon, recruiter } = await startStack(test, {
        settings: { ASSESSMENTS: JSON.stringify(offered) },
      });
      await recruiter.invite();
      await recruiter.invite({ ...JANE, project_id: 'proj_used' });
      evalon.injectFault('create', { fault: 'change', fields: { session_uuid: 'sess_other', ...fields } });
      const { status, body } = await recruiter.invite(BOB);
      assert.deepEqual([status, body.code], [502, 'upstream_unavailable']);
      assert.deepEqual((await recruiter.query(BOB)).body.sessions, []);
    });
  }

  it('accepts a masked email that matches no other candidate', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    await recruiter.invite();
    evalon.injectFault('create', { fault: 'change', fields: { candidate_email: 'anonymous-***@evalon.example' } });
    assert.equal((await recruiter.invite(BOB)).status, 201);
  });

  for (const [word, status] of [
    ['EXPIRED', 'expired'],
    ['canceled', 'cancelled'],
    ['In-Progress', 'started'],
  ]) {
    it(`shows the status ${word} from Evalon’s response, for a new and for an existing session`, async (test) => {
      const { evalon, recruiter } = await startStack(test);
      evalon.injectFault('create', { fault: 'change', fields: { status: word } }, { times: 1 });
      assert.equal((await recruiter.invite(BOB)).body.status, status);
      evalon.injectFault('create', { fault: 'change', fields: { candidate_url: null } }, { times: 1 });
      assert.equal((await recruiter.invite()).body.status, 'invited');
      evalon.injectFault('create', { fault: 'change', fields: { status: word } }, { times: 1 });
      assert.deepEqual(
        [(await recruiter.invite()).status, (await recruiter.query(JANE)).body.sessions[0].status],
        [200, status],
      );
    });
  }

  it('stores an unknown status as activity, and never goes back to an earlier status', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    // Without a link, each further invite calls Evalon.
    const noLink = { candidate_url: null };
    evalon.injectFault('create', { fault: 'change', fields: { ...noLink, status: 'started' } }, { times: 1 });
    const { updated_at } = (await recruiter.invite()).body;
    evalon.injectFault('create', { fault: 'change', fields: { ...noLink, status: 'created' } }, { times: 1 });
    const unchanged = (await recruiter.invite()).body;
    assert.deepEqual(
      [unchanged.status, unchanged.last_event, unchanged.updated_at],
      ['started', undefined, updated_at],
    );
    evalon.injectFault('create', { fault: 'change', fields: { ...noLink, status: 'on hold' } }, { times: 1 });
    const unknown = (await recruiter.invite()).body;
    assert.deepEqual([unknown.status, unknown.last_event], ['started', 'on hold']);
  });

  it('shows a completed status as unconfirmed until Evalon returns the scorecard', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'change', fields: { candidate_url: null } }, { times: 1 });
    await recruiter.invite();
    evalon.injectFault('create', { fault: 'change', fields: { status: 'Completed' } }, { times: 1 });
    const { body } = await recruiter.invite();
    assert.deepEqual([body.status, body.confirming], ['invited', true]);
    await evalon.waitForRequests(1, 'scorecard');
  });

  it('replaces an ended status with the status in the response to a new invite', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'change', fields: { status: 'expired' } }, { times: 1 });
    const ended = (await recruiter.invite()).body;
    const unchanged = (await recruiter.invite()).body;
    assert.deepEqual([unchanged.status, unchanged.updated_at], ['expired', ended.updated_at]);
    evalon.injectFault('create', { fault: 'change', fields: { status: 'CREATED' } }, { times: 1 });
    const reopened = (await recruiter.invite()).body;
    assert.deepEqual([reopened.session_uuid, reopened.status], [ended.session_uuid, 'invited']);
    assert.match(reopened.candidate_url, /\/take\//);
  });

  it('leaves a declined session unchanged if Evalon refuses the invite or returns the same session', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { session_uuid } = (await recruiter.invite()).body;
    await evalon.sendEvent(session_uuid, 'session.declined');
    const querySession = async () => {
      const { sessions, cursor } = (await recruiter.query(JANE)).body;
      return { session: sessions[0], cursor };
    };
    const declined = await waitFor(async () => {
      const found = await querySession();
      return found.session.status === 'declined' && found;
    });
    for (const status of [400, 403, 404, 409, 422, 500]) {
      evalon.injectFault('create', { fault: 'refuse', status, detail: 'This candidate has declined' }, { times: 1 });
      assert.ok((await recruiter.invite()).status >= 500, String(status));
      assert.deepEqual(await querySession(), declined, String(status));
    }
    const request = { project_id: JANE.project_id, assessment_type: JANE.assessment_type, candidates: [JANE] };
    evalon.injectFault('create', { fault: 'refuse', status: 400 }, { times: 1 });
    evalon.injectFault('batch', { fault: 'refuse', status: 400 }, { times: 1 });
    await waitForBatch(recruiter, await createBatch(recruiter, request));
    assert.deepEqual((await querySession()).session, declined.session);
    const link = 'https://evalon.example.com/take/another';
    for (const fields of [{ status: 'declined' }, { status: 'declined', candidate_url: link }, { status: 'on hold' }]) {
      evalon.injectFault('create', { fault: 'change', fields }, { times: 1 });
      const { body } = await recruiter.invite();
      assert.deepEqual([body.status, body.updated_at], ['declined', declined.session.updated_at]);
    }
    // Only the invite and the decline.
    assert.equal((await recruiter.get(`/v1/sessions/${session_uuid}/timeline`)).body.entries.length, 2);
  });

  const LINK_START = 'https://evalon.example.com/take/';
  const LINKS: [what: string, link: unknown, problem: string | undefined][] = [
    ['of 1,001 characters', `${LINK_START}${'x'.repeat(1_001 - LINK_START.length)}`, undefined],
    ['that is relative', '/take/x', undefined],
    ['in an object', { url: 'https://evalon.example.com/take/x' }, undefined],
    ['that is not https', 'http://evalon.example.com/take/x', 'not_https'],
    ['that is missing', null, 'missing'],
    ['that is not a link', 'ask HR', 'invalid'],
  ];
  for (const [what, link, problem] of LINKS) {
    it(`with a link ${what} ${problem ? 'shows the problem and alerts IT once' : 'returns the link'}`, async (test) => {
      const { evalon, proxy, recruiter } = await startStack(test);
      const lines = collectLogLines(proxy);
      evalon.injectFault('create', { fault: 'change', fields: { candidate_url: link } });
      const { status, body } = await recruiter.invite();
      assert.deepEqual([status, body.link_problem, 'candidate_url' in body], [201, problem, !problem]);
      if (body.candidate_url) assert.match(body.candidate_url, /^https?:\/\/[^/]+\/take\/x+$/);
      await recruiter.invite(BOB);
      await recruiter.invite(BOB);
      const alerts = lines.filter(({ facts }) => facts['alert'] === 'candidate_link_missing');
      assert.deepEqual(
        alerts.map(({ facts }) => facts['problem']),
        problem ? [problem] : [],
      );
      evalon.clearFaults();
      const laterSession = (await recruiter.invite()).body;
      assert.deepEqual([laterSession.link_problem, 'candidate_url' in laterSession], [undefined, true]);
    });
  }

  it('returns the link only to recruiters with the invite scope', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    await recruiter.invite();
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    const { body } = await reader.query({ candidate_email: JANE.candidate_email });
    assert.equal(body.sessions.length, 1);
    assert.equal('candidate_url' in body.sessions[0], false);
  });

  it('returns the path of each error in the body, without a call to Evalon', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { status, body } = await recruiter.invite({
      candidate_email: 'jane',
      candidate_name: ' \n',
      project_id: undefined,
    });
    assert.equal(status, 400);
    assert.equal(body.code, 'invalid_request');
    assert.deepEqual(
      body.errors.map(({ path }: { path: string }) => path),
      ['candidate_email', 'candidate_name', 'project_id'],
    );
    assert.equal(evalon.requests.length, 0);
  });

  it('works again after Evalon stopped between the call and the response', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'hang' }, { times: 1 });
    const failedInvite = recruiter.invite().catch(() => undefined);
    await evalon.waitForRequests(1);
    await evalon.stop();
    assert.equal((await failedInvite)?.status, 503);
    await evalon.start();
    assert.equal((await recruiter.invite()).status, 201);
  });
});
