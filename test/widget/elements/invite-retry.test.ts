/** What a recruiter sees and hears while Evalon has no room, and what becomes of it when they look elsewhere. */
import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import type { Connection } from '../../../widget/sync/connection.ts';
import type { PendingInvite } from '../../../widget/sync/invites.ts';
import { button, find, listen, mountAt, says, textOf, until } from '../fixture.ts';
import { problem, ScriptedProxy, sessionOf } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };

/** A proxy that refuses so many invites, each for so many seconds. */
function busy(times: number, seconds: number): ScriptedProxy {
  const proxy = new ScriptedProxy();
  let left = times;
  proxy.instead = ({ path }) =>
    path === '/v1/sessions' && left-- > 0 ? problem(429, 'rate_limited', {}, String(seconds)) : undefined;
  return proxy;
}

async function panelAt(proxy: ScriptedProxy): Promise<EvalonElement> {
  const element = await mountAt(proxy, 'evalon-assessments', JANE);
  await says(element, 'Not invited');
  return element;
}

/** The invite that waits in the element. */
function waitingIn(element: EvalonElement): PendingInvite {
  const { connection } = element as unknown as { connection: Connection };
  const pending = connection.invites.pending({ candidate_email: 'jane@example.com', project_id: 'p1' });
  if (!pending?.again) throw new Error('nothing waits');
  return pending;
}

const sent = (proxy: ScriptedProxy) => proxy.to('/v1/sessions').length;

describe('while Evalon has no room', () => {
  it('an invite says how long it waits, keeps the focus, is announced once, and comes to its end by itself', async () => {
    const proxy = busy(1, 1);
    const element = await panelAt(proxy);
    const errors = listen(element, 'evalon-error');
    const region = await until(() => document.querySelector('[role=status]'));
    const heard: string[] = [];
    const listening = new MutationObserver(() => heard.push(region.textContent ?? ''));
    listening.observe(region, { childList: true, characterData: true, subtree: true });
    const invite = button(element, 'Invite');
    invite.focus();
    invite.click();
    await says(element, 'Waiting for Evalon');
    await says(element, 'about 5 s');
    assert.equal(invite.getAttribute('aria-disabled'), 'true');
    assert.equal(invite.getAttribute('aria-label'), 'Invite Jane Smith to Marketing: Waiting for Evalon');
    assert.isTrue(element.shadowRoot?.activeElement === invite);
    invite.click();
    await says(element, 'pass the link on');
    listening.disconnect();
    assert.equal(sent(proxy), 2);
    assert.deepEqual(
      heard.filter((text) => text.includes('Waiting')),
      ['Waiting for Evalon, about 5 s'],
    );
    assert.isEmpty(errors);
    await until(() => element.shadowRoot?.activeElement === find(element, '[part=copy-button]'));
  });

  it('the recruiter can take the invite back: the focus returns to the button, and nothing is sent', async () => {
    const proxy = busy(1, 60);
    const element = await panelAt(proxy);
    const invite = button(element, 'Invite');
    invite.focus();
    invite.click();
    await says(element, 'about 1 min');
    const { leaving } = waitingIn(element);
    const cancel = button(element, 'Stop trying');
    cancel.focus();
    cancel.click();
    await until(() => invite.textContent?.trim() === 'Invite');
    assert.equal(invite.getAttribute('aria-disabled'), 'false');
    assert.isTrue(leaving.signal.aborted);
    await until(() => element.shadowRoot?.activeElement === invite);
    assert.isNull(element.shadowRoot?.querySelector('[part=cancel-button], [part=problem]'));
  });

  it('somebody who is no longer shown is not invited: another candidate takes their place', async () => {
    const element = await panelAt(busy(1, 60));
    button(element, 'Invite').click();
    await says(element, 'Waiting for Evalon');
    const { leaving, answer } = waitingIn(element);
    element.setAttribute('candidate-email', 'ada@example.com');
    assert.isUndefined(await answer);
    assert.isTrue(leaving.signal.aborted);
    await until(() => textOf(element).includes('ada@example.com') && !textOf(element).includes('Waiting'));
  });

  it('somebody who is no longer shown is not invited: the element goes', async () => {
    const element = await panelAt(busy(1, 60));
    button(element, 'Invite').click();
    await says(element, 'Waiting for Evalon');
    const { leaving, answer } = waitingIn(element);
    element.remove();
    assert.isUndefined(await answer);
    assert.isTrue(leaving.signal.aborted);
  });

  it('somebody who was erased meanwhile is not invited again', async () => {
    const proxy = busy(1, 60);
    proxy.sessions = [sessionOf('jane@example.com', { status: 'expired' })];
    const element = await mountAt(proxy, 'evalon-assessments', JANE);
    (await until(() => button(element, 'Invite'))).click();
    await says(element, 'Waiting for Evalon');
    const { answer } = waitingIn(element);
    await until(() => proxy.stream.candidates.length === 1);
    proxy.stream.send('e.2', 'gone', { session_uuid: 'sess_jane@example.com' });
    assert.isUndefined(await answer);
  });

  it('an element that only moves within the page goes on waiting', async () => {
    const element = await panelAt(busy(1, 60));
    button(element, 'Invite').click();
    await says(element, 'Waiting for Evalon');
    document.body.append(element);
    await element.updateComplete;
    assert.isFalse(waitingIn(element).leaving.signal.aborted);
  });

  it('an invite that would wait too long is an error with a retry', async () => {
    const element = await panelAt(busy(1, 600));
    const invite = button(element, 'Invite');
    invite.click();
    await until(() => invite.textContent?.trim() === 'Retry invite');
    assert.include(textOf(element), 'Told by the proxy: rate_limited.');
  });

  it('a scorecard says that it waits, and comes by itself', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [sessionOf('jane@example.com', { status: 'completed' })];
    let left = 1;
    proxy.instead = ({ path }) =>
      path.endsWith('/scorecard') && left-- > 0 ? problem(503, 'upstream_unavailable', {}, '1') : undefined;
    const element = await mountAt(proxy, 'evalon-assessments', JANE);
    await says(element, 'Waiting for Evalon, about 5 s');
    assert.isNull(element.shadowRoot?.querySelector('[part=problem]'));
    await says(element, '82');
  });
});

describe('a result that is not to be had', () => {
  it('is told as such, with what to do, until it comes after all', async () => {
    const proxy = new ScriptedProxy();
    const session = (changes: object) =>
      sessionOf('jane@example.com', { updated_at: '2026-01-11T10:00:00.000Z', ...changes });
    proxy.sessions = [session({ confirming: true })];
    const panel = await mountAt(proxy, 'evalon-assessments', JANE);
    const chip = await mountAt(proxy, 'evalon-status', { 'candidate-email': 'jane@example.com', 'project-id': 'p1' });
    await says(panel, 'Checking result…');
    await until(() => proxy.stream.candidates.length === 2);
    proxy.stream.send('e.2', 'session', session({ result_unavailable: true }));
    await says(panel, 'Result unavailable');
    await says(panel, 'no result. Tell your IT team.');
    await says(chip, 'Result unavailable');
    proxy.stream.send('e.3', 'session', session({ status: 'completed', score_summary: { overall: 82, sections: [] } }));
    await says(panel, 'Completed');
    await says(chip, 'Completed 82');
    assert.notInclude(textOf(panel) + textOf(chip), 'unavailable');
    assert.notInclude(textOf(panel), 'IT team');
  });
});
