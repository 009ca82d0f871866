import { assert } from 'chai';
import { Connection } from '../../../widget/sync/connection.ts';
import { settled, TestClock } from '../fake-clock.ts';
import { button, find, mountAt, says, textOf, until } from '../fixture.ts';
import { ScriptedProxy, sessionOf } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith', 'project-id': 'p1' };
const SECRETS = ['Campaign planning', 'Plans well', '82', 'Completed', 'Paused'];

function completed(changes: Record<string, unknown> = {}) {
  return sessionOf('jane@example.com', {
    session_uuid: 's1',
    status: 'completed',
    score_summary: { overall: 82, sections: [] },
    ...changes,
  });
}

describe('a candidate who was erased', () => {
  it('is gone at once from panel, chip and scorecard, which is said once', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [completed()];
    proxy.scorecard = {
      overall: 82,
      sections: [{ name: 'Campaign planning', score: 80, questions: [{ title: 'Why?', score: 8 }] }],
      narrative: 'Plans well',
    };
    const panel = await mountAt(proxy, 'evalon-assessments', JANE);
    const chip = await mountAt(proxy, 'evalon-status', JANE);
    const card = await mountAt(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
    for (const element of [panel, card]) {
      await says(element, 'Plans well');
      find(element, 'summary').click();
    }
    await says(chip, '82');
    await until(() => proxy.stream.candidates.length === 2);
    const region = await until(() => document.querySelector('[role=status]'));

    proxy.sessions = [];
    proxy.stream.send('e.2', 'gone', { session_uuid: 's1' });
    await until(() => button(panel, 'Invite'));
    await says(panel, 'Not invited');
    await says(chip, 'Not invited');
    await says(card, 'This assessment was erased. Nothing to do.');
    for (const element of [panel, chip, card]) {
      for (const secret of SECRETS) assert.notInclude(textOf(element), secret);
    }
    await until(() => region.textContent?.includes('was erased'));
    assert.lengthOf(region.textContent?.match(/was erased/g) ?? [], 1);
    assert.notInclude(region.textContent ?? '', 'Jane');
  });

  it('leaves no scorecard behind that a later result could be mistaken for', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [completed()];
    proxy.scorecard = { overall: 82, sections: [], narrative: 'Plans well' };
    const panel = await mountAt(proxy, 'evalon-assessments', JANE);
    await says(panel, 'Plans well');
    await until(() => proxy.streams.length);
    proxy.stream.send('e.2', 'gone', { session_uuid: 's1' });
    await says(panel, 'Not invited');
    const answer = Promise.withResolvers<Response>();
    proxy.instead = ({ path }) => (path.endsWith('/scorecard') ? answer.promise : undefined);
    proxy.stream.send('e.3', 'session', completed());
    await says(panel, 'Completed');
    assert.notInclude(textOf(panel), 'Plans well');
    answer.resolve(Response.json({ overall: 40, sections: [], narrative: 'Another run' }));
    await says(panel, 'Another run');
  });

  it('takes along what the panel remembered of the session: why an invite failed', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountAt(proxy, 'evalon-assessments', JANE);
    const invite = await until(() => button(panel, 'Invite'));
    const session = sessionOf('jane@example.com', { session_uuid: 's1', assessment_type: 'sales' });
    proxy.instead = ({ path }) =>
      path === '/v1/sessions'
        ? Response.json({ code: 'type_conflict', detail: 'Evalon holds Sales.', session }, { status: 409 })
        : undefined;
    invite.click();
    await says(panel, 'cannot be added');
    await until(() => proxy.streams.length === 1);
    proxy.stream.send('e.2', 'gone', { session_uuid: 's1' });
    await until(() => button(panel, 'Invite Jane Smith to Marketing'));
    await until(() => !textOf(panel).includes('Evalon holds Sales.'));
  });

  it('does not come back with an answer that was on its way, but with a new session', async () => {
    const proxy = new ScriptedProxy();
    const connection = new Connection(proxy.url, undefined, new TestClock(), proxy.fetch);
    const jane = { candidate_email: 'jane@example.com' };
    proxy.sessions = [completed()];
    connection.watch(jane, () => {});
    await settled();
    const old = proxy.stream;
    const answer = Promise.withResolvers<Response>();
    proxy.instead = ({ path }) => (path === '/v1/sessions/query' ? answer.promise : undefined);
    connection.watch({ ...jane, project_id: 'p1' }, () => {});
    await settled();
    old.send('e.2', 'gone', { session_uuid: 's1' });
    await settled();
    answer.resolve(Response.json({ sessions: [completed()], cursor: 'e.1', viewer: 'viewer-1', denied: [] }));
    await settled();
    assert.deepEqual(connection.sessions(jane), []);
    assert.deepEqual(connection.sessions({ ...jane, project_id: 'p1' }), []);
    proxy.stream.send('e.3', 'session', sessionOf('jane@example.com', { session_uuid: 's1' }));
    await settled();
    assert.deepEqual(
      connection.sessions(jane)?.map(({ status }) => status),
      ['invited'],
    );
  });

  it('is missed by nobody who was offline: a query that does not name the session drops it and its scorecard', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [completed()];
    const card = await mountAt(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
    await until(() => find(card, '.overall b').textContent === '82');
    await until(() => proxy.streams.length === 1);
    proxy.sessions = [];
    proxy.stream.send('e.2', 'reset', {});
    await until(() => proxy.stream.closed);
    dispatchEvent(new Event('online'));
    await says(card, 'This assessment was erased. Nothing to do.');
  });
});
