/** What a recruiter sees and hears while Evalon has no room, and what becomes of it when they look elsewhere. */
import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import type { Connection } from '../../../widget/sync/connection.ts';
import type { PendingInvite } from '../../../widget/sync/invites.ts';
import { collectEvents, findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };

/** A proxy that refuses so many invites, each for so many seconds. */
function busy(times: number, seconds: number): ScriptedProxy {
  const proxy = new ScriptedProxy();
  let left = times;
  proxy.override = ({ path }) =>
    path === '/v1/sessions' && left-- > 0 ? problemResponse(429, 'rate_limited', {}, String(seconds)) : undefined;
  return proxy;
}

async function panelAt(proxy: ScriptedProxy): Promise<EvalonElement> {
  const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  await waitForText(element, 'Not invited');
  return element;
}

/** The invite that waits in the element. */
function waitingIn(element: EvalonElement): PendingInvite {
  const { connection } = element as unknown as { connection: Connection };
  const pending = connection.invites.getPending({ candidate_email: 'jane@example.com', project_id: 'p1' });
  if (!pending?.retryAt) throw new Error('nothing waits');
  return pending;
}

const sent = (proxy: ScriptedProxy) => proxy.requestsTo('/v1/sessions').length;

describe('while Evalon has no room', () => {
  it('an invite says how long it waits, keeps the focus, is announced once, and comes to its end by itself', async () => {
    const proxy = busy(1, 1);
    const element = await panelAt(proxy);
    const errors = collectEvents(element, 'evalon-error');
    const region = await waitFor(() => document.querySelector('[role=status]'));
    const heard: string[] = [];
    const listening = new MutationObserver(() => heard.push(region.textContent ?? ''));
    listening.observe(region, { childList: true, characterData: true, subtree: true });
    const invite = findButton(element, 'Invite');
    invite.focus();
    invite.click();
    await waitForText(element, 'Waiting for Evalon');
    await waitForText(element, 'Trying again in about 5 seconds…');
    assert.equal(invite.getAttribute('aria-disabled'), 'true');
    assert.equal(invite.getAttribute('aria-label'), 'Invite Jane Smith to Marketing: Waiting for Evalon');
    assert.isTrue(element.shadowRoot?.activeElement === invite);
    invite.click();
    await waitForText(element, 'Send the link yourself');
    listening.disconnect();
    assert.equal(sent(proxy), 2);
    assert.deepEqual(
      heard.filter((text) => text.includes('Evalon is busy')),
      ['Evalon is busy. Trying again in about 5 seconds…'],
    );
    assert.isEmpty(errors);
    await waitFor(() => element.shadowRoot?.activeElement === findInShadow(element, '[part=copy-button]'));
  });

  it('the recruiter can take the invite back: the focus returns to the button, and nothing is sent', async () => {
    const proxy = busy(1, 60);
    const element = await panelAt(proxy);
    const invite = findButton(element, 'Invite');
    invite.focus();
    invite.click();
    await waitForText(element, 'Trying again in about 60 seconds…');
    const { signal } = waitingIn(element);
    const cancel = findButton(element, 'Stop trying');
    cancel.focus();
    cancel.click();
    await waitFor(() => invite.textContent?.trim() === 'Invite');
    assert.equal(invite.getAttribute('aria-disabled'), 'false');
    assert.isTrue(signal.aborted);
    await waitFor(() => element.shadowRoot?.activeElement === invite);
    assert.isNull(element.shadowRoot?.querySelector('[part=cancel-button], [part=problem]'));
  });

  it('somebody who is no longer shown is not invited: another candidate takes their place', async () => {
    const element = await panelAt(busy(1, 60));
    findButton(element, 'Invite').click();
    await waitForText(element, 'Waiting for Evalon');
    const { signal, result: answer } = waitingIn(element);
    element.setAttribute('candidate-email', 'ada@example.com');
    assert.isUndefined(await answer);
    assert.isTrue(signal.aborted);
    await waitFor(() => readText(element).includes('ada@example.com') && !readText(element).includes('Waiting'));
  });

  it('somebody who is no longer shown is not invited: the element goes', async () => {
    const element = await panelAt(busy(1, 60));
    findButton(element, 'Invite').click();
    await waitForText(element, 'Waiting for Evalon');
    const { signal, result: answer } = waitingIn(element);
    element.remove();
    assert.isUndefined(await answer);
    assert.isTrue(signal.aborted);
  });

  it('somebody who was erased meanwhile is not invited again', async () => {
    const proxy = busy(1, 60);
    proxy.sessions = [buildSession('jane@example.com', { status: 'expired' })];
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    (await waitFor(() => findButton(element, 'Invite'))).click();
    await waitForText(element, 'Waiting for Evalon');
    const { result: answer } = waitingIn(element);
    await waitFor(() => proxy.lastStream.candidates.length === 1);
    proxy.lastStream.sendEvent('e.2', 'gone', { session_uuid: 'sess_jane@example.com' });
    assert.isUndefined(await answer);
  });

  it('an element that only moves within the page goes on waiting', async () => {
    const element = await panelAt(busy(1, 60));
    findButton(element, 'Invite').click();
    await waitForText(element, 'Waiting for Evalon');
    document.body.append(element);
    await element.updateComplete;
    assert.isFalse(waitingIn(element).signal.aborted);
  });

  it('an invite that would wait too long is an error with a retry', async () => {
    const element = await panelAt(busy(1, 600));
    const invite = findButton(element, 'Invite');
    invite.click();
    await waitFor(() => invite.textContent?.trim() === 'Retry invite');
    assert.include(readText(element), 'Detail from the proxy: rate_limited.');
  });

  it('a scorecard says that it waits, and comes by itself', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession('jane@example.com', { status: 'completed' })];
    let left = 1;
    proxy.override = ({ path }) =>
      path.endsWith('/scorecard') && left-- > 0 ? problemResponse(503, 'upstream_unavailable', {}, '1') : undefined;
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(element, 'Evalon is busy. Loading the details in about 5 seconds…');
    assert.isNull(element.shadowRoot?.querySelector('[part=problem]'));
    await waitForText(element, '82');
  });
});

describe('a result that is not to be had', () => {
  it('is told as such, with what to do, until it comes after all', async () => {
    const proxy = new ScriptedProxy();
    const session = (changes: object) =>
      buildSession('jane@example.com', { updated_at: '2026-01-11T10:00:00.000Z', ...changes });
    proxy.sessions = [session({ confirming: true })];
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const chip = await mountWithProxy(proxy, 'evalon-status', {
      'candidate-email': 'jane@example.com',
      'project-id': 'p1',
    });
    await waitForText(panel, 'Checking result…');
    await waitFor(() => proxy.lastStream.candidates.length === 2);
    proxy.lastStream.sendEvent('e.2', 'session', session({ result_unavailable: true }));
    await waitForText(panel, 'Result unavailable');
    await waitForText(panel, "hasn't returned a result. Contact IT.");
    await waitForText(chip, 'Result unavailable');
    proxy.lastStream.sendEvent(
      'e.3',
      'session',
      session({ status: 'completed', score_summary: { overall: 82, sections: [] } }),
    );
    await waitForText(panel, 'Completed');
    await waitForText(chip, 'Completed 82');
    assert.notInclude(readText(panel) + readText(chip), 'unavailable');
    assert.notInclude(readText(panel), 'IT team');
  });
});
