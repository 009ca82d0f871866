import { assert } from 'chai';
import { findButton, findInShadow, mountWithProxy, readText, waitFor, waitForPaint, waitForText } from '../fixture.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith', 'project-id': 'p1' };
const LABELS = ['Marketing', 'Sales', 'Design', 'Support', 'Finance', 'Legal'];

/** Creates a proxy whose project offers this many assessments. */
function createProxy(assessmentCount: number, scope = ['read', 'invite']): ScriptedProxy {
  const proxy = new ScriptedProxy();
  const assessments = LABELS.slice(0, assessmentCount).map((label) => ({
    project_id: 'p1',
    assessment_type: label.toLowerCase(),
    label,
  }));
  proxy.clientConfig = { ...proxy.clientConfig, assessments, scope };
  return proxy;
}

const listInvitedTypes = (proxy: ScriptedProxy) =>
  proxy.requestsTo('/v1/sessions').map(({ body }) => body.assessment_type);

describe('the choice among the assessments of a project', () => {
  it('is one group with one invite button, and shows that only one can be chosen', async () => {
    const proxy = createProxy(3);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const group = await waitFor(() => panel.shadowRoot?.querySelector<HTMLFieldSetElement>('fieldset'));
    assert.equal(group.querySelector('legend')?.textContent, 'Choose one assessment');
    assert.include(readText(panel), 'Jane Smith can take only one of these assessments.');
    const radios = [...group.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    assert.deepEqual(
      radios.map(({ checked, labels }) => [labels?.[0]?.textContent?.trim(), checked]),
      [
        ['Marketing', true],
        ['Sales', false],
        ['Design', false],
      ],
    );
    const [invite, ...others] = panel.shadowRoot?.querySelectorAll('[part=invite-button]') ?? [];
    assert.isEmpty(others);
    assert.equal(invite?.textContent?.trim(), 'Invite to Marketing');
    assert.match(invite?.getAttribute('aria-label') ?? '', /^Invite Jane Smith to Marketing/);
  });

  it('invites to the chosen assessment, and keeps the choice in live updates', async () => {
    const proxy = createProxy(3);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const sales = await waitFor(() => panel.shadowRoot?.querySelectorAll<HTMLInputElement>('input')[1]);
    sales.click();
    await waitForText(panel, 'Invite to Sales');
    const elsewhere = buildSession('jane@example.com', { session_uuid: 'elsewhere', project_id: 'p9' });
    (await proxy.waitForStream()).sendEvent('e.2', 'session', elsewhere);
    await waitForText(panel, 'another project');
    assert.isTrue(sales.checked && sales.isConnected);
    findButton(panel, 'Invite Jane Smith to Sales').click();
    await waitFor(() => listInvitedTypes(proxy).length);
    assert.deepEqual(listInvitedTypes(proxy), ['sales']);
  });

  it('is disabled while the invite is pending', async () => {
    const proxy = createProxy(2);
    proxy.override = ({ path }) => (path === '/v1/sessions' ? new Promise(() => {}) : undefined);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const invite = await waitFor(() => findButton(panel, 'Invite'));
    invite.focus();
    invite.click();
    await waitForText(panel, 'Inviting to Marketing…');
    assert.isTrue(findInShadow<HTMLFieldSetElement>(panel, 'fieldset').disabled);
    assert.equal(panel.shadowRoot?.activeElement, invite);
  });

  it('is replaced by the session of a colleague’s invite, which receives the focus', async () => {
    const proxy = createProxy(2);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const sales = await waitFor(() => panel.shadowRoot?.querySelectorAll<HTMLInputElement>('input')[1]);
    sales.focus();
    const session = buildSession('jane@example.com', { session_uuid: 's1', assessment_type: 'marketing' });
    (await proxy.waitForStream()).sendEvent('e.2', 'session', session);
    await waitFor(() => panel.shadowRoot?.activeElement?.closest('#s1'));
    assert.isNull(panel.shadowRoot?.querySelector('fieldset'));
    await waitForText(panel, 'Only one assessment per project.');
  });

  it('is a select if there are more than five assessments', async () => {
    const proxy = createProxy(6);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const select = await waitFor(() => panel.shadowRoot?.querySelector('select'));
    assert.lengthOf(select.options, 6);
    assert.equal(select.ariaLabel, 'Choose one assessment');
    select.selectedIndex = 5;
    select.dispatchEvent(new Event('change'));
    (await waitFor(() => findButton(panel, 'Invite Jane Smith to Legal'))).click();
    await waitFor(() => listInvitedTypes(proxy).length);
    assert.deepEqual(listInvitedTypes(proxy), ['legal']);
  });

  it('is not needed if there is only one assessment', async () => {
    const proxy = createProxy(1);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const invite = await waitFor(() => findButton(panel, 'Invite'));
    assert.equal(invite.textContent?.trim(), 'Invite');
    assert.isNull(panel.shadowRoot?.querySelector('fieldset'));
  });

  it('is not offered to a recruiter who cannot invite', async () => {
    const panel = await mountWithProxy(createProxy(2, ['read']), 'evalon-assessments', JANE);
    await waitForText(panel, "You don't have permission to invite candidates.");
    assert.include(readText(panel), 'Marketing, Sales');
    await waitForPaint();
    assert.isNull(panel.shadowRoot?.querySelector('fieldset, [part=invite-button]'));
  });

  it('does not include types that are not configured', async () => {
    const attributes = { ...JANE, 'assessment-types': 'marketing,sales,cooking' };
    const panel = await mountWithProxy(createProxy(2), 'evalon-assessments', attributes);
    await waitForText(panel, 'not cooking');
    await waitFor(() => panel.shadowRoot?.querySelector('fieldset'));
    assert.notMatch(findInShadow(panel, 'fieldset').textContent ?? '', /cooking/i);
  });
});
