import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_HOLD_MS } from '../../../proxy/rate-limit/sliding-window.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startStack } from '../../support/start-stack.ts';

describe('an invite', () => {
  it('calls Evalon with the API key and returns the session', async (test) => {
    const { evalon, page } = await startStack(test);
    const { status, body } = await page.invite();
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

  it('returns the existing session if the candidate is invited twice, regardless of case and spaces in the email', async (test) => {
    const { evalon, page } = await startStack(test);
    const first = await page.invite();
    const second = await page.invite({ candidate_email: '  JANE@Example.com ' });
    assert.equal(second.status, 200);
    assert.equal(second.body.session_uuid, first.body.session_uuid);
    assert.equal(evalon.requests.length, 1);
  });

  it('needs two commits: intent and permit before the call, session, event, audit entry and release after it', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const { store } = proxy.context;
    const invitee = { candidate_key: JANE.candidate_email, project_id: JANE.project_id };
    const commits: string[] = [];
    const write = store.write;
    store.write = async (change) => {
      const result = await write(change);
      const [intent, session, permits] = await store.read(({ inviteIntents, sessions, permits }) =>
        Promise.all([inviteIntents.get(invitee), sessions.getNewest(invitee), permits.listHeld('')]),
      );
      const isReleased = permits.map(
        ({ granted_at, released_at }) => Date.parse(released_at) < Date.parse(granted_at) + MAX_HOLD_MS,
      );
      commits.push(
        `intent ${Boolean(intent)}, session ${Boolean(session)}, released ${isReleased}, calls ${evalon.requests.length}`,
      );
      return result;
    };
    assert.equal((await page.invite()).status, 201);
    assert.deepEqual(commits, [
      'intent true, session false, released false, calls 0',
      'intent false, session true, released true, calls 1',
    ]);
  });

  it('makes one call and one session if two recruiters click at the same moment', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'slow', ms: 50 });
    const responses = await Promise.all([page.invite(), page.invite()]);
    assert.deepEqual(responses.map(({ status }) => status).sort(), [200, 201]);
    assert.equal(responses[0].body.session_uuid, responses[1].body.session_uuid);
    assert.equal(evalon.requests.length, 1);
  });

  it('returns type_conflict for a stored session of another type, without a call to Evalon', async (test) => {
    const { evalon, page } = await startStack(test);
    const first = await page.invite();
    const { status, headers, body } = await page.invite({ assessment_type: 'sales' });
    assert.equal(status, 409);
    assert.match(headers.get('content-type') ?? '', /application\/problem\+json/);
    assert.equal(body.code, 'type_conflict');
    assert.equal(body.session.session_uuid, first.body.session_uuid);
    assert.equal(body.session.assessment_type, 'marketing');
    assert.equal(evalon.requests.length, 1);
  });

  it('returns type_conflict if Evalon returns a session of another type', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.addSession(JANE);
    const { status, body } = await page.invite({ assessment_type: 'sales' });
    assert.equal(status, 409);
    assert.equal(body.session.assessment_type, 'marketing');
  });

  it('stores the requested type if Evalon names none', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'change', fields: { assessment_type: null } });
    assert.equal((await page.invite()).body.assessment_type, 'marketing');
    assert.equal((await page.invite({ assessment_type: 'sales' })).body.code, 'type_conflict');
  });

  it('leaves the type unknown if an earlier invite of another type may have reached Evalon', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'lost-response' }, 1);
    assert.equal((await page.invite()).status, 503);
    evalon.injectFault('create', { fault: 'change', fields: { assessment_type: null } });
    const { status, body } = await page.invite({ assessment_type: 'sales' });
    assert.equal(status, 201);
    assert.equal(body.assessment_type, null);
  });

  it('remembers such an invite after Evalon rejected the next one', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'lost-response' }, 1);
    assert.equal((await page.invite()).status, 503);
    evalon.injectFault('create', { fault: 'refuse', status: 403 }, 1);
    assert.equal((await page.invite({ assessment_type: 'sales' })).status, 502);
    evalon.injectFault('create', { fault: 'change', fields: { assessment_type: null } });
    assert.equal((await page.invite({ assessment_type: 'sales' })).body.assessment_type, null);
  });

  it('calls Evalon again for a link that the first response lacked', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'change', fields: { candidate_url: null } }, 1);
    assert.equal('candidate_url' in (await page.invite()).body, false);
    const { status, body } = await page.invite();
    assert.equal(status, 200);
    assert.match(body.candidate_url, /\/take\//);
  });

  it('finds the session again after a lost response', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'lost-response' }, 1);
    assert.equal((await page.invite()).status, 503);
    const { status, body } = await page.invite();
    assert.equal(status, 201);
    assert.equal(body.session_uuid, evalon.findSession(JANE.candidate_email, JANE.project_id)?.session_uuid);
  });

  it('calls Evalon again after an ended session, and shows an ended session as ended', async (test) => {
    const { evalon, page } = await startStack(test);
    const first = await page.invite();
    await evalon.sendEvent(first.body.session_uuid, 'session.expired');
    const again = await page.invite();
    assert.equal(again.status, 200);
    assert.equal(again.body.session_uuid, first.body.session_uuid);
    assert.equal(again.body.status, 'expired');
    assert.equal(evalon.requests.length, 2);
  });

  it('returns the new session if Evalon creates one after an ended session', async (test) => {
    const { evalon, page } = await startStack(test);
    const first = await page.invite();
    await evalon.sendEvent(first.body.session_uuid, 'session.declined');
    evalon.injectFault('create', { fault: 'change', fields: { session_uuid: 'sess_second' } });
    const again = await page.invite();
    assert.equal(again.status, 201);
    assert.equal(again.body.session_uuid, 'sess_second');
    assert.equal(again.body.status, 'invited');
  });

  it('refuses a session that belongs to another candidate', async (test) => {
    const { evalon, page } = await startStack(test);
    const jane = await page.invite();
    evalon.injectFault('create', {
      fault: 'change',
      fields: { session_uuid: jane.body.session_uuid, candidate_email: null, project_id: null },
    });
    const { status, body } = await page.invite({ candidate_email: 'eve@example.com', candidate_name: 'Eve' });
    assert.equal(status, 502);
    assert.equal(body.code, 'upstream_unavailable');
    assert.deepEqual((await page.query({ candidate_email: 'eve@example.com' })).body.sessions, []);
  });

  for (const link of ['javascript:alert(1)', 'http://evalon.example.com/take', 'not a link', 42]) {
    it(`never returns the link ${link}`, async (test) => {
      const { evalon, page } = await startStack(test);
      evalon.injectFault('create', { fault: 'change', fields: { candidate_url: link } });
      const { status, body } = await page.invite();
      assert.equal(status, 201);
      assert.equal('candidate_url' in body, false);
    });
  }

  it('returns the link only to recruiters with scope invite', async (test) => {
    const { proxy, page } = await startStack(test);
    await page.invite();
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    const { body } = await reader.query({ candidate_email: JANE.candidate_email });
    assert.equal(body.sessions.length, 1);
    assert.equal('candidate_url' in body.sessions[0], false);
  });

  it('returns the path of each error in the body, without a call to Evalon', async (test) => {
    const { evalon, page } = await startStack(test);
    const { status, body } = await page.invite({
      candidate_email: 'jane',
      candidate_name: 'Ja\nne',
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

  it('works after Evalon stopped between the call and the response', async (test) => {
    const { evalon, page } = await startStack(test);
    evalon.injectFault('create', { fault: 'hang' }, 1);
    const lost = page.invite().catch(() => undefined);
    await evalon.waitForRequests(1);
    await evalon.stop();
    assert.equal((await lost)?.status, 503);
    await evalon.start();
    assert.equal((await page.invite()).status, 201);
  });
});
