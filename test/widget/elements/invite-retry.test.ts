/** What the panel shows and announces while Evalon is busy, even if the recruiter opens another candidate. */
import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import type { Connection } from '../../../widget/sync/connection.ts';
import type { PendingInvite } from '../../../widget/sync/invites.ts';
import { collectEvents, findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };

/** Returns a proxy that refuses this many invites, each with this `Retry-After`. */
function createBusyProxy({
  refusals,
  retryAfterSeconds,
}: {
  refusals: number;
  retryAfterSeconds: number;
}): ScriptedProxy {
  const proxy = new ScriptedProxy();
  let remainingRefusals = refusals;
  proxy.override = ({ path }) =>
    path === '/v1/sessions' && remainingRefusals-- > 0
      ? problemResponse(429, 'rate_limited', {}, String(retryAfterSeconds))
      : undefined;
  return proxy;
}

async function mountPanel(proxy: ScriptedProxy): Promise<EvalonElement> {
  const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  await waitForText(element, 'Not invited');
  return element;
}

/** Returns the element's invite that waits for its retry. */
function findWaitingInvite(element: EvalonElement): PendingInvite {
  const { connection } = element as unknown as { connection: Connection };
  const pending = connection.invites.getPending({ candidate_email: 'jane@example.com', project_id: 'p1' });
  if (!pending?.retryAt) throw new Error('no invite waits');
  return pending;
}

const countInvites = (proxy: ScriptedProxy) => proxy.requestsTo('/v1/sessions').length;

describe('while Evalon is busy', () => {
  it('an invite shows its waiting time, keeps the focus, is announced once, and is retried automatically', async () => {
    const proxy = createBusyProxy({ refusals: 1, retryAfterSeconds: 1 });
    const element = await mountPanel(proxy);
    const errors = collectEvents(element, 'evalon-error');
    const region = await waitFor(() => document.querySelector('[role=status]'));
    const announcements: string[] = [];
    const observer = new MutationObserver(() => announcements.push(region.textContent ?? ''));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    const invite = findButton(element, 'Invite');
    invite.focus();
    invite.click();
    await waitForText(element, 'Waiting for Evalon');
    // The shown time is rounded up to 5 seconds.
    await waitForText(element, 'Trying again in about 5 seconds…');
    assert.equal(invite.getAttribute('aria-disabled'), 'true');
    assert.equal(invite.getAttribute('aria-label'), 'Invite Jane Smith to Marketing: Waiting for Evalon');
    assert.isTrue(element.shadowRoot?.activeElement === invite);
    invite.click();
    await waitForText(element, 'Send the link yourself');
    observer.disconnect();
    assert.equal(countInvites(proxy), 2);
    assert.deepEqual(
      announcements.filter((text) => text.includes('Evalon is busy')),
      ['Evalon is busy. Trying again in about 5 seconds…'],
    );
    assert.isEmpty(errors);
    await waitFor(() => element.shadowRoot?.activeElement === findInShadow(element, '[part=copy-button]'));
  });

  it('the recruiter can stop an invite: the focus returns to the button, and no further request is sent', async () => {
    const proxy = createBusyProxy({ refusals: 1, retryAfterSeconds: 60 });
    const element = await mountPanel(proxy);
    const invite = findButton(element, 'Invite');
    invite.focus();
    invite.click();
    await waitForText(element, 'Trying again in about 60 seconds…');
    const { signal } = findWaitingInvite(element);
    const cancel = findButton(element, 'Stop trying');
    cancel.focus();
    cancel.click();
    await waitFor(() => invite.textContent?.trim() === 'Invite');
    assert.equal(invite.getAttribute('aria-disabled'), 'false');
    assert.isTrue(signal.aborted);
    await waitFor(() => element.shadowRoot?.activeElement === invite);
    assert.isNull(element.shadowRoot?.querySelector('[part=cancel-button], [part=problem]'));
    assert.equal(countInvites(proxy), 1);
  });

  it('an invite stops if the element shows another candidate', async () => {
    const element = await mountPanel(createBusyProxy({ refusals: 1, retryAfterSeconds: 60 }));
    findButton(element, 'Invite').click();
    await waitForText(element, 'Waiting for Evalon');
    const { signal, result: outcome } = findWaitingInvite(element);
    element.setAttribute('candidate-email', 'ada@example.com');
    assert.isUndefined(await outcome);
    assert.isTrue(signal.aborted);
    await waitFor(() => readText(element).includes('ada@example.com') && !readText(element).includes('Waiting'));
  });

  it('an invite stops if the page removes the element', async () => {
    const element = await mountPanel(createBusyProxy({ refusals: 1, retryAfterSeconds: 60 }));
    findButton(element, 'Invite').click();
    await waitForText(element, 'Waiting for Evalon');
    const { signal, result: outcome } = findWaitingInvite(element);
    element.remove();
    assert.isUndefined(await outcome);
    assert.isTrue(signal.aborted);
  });

  it('an invite stops if the candidate is erased', async () => {
    const proxy = createBusyProxy({ refusals: 1, retryAfterSeconds: 60 });
    proxy.sessions = [buildSession('jane@example.com', { status: 'expired' })];
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    (await waitFor(() => findButton(element, 'Invite'))).click();
    await waitForText(element, 'Waiting for Evalon');
    const { result: outcome } = findWaitingInvite(element);
    await waitFor(() => proxy.lastStream.candidateEmails.length === 1);
    proxy.lastStream.sendEvent('e.2', 'gone', { session_uuid: 'sess_jane@example.com' });
    assert.isUndefined(await outcome);
  });

  it('an invite continues if the page moves the element', async () => {
    const element = await mountPanel(createBusyProxy({ refusals: 1, retryAfterSeconds: 60 }));
    findButton(element, 'Invite').click();
    await waitForText(element, 'Waiting for Evalon');
    document.body.append(element);
    await element.updateComplete;
    assert.isFalse(findWaitingInvite(element).signal.aborted);
  });

  it('an invite that would wait too long fails with a retry button', async () => {
    const element = await mountPanel(createBusyProxy({ refusals: 1, retryAfterSeconds: 600 }));
    const invite = findButton(element, 'Invite');
    invite.click();
    await waitFor(() => invite.textContent?.trim() === 'Retry invite');
    assert.include(readText(element), 'Detail from the proxy: rate_limited.');
  });

  it('a scorecard shows that it waits, and loads automatically', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession('jane@example.com', { status: 'completed' })];
    let remainingFailures = 1;
    proxy.override = ({ path }) =>
      path.endsWith('/scorecard') && remainingFailures-- > 0
        ? problemResponse(503, 'upstream_unavailable', {}, '1')
        : undefined;
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(element, 'Evalon is busy. Loading the details in about 5 seconds…');
    assert.isNull(element.shadowRoot?.querySelector('[part=problem]'));
    await waitForText(element, '82');
  });
});

describe('an unavailable result', () => {
  it('is shown with advice for the recruiter until the result arrives', async () => {
    const proxy = new ScriptedProxy();
    const buildNewerSession = (changes: object) =>
      buildSession('jane@example.com', { updated_at: '2026-01-11T10:00:00.000Z', ...changes });
    proxy.sessions = [buildNewerSession({ confirming: true })];
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const chip = await mountWithProxy(proxy, 'evalon-status', {
      'candidate-email': 'jane@example.com',
      'project-id': 'p1',
    });
    await waitForText(panel, 'Checking result…');
    await waitFor(() => proxy.lastStream.candidateEmails.length === 2);
    proxy.lastStream.sendEvent('e.2', 'session', buildNewerSession({ result_unavailable: true }));
    await waitForText(panel, 'Result unavailable');
    await waitForText(panel, "hasn't returned a result. Contact IT.");
    await waitForText(chip, 'Result unavailable');
    proxy.lastStream.sendEvent(
      'e.3',
      'session',
      buildNewerSession({ status: 'completed', score_summary: { overall: 82, sections: [] } }),
    );
    await waitForText(panel, 'Completed');
    await waitForText(chip, 'Completed 82');
    assert.notInclude(readText(panel) + readText(chip), 'unavailable');
    assert.notInclude(readText(panel), 'Contact IT');
  });
});
