import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as ROUTES from '../../../proxy/contract/routes.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startStack } from '../../support/start-stack.ts';
import { mintToken } from '../../support/token.ts';

const DEEPLY_NESTED = '['.repeat(900_000);
const OPPORTUNITY = '5b591aed-88e3-4395-b9c6-7d529f93354a';

/** `scope` is undefined if the route needs no scope. */
const ROUTES_WITH_BODY: [path: string, maxBytes: number, scope?: 'read' | 'invite'][] = [
  [ROUTES.sessions, 32 * 1024, 'invite'],
  [ROUTES.sessionQuery, 1024 * 1024],
  [ROUTES.events, 1024 * 1024, 'read'],
  [ROUTES.batches, 8 * 1024 * 1024, 'invite'],
  [ROUTES.resolve, 16 * 1024, 'invite'],
  [ROUTES.unknownPage, 16 * 1024],
];

describe('a JSON body', () => {
  for (const [path, maxBytes, scope] of ROUTES_WITH_BODY) {
    it(`of ${path} has at most ${maxBytes} bytes and 32 levels, and is parsed after the scope is checked`, async (test) => {
      const { proxy, recruiter } = await startStack(test);
      const envelopeBytes = JSON.stringify({ x: '' }).length;
      const buildBody = (bytes: number) => JSON.stringify({ x: 'x'.repeat(bytes - envelopeBytes) });
      assert.equal((await recruiter.post(path, buildBody(maxBytes))).status, 400);
      assert.equal((await recruiter.post(path, buildBody(maxBytes + 1))).status, 413);
      const nested = await recruiter.post(path, DEEPLY_NESTED.slice(0, maxBytes));
      assert.deepEqual([nested.status, nested.body.detail], [400, 'The body is nested deeper than 32 levels.']);
      if (!scope) return;
      // The proxy refuses a token without the scope before it reads the body.
      const recruiterWithoutScope = await createRecruiterClient(proxy.url, {
        scope: scope === 'read' ? 'invite' : 'read',
      });
      for (const body of [DEEPLY_NESTED, buildBody(maxBytes + 1), '{']) {
        const { status, body: problem } = await recruiterWithoutScope.post(path, body);
        assert.deepEqual([status, problem.code], [403, 'forbidden']);
      }
    });
  }

  it('may be nested to 32 levels, and brackets in strings do not count', async (test) => {
    const { recruiter } = await startStack(test);
    const nest = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    // The body's object is one more level.
    assert.equal((await recruiter.invite({ extra: nest(31) })).status, 201);
    assert.equal((await recruiter.invite({ extra: nest(32) })).status, 400);
    assert.equal((await recruiter.invite({ candidate_name: `Jane "${'[{\\"'.repeat(40)}` })).status, 200);
  });

  it('is accepted with every name of UTF-8, a byte order mark or gzip, and refused with other charsets', async (test) => {
    const { proxy } = await startStack(test);
    const authorization = `Bearer ${await mintToken()}`;
    const post = async (contentType: string, body: string | Uint8Array<ArrayBuffer>, headers = {}) => {
      const options = { method: 'POST', headers: { authorization, 'content-type': contentType, ...headers }, body };
      return (await fetch(`${proxy.url}${ROUTES.sessions}`, options)).status;
    };
    const text = JSON.stringify({ ...JANE, candidate_name: 'Zoë' });
    assert.equal(await post('application/json', text), 201);
    for (const charset of ['utf8', 'utf-8', 'UTF-8', '"UTF-8"', '"utf8"', ' UTF8 ', 'unicode-1-1-utf-8']) {
      assert.equal(await post(`application/json; charset=${charset}`, text), 200, charset);
    }
    assert.equal(await post('application/json;charset=utf8;profile=x', text), 200);
    assert.equal(await post('application/json', `\ufeff${text}`), 200);
    assert.equal(await post('application/json', Uint8Array.from(gzipSync(text)), { 'content-encoding': 'gzip' }), 200);
    for (const charset of ['utf-16', 'utf-32', 'iso-8859-1', 'nonsense', '']) {
      assert.equal(await post(`application/json; charset=${charset}`, text), 415, charset);
    }
    assert.equal(await post(`application/json${';'.repeat(1_000)}`, text), 415);
  });

  it('with many errors gets a short response that lists no more than ten of them', async (test) => {
    const { recruiter } = await startStack(test, { settings: { ATS_LEVER_KEY: 'key' } });
    const unknownFields = Object.fromEntries(Array.from({ length: 90_000 }, (_, n) => [`k${n}`, 1]));
    const fieldsWithLongNames = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`${n}${'k'.repeat(50_000)}`, 1]),
    );
    const bodies: [string, unknown][] = [
      [ROUTES.sessionQuery, { filter: unknownFields }],
      [ROUTES.sessionQuery, { filter: fieldsWithLongNames }],
      [ROUTES.sessionQuery, { candidates: Array.from({ length: 500 }, () => ({})) }],
      [ROUTES.sessionQuery, { candidates: Array.from({ length: 400_000 }, () => 1) }],
      [ROUTES.sessionQuery, { filter: { status: Array.from({ length: 90_000 }, () => 'x') } }],
      [ROUTES.events, { filter: unknownFields }],
      [ROUTES.events, { candidates: Array.from({ length: 2_000 }, () => 7) }],
      [ROUTES.events, { batches: Array.from({ length: 400_000 }, () => 1) }],
      [ROUTES.sessions, { candidate_email: 'x'.repeat(20_000), candidate_name: 'y'.repeat(10_000) }],
      [ROUTES.batches, { candidates: Array.from({ length: 900_000 }, () => 1) }],
      [ROUTES.resolve, { ats: 'lever', opportunity: OPPORTUNITY, ['z'.repeat(15_000)]: 'x' }],
      [ROUTES.resolve, { url: 'https://hire.lever.co', ['z'.repeat(15_000)]: 'x' }],
      [ROUTES.unknownPage, { ['z'.repeat(15_000)]: 'x' }],
    ];
    for (const [path, sent] of bodies) {
      const { status, body } = await recruiter.post(path, sent);
      assert.equal(status, 400, path);
      assert.ok(body.errors.length <= 10, path);
      assert.ok(JSON.stringify(body).length < 4_000, `${path} returns ${JSON.stringify(body).length} characters`);
    }
    const { body } = await recruiter.post(ROUTES.sessionQuery, { filter: unknownFields });
    assert.deepEqual(body.errors, [
      { path: 'filter', message: 'has the unknown fields "k0", "k1", "k2", "k3", "k4" and 89995 more' },
    ]);
  });
});
