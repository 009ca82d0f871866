import { assert } from 'chai';
import { mountWithProxy, waitForText } from '../fixture.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const EMAIL = 'jane@example.com';

describe('the elements on a page', () => {
  it('request the configuration only once for all elements of all kinds', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession(EMAIL)];
    const candidate = { 'candidate-email': EMAIL, 'candidate-name': 'Jane' };
    const panels = [
      await mountWithProxy(proxy, 'evalon-assessments', candidate),
      await mountWithProxy(proxy, 'evalon-assessments', { ...candidate, 'project-id': 'proj_abc123' }),
    ];
    const inbox = await mountWithProxy(proxy, 'evalon-inbox', {});
    const results = await mountWithProxy(proxy, 'evalon-results', { 'project-id': 'proj_abc123' });
    for (const panel of panels) await waitForText(panel, 'Invited');
    await waitForText(results, EMAIL);
    await waitForText(inbox, 'Assessment inbox');
    assert.equal(proxy.requests.filter(({ path }) => path === '/v1/config').length, 1);
  });
});
