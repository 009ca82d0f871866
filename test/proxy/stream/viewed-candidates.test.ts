import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createViewedCandidates } from '../../../proxy/stream/viewed-candidates.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startStack } from '../../support/start-stack.ts';

const EMAIL = JANE.candidate_email;

describe('the viewed candidates', () => {
  it('include candidates that a page queried or read, or that a stream names', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const { viewedCandidates } = proxy.context;
    await recruiter.invite();
    const eve = (await recruiter.invite({ candidate_email: 'eve@example.com' })).body.session_uuid;
    assert.equal(viewedCandidates.getVisibility(EMAIL), 'none');
    await recruiter.query({ candidate_email: EMAIL.toUpperCase() });
    assert.equal(viewedCandidates.getVisibility(EMAIL), 'recent');
    await recruiter.get(`/v1/sessions/${eve}`);
    assert.equal(viewedCandidates.getVisibility('eve@example.com'), 'recent');

    await recruiter.openStream([{ candidate_email: EMAIL }]);
    assert.equal(viewedCandidates.getVisibility(EMAIL), 'streaming');
  });

  it('exclude candidates that the recruiter may not see', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const { session_uuid } = (await recruiter.invite()).body;
    const stranger = await createRecruiterClient(proxy.url, { projects: ['proj_other'] });
    await stranger.query({ candidate_email: EMAIL });
    await stranger.get(`/v1/sessions/${session_uuid}`);
    assert.equal(proxy.context.viewedCandidates.getVisibility(EMAIL), 'none');
  });

  it('include a candidate for a minute after the last query, and no more than the latest 20,000 candidates', async () => {
    const clock = createTestClock();
    const viewed = createViewedCandidates({ clock, broker: { hasSubscriber: () => false } });
    viewed.markViewed(['a', 'b']);
    await clock.advance(59_000);
    viewed.markViewed(['b']);
    assert.equal(viewed.getVisibility('a'), 'recent');
    await clock.advance(1_000);
    assert.equal(viewed.getVisibility('a'), 'none');
    assert.equal(viewed.getVisibility('b'), 'recent');
    viewed.markViewed(Array.from({ length: 20_000 }, (_, n) => `c${n}`));
    assert.equal(viewed.getVisibility('b'), 'none');
    assert.equal(viewed.getVisibility('c0'), 'recent');
  });
});
