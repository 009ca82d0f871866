import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { toRecruiterId } from '../../../proxy/auth/recruiter.ts';
import { toCandidateKey } from '../../../proxy/contract/candidate.ts';
import { sessionQueryResponseSchema } from '../../../proxy/contract/list.ts';
import { SESSION_STATUSES, type SessionStatus } from '../../../proxy/contract/status.ts';
import type { SessionRow, Tables } from '../../../proxy/store/schema.ts';
import { buildPageQueries, type ListQuery, type SortOrder } from '../../../proxy/store/session-lists.ts';
import type { Store } from '../../../proxy/store/store.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE, type RecruiterClient } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { buildSessionRow } from '../../support/session.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';
import { SQLITE_PLANS_ONLY } from '../../support/test-database.ts';

const ME = toRecruiterId({ iss: 'https://ats.example.com', sub: 'recruiter-1' });
const COLLEAGUE = toRecruiterId({ iss: 'https://ats.example.com', sub: 'recruiter-2' });
/** The same `sub` from another issuer. */
const NAMESAKE = toRecruiterId({ iss: 'https://other.example.com', sub: 'recruiter-1' });
const DAY_MS = 24 * 60 * 60_000;
const START_MS = Date.parse('2026-01-01T00:00:00Z');
const at = (day: number) => new Date(START_MS + day * DAY_MS).toISOString();

/** Builds a session that last changed on this day and, if it is completed, was completed a day earlier. */
function buildRow(name: string, day: number, changes: Partial<SessionRow> = {}): SessionRow {
  const email = `${name}@example.com`;
  const isCompleted = changes.status === 'completed';
  return {
    ...buildSessionRow(toCandidateKey(email), at(day)),
    session_uuid: `sess_${name}`,
    candidate_email: email,
    candidate_name: name,
    inviter_id: ME,
    ...(isCompleted && { completed_at: at(day - 1) }),
    ...changes,
  };
}

async function storeRows({ context: { store } }: TestStack['proxy'], rows: readonly SessionRow[]): Promise<void> {
  await store.write(async ({ sessions }) => {
    for (const row of rows) await sessions.upsert(row);
  });
}

const ROWS = [
  buildRow('ann', 1),
  buildRow('bob', 2, { status: 'opened' }),
  buildRow('cyd', 3, { status: 'completed' }),
  buildRow('dan', 4, { status: 'completed', completed_at: at(0) }),
  buildRow('eve', 5, { project_id: 'proj_other', status: 'completed', inviter_id: COLLEAGUE }),
  buildRow('fay', 6, { inviter_id: NAMESAKE }),
  buildRow('gus', 7, { project_id: 'proj_other' }),
  buildRow('hal', 8, { inviter_id: null }),
];

async function startWithSessions(test: TestContext): Promise<TestStack> {
  const stack = await startStack(test, { settings: { ADMIN_TOKEN } });
  await storeRows(stack.proxy, ROWS);
  return stack;
}

async function listNames(recruiter: RecruiterClient, filter: object, paging: object = {}): Promise<string> {
  const { status, body } = await recruiter.list(filter, paging);
  assert.equal(status, 200, JSON.stringify(body));
  return sessionQueryResponseSchema
    .parse(body)
    .sessions.map(({ candidate_name }) => candidate_name)
    .join(' ');
}

describe('a list of sessions by filter', () => {
  it('filters by project, statuses and own invites, alone or combined', async (test) => {
    const { recruiter } = await startWithSessions(test);
    const CASES: [object, string][] = [
      [{}, 'hal gus fay eve dan cyd bob ann'],
      [{ project_id: 'proj_other' }, 'gus eve'],
      [{ status: 'completed' }, 'eve dan cyd'],
      [{ status: ['opened', 'invited', 'invited'] }, 'hal gus fay bob ann'],
      [{ mine: true }, 'gus dan cyd bob ann'],
      [{ mine: false }, 'hal gus fay eve dan cyd bob ann'],
      [{ mine: true, project_id: JANE.project_id, status: ['completed', 'opened'] }, 'dan cyd bob'],
      [{ project_id: 'proj_unknown' }, ''],
    ];
    for (const [filter, names] of CASES)
      assert.equal(await listNames(recruiter, filter), names, JSON.stringify(filter));
  });

  it('identifies own invites by issuer and sub together', async (test) => {
    const { proxy } = await startWithSessions(test);
    const namesake = await createRecruiterClient(proxy.url, { iss: 'https://other.example.com' });
    const colleague = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
    const stranger = await createRecruiterClient(proxy.url, { sub: 'recruiter-3' });
    assert.equal(await listNames(namesake, { mine: true }), 'fay');
    assert.equal(await listNames(colleague, { mine: true }), 'eve');
    assert.equal(await listNames(stranger, { mine: true }), '');
  });

  it('lists a session as an invite of the recruiter who invited first, individually or in a batch', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const colleague = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
    await recruiter.invite();
    await colleague.invite();
    const { project_id, assessment_type } = JANE;
    const candidates = [{ candidate_email: 'eve@example.com', candidate_name: 'Eve' }];
    const { batch_id } = (await colleague.post('/v1/batches', { project_id, assessment_type, candidates })).body;
    await waitFor(async () => (await colleague.get(`/v1/batches/${batch_id}`)).body.counts.invited === 1);
    assert.equal(await listNames(recruiter, { mine: true }), 'Jane Smith');
    assert.equal(await listNames(colleague, { mine: true }), 'Eve');
  });

  it('sorts by last change in both directions, or lists completed sessions by completion', async (test) => {
    const { recruiter } = await startWithSessions(test);
    assert.equal(await listNames(recruiter, { mine: true }, { sort: '-updated_at' }), 'gus dan cyd bob ann');
    assert.equal(await listNames(recruiter, { mine: true }, { sort: 'updated_at' }), 'ann bob cyd dan gus');
    assert.equal(await listNames(recruiter, {}, { sort: '-completed_at' }), 'eve cyd dan');
    assert.equal(await listNames(recruiter, { status: 'invited' }, { sort: '-completed_at' }), '');
  });

  it('shows only sessions that the token covers', async (test) => {
    const { proxy } = await startWithSessions(test);
    const byProject = await createRecruiterClient(proxy.url, { projects: [JANE.project_id, 'proj_empty'] });
    assert.equal(await listNames(byProject, {}), 'hal fay dan cyd bob ann');
    assert.equal(await listNames(byProject, { mine: true, status: 'completed' }), 'dan cyd');
    const byCandidate = await createRecruiterClient(proxy.url, {
      candidates: ['DAN@example.com', 'eve@example.com', 'ann@example.com'],
    });
    assert.equal(await listNames(byCandidate, {}), 'eve dan ann');
    assert.equal(await listNames(byCandidate, { mine: true }), 'dan ann');
    assert.equal(await listNames(byCandidate, { project_id: 'proj_other' }), 'eve');
    const byBoth = await createRecruiterClient(proxy.url, {
      candidates: ['dan@example.com', 'eve@example.com'],
      projects: ['p'],
    });
    assert.equal(await listNames(byBoth, {}), '');
  });

  it('is refused for a project outside the token, and without the read scope', async (test) => {
    const { proxy } = await startWithSessions(test);
    const other = await createRecruiterClient(proxy.url, { sub: 'stranger', projects: ['proj_other'] });
    const { status, body } = await other.list({ project_id: JANE.project_id });
    assert.deepEqual([status, body.code], [403, 'forbidden']);
    assert.equal((await (await createRecruiterClient(proxy.url, { scope: 'invite' })).list({})).status, 403);
    const refused = (await createAdminClient(proxy.url).readAuditLog()).filter(({ action }) => action === 'refused');
    assert.deepEqual(
      refused.map(({ actor, detail }) => [actor, detail]),
      [
        ['stranger', 'forbidden /v1/sessions/query'],
        ['recruiter-1', 'forbidden /v1/sessions/query'],
      ],
    );
  });

  it('carries no candidate link without the invite scope', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    await recruiter.invite();
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    assert.match((await recruiter.list({})).body.sessions[0].candidate_url, /\/take\//);
    assert.equal('candidate_url' in (await reader.list({})).body.sessions[0], false);
  });

  it('records the page’s sessions as seen, and no others', async (test) => {
    const { proxy, recruiter } = await startWithSessions(test);
    await recruiter.list({}, { limit: 3 });
    const seen = (await createAdminClient(proxy.url).readAuditLog()).filter(({ action }) => action === 'seen');
    assert.equal(seen.length, 3);
  });

  it('returns a cursor at which a stream continues without a gap', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { session_uuid, candidate_email } = (await recruiter.invite()).body;
    const { cursor } = (await recruiter.list({ mine: true })).body;
    await evalon.sendEvent(session_uuid, 'session.opened');
    const stream = await recruiter.openStream([{ candidate_email }], cursor);
    await stream.waitForFrame(({ data }) => data.status === 'opened');
    stream.close();
    assert.equal(stream.frames.length, 1);
  });

  const INVALID_REQUESTS: [string, object, string, RegExp][] = [
    [
      'a filter and candidates together',
      { filter: {}, candidates: [{ candidate_email: 'a@b' }] },
      'filter',
      /combined with candidates/,
    ],
    ['neither a filter nor candidates', {}, 'candidates', /is missing, and so is filter/],
    ['an unknown status', { filter: { status: 'lost' } }, 'filter.status', /must be a status/],
    ['an empty list of statuses', { filter: { status: [] } }, 'filter.status', /must be a status/],
    ['an unknown field', { filter: { projects: ['p'] } }, 'filter', /projects/],
    ['an unknown sort', { filter: {}, sort: 'overall' }, 'sort', /./],
    ['a page that is too long', { filter: {}, limit: 201 }, 'limit', /at most 200/],
    ['an empty page', { filter: {}, limit: 0 }, 'limit', /./],
    ['paging without a filter', { candidates: [{ candidate_email: 'a@b' }], limit: 5 }, 'limit', /requires a filter/],
    ['an unknown cursor', { filter: {}, after: 'nonsense' }, 'after', /`next` of a page with the same sort/],
  ];
  it('is refused for an invalid request, and the response names the field and the problem', async (test) => {
    const { recruiter } = await startStack(test);
    for (const [problem, request, path, message] of INVALID_REQUESTS) {
      await test.test(problem, async () => {
        const { status, body } = await recruiter.post('/v1/sessions/query', request);
        assert.deepEqual([status, body.code], [400, 'invalid_request']);
        assert.equal(body.errors[0].path, path);
        assert.match(body.errors[0].message, message);
      });
    }
  });
});

/** Follows `next` to the end and returns the session ids of each page. */
async function listAllPages(recruiter: RecruiterClient, filter: object, paging: object): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | undefined; ; ) {
    const { status, body } = await recruiter.list(filter, { ...paging, after });
    assert.equal(status, 200, JSON.stringify(body));
    pages.push(body.sessions.map(({ session_uuid }: { session_uuid: string }) => session_uuid));
    if (body.next === undefined) return pages;
    after = body.next;
  }
}

describe('the pages of a list', () => {
  it('contain each session once, even if many changed at the same moment', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const statuses: SessionStatus[] = ['invited', 'opened', 'completed'];
    const rows = Array.from({ length: 50 }, (_, n) =>
      buildRow(`c${n}`, Math.floor(n / 10), { status: statuses[n % 3] ?? 'invited', project_id: `proj_${n % 4}` }),
    );
    await storeRows(proxy, rows);
    const limitedToProjects = await createRecruiterClient(proxy.url, {
      projects: ['proj_0', 'proj_1', 'proj_2', 'proj_3'],
    });
    const limitedToCandidates = await createRecruiterClient(proxy.url, {
      candidates: rows.map(({ candidate_email }) => candidate_email),
    });
    for (const sort of ['-updated_at', 'updated_at']) {
      const whole = await listAllPages(recruiter, {}, { sort, limit: 200 });
      assert.equal(new Set(whole.flat()).size, 50);
      for (const client of [recruiter, limitedToProjects, limitedToCandidates]) {
        const pages = await listAllPages(client, {}, { sort, limit: 7 });
        assert.deepEqual(
          pages.map(({ length }) => length),
          [7, 7, 7, 7, 7, 7, 7, 1],
        );
        assert.deepEqual(pages.flat(), whole.flat());
      }
    }
    const completedCount = rows.filter(({ status }) => status === 'completed').length;
    const completed = await listAllPages(recruiter, {}, { sort: '-completed_at', limit: 5 });
    assert.equal(completed.flat().length, completedCount);
    assert.equal(new Set(completed.flat()).size, completedCount);
  });

  it('keep the order across more projects and statuses than one SQL statement reads', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const projects = Array.from({ length: 60 }, (_, n) => `proj_${n}`);
    await storeRows(
      proxy,
      projects.map((project_id, n) =>
        buildRow(`c${n}`, n, { project_id, status: SESSION_STATUSES[n % SESSION_STATUSES.length] ?? 'invited' }),
      ),
    );
    const limited = await createRecruiterClient(proxy.url, { projects });
    assert.deepEqual(await listAllPages(limited, {}, { limit: 25 }), await listAllPages(recruiter, {}, { limit: 25 }));
  });

  it('continue at the same session for every recruiter, within the recruiter’s own rights', async (test) => {
    const { proxy, recruiter } = await startWithSessions(test);
    const { next } = (await recruiter.list({}, { limit: 2 })).body;
    const colleague = await createRecruiterClient(proxy.url, { sub: 'recruiter-2', projects: ['proj_other'] });
    assert.equal(await listNames(colleague, {}, { after: next }), 'eve');
    assert.equal(await listNames(recruiter, { mine: true }, { after: next }), 'dan cyd bob ann');
  });

  it('continue after the session at the cursor was erased', async (test) => {
    const { proxy, recruiter } = await startWithSessions(test);
    const { next, sessions } = (await recruiter.list({}, { limit: 3 })).body;
    assert.equal(sessions[2].candidate_name, 'fay');
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'fay@example.com' });
    assert.equal(await listNames(recruiter, {}, { after: next }), 'eve dan cyd bob ann');
  });

  it('refuse the cursor of another sort', async (test) => {
    const { recruiter } = await startWithSessions(test);
    const { next } = (await recruiter.list({}, { limit: 1 })).body;
    assert.equal((await recruiter.list({}, { sort: 'updated_at', after: next })).status, 400);
  });

  it('end without `next`, even after a full last page', async (test) => {
    const { recruiter } = await startWithSessions(test);
    const { body } = await recruiter.list({ mine: true }, { limit: 5 });
    assert.equal(body.sessions.length, 5);
    assert.equal('next' in body, false);
  });
});

const FILTERS: [string, Pick<ListQuery, 'projects' | 'inviter_id' | 'assessment_type'>][] = [
  ['an assessment of a project', { projects: ['proj_abc123'], assessment_type: 'marketing' }],
  ['everything', {}],
  ['a project', { projects: ['proj_abc123'] }],
  ['projects', { projects: ['proj_abc123', 'proj_other'] }],
  ['a recruiter', { inviter_id: ME }],
  ['a recruiter in a project', { inviter_id: ME, projects: ['proj_abc123'] }],
];
const ORDERS: SortOrder[] = [
  { column: 'updated_at', isDescending: true },
  { column: 'updated_at', isDescending: false },
  { column: 'completed_at', isDescending: true },
  { column: 'overall', isDescending: true },
];

/** Returns SQLite's plan for a statement, line by line. */
function explainQuery(
  database: Database.Database,
  { sql, parameters }: { sql: string; parameters: readonly unknown[] },
) {
  return database
    .prepare(`explain query plan ${sql}`)
    .all(...parameters)
    .map((step) => (step as { detail: string }).detail);
}

async function storeSessions(store: Store, count: number): Promise<void> {
  await store.write(async ({ sessions }) => {
    for (let n = 0; n < count; n++) {
      const status = SESSION_STATUSES[n % SESSION_STATUSES.length] ?? 'invited';
      const project_id = n % 3 ? JANE.project_id : 'proj_other';
      await sessions.upsert(buildRow(`c${n}`, n / 100, { status, project_id, inviter_id: n % 2 ? ME : COLLEAGUE }));
    }
  });
}

describe('with 1,000 sessions', () => {
  it('the proxy reads the last page as cheaply as the first: from an index, starting at the cursor', {
    skip: SQLITE_PLANS_ONLY,
  }, async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const file = join(folder, 'evalon.db');
    const { proxy, recruiter } = await startStack(test, { settings: { DATABASE_URL: `file:${file}` } });
    await storeSessions(proxy.context.store, 1_000);

    const pages = await listAllPages(recruiter, {}, { limit: 200 });
    assert.equal(pages.length, 5);
    assert.equal(new Set(pages.flat()).size, 1_000);

    const database = new Database(file, { readonly: true });
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    test.after(() => db.destroy());

    for (const [name, filter] of FILTERS) {
      for (const order of ORDERS) {
        // A session in the middle of the list.
        const after = { at: order.column === 'overall' ? 50 : at(5), session_uuid: 'sess_c500' };
        for (const cursor of [{}, { after }]) {
          const listing: ListQuery = { ...filter, statuses: SESSION_STATUSES, order, ...cursor };
          // A page has at most 200 sessions. One more shows whether there is a next page.
          const steps = buildPageQueries(db, listing, 201).flatMap((query) => explainQuery(database, query.compile()));
          const message = `${name} by ${order.column}: ${steps.join('; ')}`;
          assert.doesNotMatch(steps.join(), /SCAN|TEMP B-TREE/, message);
          const reads = steps.filter((step) => step.startsWith('SEARCH'));
          const cursorCondition = 'after' in cursor ? `\\(${order.column},session_uuid\\)[<>]\\(\\?,\\?\\)` : '';
          assert.ok(reads.length > 0, message);
          for (const read of reads)
            assert.match(read, new RegExp(`USING COVERING INDEX .*${cursorCondition}`), message);
        }
      }
    }
  });
});
