import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAttention } from '../../../proxy/stream/viewed-candidates.ts';
import { JANE, recruiterAt } from '../../support/api-client.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startHouse } from '../../support/start-stack.ts';

const EMAIL = JANE.candidate_email;

describe('attention', () => {
  it('is paid to a candidate by a query, by a look at the session, and most of all by an open stream', async (test) => {
    const { proxy, page } = await startHouse(test);
    const { attention } = proxy.context;
    await page.invite();
    const eve = (await page.invite({ candidate_email: 'eve@example.com' })).body.session_uuid;
    assert.equal(attention.of(EMAIL), 'none');
    await page.query({ candidate_email: EMAIL.toUpperCase() });
    assert.equal(attention.of(EMAIL), 'asked');
    await page.get(`/v1/sessions/${eve}`);
    assert.equal(attention.of('eve@example.com'), 'asked');

    await page.stream([{ candidate_email: EMAIL }]);
    assert.equal(attention.of(EMAIL), 'watched');
  });

  it('is not paid by those who may not see the candidate', async (test) => {
    const { proxy, page } = await startHouse(test);
    const { session_uuid } = (await page.invite()).body;
    const stranger = await recruiterAt(proxy.url, { projects: ['proj_other'] });
    await stranger.query({ candidate_email: EMAIL });
    await stranger.get(`/v1/sessions/${session_uuid}`);
    assert.equal(proxy.context.attention.of(EMAIL), 'none');
  });

  it('lasts for a minute after the last question, and for the newest 20,000 people', async () => {
    const clock = createTestClock();
    const attention = createAttention({ clock, hub: { isWatched: () => false } });
    attention.ask(['a', 'b']);
    await clock.pass(59_000);
    attention.ask(['b']);
    assert.equal(attention.of('a'), 'asked');
    await clock.pass(1_000);
    assert.equal(attention.of('a'), 'none');
    assert.equal(attention.of('b'), 'asked');
    attention.ask(Array.from({ length: 20_000 }, (_, n) => `c${n}`));
    assert.equal(attention.of('b'), 'none');
    assert.equal(attention.of('c0'), 'asked');
  });
});
