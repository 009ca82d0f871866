import { assert } from 'chai';
import { render } from 'lit';
import { parseSession } from '../../../widget/api/parse.ts';
import { renderAtsWrites } from '../../../widget/components/session-notices.ts';
import { buildSession } from '../scripted-proxy.ts';

/** Renders the notice about a write to Greenhouse at 10:32 AM. By default, the proxy has saved a status (`news`). */
function renderWrite(changes: Record<string, string>): HTMLElement {
  const at = new Date(2026, 10, 29, 10, 32).toISOString();
  const write = { ats: 'greenhouse', label: 'Greenhouse', content: 'news', state: 'saved', at, ...changes };
  const session = parseSession(buildSession('jane@example.com', { ats_writes: [write] }));
  assert.ok(session);
  const container = document.createElement('div');
  render(renderAtsWrites(session), container);
  return container;
}

const readText = (container: HTMLElement) => container.textContent?.trim();

describe('the notice about the ATS', () => {
  it('has the date and the time at which the status or the link was saved', () => {
    assert.equal(readText(renderWrite({})), 'Status saved in Greenhouse, Nov 29, 2026, 10:32 AM');
    assert.equal(
      readText(renderWrite({ content: 'link' })),
      'Link saved in Greenhouse, Nov 29, 2026, 10:32 AM. Greenhouse emails it to the candidate.',
    );
  });

  it('is an error if saving failed, but not if IT has turned saving off', () => {
    const isError = (problem: string) => !!renderWrite({ state: 'failed', problem }).querySelector('[part=problem]');
    assert.isTrue(isError('application_missing'));
    assert.isFalse(isError('not_configured'));
  });
});
