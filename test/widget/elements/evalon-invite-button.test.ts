import { assert } from 'chai';
import { button, evalon, inviteElsewhere, mount, says, somebody, textOf, until } from '../fixture.ts';

const OFFER = { 'project-id': 'proj_abc123', 'assessment-type': 'marketing' };

describe('<evalon-invite-button>', () => {
  it('names the candidate beside the button, invites, and shows the status in its place', async () => {
    const person = somebody();
    const element = mount('evalon-invite-button', { ...OFFER, ...person });
    const invite = await until(() => button(element, `Invite ${person['candidate-name']} to Marketing`));
    assert.include(textOf(element), person['candidate-name']);
    assert.include(textOf(element), person['candidate-email']);
    invite.click();
    await says(element, 'Invited');
    await says(element, 'Copy link');
  });

  it('is pending in every place that offers the same', async () => {
    const person = somebody();
    const [one, other] = [mount('evalon-invite-button', { ...OFFER, ...person }), mount('evalon-assessments', person)];
    const [mine, theirs] = [await until(() => button(one, 'Invite')), await until(() => button(other, 'Invite'))];
    await evalon('misbehave', { kind: 'create', fault: { fault: 'slow', ms: 200 }, times: 1 });
    mine.click();
    await until(() => theirs.getAttribute('aria-disabled') === 'true');
    for (const element of [one, other]) await says(element, 'Invited');
  });

  it('says so when the person already has another assessment of the project', async () => {
    const person = somebody();
    await inviteElsewhere(person, { assessment_type: 'sales' });
    const element = mount('evalon-invite-button', { ...OFFER, ...person });
    await says(element, 'Marketing cannot be added: a project has one assessment per person, here Sales');
    assert.throws(() => button(element, 'Invite'));
  });

  it('offers what cannot be placed to nobody', async () => {
    const element = mount('evalon-invite-button', { ...somebody(), 'assessment-type': 'unknown' });
    await says(element, 'needs a project-id for unknown');
  });
});
