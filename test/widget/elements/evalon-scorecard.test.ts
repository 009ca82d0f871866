import { assert } from 'chai';
import type { EvalonScorecard } from '../../../widget/elements/evalon-scorecard/evalon-scorecard.ts';
import {
  button,
  evalon,
  find,
  inviteElsewhere,
  listen,
  mount,
  mountAt,
  says,
  somebody,
  textOf,
  until,
} from '../fixture.ts';
import { problem, ScriptedProxy, sessionOf } from '../scripted-proxy.ts';

function scorecard(session_uuid: string): EvalonScorecard {
  return mount('evalon-scorecard', { 'session-uuid': session_uuid }) as EvalonScorecard;
}

describe('<evalon-scorecard>', () => {
  it('shows a result', async () => {
    const { session_uuid } = await inviteElsewhere(somebody());
    await evalon('complete', { session_uuid });
    const element = scorecard(session_uuid);
    await until(() => find(element, '.overall b').textContent === '82');
    await until(() => find(element, '.narrative p').textContent);
  });

  it('says that the result is not there yet, and shows it as soon as it is', async () => {
    const { session_uuid } = await inviteElsewhere(somebody());
    const element = scorecard(session_uuid);
    await says(element, 'the result will appear here');
    await evalon('complete', { session_uuid });
    await until(() => find(element, '.overall b').textContent === '82');
  });

  it('goes from one session to another without showing the first as the second', async () => {
    const first = await inviteElsewhere(somebody());
    const second = await inviteElsewhere(somebody());
    await evalon('complete', { session_uuid: first.session_uuid });
    const element = scorecard(first.session_uuid);
    await says(element, 'Overall');
    element.sessionUuid = second.session_uuid;
    await element.updateComplete;
    assert.notInclude(textOf(element), 'Overall');
    await says(element, 'the result will appear here');
  });

  it('has a sentence and a retry for a session that does not exist', async () => {
    const element = scorecard('sess_nobody');
    const errors = listen(element, 'evalon-error');
    await until(() => button(element, 'Retry'));
    assert.equal(errors[0]?.code, 'not_found');
    button(element, 'Retry').click();
    await until(() => errors.length === 2);
  });

  for (const failing of ['/v1/sessions/s1', '/v1/sessions/s1/scorecard']) {
    it(`tries again by itself when ${failing} cannot be had for a while`, async () => {
      const proxy = new ScriptedProxy();
      proxy.sessions = [sessionOf('jane@example.com', { session_uuid: 's1', status: 'completed' })];
      proxy.instead = ({ path }) => (path === failing ? problem(503, 'unavailable') : undefined);
      const element = await mountAt(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
      await says(element, 'Told by the proxy: unavailable.');
      proxy.instead = () => undefined;
      await until(() => find(element, '.overall b').textContent === '82');
      assert.notInclude(textOf(element), 'Told by the proxy');
    });
  }
});
