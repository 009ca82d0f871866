import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientConfigSchema } from '../../../proxy/contract/client-config.ts';
import { LIMITS } from '../../../proxy/http/request-limits.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startFakeLever } from '../../support/ats/lever.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, startProxyProcess } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

describe('the page adapters', () => {
  it('are listed in /v1/config, with the additions and changes from ATS_ADAPTERS', async (test) => {
    const fake = await startFakeLever(test);
    const settings = {
      ...fake.settings,
      ATS_ADAPTERS: JSON.stringify([
        {
          name: 'own',
          hosts: ['ats.example.com'],
          marks: [{ id: 'person', selector: '[data-person]' }],
          ids: { person: 'digits' },
        },
        { name: 'lever', hosts: ['hire.eu.lever.co', 'hire.lever.co'], mount: ['.profile'] },
      ]),
    };
    const { recruiter } = await startStack(test, { settings });
    const { adapters = [] } = clientConfigSchema.parse((await recruiter.get('/v1/config')).body);
    assert.deepEqual(
      adapters.map(({ name, ats, connected }) => [name, ats, connected]),
      [
        ['own', 'own', false],
        ['lever', 'lever', true],
        ['greenhouse', 'greenhouse', false],
        ['ashby', 'ashby', false],
      ],
    );
    assert.deepEqual(adapters[1]?.mount, ['.profile']);
    assert.deepEqual(adapters[1]?.addresses, ['/candidates/{opportunity}/**']);
  });

  it('are logged with only their name and the host if they cannot read a page', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(buildProxySettings(evalon, { LOG_LEVEL: 'info' }));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const recruiter = await createRecruiterClient(proxy.url);
    const report = (body: object) => recruiter.post('/v1/pages/unknown', body);
    assert.equal((await report({ adapter: 'greenhouse', host: 'app2.greenhouse.io' })).status, 204);
    for (const body of [
      { adapter: 'greenhouse', host: 'anna@example.com' },
      { adapter: 'unknown', host: 'app2.greenhouse.io' },
      { adapter: 'lever', host: 'app2.greenhouse.io' },
      { adapter: 'greenhouse', host: 'app2.greenhouse.io', candidate: 'anna@example.com' },
    ]) {
      assert.equal((await report(body)).status, 400);
    }
    const limit = LIMITS.unknownPageReportsPerRecruiterMinute;
    for (let n = 0; n < limit; n++) await report({ adapter: 'greenhouse', host: 'app2.greenhouse.io' });
    assert.equal((await report({ adapter: 'greenhouse', host: 'app2.greenhouse.io' })).status, 429);
    await waitFor(() => /"alert":"page_not_understood","adapter":"greenhouse","host":"app2/.test(proxy.output()));
    assert.ok((proxy.output().match(/page_not_understood/g) ?? []).length <= limit);
    assert.doesNotMatch(proxy.output(), /anna/);
  });
});
