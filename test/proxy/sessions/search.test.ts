import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sessionQueryResponseSchema } from '../../../proxy/contract/list.ts';
import { createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE, type RecruiterClient } from '../../support/api-client.ts';
import { buildRow, scored, startWithRows } from '../../support/listed-sessions.ts';

const ROWS = [
  buildRow('José García', 'jg@example.com', 1, scored(82)),
  buildRow('Anne-Marie O’Brien', 'am@example.com', 2, { ...scored(91), assessment_type: 'sales' }),
  buildRow('Νίκος Straße', 'nikos@example.com', 3, scored(82)),
  buildRow('100% Real', 'real_one@example.com', 4, scored(null)),
  buildRow('Jane Smith', 'zed@example.com', 5, { project_id: 'proj_other', ...scored(99) }),
  buildRow('Real Jane', 'realAone@example.com', 6),
];

async function listNames(recruiter: RecruiterClient, filter: object, paging: object = {}): Promise<string[]> {
  const { status, body } = await recruiter.list(filter, paging);
  assert.equal(status, 200, JSON.stringify(body));
  return sessionQueryResponseSchema.parse(body).sessions.map(({ candidate_name }) => candidate_name);
}

describe('a search for sessions', () => {
  const CASES: [q: string, names: string[]][] = [
    ['jos', ['José García']],
    ['JOSÉ', ['José García']],
    ['garcia j', ['José García']],
    ['arcia', []],
    ['marie', ['Anne-Marie O’Brien']],
    ["o'brien", ['Anne-Marie O’Brien']],
    ['ΝΊΚΟΣ', ['Νίκος Straße']],
    ['strasse', ['Νίκος Straße']],
    ['jane', ['Real Jane', 'Jane Smith']],
    ['jane smith', ['Jane Smith']],
    ['zed@EX', ['Jane Smith']],
    ['example', []],
    ['100%', ['100% Real']],
    ['%', []],
    ['_', []],
    ['real_', ['100% Real', 'Real Jane']],
    ['real_one@', ['100% Real']],
    ['\\', []],
    ["' or 1=1 --", []],
  ];

  it('matches the beginning of a word of the name, or of the email, and gives no character a special meaning', async (test) => {
    const { proxy, recruiter } = await startWithRows(test, ROWS);
    const candidates = ROWS.map(({ candidate_email }) => candidate_email);
    const limited = await createRecruiterClient(proxy.url, { candidates });
    for (const [q, names] of CASES) {
      for (const client of [recruiter, limited]) {
        assert.deepEqual((await listNames(client, { q })).sort(), names.toSorted(), q);
      }
    }
  });

  it('stays within the token’s rights and the other filters', async (test) => {
    const { proxy, recruiter } = await startWithRows(test, ROWS);
    const other = await createRecruiterClient(proxy.url, { projects: ['proj_other'] });
    assert.deepEqual(await listNames(other, { q: 'jane' }), ['Jane Smith']);
    assert.deepEqual(await listNames(recruiter, { q: 'jane', project_id: JANE.project_id }), ['Real Jane']);
    assert.deepEqual(await listNames(recruiter, { q: 'jane', status: 'completed' }), ['Jane Smith']);
  });

  it('finds a candidate only by the current name, and not at all after an erasure', async (test) => {
    const { proxy, recruiter } = await startWithRows(test, ROWS);
    const { store } = proxy.context;
    await store.write(({ sessions }) => sessions.upsert(buildRow('Joana Novak', 'jg@example.com', 1)));
    assert.deepEqual(await listNames(recruiter, { q: 'garcia' }), []);
    assert.deepEqual(await listNames(recruiter, { q: 'novak' }), ['Joana Novak']);
    await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'jg@example.com' });
    assert.deepEqual(await listNames(recruiter, { q: 'novak' }), []);
    const inAllProjects = undefined;
    const found = await store.read(({ sessions }) => sessions.findByTokens(['novak', 'jg@'], inAllProjects, 9));
    assert.equal(found.size, 0);
  });

  it('is refused without text, and with more than 254 characters', async (test) => {
    const { recruiter } = await startWithRows(test, ROWS);
    for (const q of ['', '  ', 'x'.repeat(255)]) {
      const { status, body } = await recruiter.list({ q });
      assert.deepEqual([status, body.errors[0].path], [400, 'filter.q']);
    }
  });
});

describe('a list of one assessment', () => {
  it('contains only sessions of that assessment, alone or combined with other filters', async (test) => {
    const { recruiter } = await startWithRows(test, ROWS);
    for (const filter of [{}, { project_id: JANE.project_id }]) {
      assert.deepEqual(await listNames(recruiter, { ...filter, assessment_type: 'sales' }), ['Anne-Marie O’Brien']);
    }
    assert.deepEqual(await listNames(recruiter, { mine: true, assessment_type: 'sales' }), []);
    assert.deepEqual(await listNames(recruiter, { assessment_type: 'unknown' }), []);
  });
});

describe('a list by overall score', () => {
  it('contains results with a score, the highest first, on pages without gaps', async (test) => {
    const { recruiter } = await startWithRows(test, ROWS);
    const byScore = ['Anne-Marie O’Brien', 'Νίκος Straße', 'José García'];
    const sort = '-overall';
    const filter = { project_id: JANE.project_id };
    assert.deepEqual(await listNames(recruiter, filter, { sort }), byScore);
    const { next } = (await recruiter.list(filter, { sort, limit: 2 })).body;
    assert.deepEqual(await listNames(recruiter, filter, { sort, after: next }), ['José García']);
    assert.deepEqual(await listNames(recruiter, { status: 'invited' }, { sort }), []);
  });

  it('is refused if comparison is off, and names the sort', async (test) => {
    const comparison = 'off';
    const { recruiter } = await startWithRows(test, ROWS, comparison);
    const { status, body } = await recruiter.list({}, { sort: '-overall' });
    assert.deepEqual([status, body.code, body.errors[0].path], [400, 'invalid_request', 'sort']);
  });
});
