import { assert } from 'chai';
import {
  controlEvalon,
  createCandidate,
  findButton,
  inviteViaApi,
  mount,
  mountWithProxy,
  readText,
  waitFor,
  waitForText,
} from '../fixture.ts';
import { ScriptedProxy } from '../scripted-proxy.ts';

const OFFER = { 'project-id': 'proj_abc123', 'assessment-type': 'marketing' };

describe('<evalon-invite-button>', () => {
  it('shows the candidate, invites, and then shows the status', async () => {
    const candidate = createCandidate();
    const element = mount('evalon-invite-button', { ...OFFER, ...candidate });
    const invite = await waitFor(() => findButton(element, `Invite ${candidate['candidate-name']} to Marketing`));
    assert.include(readText(element), candidate['candidate-name']);
    assert.include(readText(element), candidate['candidate-email']);
    invite.click();
    await waitForText(element, 'Invited');
    await waitForText(element, 'Copy link');
  });

  it('is pending in every element that offers the same assessment', async () => {
    const candidate = createCandidate();
    const [button, panel] = [
      mount('evalon-invite-button', { ...OFFER, ...candidate }),
      mount('evalon-assessments', candidate),
    ];
    const [buttonInvite, panelInvite] = [
      await waitFor(() => findButton(button, 'Invite')),
      await waitFor(() => findButton(panel, 'Invite')),
    ];
    await controlEvalon('inject-fault', { kind: 'create', fault: { fault: 'slow', ms: 200 }, times: 1 });
    buttonInvite.click();
    await waitFor(() => panelInvite.getAttribute('aria-disabled') === 'true');
    for (const element of [button, panel]) await waitForText(element, 'Invited');
  });

  it('shows that the candidate already has another assessment of the project', async () => {
    const candidate = createCandidate();
    await inviteViaApi(candidate, { assessment_type: 'sales' });
    const element = mount('evalon-invite-button', { ...OFFER, ...candidate });
    await waitForText(element, `Only one assessment per project. ${candidate['candidate-name']} already has Sales.`);
    assert.throws(() => findButton(element, 'Invite'));
  });

  it('shows no button for an assessment without a project', async () => {
    const proxy = new ScriptedProxy();
    proxy.clientConfig = { ...proxy.clientConfig, assessments: [] };
    const attributes = { ...createCandidate(), 'assessment-type': 'sales' };
    const element = await mountWithProxy(proxy, 'evalon-invite-button', attributes);
    await waitForText(element, 'needs a project-id for sales');
    assert.throws(() => findButton(element, 'Invite'));
  });

  it('shows no button for an assessment that is not set up', async () => {
    const attributes = { ...createCandidate(), 'project-id': 'proj_abc123', 'assessment-type': 'typo' };
    const element = mount('evalon-invite-button', attributes);
    await waitForText(element, 'needs known assessment types, not typo.');
    assert.throws(() => findButton(element, 'Invite'));
  });
});
