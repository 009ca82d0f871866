import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { findButton, findInShadow, mountWithProxy, readText, waitFor, waitForPaint, waitForText } from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const TIMELINE_PATH = '/v1/sessions/sess_jane%40example.com/timeline';
const ALEX = { id: 'alex', name: 'Alex Miller' };

const ENTRIES = [
  { type: 'invited', at: '2026-01-10T10:00:00.000Z', by: ALEX },
  { type: 'handover', at: '2026-01-10T10:01:00.000Z', channel: 'message', by: ALEX },
  { type: 'opened', at: '2026-01-11T10:00:00.000Z' },
  { type: 'reminder', at: '2026-01-16T10:00:00.000Z', channel: 'mail', by: { id: 'blake' } },
  { type: 'submitted', at: '2026-01-17T10:00:00.000Z' },
  { type: 'completed', at: '2026-01-17T11:00:00.000Z', overall: 82, overall_max: 100 },
  { type: 'result_read', at: '2026-01-17T12:00:00.000Z', by: ALEX },
  // A type that this version of the widget does not know.
  { type: 'moon_phase', at: '2026-01-18T12:00:00.000Z' },
];

async function mountPanel(proxy: ScriptedProxy): Promise<EvalonElement> {
  if (!proxy.sessions.length) proxy.sessions = [buildSession('jane@example.com')];
  const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  await waitFor(() => findInShadow(panel, '[part=history]'));
  return panel;
}

async function openHistory(panel: EvalonElement): Promise<HTMLElement> {
  findInShadow(panel, '[part=history] > summary').click();
  return waitFor(() => findInShadow(panel, 'evalon-history'));
}

const readEntries = (history: HTMLElement) =>
  [...(history.shadowRoot?.querySelectorAll('li p') ?? [])].map((entry) => entry.textContent?.trim());

describe('the history of a session', () => {
  it('is collapsed, and loads nothing before the recruiter opens it', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountPanel(proxy);
    assert.isFalse(findInShadow<HTMLDetailsElement>(panel, '[part=history]').open);
    assert.lengthOf(proxy.requestsTo(TIMELINE_PATH), 0);
    await openHistory(panel);
    await waitFor(() => proxy.requestsTo(TIMELINE_PATH).length === 1);
  });

  it('shows each event, its time and the recruiter who caused it', async () => {
    const proxy = new ScriptedProxy();
    proxy.timeline = { entries: ENTRIES };
    const history = await openHistory(await mountPanel(proxy));
    await waitForText(history, 'Result read');
    assert.deepEqual(readEntries(history), [
      'Invited by Alex Miller',
      'Message copied by Alex Miller',
      'Link opened',
      'Reminder draft opened by blake',
      'Answers submitted',
      'Completed, overall 82',
      'Result read by Alex Miller',
      'Moon phase',
    ]);
    const time = findInShadow<HTMLTimeElement>(history, 'time');
    assert.equal(time.dateTime, ENTRIES[0]?.at);
    assert.match(time.textContent ?? '', /^Jan \d+, 2026, \d+:00 [AP]M$/);
  });

  it('reloads while it is open for an event that adds an entry, but not for other events of the session', async () => {
    const proxy = new ScriptedProxy();
    proxy.timeline = { entries: ENTRIES.slice(0, 1) };
    const panel = await mountPanel(proxy);
    const history = await openHistory(panel);
    await waitForText(history, 'Invited by Alex Miller');
    const stream = await proxy.waitForStream();
    proxy.timeline = { entries: ENTRIES.slice(0, 2) };
    const handed_over = { at: '2026-01-10T10:01:00.000Z', by: ALEX, kind: 'invite', channel: 'message' };
    stream.sendEvent('e.2', 'session', { ...proxy.sessions[0], handed_over });
    await waitForText(history, 'Message copied by Alex Miller');
    assert.lengthOf(proxy.requestsTo(TIMELINE_PATH), 2);
    stream.sendEvent('e.3', 'session', { ...proxy.sessions[0], handed_over, confirming: true });
    await waitForText(panel, 'Checking result…');
    await waitForPaint();
    assert.lengthOf(proxy.requestsTo(TIMELINE_PATH), 2);
  });

  it('shows a failure with a retry button, which passes its focus to the timeline', async () => {
    const proxy = new ScriptedProxy();
    proxy.override = ({ path }) => (path === TIMELINE_PATH ? problemResponse(503, 'unavailable') : undefined);
    const panel = await mountPanel(proxy);
    const history = await openHistory(panel);
    await waitForText(history, 'Detail from the proxy: unavailable.');
    proxy.override = () => undefined;
    proxy.timeline = { entries: ENTRIES };
    const retry = findButton(history, 'Retry');
    retry.focus();
    retry.click();
    await waitForText(history, 'Invited by Alex Miller');
    await waitFor(() => history.shadowRoot?.activeElement?.localName === 'ol');
  });

  it('shows hostile names as text, and leaves out invalid entries', async () => {
    const proxy = new ScriptedProxy();
    const name = '<img src=x onerror=alert(1)>';
    proxy.timeline = {
      entries: [{ type: 'invited', at: '2026-01-10T10:00:00.000Z', by: { id: 'x', name } }, null, {}],
    };
    const history = await openHistory(await mountPanel(proxy));
    await waitForText(history, `Invited by ${name}`);
    assert.lengthOf(readEntries(history), 1);
  });

  it('contains the previous sessions of the project, each with its result', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [
      buildSession('jane@example.com', { session_uuid: 's2', invited_at: '2026-02-01T10:00:00.000Z' }),
      buildSession('jane@example.com', {
        session_uuid: 's1',
        status: 'completed',
        completed_at: '2026-01-12T10:00:00.000Z',
        score_summary: { overall: 71, overall_max: 100, sections: [] },
      }),
    ];
    proxy.scorecard = { overall: 71, overall_max: 100, sections: [{ name: 'Planning', score: 7, max_score: 10 }] };
    const panel = await mountPanel(proxy);
    assert.include(readText(panel), 'History · 1 earlier invite');
    assert.notInclude(readText(panel), '71');
    await openHistory(panel);
    await waitForText(panel, 'Earlier invites');
    const previous = findInShadow(panel, '[part=history] details[id=s1] > summary');
    assert.match(previous.textContent ?? '', /Marketing.*Completed.*71/s);
    previous.click();
    await waitForText(panel, 'Planning');
  });

  it('disappears with an erased session', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountPanel(proxy);
    await openHistory(panel);
    (await proxy.waitForStream()).sendEvent('e.2', 'gone', { session_uuid: 'sess_jane@example.com' });
    await waitFor(() => !panel.shadowRoot?.querySelector('evalon-history'));
  });
});
