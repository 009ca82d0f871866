import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE, type OpenStream, type RecruiterClient } from '../../support/api-client.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const MAIN_PROJECT = 'proj_abc123';
const OTHER_PROJECT = 'proj_other';
const jane = { candidate_email: JANE.candidate_email };
const eve = { candidate_email: 'eve@example.com' };
/** Every stream subscribes to Mark. His event is the last one, so that a test knows when the stream is complete. */
const MARK = { candidate_email: 'mark@example.com' };

/** Invites Jane and Eve to both projects, and Mark to the main project. */
async function inviteAll(recruiter: RecruiterClient) {
  const invite = async (row: object, project_id: string) =>
    (await recruiter.invite({ ...row, project_id })).body.session_uuid;
  return {
    jane: [await invite(jane, MAIN_PROJECT), await invite(jane, OTHER_PROJECT)],
    eve: [await invite(eve, MAIN_PROJECT), await invite(eve, OTHER_PROJECT)],
    mark: await invite(MARK, MAIN_PROJECT),
  };
}

/** Returns the sessions that a stream reported before Mark's, without duplicates, in order. */
async function readSessions(stream: OpenStream, mark: string): Promise<string[]> {
  await stream.waitForFrame(({ data }) => data.session_uuid === mark);
  stream.close();
  const seen = stream.frames.map(({ data }) => data.session_uuid);
  return [...new Set<string>(seen)].filter((uuid) => uuid !== mark);
}

describe('a stream', () => {
  it('shows only the projects and candidates that its token allows, with or without a project in the request', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuids = await inviteAll(recruiter);
    const all = [...uuids.jane, ...uuids.eve];
    const allCandidates = [jane, eve, MARK];
    const janeAndMark = [JANE.candidate_email.toUpperCase(), MARK.candidate_email];
    const CASES: [string, object, object[], string[]][] = [
      ['everything', {}, allCandidates, all],
      ['one project', { projects: [MAIN_PROJECT] }, allCandidates, [uuids.jane[0], uuids.eve[0]]],
      ['one candidate', { candidates: janeAndMark }, [jane, MARK], uuids.jane],
      [
        'one candidate of one project',
        { candidates: janeAndMark, projects: [MAIN_PROJECT] },
        [jane, MARK],
        [uuids.jane[0]],
      ],
      ['scope read', { scope: 'read' }, allCandidates, all],
    ];
    const streams = await Promise.all(
      CASES.map(async ([, claims, rows]) =>
        (await createRecruiterClient(proxy.url, claims)).openStream(rows as { candidate_email: string }[]),
      ),
    );
    for (const uuid of [...all, uuids.mark]) assert.equal(await evalon.sendEvent(uuid, 'session.opened'), 202);
    for (const [n, [name, , , expected]] of CASES.entries()) {
      const stream = streams[n] as OpenStream;
      assert.deepEqual((await readSessions(stream, uuids.mark)).sort(), [...expected].sort(), name);
      assert.equal(
        stream.frames.some(({ data }) => 'candidate_url' in data),
        name !== 'scope read',
        name,
      );
    }
  });

  it('shows a session that is created later only if its token allows that session', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const limitedRecruiter = await createRecruiterClient(proxy.url, {
      projects: [MAIN_PROJECT],
      candidates: [JANE.candidate_email, MARK.candidate_email],
    });
    const stream = await limitedRecruiter.openStream([jane, MARK]);
    const uuids = await inviteAll(recruiter);
    assert.deepEqual(await readSessions(stream, uuids.mark), [uuids.jane[0]]);
  });

  it('with a token for one candidate refuses requests for other candidates, and sends no events about them', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuids = await inviteAll(recruiter);
    const createLimitedClient = (row: typeof jane) =>
      createRecruiterClient(proxy.url, { candidates: [row.candidate_email, MARK.candidate_email] });
    const [forJane, forEve] = [await createLimitedClient(jane), await createLimitedClient(eve)];
    for (const [own, foreign] of [
      [forJane, eve],
      [forEve, jane],
    ] as const) {
      assert.equal((await own.openStream([foreign])).status, 403);
      assert.equal((await own.openStream([MARK, { ...foreign, project_id: MAIN_PROJECT }])).status, 403);
    }
    const streams = [await forJane.openStream([jane, MARK]), await forEve.openStream([eve, MARK])] as const;
    for (const uuid of [...uuids.eve, ...uuids.jane, uuids.mark]) await evalon.sendEvent(uuid, 'session.opened');
    assert.deepEqual((await readSessions(streams[0], uuids.mark)).sort(), uuids.jane.sort());
    assert.deepEqual((await readSessions(streams[1], uuids.mark)).sort(), uuids.eve.sort());
  });

  it("shows only what its token allows if it resumes from another recruiter's Last-Event-ID", async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const { cursor } = (await recruiter.query(jane)).body;
    const uuids = await inviteAll(recruiter);
    const otherStream = await recruiter.openStream([jane, eve, MARK], cursor);
    await evalon.sendEvent(uuids.jane[0], 'session.opened');
    await evalon.sendEvent(uuids.mark, 'session.opened');
    await otherStream.waitForFrame(({ data }) => data.session_uuid === uuids.mark && data.status === 'opened');
    otherStream.close();
    const limitedRecruiter = await createRecruiterClient(proxy.url, {
      projects: [MAIN_PROJECT],
      candidates: [eve.candidate_email, MARK.candidate_email],
    });
    const ids = otherStream.frames.map(({ id }) => id);
    for (const id of [cursor, ids[0], ids[1]]) {
      const seen = await readSessions(await limitedRecruiter.openStream([eve, MARK], id), uuids.mark);
      assert.deepEqual(seen, [uuids.eve[0]]);
    }
    assert.equal((await limitedRecruiter.openStream([jane], cursor)).status, 403);
  });

  it('ends when its token expires, without clock tolerance', async (test) => {
    const clock = createTestClock();
    const { proxy } = await startStack(test, { clock });
    const now = clock.now() / 1_000;
    const recruiter = await createRecruiterClient(proxy.url, { iat: now, exp: now + 600 });
    const stream = await recruiter.openStream([jane]);
    let hasEnded = false;
    const end = stream.ended.then(() => {
      hasEnded = true;
    });
    await clock.advance(599_999);
    assert.equal(proxy.context.broker.clientCount, 1);
    assert.equal(hasEnded, false);
    await clock.advance(1);
    await end;
    assert.equal(proxy.context.broker.clientCount, 0);

    await clock.advance(30_000);
    const lateStream = await recruiter.openStream([jane]);
    assert.equal(lateStream.status, 200, 'the clock tolerance applies to requests');
    await clock.advance(0);
    await lateStream.ended;
  });
});
