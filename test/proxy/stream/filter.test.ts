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
import { SQLITE_PLANS_ONLY } from '../../support/test-database.ts';

const MAIN_PROJECT = JANE.project_id;
const OTHER_PROJECT = 'proj_other';
const person = (name: string) => ({ candidate_email: `${name}@example.com`, candidate_name: name });

interface Company extends TestStack {
  colleague: RecruiterClient;
  namesake: RecruiterClient;
  /** `recruiter` invited Ann and Bob, `colleague` invited Cyd, `namesake` invited Dan. Bob is in the other project. */
  uuids: Record<'ann' | 'bob' | 'cyd' | 'dan', string>;
  /** Evalon reports that each candidate opened the link, in alphabetical order. */
  openAll(): Promise<void>;
}

async function startCompany(test: TestContext): Promise<Company> {
  const stack = await startStack(test, { settings: { ADMIN_TOKEN } });
  const { proxy, recruiter, evalon } = stack;
  const colleague = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
  const namesake = await createRecruiterClient(proxy.url, { iss: 'https://other.example.com' });
  const invite = async (by: RecruiterClient, name: string, project_id = MAIN_PROJECT) =>
    (await by.invite({ ...person(name), project_id })).body.session_uuid as string;
  const uuids = {
    ann: await invite(recruiter, 'ann'),
    bob: await invite(recruiter, 'bob', OTHER_PROJECT),
    cyd: await invite(colleague, 'cyd'),
    dan: await invite(namesake, 'dan'),
  };
  const openAll = async () => {
    for (const uuid of Object.values(uuids)) assert.equal(await evalon.sendEvent(uuid, 'session.opened'), 202);
  };
  return { ...stack, colleague, namesake, uuids, openAll };
}

/** Reads a stream up to the frame about `last`, and returns the candidates of all frames. */
async function readUntil(stream: OpenStream, last: string): Promise<string> {
  assert.equal(stream.status, 200);
  await stream.waitForFrame(({ data }) => data.candidate_name === last);
  stream.close();
  return stream.frames.map(({ data }) => data.candidate_name).join(' ');
}

describe('a stream by filter', () => {
  it('sends only the recruiter’s own invites, not those of a colleague or of the same sub at another issuer', async (test) => {
    const { recruiter, colleague, namesake, openAll } = await startCompany(test);
    const [allProjects, mainProject, otherProject, ofColleague, ofNamesake] = [
      await recruiter.openFilterStream({ mine: true }),
      await recruiter.openFilterStream({ mine: true, project_id: MAIN_PROJECT }),
      await recruiter.openFilterStream({ mine: true, project_id: OTHER_PROJECT }),
      await colleague.openFilterStream({ mine: true }),
      await namesake.openFilterStream({ mine: true }),
    ];
    await openAll();
    assert.equal(await readUntil(allProjects, 'bob'), 'ann bob');
    assert.equal(await readUntil(otherProject, 'bob'), 'bob');
    assert.equal(await readUntil(ofColleague, 'cyd'), 'cyd');
    assert.equal(await readUntil(ofNamesake, 'dan'), 'dan');
    assert.equal(await readUntil(mainProject, 'ann'), 'ann');
  });

  it('sends all recruiters’ sessions of one project, or of all projects in the token', async (test) => {
    const { proxy, recruiter, openAll } = await startCompany(test);
    const limited = await createRecruiterClient(proxy.url, { projects: [MAIN_PROJECT, 'proj_empty'] });
    const { cursor } = (await recruiter.list({})).body;
    const streams = [
      await recruiter.openFilterStream({ project_id: MAIN_PROJECT }, cursor),
      await limited.openFilterStream({}, cursor),
      await limited.openFilterStream({ project_id: MAIN_PROJECT, mine: false }, cursor),
      await recruiter.openFilterStream({}, cursor),
    ];
    await openAll();
    const names = await Promise.all(streams.map((stream) => readUntil(stream, 'dan')));
    assert.deepEqual(names, ['ann cyd dan', 'ann cyd dan', 'ann cyd dan', 'ann bob cyd dan']);
  });

  it('sends sessions that are created after the stream opened', async (test) => {
    const { recruiter, colleague } = await startCompany(test);
    const streams = [
      await recruiter.openFilterStream({ mine: true }),
      await recruiter.openFilterStream({ project_id: MAIN_PROJECT }),
    ] as const;
    await colleague.invite(person('eve'));
    await recruiter.invite(person('fay'));
    assert.equal(await readUntil(streams[0], 'fay'), 'fay');
    assert.equal(await readUntil(streams[1], 'fay'), 'eve fay');
  });

  it('sends only the token’s candidates and projects, live and replayed', async (test) => {
    const { proxy, recruiter, openAll } = await startCompany(test);
    const { cursor } = (await recruiter.list({})).body;
    const candidateClient = await createRecruiterClient(proxy.url, {
      candidates: ['ANN@example.com', 'dan@example.com'],
    });
    const projectClient = await createRecruiterClient(proxy.url, { projects: [OTHER_PROJECT] });
    const live = [
      await candidateClient.openFilterStream({ project_id: MAIN_PROJECT }),
      await projectClient.openFilterStream({ mine: true }),
    ] as const;
    await openAll();
    assert.equal(await readUntil(live[0], 'dan'), 'ann dan');
    assert.equal(await readUntil(live[1], 'bob'), 'bob');
    assert.equal(await readUntil(await candidateClient.openFilterStream({}, cursor), 'dan'), 'ann dan');
    assert.equal(await readUntil(await projectClient.openFilterStream({ mine: true }, cursor), 'bob'), 'bob');
  });

  it('is refused for a project outside the token, without the read scope, and for unknown fields', async (test) => {
    const { proxy } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const other = await createRecruiterClient(proxy.url, { projects: [OTHER_PROJECT] });
    assert.equal((await other.openFilterStream({ project_id: MAIN_PROJECT })).status, 403);
    assert.equal((await other.openFilterStream({ project_id: MAIN_PROJECT, mine: true })).status, 403);
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

  it('does not send a colleague’s batch in the same project', async (test) => {
    const { recruiter, colleague, openAll } = await startCompany(test);
    const streams = [
      await recruiter.openFilterStream({ project_id: MAIN_PROJECT }),
      await recruiter.openFilterStream({}),
    ];
    const candidates = [person('eve')];
    const { batch_id } = (
      await colleague.post('/v1/batches', { project_id: MAIN_PROJECT, assessment_type: 'marketing', candidates })
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

  it('continues after a cursor, without a gap and in order', async (test) => {
    const { proxy, recruiter, openAll } = await startCompany(test);
    const { cursor } = (await recruiter.list({ mine: true })).body;
    const limited = await createRecruiterClient(proxy.url, { projects: [MAIN_PROJECT, OTHER_PROJECT, 'proj_empty'] });
    await openAll();
    assert.equal(await readUntil(await recruiter.openFilterStream({ mine: true }, cursor), 'bob'), 'ann bob');
    assert.equal(
      await readUntil(await recruiter.openFilterStream({ mine: true, project_id: OTHER_PROJECT }, cursor), 'bob'),
      'bob',
    );
    assert.equal(
      await readUntil(await recruiter.openFilterStream({ project_id: MAIN_PROJECT }, cursor), 'dan'),
      'ann cyd dan',
    );
    assert.equal(await readUntil(await limited.openFilterStream({}, cursor), 'dan'), 'ann bob cyd dan');
    const first = await recruiter.openFilterStream({}, cursor);
    const { id } = await first.waitForFrame(({ data }) => data.candidate_name === 'bob');
    first.close();
    assert.equal(await readUntil(await recruiter.openFilterStream({}, id), 'dan'), 'cyd dan');
  });

  it('sends an event once, live and replayed, if the client also names its candidate and a batch', async (test) => {
    const { recruiter, openAll } = await startCompany(test);
    const body = { project_id: MAIN_PROJECT, assessment_type: 'marketing', candidates: [person('ann')] };
    const { batch_id } = (await recruiter.post('/v1/batches', body)).body;
    await waitFor(async () => (await recruiter.get(`/v1/batches/${batch_id}`)).body.counts.existing === 1);
    const { cursor } = (await recruiter.list({})).body;
    const otherSubscriptions = {
      candidates: [
        { candidate_email: 'ann@example.com' },
        { candidate_email: 'cyd@example.com', project_id: MAIN_PROJECT },
      ],
      batches: [batch_id],
    };
    const live = await recruiter.openFilterStream({ mine: true }, undefined, otherSubscriptions);
    await openAll();
    assert.equal(await readUntil(live, 'cyd'), 'ann bob cyd');
    assert.equal(
      await readUntil(await recruiter.openFilterStream({ mine: true }, cursor, otherSubscriptions), 'cyd'),
      'ann bob cyd',
    );
  });

  it('sends gone for an erased session to matching streams only', async (test) => {
    const { proxy, recruiter, colleague, uuids, openAll } = await startCompany(test);
    const streams = [
      await recruiter.openFilterStream({ mine: true }),
      await recruiter.openFilterStream({ project_id: MAIN_PROJECT }),
      await colleague.openFilterStream({ mine: true }),
      await recruiter.openFilterStream({ mine: true, project_id: OTHER_PROJECT }),
    ];
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'ann@example.com' });
    delete (uuids as Partial<Company['uuids']>).ann;
    await openAll();
    const lastNames = ['bob', 'dan', 'cyd', 'bob'];
    const goneCounts = await Promise.all(
      streams.map(async (stream, n) => {
        await stream.waitForFrame(({ data }) => data.candidate_name === lastNames[n]);
        stream.close();
        return stream.frames.filter(({ event }) => event === 'gone').length;
      }),
    );
    assert.deepEqual(goneCounts, [1, 1, 0, 0]);
  });

  it('sends reset if one of its sessions was erased after the cursor, and if the cursor is unknown', async (test) => {
    const { proxy, recruiter } = await startCompany(test);
    const { cursor } = (await recruiter.list({ mine: true })).body;
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'ann@example.com' });
    for (const id of [cursor, 'ffffffffffff.1']) {
      const stream = await recruiter.openFilterStream({ mine: true }, id);
      await stream.waitForFrame(({ event }) => event === 'reset');
      await stream.ended;
    }
  });

  it('continues after the erasure of a session that the filter does not match', async (test) => {
    const { proxy, recruiter, evalon, uuids } = await startCompany(test);
    const { cursor } = (await recruiter.list({ mine: true })).body;
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'dan@example.com' });
    assert.equal(await evalon.sendEvent(uuids.ann, 'session.opened'), 202);
    assert.equal(await readUntil(await recruiter.openFilterStream({ mine: true }, cursor), 'ann'), 'ann');
  });

  it('records which recruiter saw which candidate', async (test) => {
    const { proxy, colleague, openAll } = await startCompany(test);
    const stream = await colleague.openFilterStream({ project_id: OTHER_PROJECT });
    await openAll();
    await readUntil(stream, 'bob');
    const seen = await waitFor(async () =>
      (await createAdminClient(proxy.url).readAuditLog('bob@example.com')).find(({ action }) => action === 'seen'),
    );
    assert.equal(seen.actor, 'recruiter-2');
  });
});

describe('the replay of a stream by filter', () => {
  const FILTERS: [string, EventFilter][] = [
    ['a recruiter', { inviter_id: 'me' }],
    ['a project', { project_ids: ['p1'] }],
  ];
  for (const [name, filter] of FILTERS) {
    it(`reads an index in order, for ${name}`, { skip: SQLITE_PLANS_ONLY }, async (test) => {
      const { folder, remove } = createTempFolder();
      test.after(remove);
      const file = join(folder, 'evalon.db');
      await startStack(test, { settings: { DATABASE_URL: `file:${file}` } });
      const database = new Database(file, { readonly: true });
      const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
      test.after(() => db.destroy());
      const [afterSeq, limit] = [7, 500];
      const { sql, parameters } = buildEventsQuery(db, afterSeq, limit, filter).compile();
      const plan = database.prepare(`explain query plan ${sql}`).all(...parameters);
      const steps = plan.map((step) => (step as { detail: string }).detail);
      assert.equal(steps.length, 1, steps.join('; '));
      assert.match(
        steps[0] ?? '',
        /^SEARCH events USING INDEX events_(inviter|project) \((inviter_id|project_id)=\? AND (seq|rowid)>\?\)$/,
      );
    });
  }

  it('is complete if its events are far apart in the log', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const limited = await createRecruiterClient(proxy.url, { projects: [MAIN_PROJECT, OTHER_PROJECT] });
    const { cursor } = (await recruiter.list({})).body;
    await recruiter.invite(person('ann'));
    const { session_uuid, ...session } = (await recruiter.invite({ ...person('bob'), project_id: 'proj_two' })).body;
    await proxy.context.store.write(async ({ events }) => {
      const noise: NewEvent = {
        type: 'session',
        topic: 'bob@example.com',
        session_uuid,
        project_id: 'proj_two',
        data: JSON.stringify(session),
      };
      // More events than one query scans.
      for (let n = 0; n < 5_500; n++) await events.append(noise);
    });
    await recruiter.invite({ ...person('cyd'), project_id: OTHER_PROJECT });
    assert.equal(await readUntil(await limited.openFilterStream({}, cursor), 'cyd'), 'ann cyd');
    assert.equal(await readUntil(await limited.openFilterStream({ mine: true }, cursor), 'cyd'), 'ann cyd');
  });
});
