import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBatch, readSession } from '../../support/evalon-messages.ts';

const LINK = 'https://take.evalon.example/x';

describe('the session of a response', () => {
  const UNDERSTOOD: [body: unknown, sessionUuid: string][] = [
    [{ session_uuid: 'sess_1', candidate_url: LINK }, 'sess_1'],
    [{ data: { session_uuid: 'sess_1', candidate_url: LINK } }, 'sess_1'],
    [{ sessionUuid: 'sess_1', candidateUrl: LINK }, 'sess_1'],
    [{ 'Session-UUID': 'sess_1', candidate_link: LINK }, 'sess_1'],
    [{ session: { id: 7, url: LINK } }, '7'],
    [{ data: { type: 'sessions', id: '7', attributes: { candidate_url: LINK } } }, '7'],
    [{ id: 17, session_uuid: 'sess_1', candidate_url: LINK }, 'sess_1'],
    [{ id: 'req_1', session: { uuid: 'sess_1', id: 17, invite_url: LINK } }, 'sess_1'],
    [{ uuid: 'sess_1', candidate_url: { url: LINK } }, 'sess_1'],
    [{ session_uuid: 'sess_1', sessionUuid: 'sess_1', link: LINK }, 'sess_1'],
  ];
  for (const [body, sessionUuid] of UNDERSTOOD) {
    it(`is found in ${JSON.stringify(body)}`, () => {
      const { value } = readSession(body);
      assert.deepEqual([value?.session_uuid, value?.candidate_url], [sessionUuid, LINK]);
    });
  }

  const REFUSED: [string, unknown][] = [
    ['names two sessions', { session_uuid: 'sess_1', data: { session_uuid: 'sess_2' } }],
    ['has two spellings with different ids', { session_uuid: 'sess_1', sessionUuid: 'sess_2' }],
    ['names two candidates', { session_uuid: 'sess_1', candidate_email: 'a@x.y', candidate: { email: 'b@x.y' } }],
    ['has an id that is not an integer', '{"session_uuid": 12345678901234567.5, "id": 5}'],
    ['has an id that is a path', { session_uuid: '..' }],
    ['has an id of 1,001 characters', { session_uuid: 'x'.repeat(1_001) }],
    ['has only an id of the message, outside of data', { id: 'req_1', data: { candidate_url: LINK } }],
    ['has an id three levels deep', { a: { b: { session_uuid: 'sess_1' } } }],
    ['inherits its keys from a prototype', Object.create({ session_uuid: 'sess_1' })],
    ['is null', null],
    ['is a text', '"sess_1"'],
  ];
  for (const [what, body] of REFUSED)
    it(`is not read if the response ${what}`, () => assert.equal(readSession(body).value, undefined));

  it('is not found in a response with unknown keys, and the report names those keys, but no values', () => {
    const { report } = readSession({ ref: 'sess_1', urls: { take: LINK }, 'jane@example.com': { phone: '555' } });
    // A key that is an email could identify a candidate, so … replaces that key.
    assert.deepEqual(report.leftover, ['/ref', '/urls/take', '/…/phone']);
    assert.doesNotMatch(JSON.stringify(report), /sess_1|evalon|555|jane/);
  });
});

describe('the link of a candidate', () => {
  const CASES: [what: string, link: unknown, url: string | undefined, problem: string | undefined][] = [
    ['of 4 KB works', `${LINK}?t=${'x'.repeat(4_000)}`, `${LINK}?t=${'x'.repeat(4_000)}`, undefined],
    ['of more than 8 KiB is invalid', `${LINK}?t=${'x'.repeat(8_192)}`, undefined, 'invalid'],
    ['that is relative resolves', '/take/x', 'https://api.evalon.example/take/x', undefined],
    ['that is relative without a slash resolves', 'take/x', 'https://api.evalon.example/take/x', undefined],
    ['without a scheme is invalid', 'take.evalon.example/x', undefined, 'invalid'],
    ['with http is not used', 'http://take.evalon.example/x', undefined, 'not_https'],
    ['with http on this machine is not used', 'http://127.0.0.1/x', undefined, 'not_https'],
    ['that is a script is not used', 'javascript:alert(1)', undefined, 'not_https'],
    ['that is only a word is invalid', 'pending', undefined, 'invalid'],
    ['with a line break is invalid', 'https://take.evalon.\nexample/x', undefined, 'invalid'],
    ['that is missing is reported', undefined, undefined, 'missing'],
    ['that is null is reported', null, undefined, 'missing'],
    ['that is an empty object is reported', {}, undefined, 'missing'],
  ];
  for (const [what, candidate_url, url, problem] of CASES) {
    it(what, () => {
      const { value } = readSession({ session_uuid: 'sess_1', candidate_url });
      assert.deepEqual([value?.candidate_url, value?.link_problem], [url, problem]);
    });
  }
});

describe('the status of a session', () => {
  const CASES: [word: string, status: string | undefined, activity: string | undefined][] = [
    ['EXPIRED', 'expired', undefined],
    ['canceled', 'cancelled', undefined],
    ['in_progress', 'started', undefined],
    ['In Progress', 'started', undefined],
    ['inProgress', 'started', undefined],
    ['Completed', 'completed', undefined],
    ['session_completed', 'completed', undefined],
    ['session.completed', 'completed', undefined],
    ['SESSION-COMPLETED', 'completed', undefined],
    ['not_completed', undefined, 'not_completed'],
    ['paused', undefined, 'paused'],
    ['success', undefined, undefined],
  ];
  for (const [word, status, activity] of CASES) {
    it(`${word} is ${status ?? (activity ? 'an activity' : 'not a status')}`, () => {
      const { value } = readSession({ session_uuid: 'sess_1', status: word });
      assert.deepEqual([value?.status, value?.activity], [status, activity]);
    });
  }
});

describe('a batch response', () => {
  const [anna, ben] = ['anna@example.com', 'ben@example.com'];

  for (const wrap of [
    (results: object[]) => ({ results }),
    (results: object[]) => ({ data: results }),
    (sessions: object[]) => ({ data: { sessions } }),
    (results: object[]) => results,
  ]) {
    it(`is read as ${JSON.stringify(wrap([]))}`, () => {
      const { value } = readBatch(
        wrap([
          { candidate_email: anna, session_uuid: 'sess_a', candidate_url: LINK },
          { candidate: { email: ben }, status: 400, detail: 'No.' },
          { unknown: true },
        ]),
      );
      assert.deepEqual(
        value?.map(({ candidate_email, session, errorStatus }) => [
          candidate_email,
          session?.session_uuid,
          errorStatus,
        ]),
        [
          [anna, 'sess_a', undefined],
          [ben, undefined, 400],
          [undefined, undefined, undefined],
        ],
      );
    });
  }

  it('gives neither a session nor an email for an item that names two candidates', () => {
    const { value } = readBatch({ results: [{ session_uuid: 's', candidate_email: anna, applicant: { email: ben } }] });
    assert.deepEqual([value?.[0]?.session, value?.[0]?.candidate_email], [undefined, undefined]);
  });

  it('without a list is refused, and its keys are named', () => {
    const { value, report } = readBatch({ accepted: 3, job: { ref: 'x' } });
    assert.equal(value, undefined);
    assert.deepEqual(report.leftover, ['/accepted', '/job/ref']);
  });
});
