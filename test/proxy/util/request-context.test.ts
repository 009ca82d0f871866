import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const ID = 'click-0123456789';

describe('one request id', () => {
  it('runs from the browser through the log to Evalon and back', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(buildProxySettings(evalon, { LOG_LEVEL: 'info' }));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    evalon.injectFault('create', { fault: 'refuse', status: 500 }, 1);
    const page = await createRecruiterClient(proxy.url);
    const { headers } = await page.post(
      '/v1/sessions',
      { assessment_type: 'marketing', candidate_email: 'jane@example.com', candidate_name: 'Jane', project_id: 'p' },
      { 'x-request-id': ID },
    );
    assert.equal(headers.get('x-request-id'), ID);
    assert.equal(evalon.requests[0]?.headers['x-request-id'], ID);
    const lines = await waitFor(() => {
      const mine = proxy
        .output()
        .split('\n')
        .filter((line) => line.includes(`"request_id":"${ID}"`));
      return mine.length >= 2 && mine;
    });
    assert.match(lines.join('\n'), /Evalon refused a call/);
    assert.match(lines.join('\n'), /a request was refused/);
  });

  it('is made up where the browser gives none, or one that is no id', async (test) => {
    const { evalon, page } = await startStack(test);
    const { headers } = await page.invite();
    const id = headers.get('x-request-id') ?? '';
    assert.match(id, /^[\w-]{36}$/);
    assert.equal(evalon.requests[0]?.headers['x-request-id'], id);
    for (const bad of ['short', 'x'.repeat(65), 'with space in it', 'quote"quote"']) {
      const answer = await page.get('/v1/config', { 'x-request-id': bad });
      assert.match(answer.headers.get('x-request-id') ?? '', /^[\w-]{36}$/);
    }
  });

  it('does not stick to work that many requests set off', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    evalon.webhookUrl = webhookUrl(proxy.url);
    const uuids = await Promise.all(
      ['a', 'b'].map(async (name) => (await page.invite({ candidate_email: `${name}@example.com` })).body.session_uuid),
    );
    evalon.clearRequests();
    for (const uuid of uuids) await evalon.completeSession(uuid);
    const reads = await evalon.waitForRequests(2, 'scorecard');
    const ids = reads.map(({ headers }) => headers['x-request-id']);
    assert.equal(new Set(ids).size, 2);
  });
});
