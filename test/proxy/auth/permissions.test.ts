import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE, type OpenStream, type RecruiterClient } from '../../support/api-client.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const MAIN_PROJECT = 'proj_abc123';
const OTHER_PROJECT = 'proj_other';
const JANE_ROW = { candidate_email: JANE.candidate_email };
const EVE_ROW = { candidate_email: 'eve@example.com' };
/** Every stream subscribes to Mark. Each test sends his event last, and so knows when the stream is complete. */
const MARK_ROW = { candidate_email: 'mark@example.com' };

/** Invites Jane and Eve to both projects, and Mark to the main project. */
async function inviteAll(recruiter: RecruiterClient) {
  const invite = async (row: object, project_id: string) =>
    (await recruiter.invite({ ...row, project_id })).body.session_uuid;
  return {
    jane: [await invite(JANE_ROW, MAIN_PROJECT), await invite(JANE_ROW, OTHER_PROJECT)],
    eve: [await invite(EVE_ROW, MAIN_PROJECT), await invite(EVE_ROW, OTHER_PROJECT)],
    mark: await invite(MARK_ROW, MAIN_PROJECT),
  };
}

/** Returns the ids of the sessions that a stream reported before Mark's, without duplicates, in order. */
async function readSessions(stream: OpenStream, markUuid: string): Promise<string[]> {
  await stream.waitForFrame(({ data }) => data.session_uuid === markUuid);
  stream.close();
  const seen = stream.frames.map(({ data }) => data.session_uuid);
  return [...new Set<string>(seen)].filter((uuid) => uuid !== markUuid);
}

describe('a stream', () => {
  it('shows only the projects and candidates that its token allows', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuids = await inviteAll(recruiter);
    const all = [...uuids.jane, ...uuids.eve];
    const allCandidates = [JANE_ROW, EVE_ROW, MARK_ROW];
    const janeAndMark = [JANE.candidate_email.toUpperCase(), MARK_ROW.candidate_email];
    const CASES: [name: string, claims: object, rows: object[], expectedUuids: string[]][] = [
      ['everything', {}, allCandidates, all],
      ['one project', { projects: [MAIN_PROJECT] }, allCandidates, [uuids.jane[0], uuids.eve[0]]],
      ['one candidate', { candidates: janeAndMark }, [JANE_ROW, MARK_ROW], uuids.jane],
      [
        'one candidate of one project',
        { candidates: janeAndMark, projects: [MAIN_PROJECT] },
        [JANE_ROW, MARK_ROW],
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
    for (const [index, [name, , , expectedUuids]] of CASES.entries()) {
      const stream = streams[index] as OpenStream;
      assert.deepEqual((await readSessions(stream, uuids.mark)).sort(), [...expectedUuids].sort(), name);
      // A token without the scope invite gets no links.
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
      candidates: [JANE.candidate_email, MARK_ROW.candidate_email],
    });
    const stream = await limitedRecruiter.openStream([JANE_ROW, MARK_ROW]);
    const uuids = await inviteAll(recruiter);
    assert.deepEqual(await readSessions(stream, uuids.mark), [uuids.jane[0]]);
  });

  it('with a token for certain candidates refuses other candidates, and sends no events about them', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuids = await inviteAll(recruiter);
    const createLimitedClient = (row: typeof JANE_ROW) =>
      createRecruiterClient(proxy.url, { candidates: [row.candidate_email, MARK_ROW.candidate_email] });
    const [clientForJane, clientForEve] = [await createLimitedClient(JANE_ROW), await createLimitedClient(EVE_ROW)];
    for (const [client, foreignRow] of [
      [clientForJane, EVE_ROW],
      [clientForEve, JANE_ROW],
    ] as const) {
      assert.equal((await client.openStream([foreignRow])).status, 403);
      assert.equal((await client.openStream([MARK_ROW, { ...foreignRow, project_id: MAIN_PROJECT }])).status, 403);
    }
    const streams = [
      await clientForJane.openStream([JANE_ROW, MARK_ROW]),
      await clientForEve.openStream([EVE_ROW, MARK_ROW]),
    ] as const;
    for (const uuid of [...uuids.eve, ...uuids.jane, uuids.mark]) await evalon.sendEvent(uuid, 'session.opened');
    assert.deepEqual((await readSessions(streams[0], uuids.mark)).sort(), uuids.jane.sort());
    assert.deepEqual((await readSessions(streams[1], uuids.mark)).sort(), uuids.eve.sort());
  });

  it("shows only what its token allows if it resumes from another recruiter's Last-Event-ID", async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const { cursor } = (await recruiter.query(JANE_ROW)).body;
    const uuids = await inviteAll(recruiter);
    const otherStream = await recruiter.openStream([JANE_ROW, EVE_ROW, MARK_ROW], cursor);
    await evalon.sendEvent(uuids.jane[0], 'session.opened');
    await evalon.sendEvent(uuids.mark, 'session.opened');
    await otherStream.waitForFrame(({ data }) => data.session_uuid === uuids.mark && data.status === 'opened');
    otherStream.close();
    const limitedRecruiter = await createRecruiterClient(proxy.url, {
      projects: [MAIN_PROJECT],
      candidates: [EVE_ROW.candidate_email, MARK_ROW.candidate_email],
    });
    const ids = otherStream.frames.map(({ id }) => id);
    for (const id of [cursor, ids[0], ids[1]]) {
      const seen = await readSessions(await limitedRecruiter.openStream([EVE_ROW, MARK_ROW], id), uuids.mark);
      assert.deepEqual(seen, [uuids.eve[0]]);
    }
    assert.equal((await limitedRecruiter.openStream([JANE_ROW], cursor)).status, 403);
  });

  it('ends when its token expires, without clock tolerance', async (test) => {
    const clock = createTestClock();
    const { proxy } = await startStack(test, { clock });
    const now = clock.now() / 1_000;
    const recruiter = await createRecruiterClient(proxy.url, { iat: now, exp: now + 600 });
    const stream = await recruiter.openStream([JANE_ROW]);
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
    const lateStream = await recruiter.openStream([JANE_ROW]);
    assert.equal(lateStream.status, 200, 'the clock tolerance applies to requests');
    await clock.advance(0);
    await lateStream.ended;
  });
});
