import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { buildEventsQuery, type EventFilter } from '../../../proxy/store/events.ts';
import type { NewEvent, Tables } from '../../../proxy/store/schema.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE, type OpenStream, type RecruiterClient } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';

const OURS = JANE.project_id;
const OTHER = 'proj_other';
const person = (name: string) => ({ candidate_email: `${name}@example.com`, candidate_name: name });

interface Company extends TestStack {
  colleague: RecruiterClient;
  namesake: RecruiterClient;
  /** By name: Ann and Bob are mine, Cyd is my colleague's, Dan my namesake's; Bob is in the other project. */
  uuids: Record<'ann' | 'bob' | 'cyd' | 'dan', string>;
  /** Tells of all of them, in the order of the alphabet. */
  openAll(event?: string): Promise<void>;
}

async function startCompany(test: TestContext): Promise<Company> {
  const house = await startStack(test, { settings: { ADMIN_TOKEN } });
  const { proxy, page, evalon } = house;
  const colleague = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
  const namesake = await createRecruiterClient(proxy.url, { iss: 'https://other.example.com' });
  const invite = async (by: RecruiterClient, name: string, project_id = OURS) =>
    (await by.invite({ ...person(name), project_id })).body.session_uuid as string;
  const uuids = {
    ann: await invite(page, 'ann'),
    bob: await invite(page, 'bob', OTHER),
    cyd: await invite(colleague, 'cyd'),
    dan: await invite(namesake, 'dan'),
  };
  const openAll = async (event = 'session.opened') => {
    for (const uuid of Object.values(uuids)) assert.equal(await evalon.sendEvent(uuid, event), 202);
  };
  return { ...house, colleague, namesake, uuids, openAll };
}

/** Of whom a stream tells until it tells of `last`. */
async function toldOf(stream: OpenStream, last: string): Promise<string> {
  assert.equal(stream.status, 200);
  await stream.waitForFrame(({ data }) => data.candidate_name === last);
  stream.close();
  return stream.frames.map(({ data }) => data.candidate_name).join(' ');
}

describe('a stream by filter', () => {
  it('brings what I have invited, in one project or in all, and neither a colleague’s nor a namesake’s', async (test) => {
    const { page, colleague, namesake, openAll } = await startCompany(test);
    const [all, one, other, theirs, his] = [
      await page.openFilterStream({ mine: true }),
      await page.openFilterStream({ mine: true, project_id: OURS }),
      await page.openFilterStream({ mine: true, project_id: OTHER }),
      await colleague.openFilterStream({ mine: true }),
      await namesake.openFilterStream({ mine: true }),
    ];
    await openAll();
    assert.equal(await toldOf(all, 'bob'), 'ann bob');
    assert.equal(await toldOf(other, 'bob'), 'bob');
    assert.equal(await toldOf(theirs, 'cyd'), 'cyd');
    assert.equal(await toldOf(his, 'dan'), 'dan');
    assert.equal(await toldOf(one, 'ann'), 'ann');
  });

  it('brings a project’s sessions, whoever has invited, or all that the token covers', async (test) => {
    const { proxy, page, openAll } = await startCompany(test);
    const limited = await createRecruiterClient(proxy.url, { projects: [OURS, 'proj_empty'] });
    const streams = [
      await page.openFilterStream({ project_id: OURS }),
      await limited.openFilterStream({}),
      await limited.openFilterStream({ project_id: OURS, mine: false }),
      await page.openFilterStream({}),
    ];
    await openAll();
    const told = await Promise.all(streams.map((stream) => toldOf(stream, 'dan')));
    assert.deepEqual(told, ['ann cyd dan', 'ann cyd dan', 'ann cyd dan', 'ann bob cyd dan']);
  });

  it('brings sessions that are made only later', async (test) => {
    const { page, colleague } = await startCompany(test);
    const streams = [
      await page.openFilterStream({ mine: true }),
      await page.openFilterStream({ project_id: OURS }),
    ] as const;
    await colleague.invite(person('eve'));
    await page.invite(person('fay'));
    assert.equal(await toldOf(streams[0], 'fay'), 'fay');
    assert.equal(await toldOf(streams[1], 'fay'), 'eve fay');
  });

  it('brings no more than the token’s candidates and projects, live and replayed', async (test) => {
    const { proxy, page, openAll } = await startCompany(test);
    const { cursor } = (await page.list({})).body;
    const named = await createRecruiterClient(proxy.url, { candidates: ['ANN@example.com', 'dan@example.com'] });
    const limited = await createRecruiterClient(proxy.url, { projects: [OTHER] });
    const live = [
      await named.openFilterStream({ project_id: OURS }),
      await limited.openFilterStream({ mine: true }),
    ] as const;
    await openAll();
    assert.equal(await toldOf(live[0], 'dan'), 'ann dan');
    assert.equal(await toldOf(live[1], 'bob'), 'bob');
    assert.equal(await toldOf(await named.openFilterStream({}, cursor), 'dan'), 'ann dan');
    assert.equal(await toldOf(await limited.openFilterStream({ mine: true }, cursor), 'bob'), 'bob');
  });

  it('is refused for a project that the token does not cover, without the scope, and for unknown words', async (test) => {
    const { proxy } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const other = await createRecruiterClient(proxy.url, { projects: [OTHER] });
    assert.equal((await other.openFilterStream({ project_id: OURS })).status, 403);
    assert.equal((await other.openFilterStream({ project_id: OURS, mine: true })).status, 403);
    assert.equal(
      (await (await createRecruiterClient(proxy.url, { scope: 'invite' })).openFilterStream({ mine: true })).status,
      403,
    );
    assert.equal((await other.openFilterStream({ status: 'completed' })).status, 400);
    const refused = (await createAdminClient(proxy.url).readAuditLog()).map(
      ({ action, detail }) => `${action} ${detail}`,
    );
    assert.deepEqual(new Set(refused), new Set(['refused forbidden /v1/events']));
  });

  it('tells nobody of another’s batch in the same project', async (test) => {
    const { page, colleague, openAll } = await startCompany(test);
    const streams = [await page.openFilterStream({ project_id: OURS }), await page.openFilterStream({})];
    const candidates = [person('eve')];
    const { batch_id } = (
      await colleague.post('/v1/batches', { project_id: OURS, assessment_type: 'marketing', candidates })
    ).body;
    await waitFor(async () => (await colleague.get(`/v1/batches/${batch_id}`)).body.counts.invited === 1);
    await openAll();
    for (const stream of streams) {
      await stream.waitForFrame(({ data }) => data.candidate_name === 'dan');
      stream.close();
      assert.ok(stream.frames.every(({ event }) => event === 'session'));
      assert.ok(stream.frames.some(({ data }) => data.candidate_name === 'eve'));
    }
  });

  it('goes on after a cursor, without a gap and in order', async (test) => {
    const { proxy, page, openAll } = await startCompany(test);
    const { cursor } = (await page.list({ mine: true })).body;
    const limited = await createRecruiterClient(proxy.url, { projects: [OURS, OTHER, 'proj_empty'] });
    await openAll();
    assert.equal(await toldOf(await page.openFilterStream({ mine: true }, cursor), 'bob'), 'ann bob');
    assert.equal(await toldOf(await page.openFilterStream({ mine: true, project_id: OTHER }, cursor), 'bob'), 'bob');
    assert.equal(await toldOf(await page.openFilterStream({ project_id: OURS }, cursor), 'dan'), 'ann cyd dan');
    assert.equal(await toldOf(await limited.openFilterStream({}, cursor), 'dan'), 'ann bob cyd dan');
    const first = await page.openFilterStream({}, cursor);
    const { id } = await first.waitForFrame(({ data }) => data.candidate_name === 'bob');
    first.close();
    assert.equal(await toldOf(await page.openFilterStream({}, id), 'dan'), 'cyd dan');
  });

  it('brings an event once, live and replayed, where the reader names its candidate and a batch as well', async (test) => {
    const { page, openAll } = await startCompany(test);
    const body = { project_id: OURS, assessment_type: 'marketing', candidates: [person('ann')] };
    const { batch_id } = (await page.post('/v1/batches', body)).body;
    await waitFor(async () => (await page.get(`/v1/batches/${batch_id}`)).body.counts.existing === 1);
    const { cursor } = (await page.list({})).body;
    const more = {
      candidates: [{ candidate_email: 'ann@example.com' }, { candidate_email: 'cyd@example.com', project_id: OURS }],
      batches: [batch_id],
    };
    const live = await page.openFilterStream({ mine: true }, undefined, more);
    await openAll();
    assert.equal(await toldOf(live, 'cyd'), 'ann bob cyd');
    assert.equal(await toldOf(await page.openFilterStream({ mine: true }, cursor, more), 'cyd'), 'ann bob cyd');
  });

  it('tells whoever reads it that a session is gone, and nobody else', async (test) => {
    const { proxy, page, colleague, uuids, openAll } = await startCompany(test);
    const streams = [
      await page.openFilterStream({ mine: true }),
      await page.openFilterStream({ project_id: OURS }),
      await colleague.openFilterStream({ mine: true }),
      await page.openFilterStream({ mine: true, project_id: OTHER }),
    ];
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'ann@example.com' });
    delete (uuids as Partial<Company['uuids']>).ann;
    await openAll();
    const last = ['bob', 'dan', 'cyd', 'bob'];
    const gone = await Promise.all(
      streams.map(async (stream, n) => {
        await stream.waitForFrame(({ data }) => data.candidate_name === last[n]);
        stream.close();
        return stream.frames.filter(({ event }) => event === 'gone').length;
      }),
    );
    assert.deepEqual(gone, [1, 1, 0, 0]);
  });

  it('starts over where it cannot go on: after an erasure, and from a cursor that is unknown', async (test) => {
    const { proxy, page } = await startCompany(test);
    const { cursor } = (await page.list({ mine: true })).body;
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'dan@example.com' });
    for (const id of [cursor, 'ffffffffffff.1']) {
      const stream = await page.openFilterStream({ mine: true }, id);
      await stream.waitForFrame(({ event }) => event === 'reset');
      await stream.ended;
    }
  });

  it('is in the record: who was shown whom', async (test) => {
    const { proxy, colleague, openAll } = await startCompany(test);
    const stream = await colleague.openFilterStream({ project_id: OTHER });
    await openAll();
    await toldOf(stream, 'bob');
    const seen = await waitFor(async () =>
      (await createAdminClient(proxy.url).readAuditLog('bob@example.com')).find(({ action }) => action === 'seen'),
    );
    assert.equal(seen.actor, 'recruiter-2');
  });
});

describe('what a stream by filter missed', () => {
  const SLICES: [string, EventFilter][] = [
    ['a recruiter', { owner: 'me' }],
    ['a project', { project_ids: ['p1'] }],
  ];
  for (const [what, slice] of SLICES) {
    it(`is read off an index in order, for ${what}`, async (test) => {
      const { folder, remove } = createTempFolder();
      test.after(remove);
      const file = join(folder, 'evalon.db');
      await startStack(test, { settings: { DATABASE_URL: `file:${file}` } });
      const database = new Database(file, { readonly: true });
      const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
      test.after(() => db.destroy());
      const { sql, parameters } = buildEventsQuery(db, 7, 500, slice).compile();
      const plan = database.prepare(`explain query plan ${sql}`).all(...parameters);
      const steps = plan.map((step) => (step as { detail: string }).detail);
      assert.equal(steps.length, 1, steps.join('; '));
      assert.match(
        steps[0] ?? '',
        /^SEARCH events USING INDEX events_(owner|project) \((owner|project_id)=\? AND (seq|rowid)>\?\)$/,
      );
    });
  }

  it('comes complete though it lies far apart among the others', async (test) => {
    const { proxy, page } = await startStack(test);
    const limited = await createRecruiterClient(proxy.url, { projects: [OURS, OTHER] });
    const { cursor } = (await page.list({})).body;
    await page.invite(person('ann'));
    const { session_uuid, ...told } = (await page.invite({ ...person('bob'), project_id: 'proj_noise' })).body;
    await proxy.context.store.write(async ({ events }) => {
      const noise: NewEvent = {
        type: 'session',
        topic: 'bob@example.com',
        session_uuid,
        project_id: 'proj_noise',
        data: JSON.stringify(told),
      };
      for (let n = 0; n < 5_500; n++) await events.append(noise);
    });
    await page.invite({ ...person('cyd'), project_id: OTHER });
    assert.equal(await toldOf(await limited.openFilterStream({}, cursor), 'cyd'), 'ann cyd');
    assert.equal(await toldOf(await limited.openFilterStream({ mine: true }, cursor), 'cyd'), 'ann cyd');
  });
});
