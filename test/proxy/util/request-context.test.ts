import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const REQUEST_ID = 'click-0123456789';

describe('the request id', () => {
  it("is in the browser's request, the log, the call to Evalon and the response", async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(buildProxySettings(evalon, { LOG_LEVEL: 'info' }));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    evalon.injectFault('create', { fault: 'refuse', status: 500 }, { times: 1 });
    const recruiter = await createRecruiterClient(proxy.url);
    const { headers } = await recruiter.post(
      '/v1/sessions',
      {
        assessment_type: 'marketing',
        candidate_email: 'jane@example.com',
        candidate_name: 'Jane',
        project_id: 'proj_abc123',
      },
      { 'x-request-id': REQUEST_ID },
    );
    assert.equal(headers.get('x-request-id'), REQUEST_ID);
    assert.equal(evalon.requests[0]?.headers['x-request-id'], REQUEST_ID);
    const lines = await waitFor(() => {
      const ownLines = proxy
        .output()
        .split('\n')
        .filter((line) => line.includes(`"request_id":"${REQUEST_ID}"`));
      return ownLines.length >= 2 && ownLines;
    });
    assert.match(lines.join('\n'), /Evalon refused a call/);
    assert.match(lines.join('\n'), /request refused/);
  });

  it('is generated if the browser sends no request id, or an invalid request id', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { headers } = await recruiter.invite();
    const id = headers.get('x-request-id') ?? '';
    assert.match(id, /^[\w-]{36}$/);
    assert.equal(evalon.requests[0]?.headers['x-request-id'], id);
    for (const invalid of ['short', 'x'.repeat(65), 'with space in it', 'quote"quote"']) {
      const response = await recruiter.get('/v1/config', { 'x-request-id': invalid });
      assert.match(response.headers.get('x-request-id') ?? '', /^[\w-]{36}$/);
    }
  });

  it('is not reused by background work that several requests cause', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    evalon.webhookUrl = webhookUrl(proxy.url);
    const uuids = await Promise.all(
      ['a', 'b'].map(
        async (name) => (await recruiter.invite({ candidate_email: `${name}@example.com` })).body.session_uuid,
      ),
    );
    evalon.clearRequests();
    for (const uuid of uuids) await evalon.completeSession(uuid);
    const reads = await evalon.waitForRequests(2, 'scorecard');
    const ids = reads.map(({ headers }) => headers['x-request-id']);
    assert.equal(new Set(ids).size, 2);
  });
});
