import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LIMITS } from '../../../proxy/http/request-limits.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startStack } from '../../support/start-stack.ts';

describe('too many requests', () => {
  it('of one recruiter do not affect other recruiters and webhooks', async (test) => {
    const origin = 'https://ats.example.com';
    const { evalon, proxy, recruiter } = await startStack(test, { settings: { ALLOWED_ORIGINS: origin } });
    const statuses = new Set<number>();
    const concurrency = 100;
    for (let sent = 0; sent <= LIMITS.requestsPerRecruiterMinute; sent += concurrency) {
      const responses = await Promise.all(Array.from({ length: concurrency }, () => recruiter.get('/v1/config')));
      for (const { status } of responses) statuses.add(status);
    }
    assert.deepEqual([...statuses].sort(), [200, 429]);
    const refused = await recruiter.get('/v1/config', { origin });
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [429, origin]);
    const fromUnknownOrigin = await recruiter.get('/v1/config', { origin: `${origin}.evil.example` });
    assert.deepEqual(
      [fromUnknownOrigin.status, fromUnknownOrigin.headers.get('access-control-allow-origin')],
      [429, null],
    );
    const colleague = await createRecruiterClient(proxy.url, { sub: 'recruiter-2' });
    assert.equal((await colleague.get('/v1/config')).status, 200);
    assert.equal(await evalon.sendWebhook({ event: 'session.opened', session_uuid: 'sess_1' }), 202);
  });
});
