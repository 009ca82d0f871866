import { assert } from 'chai';
import { render } from 'lit';
import { parseSession } from '../../../widget/api/parse.ts';
import { renderAtsWrites } from '../../../widget/components/session-notices.ts';
import { TestClock } from '../fake-clock.ts';
import { buildSession } from '../scripted-proxy.ts';

const HOUR_MS = 60 * 60_000;

/** Shows that Greenhouse has the news since 10:32 in the morning, and the panel is open since noon. */
function showSaved() {
  const clock = new TestClock();
  clock.time = new Date(2026, 10, 29, 12).getTime();
  const at = new Date(2026, 10, 29, 10, 32).toISOString();
  const write = { ats: 'greenhouse', label: 'Greenhouse', content: 'news', state: 'saved', at };
  const session = parseSession(buildSession('jane@example.com', { ats_writes: [write] }));
  assert.ok(session);
  const container = document.createElement('div');
  const show = () => render(renderAtsWrites(session, collection), container);
  const collection = { clock, notifyListeners: show };
  show();
  return { clock, readText: () => container.textContent?.trim() };
}

describe('the time since when the ATS has the news', () => {
  it('has no date on the same day', async () => {
    const { clock, readText } = showSaved();
    assert.equal(readText(), 'Saved to Greenhouse, 10:32 AM');
    await clock.advance(11 * HOUR_MS);
    assert.equal(readText(), 'Saved to Greenhouse, 10:32 AM');
  });

  it('gets its date at midnight, while the panel stays open', async () => {
    const { clock, readText } = showSaved();
    await clock.advance(13 * HOUR_MS);
    assert.equal(readText(), 'Saved to Greenhouse, Nov 29, 2026, 10:32 AM');
  });
});
