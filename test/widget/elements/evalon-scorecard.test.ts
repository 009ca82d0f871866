import { assert } from 'chai';
import type EvalonScorecard from '../../../widget/elements/evalon-scorecard/evalon-scorecard.ts';
import {
  collectEvents,
  controlEvalon,
  createCandidate,
  findInShadow,
  inviteViaApi,
  mount,
  mountWithProxy,
  readText,
  waitFor,
  waitForText,
} from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

function mountScorecard(session_uuid: string): EvalonScorecard {
  return mount('evalon-scorecard', { 'session-uuid': session_uuid }) as EvalonScorecard;
}

describe('<evalon-scorecard>', () => {
  it('shows a result', async () => {
    const { session_uuid } = await inviteViaApi(createCandidate());
    await controlEvalon('complete', { session_uuid });
    const element = mountScorecard(session_uuid);
    await waitFor(() => findInShadow(element, '.overall b').textContent === '82');
    await waitFor(() => findInShadow(element, '.narrative p').textContent);
  });

  it('shows that the result is pending, and then the result', async () => {
    const { session_uuid } = await inviteViaApi(createCandidate());
    const element = mountScorecard(session_uuid);
    await waitForText(element, 'The result will appear here.');
    await controlEvalon('complete', { session_uuid });
    await waitFor(() => findInShadow(element, '.overall b').textContent === '82');
  });

  it('never shows one session’s result as another’s', async () => {
    const first = await inviteViaApi(createCandidate());
    const second = await inviteViaApi(createCandidate());
    await controlEvalon('complete', { session_uuid: first.session_uuid });
    const element = mountScorecard(first.session_uuid);
    await waitForText(element, 'Overall');
    element.sessionUuid = second.session_uuid;
    await element.updateComplete;
    assert.notInclude(readText(element), 'Overall');
    await waitForText(element, 'The result will appear here.');
  });

  it('refers the recruiter to IT and has no retry button for an unknown session', async () => {
    const element = mountScorecard('sess_unknown');
    const errors = collectEvents(element, 'evalon-error');
    await waitForText(element, "This assessment doesn't exist, or you don't have access to it. Contact IT.");
    assert.equal(errors[0]?.code, 'not_found');
    assert.isNull(element.shadowRoot?.querySelector('button'));
  });

  for (const failingPath of ['/v1/sessions/s1', '/v1/sessions/s1/scorecard']) {
    it(`retries automatically if ${failingPath} fails for a while`, async () => {
      const proxy = new ScriptedProxy();
      proxy.sessions = [buildSession('jane@example.com', { session_uuid: 's1', status: 'completed' })];
      proxy.override = ({ path }) => (path === failingPath ? problemResponse(503, 'unavailable') : undefined);
      const element = await mountWithProxy(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
      await waitForText(element, 'Detail from the proxy: unavailable.');
      proxy.override = () => undefined;
      await waitFor(() => findInShadow(element, '.overall b').textContent === '82');
      assert.notInclude(readText(element), 'Detail from the proxy');
    });
  }
});
