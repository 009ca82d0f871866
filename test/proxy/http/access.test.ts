import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startStack } from '../../support/start-stack.ts';

const JANE_ROW = { candidate_email: JANE.candidate_email };

describe('access', () => {
  it('to another project is refused, omitted or not found', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const otherRecruiter = await createRecruiterClient(proxy.url, { projects: ['proj_unknown'] });
    const row = { ...JANE_ROW, project_id: JANE.project_id };
    assert.equal((await otherRecruiter.invite({ candidate_email: 'new@example.com' })).status, 403);
    assert.deepEqual((await otherRecruiter.query(JANE_ROW)).body.sessions, []);
    const { sessions, denied } = (await otherRecruiter.query(row)).body;
    assert.deepEqual({ sessions, denied }, { sessions: [], denied: [row] });
    assert.equal((await otherRecruiter.get(`/v1/sessions/${uuid}`)).status, 404);
    assert.equal((await otherRecruiter.get(`/v1/sessions/${uuid}/scorecard`)).status, 404);
    assert.equal((await otherRecruiter.openStream([row])).status, 403);
    assert.deepEqual((await otherRecruiter.get('/v1/config')).body.assessments, []);

    const otherStream = await otherRecruiter.openStream([JANE_ROW]);
    const allowedStream = await recruiter.openStream([JANE_ROW]);
    await evalon.sendEvent(uuid, 'session.opened');
    await allowedStream.waitForFrame(({ data }) => data.status === 'opened');
    assert.deepEqual(otherStream.frames, []);
    otherStream.close();
    allowedStream.close();
  });

  it('to another candidate is refused, omitted or not found', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const recruiterForEve = await createRecruiterClient(proxy.url, { candidates: ['Eve@Example.com'] });
    assert.equal((await recruiterForEve.invite()).status, 403);
    assert.deepEqual((await recruiterForEve.query(JANE_ROW)).body.denied, [JANE_ROW]);
    assert.deepEqual((await recruiterForEve.query(JANE_ROW)).body.sessions, []);
    assert.equal((await recruiterForEve.get(`/v1/sessions/${uuid}`)).status, 404);
    assert.equal((await recruiterForEve.openStream([JANE_ROW])).status, 403);
    assert.equal(
      (await recruiterForEve.invite({ candidate_email: 'eve@example.com', candidate_name: 'Eve' })).status,
      201,
    );
  });

  it('needs the invite scope to invite, and the read scope to read', async (test) => {
    const { proxy } = await startStack(test);
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    assert.equal((await reader.invite()).status, 403);
    assert.deepEqual((await reader.get('/v1/config')).body.scope, ['read']);
    const inviter = await createRecruiterClient(proxy.url, { scope: 'invite' });
    const { status, body } = await inviter.invite();
    assert.equal(status, 201);
    assert.equal((await inviter.get(`/v1/sessions/${body.session_uuid}`)).status, 403);
    assert.deepEqual((await inviter.query(JANE_ROW)).body.denied, [JANE_ROW]);
  });

  it('without the read scope shows no score when the recruiter invites again', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const { session_uuid } = (await recruiter.invite()).body;
    await evalon.completeSession(session_uuid);
    assert.equal((await recruiter.get(`/v1/sessions/${session_uuid}/scorecard`)).status, 200);
    assert.equal((await recruiter.invite()).body.score_summary.overall, 82);
    const inviter = await createRecruiterClient(proxy.url, { scope: 'invite' });
    for (const changes of [{}, { assessment_type: 'sales' }]) {
      const { body } = await inviter.invite(changes);
      // In a type conflict, `session` contains the session.
      assert.equal((body.session ?? body).session_uuid, session_uuid);
      assert.doesNotMatch(JSON.stringify(body), /score/);
    }
  });

  it('has the same viewer id only for the same recruiter with the same rights', async (test) => {
    const { proxy } = await startStack(test);
    const readViewer = async (claims: object) =>
      (await (await createRecruiterClient(proxy.url, claims)).get('/v1/config')).body.viewer;
    const viewerId = await readViewer({ projects: ['a', 'b'] });
    assert.equal(await readViewer({ projects: ['b', 'a'], exp: Math.floor(Date.now() / 1_000) + 300 }), viewerId);
    const others = await Promise.all(
      [
        { projects: ['a'] },
        { sub: 'recruiter-2' },
        { iss: 'https://other.example.com' },
        { scope: 'read' },
        { candidates: ['a@example.com'] },
      ].map((claims) => readViewer({ projects: ['a', 'b'], ...claims })),
    );
    assert.equal(new Set([viewerId, ...others]).size, 1 + others.length);
  });

  it('does not reveal the software or which paths exist', async (test) => {
    const { recruiter } = await startStack(test);
    const { status, headers, body } = await recruiter.get('/v1/nothing');
    assert.equal(status, 404);
    assert.equal(body.code, 'not_found');
    assert.equal(headers.has('x-powered-by'), false);
    // Neither path is valid UTF-8.
    assert.equal((await recruiter.get('/v1/sessions/%c0%ae')).status, 400);
    assert.equal((await recruiter.get('/widget/%E0%A4%A')).body.code, 'invalid_request');
  });
});
