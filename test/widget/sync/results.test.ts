import { assert } from 'chai';
import { Results, type ResultsQuery } from '../../../widget/sync/results.ts';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const ALL_RESULTS: ResultsQuery = { project_id: 'p1', sort: '-updated_at' };

async function openResults(proxy: ScriptedProxy, query: ResultsQuery): Promise<Results> {
  const results = new Results(openConnection(proxy, new WidgetTestClock()), query, () => {});
  results.onVisibilityChange(true);
  await flushPromises();
  return results;
}

describe('the live rows of a search', () => {
  const CASES: [q: string, name: string, email: string, isFound: boolean][] = [
    ['jose', 'José García', 'jg@example.com', true],
    ['GARCIA j', 'José García', 'jg@example.com', true],
    ['arcia', 'José García', 'jg@example.com', false],
    ['example.com', 'José García', 'jg@example.com', false],
    ['jg@', 'José García', 'jg@example.com', true],
    ['strasse', 'Nikos Straße', 'nikos@example.com', true],
    ['nikos', 'Straße, Nikos', 'ns@example.com', true],
  ];
  for (const [q, candidate_name, email, isFound] of CASES) {
    it(`${isFound ? 'offer' : 'leave out'} ${candidate_name} <${email}> for "${q}", as the proxy does`, async () => {
      const proxy = new ScriptedProxy();
      const results = await openResults(proxy, { ...ALL_RESULTS, q });
      const session = buildSession(email, { candidate_name });
      (await proxy.waitForStream()).sendEvent('e.2', 'session', session);
      await flushPromises();
      assert.equal(results.changeCount, isFound ? 1 : 0);
      proxy.sessions = [session];
      results.showChanges();
      await flushPromises();
      assert.lengthOf(results.rows, isFound ? 1 : 0);
      results.close();
    });
  }
});
