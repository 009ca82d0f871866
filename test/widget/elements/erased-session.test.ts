import { assert } from 'chai';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
import { findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith', 'project-id': 'p1' };
const SECRETS = ['Campaign planning', 'Plans well', '82', 'Completed', 'Paused'];

function buildCompletedSession(changes: Record<string, unknown> = {}) {
  return buildSession('jane@example.com', {
    session_uuid: 's1',
    status: 'completed',
    score_summary: { overall: 82, sections: [] },
    ...changes,
  });
}

describe('an erased session', () => {
  it('disappears from panel, chip and scorecard with one announcement', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildCompletedSession()];
    proxy.scorecard = {
      overall: 82,
      sections: [{ name: 'Campaign planning', score: 80, questions: [{ title: 'Why?', score: 8 }] }],
      narrative: 'Plans well',
    };
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const chip = await mountWithProxy(proxy, 'evalon-status', JANE);
    const card = await mountWithProxy(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
    for (const element of [panel, card]) {
      await waitForText(element, 'Plans well');
      findInShadow(element, 'summary').click();
    }
    await waitForText(chip, '82');
    // The panel watches Jane in all projects, and the chip in one.
    await waitFor(() => proxy.lastStream.candidateEmails.length === 2);
    const region = await waitFor(() => document.querySelector('[role=status]'));

    proxy.sessions = [];
    proxy.lastStream.sendEvent('e.2', 'gone', { session_uuid: 's1' });
    await waitFor(() => findButton(panel, 'Invite'));
    await waitForText(panel, 'Not invited');
    await waitForText(chip, 'Not invited');
    await waitForText(card, 'This assessment was erased.');
    for (const element of [panel, chip, card]) {
      for (const secret of SECRETS) assert.notInclude(readText(element), secret);
    }
    await waitFor(() => region.textContent?.includes('was erased'));
    assert.lengthOf(region.textContent?.match(/was erased/g) ?? [], 1);
    assert.notInclude(region.textContent ?? '', 'Jane');
  });

  it('leaves no scorecard that a new session with the same id could show', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildCompletedSession()];
    proxy.scorecard = { overall: 82, sections: [], narrative: 'Plans well' };
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(panel, 'Plans well');
    (await proxy.waitForStream()).sendEvent('e.2', 'gone', { session_uuid: 's1' });
    await waitForText(panel, 'Not invited');
    const response = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path.endsWith('/scorecard') ? response.promise : undefined);
    proxy.lastStream.sendEvent('e.3', 'session', buildCompletedSession());
    await waitForText(panel, 'Completed');
    assert.notInclude(readText(panel), 'Plans well');
    response.resolve(Response.json({ overall: 40, sections: [], narrative: 'Another run' }));
    await waitForText(panel, 'Another run');
  });

  it('removes the panel’s message about an invite that the session prevented', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const invite = await waitFor(() => findButton(panel, 'Invite'));
    const session = buildSession('jane@example.com', { session_uuid: 's1', assessment_type: 'sales' });
    proxy.override = ({ path }) =>
      path === '/v1/sessions'
        ? Response.json({ code: 'type_conflict', detail: 'Evalon holds Sales.', session }, { status: 409 })
        : undefined;
    invite.click();
    await waitForText(panel, 'Only one assessment per project.');
    (await proxy.waitForStream()).sendEvent('e.2', 'gone', { session_uuid: 's1' });
    await waitFor(() => findButton(panel, 'Invite Jane Smith to Marketing'));
    await waitFor(() => !readText(panel).includes('Evalon holds Sales.'));
  });

  it('does not reappear because of a late response, but reappears because of a new event', async () => {
    const proxy = new ScriptedProxy();
    const connection = openConnection(proxy, new WidgetTestClock());
    const jane = { candidate_email: 'jane@example.com' };
    proxy.sessions = [buildCompletedSession()];
    connection.watch(jane, () => {});
    await flushPromises();
    const firstStream = await proxy.waitForStream();
    const response = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path === '/v1/sessions/query' ? response.promise : undefined);
    connection.watch({ ...jane, project_id: 'p1' }, () => {});
    await flushPromises();
    firstStream.sendEvent('e.2', 'gone', { session_uuid: 's1' });
    await flushPromises();
    response.resolve(
      Response.json({ sessions: [buildCompletedSession()], cursor: 'e.1', viewer: 'viewer-1', denied: [] }),
    );
    await flushPromises();
    assert.deepEqual(connection.getSessions(jane), []);
    assert.deepEqual(connection.getSessions({ ...jane, project_id: 'p1' }), []);
    proxy.lastStream.sendEvent('e.3', 'session', buildSession('jane@example.com', { session_uuid: 's1' }));
    await flushPromises();
    assert.deepEqual(
      connection.getSessions(jane)?.map(({ status }) => status),
      ['invited'],
    );
  });

  it('disappears from a page that was offline, once a query no longer returns the session', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildCompletedSession()];
    const card = await mountWithProxy(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
    await waitFor(() => findInShadow(card, '.overall b').textContent === '82');
    const stream = await proxy.waitForStream();
    proxy.sessions = [];
    stream.sendEvent('e.2', 'reset', {});
    await waitFor(() => stream.isClosed);
    dispatchEvent(new Event('online'));
    await waitForText(card, 'This assessment was erased.');
  });
});
