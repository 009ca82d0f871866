import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createViewedCandidates } from '../../../proxy/stream/viewed-candidates.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const EMAIL = JANE.candidate_email;

describe('attention', () => {
  it('is paid to a candidate by a query, by a look at the session, and most of all by an open stream', async (test) => {
    const { proxy, page } = await startStack(test);
    const { viewedCandidates: attention } = proxy.context;
    await page.invite();
    const eve = (await page.invite({ candidate_email: 'eve@example.com' })).body.session_uuid;
    assert.equal(attention.getVisibility(EMAIL), 'none');
    await page.query({ candidate_email: EMAIL.toUpperCase() });
    assert.equal(attention.getVisibility(EMAIL), 'asked');
    await page.get(`/v1/sessions/${eve}`);
    assert.equal(attention.getVisibility('eve@example.com'), 'asked');

    await page.openStream([{ candidate_email: EMAIL }]);
    assert.equal(attention.getVisibility(EMAIL), 'watched');
  });

  it('is not paid by those who may not see the candidate', async (test) => {
    const { proxy, page } = await startStack(test);
    const { session_uuid } = (await page.invite()).body;
    const stranger = await createRecruiterClient(proxy.url, { projects: ['proj_other'] });
    await stranger.query({ candidate_email: EMAIL });
    await stranger.get(`/v1/sessions/${session_uuid}`);
    assert.equal(proxy.context.viewedCandidates.getVisibility(EMAIL), 'none');
  });

  it('lasts for a minute after the last question, and for the newest 20,000 people', async () => {
    const clock = createTestClock();
    const attention = createViewedCandidates({ clock, hub: { hasSubscriber: () => false } });
    attention.markViewed(['a', 'b']);
    await clock.advance(59_000);
    attention.markViewed(['b']);
    assert.equal(attention.getVisibility('a'), 'asked');
    await clock.advance(1_000);
    assert.equal(attention.getVisibility('a'), 'none');
    assert.equal(attention.getVisibility('b'), 'asked');
    attention.markViewed(Array.from({ length: 20_000 }, (_, n) => `c${n}`));
    assert.equal(attention.getVisibility('b'), 'none');
    assert.equal(attention.getVisibility('c0'), 'asked');
  });
});
