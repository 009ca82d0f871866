import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE, type OpenStream, type RecruiterClient } from '../../support/api-client.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const OURS = 'proj_abc123';
const OTHER = 'proj_other';
const jane = { candidate_email: JANE.candidate_email };
const eve = { candidate_email: 'eve@example.com' };
/** Watched by everybody here, so that its event marks the end of all that came before. */
const MARK = { candidate_email: 'mark@example.com' };

/** Jane and Eve in our project and in another, and Mark in ours. */
async function inviteAll(page: RecruiterClient) {
  const uuid = async (row: object, project_id: string) => (await page.invite({ ...row, project_id })).body.session_uuid;
  return {
    jane: [await uuid(jane, OURS), await uuid(jane, OTHER)],
    eve: [await uuid(eve, OURS), await uuid(eve, OTHER)],
    mark: await uuid(MARK, OURS),
  };
}

/** Whose sessions a stream told of until Mark's; each once, in order. */
async function seenBy(stream: OpenStream, mark: string): Promise<string[]> {
  await stream.waitForFrame(({ data }) => data.session_uuid === mark);
  stream.close();
  const seen = stream.frames.map(({ data }) => data.session_uuid);
  return [...new Set<string>(seen)].filter((uuid) => uuid !== mark);
}

describe('the rights of a token hold on an open stream', () => {
  it('for its projects and candidates, whatever happens later and whether or not it asked by project', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const uuids = await inviteAll(page);
    const all = [...uuids.jane, ...uuids.eve];
    const everybody = [jane, eve, MARK];
    const only = [JANE.candidate_email.toUpperCase(), MARK.candidate_email];
    const CASES: [string, object, object[], string[]][] = [
      ['everything', {}, everybody, all],
      ['one project', { projects: [OURS] }, everybody, [uuids.jane[0], uuids.eve[0]]],
      ['one candidate', { candidates: only }, [jane, MARK], uuids.jane],
      ['one candidate of one project', { candidates: only, projects: [OURS] }, [jane, MARK], [uuids.jane[0]]],
      ['scope read', { scope: 'read' }, everybody, all],
    ];
    const streams = await Promise.all(
      CASES.map(async ([, claims, rows]) =>
        (await createRecruiterClient(proxy.url, claims)).openStream(rows as { candidate_email: string }[]),
      ),
    );
    for (const uuid of [...all, uuids.mark]) assert.equal(await evalon.sendEvent(uuid, 'session.opened'), 202);
    for (const [n, [what, , , expected]] of CASES.entries()) {
      const stream = streams[n] as OpenStream;
      assert.deepEqual((await seenBy(stream, uuids.mark)).sort(), [...expected].sort(), what);
      assert.equal(
        stream.frames.some(({ data }) => 'candidate_url' in data),
        what !== 'scope read',
        what,
      );
    }
  });

  it('for sessions that are made only later', async (test) => {
    const { proxy, page } = await startStack(test);
    const mine = await createRecruiterClient(proxy.url, {
      projects: [OURS],
      candidates: [JANE.candidate_email, MARK.candidate_email],
    });
    const stream = await mine.openStream([jane, MARK]);
    const uuids = await inviteAll(page);
    assert.deepEqual(await seenBy(stream, uuids.mark), [uuids.jane[0]]);
  });

  it("for two candidates' tokens, neither of which sees the other's frames nor may ask for them", async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const uuids = await inviteAll(page);
    const token = (row: typeof jane) =>
      createRecruiterClient(proxy.url, { candidates: [row.candidate_email, MARK.candidate_email] });
    const [forJane, forEve] = [await token(jane), await token(eve)];
    for (const [own, foreign] of [
      [forJane, eve],
      [forEve, jane],
    ] as const) {
      assert.equal((await own.openStream([foreign])).status, 403);
      assert.equal((await own.openStream([MARK, { ...foreign, project_id: OURS }])).status, 403);
    }
    const streams = [await forJane.openStream([jane, MARK]), await forEve.openStream([eve, MARK])] as const;
    for (const uuid of [...uuids.eve, ...uuids.jane, uuids.mark]) await evalon.sendEvent(uuid, 'session.opened');
    assert.deepEqual((await seenBy(streams[0], uuids.mark)).sort(), uuids.jane.sort());
    assert.deepEqual((await seenBy(streams[1], uuids.mark)).sort(), uuids.eve.sort());
  });

  it("for what is replayed: another viewer's Last-Event-ID reveals nothing of theirs", async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const { cursor } = (await page.query(jane)).body;
    const uuids = await inviteAll(page);
    const theirs = await page.openStream([jane, eve, MARK], cursor);
    await evalon.sendEvent(uuids.jane[0], 'session.opened');
    await evalon.sendEvent(uuids.mark, 'session.opened');
    await theirs.waitForFrame(({ data }) => data.session_uuid === uuids.mark && data.status === 'opened');
    theirs.close();
    const mine = await createRecruiterClient(proxy.url, {
      projects: [OURS],
      candidates: [eve.candidate_email, MARK.candidate_email],
    });
    const ids = theirs.frames.map(({ id }) => id);
    for (const id of [cursor, ids[0], ids[1]]) {
      const seen = await seenBy(await mine.openStream([eve, MARK], id), uuids.mark);
      assert.deepEqual(seen, [uuids.eve[0]]);
    }
    assert.equal((await mine.openStream([jane], cursor)).status, 403);
  });

  it('to the second: the stream ends when its token does, without any leeway', async (test) => {
    const clock = createTestClock();
    const { proxy } = await startStack(test, { clock });
    const now = clock.now() / 1_000;
    const page = await createRecruiterClient(proxy.url, { iat: now, exp: now + 600 });
    const stream = await page.openStream([jane]);
    let ended = false;
    const end = stream.ended.then(() => {
      ended = true;
    });
    await clock.advance(599_999);
    assert.equal(proxy.context.broker.clientCount, 1);
    assert.equal(ended, false);
    await clock.advance(1);
    await end;
    assert.equal(proxy.context.broker.clientCount, 0);

    await clock.advance(30_000);
    const late = await page.openStream([jane]);
    assert.equal(late.status, 200, 'the leeway is for asking');
    await clock.advance(0);
    await late.ended;
  });
});
