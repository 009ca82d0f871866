import { assert } from 'chai';
import { parseSession, type Session } from '../../../widget/api/parse.ts';
import { hasHandoverFailed, recordHandover } from '../../../widget/sync/handovers.ts';
import { isReminderDue } from '../../../widget/sync/reminders.ts';
import { isOlder } from '../../../widget/sync/subscriptions.ts';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { candidate_email: 'jane@example.com' };
const UUID = 'sess_jane@example.com';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Opens a connection whose handovers get these responses in turn. Each later handover succeeds. */
async function openWithResponses(responses: (number | 'network failure')[]) {
  const proxy = new ScriptedProxy();
  proxy.sessions = [buildSession(JANE.candidate_email)];
  proxy.override = ({ path }) => {
    const response = path.endsWith('/handovers') ? responses.shift() : undefined;
    if (response === 'network failure') throw new TypeError('failed to fetch');
    return response === undefined ? undefined : problemResponse(response, 'unavailable');
  };
  const clock = new WidgetTestClock();
  const connection = openConnection(proxy, clock);
  connection.watch(JANE, () => {});
  await flushPromises();
  const record = () => recordHandover(connection, UUID, { kind: 'invite', channel: 'link' });
  const listHandoverRequests = () => proxy.requests.filter(({ path }) => path.endsWith('/handovers'));
  const getHandover = () => connection.getSessions(JANE)?.[0]?.handed_over;
  return { clock, connection, record, listHandoverRequests, getHandover };
}

describe('a handover', () => {
  it('is sent again after temporary failures, with the same Idempotency-Key, and survives a navigation', async () => {
    const { clock, connection, record, listHandoverRequests, getHandover } = await openWithResponses([
      503,
      'network failure',
    ]);
    const recorded = record();
    await clock.advance(MINUTE_MS);
    await recorded;
    assert.equal(getHandover()?.by.id, 'recruiter-1');
    assert.isFalse(hasHandoverFailed(connection, UUID));
    assert.lengthOf(listHandoverRequests(), 3);
    assert.lengthOf(new Set(listHandoverRequests().map(({ headers }) => headers.get('idempotency-key'))), 1);
    assert.isTrue(listHandoverRequests().every(({ init }) => init.keepalive));
    connection.close();
  });

  it('has failed after four attempts, or after one refusal, until the next handover succeeds', async () => {
    const { clock, connection, record, listHandoverRequests, getHandover } = await openWithResponses([
      503, 503, 503, 503, 403,
    ]);
    const recorded = record();
    await clock.advance(10 * MINUTE_MS);
    await recorded;
    assert.lengthOf(listHandoverRequests(), 4);
    assert.isTrue(hasHandoverFailed(connection, UUID));
    await record();
    assert.lengthOf(listHandoverRequests(), 5);
    assert.isTrue(hasHandoverFailed(connection, UUID));
    await record();
    assert.isFalse(hasHandoverFailed(connection, UUID));
    assert.equal(getHandover()?.kind, 'invite');
    connection.close();
  });

  it('makes a session newer, so that an older response does not remove the handover', () => {
    const parse = (changes: object) => parseSession(buildSession(JANE.candidate_email, { ...changes })) as Session;
    const handed_over = { at: '2026-01-11T10:00:00.000Z', by: { id: 'a' }, kind: 'invite', channel: 'link' };
    assert.isTrue(isOlder(parse({}), parse({ handed_over })));
    assert.isFalse(isOlder(parse({ handed_over }), parse({})));
    assert.isFalse(isOlder(parse({ updated_at: '2026-01-12T10:00:00.000Z' }), parse({ handed_over })));
  });
});

describe('a reminder', () => {
  const invitedAt = Date.parse('2026-01-10T10:00:00.000Z');
  const isDueAfter = (ms: number, changes: object = {}) =>
    isReminderDue(parseSession(buildSession(JANE.candidate_email, { ...changes })) as Session, invitedAt + ms);

  it('is due after five days without activity of the candidate or a recruiter, until the answers are submitted', () => {
    const handed_over = { at: '2026-01-12T10:00:00.000Z', by: { id: 'a' }, kind: 'reminder', channel: 'link' };
    assert.isFalse(isDueAfter(5 * DAY_MS));
    assert.isTrue(isDueAfter(5 * DAY_MS + 1));
    assert.isFalse(isDueAfter(7 * DAY_MS, { handed_over }));
    assert.isTrue(isDueAfter(7 * DAY_MS + 1, { handed_over }));
    for (const status of ['submitted', 'scoring', 'completed', 'expired', 'moon']) {
      assert.isFalse(isDueAfter(9 * DAY_MS, { status }), status);
    }
    assert.isFalse(isDueAfter(9 * DAY_MS, { status: 'started', confirming: true }));
    assert.isFalse(isDueAfter(9 * DAY_MS, { updated_at: '' }));
  });
});
