import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWebhook } from '../../support/evalon-messages.ts';

describe('a webhook', () => {
  const UNDERSTOOD: [body: unknown, ...events: [sessionUuid: string, event: string][]][] = [
    [{ event: 'session.completed', session_uuid: 'sess_1' }, ['sess_1', 'session.completed']],
    [{ event: 'session_completed', session_uuid: 'sess_1' }, ['sess_1', 'session.completed']],
    [{ event: 'SessionInProgress', session_uuid: 17 }, ['17', 'session.started']],
    [{ type: 'session.completed', data: { session: { id: 7 } } }, ['7', 'session.completed']],
    [{ id: 'evt_1', type: 'session.completed', data: { session: { id: 'sess_1' } } }, ['sess_1', 'session.completed']],
    [{ id: 'evt_1', type: 'session.expired', data: { id: 'sess_1' } }, ['sess_1', 'session.expired']],
    [{ id: 'sess_1', event: 'session.opened' }, ['sess_1', 'session.opened']],
    [{ session_uuid: 'sess_1', status: 'in-progress' }, ['sess_1', 'session.started']],
    [{ event: 'session.updated', session_uuid: 'sess_1', status: 'EXPIRED' }, ['sess_1', 'session.expired']],
    [{ event: 'session.paused', session_uuid: 'sess_1' }, ['sess_1', 'session.paused']],
    [{ session_uuid: 'sess_1', status: 'proctor waits' }, ['sess_1', 'proctor waits']],
    [
      [
        { event: 'session.opened', session_uuid: 'sess_1' },
        { event: 'session.started', session_uuid: 'sess_2' },
      ],
      ['sess_1', 'session.opened'],
      ['sess_2', 'session.started'],
    ],
    [
      { event: 'session.expired', data: [{ session_uuid: 'sess_1' }, { session_uuid: 'sess_2' }] },
      ['sess_1', 'session.expired'],
      ['sess_2', 'session.expired'],
    ],
  ];
  for (const [body, ...expected] of UNDERSTOOD) {
    it(`is understood: ${JSON.stringify(body)}`, () => {
      const events = readWebhook(body).map(({ value }) => [value?.session_uuid, value?.event]);
      assert.deepEqual(events, expected);
    });
  }

  const NOT_UNDERSTOOD: [string, unknown][] = [
    ['without a session', { event: 'session.completed' }],
    ['without an event and a status', { session_uuid: 'sess_1' }],
    ['whose only id is that of the message', { id: 'evt_1', type: 'session.completed', data: { ref: 'x' } }],
    ['that names two sessions', { event: 'session.completed', session_uuid: 'a', data: { session_uuid: 'b' } }],
    ['with an event of 201 characters', { event: 'x'.repeat(201), session_uuid: 'sess_1' }],
    ['that is a text', '"session.completed"'],
  ];
  for (const [what, body] of NOT_UNDERSTOOD) {
    it(`${what} is not understood`, () => {
      assert.deepEqual(
        readWebhook(body).map(({ value }) => value),
        [undefined],
      );
    });
  }

  it('names the keys that it does not understand', () => {
    const [result] = readWebhook({ kind_of_news: 'done', who: { ref: 'sess_1' } });
    assert.deepEqual(result?.report.leftover, ['/kind_of_news', '/who/ref']);
  });

  it('has a completion time only if the time is in ISO 8601', () => {
    const read = (completed_at: unknown) =>
      readWebhook({ event: 'session.completed', session_uuid: 'sess_1', completed_at })[0]?.value?.completed_at;
    assert.equal(read('2026-01-15T14:30:00Z'), '2026-01-15T14:30:00.000Z');
    assert.equal(read('2026-01-15T14:30:00+05:30'), '2026-01-15T09:00:00.000Z');
    assert.equal(read('pending, step 2'), undefined);
    assert.equal(read(1_768_487_400), undefined);
  });
});
